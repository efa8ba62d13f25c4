/** `contextlib`. */
import { nextOf, throwInto } from '../builtins/iterators.js';
import type { Machine } from '../machine.js';
import { rawNative } from '../native.js';
import { Raised } from '../raised.js';
import { leaves } from '../try.js';
import { type ClassValue, type Dict, Instance, Iterator, List, type Tuple, type Value } from '../values.js';
import { classOf, type Entry, method } from './define.js';

export function contextlibNames(m: Machine): Entry[] {
  const manager = classOf(m, 'contextlib', '_GeneratorContextManager', generatorMethods);
  const base = classOf(m, 'contextlib', 'AbstractContextManager', [
    method('__enter__', 'self, /', (_, self) => self!),
    method('__exit__', 'self, type, value, traceback, /', () => null),
  ]);
  return [
    method('contextmanager', 'func, /', (machine, callee) => managerFactory(machine, manager, callee!)),
    ['AbstractContextManager', base],
    ['ContextDecorator', classOf(m, 'contextlib', 'ContextDecorator', [decoratorCall])],
    [
      'nullcontext',
      classOf(m, 'contextlib', 'nullcontext', [
        method('__init__', 'self, enter_result=None', (_, self, result) => keep(self!, 'enter_result', result!)),
        method('__enter__', 'self, /', (_, self) => kept(self!, 'enter_result')),
        method('__exit__', 'self, *excinfo', () => null),
      ]),
    ],
    [
      'suppress',
      classOf(m, 'contextlib', 'suppress', [
        method('__init__', 'self, *exceptions', (_, self, exceptions) => keep(self!, 'exceptions', exceptions!)),
        method('__enter__', 'self, /', () => null),
        method(
          '__exit__',
          'self, type, value, traceback, /',
          (machine, self, type, value) =>
            type !== null && machine.isInstance(value!, kept(self!, 'exceptions')) === true,
        ),
      ]),
    ],
    [
      'closing',
      classOf(m, 'contextlib', 'closing', [
        method('__init__', 'self, thing', (_, self, thing) => keep(self!, 'thing', thing!)),
        method('__enter__', 'self, /', (_, self) => kept(self!, 'thing')),
        method('__exit__', 'self, *excinfo', (machine, self) => {
          machine.callMethod(kept(self!, 'thing'), 'close');
          return null;
        }),
      ]),
    ],
    ['ExitStack', classOf(m, 'contextlib', 'ExitStack', stackMethods)],
    ...['redirect_stdout', 'redirect_stderr', 'chdir'].map(
      (name): Entry => [
        name,
        classOf(m, 'contextlib', name, [
          method('__init__', 'self, target=None', (_, self, target) => keep(self!, 'target', target!)),
          method('__enter__', 'self, /', (_, self) => kept(self!, 'target')),
          method('__exit__', 'self, *excinfo', () => null),
        ]),
      ],
    ),
  ];
}

function keep(self: Value, name: string, value: Value): null {
  (self as Instance).attributes.set(name, value);
  return null;
}

const kept = (self: Value, name: string): Value => (self as Instance).attributes.get(name) ?? null;

function managerFactory(m: Machine, cls: ClassValue, callee: Value): Value {
  const factory = rawNative('contextmanager', (machine, args) => {
    const instance = new Instance(cls);
    keep(instance, 'gen', machine.callWith(callee, args));
    keep(instance, 'func', callee);
    keep(
      instance,
      '_recreate_cm',
      rawNative('_recreate_cm', inner => inner.callWith(factory, args)),
    );
    return instance;
  });
  m.step();
  return factory;
}

/** Used as a decorator, the manager is entered around every call; a generator runs once, so that each call has its own. */
const decoratorCall: Entry = method('__call__', 'self, func, /', (_, self, callee) =>
  rawNative('decorated', (m, args) => {
    const again = (self as Instance).attributes.get('_recreate_cm');
    return within(m, again === undefined ? self! : m.call(again), () => m.callWith(callee!, args));
  }),
);

function within(m: Machine, manager: Value, run: () => Value): Value {
  m.callMethod(manager, '__enter__');
  let result: Value;
  try {
    result = run();
  } catch (error) {
    if (error instanceof Raised && leaves(m, manager, error)) return null;
    throw error;
  }
  leaves(m, manager, undefined);
  return result;
}

const generatorMethods: readonly Entry[] = [
  method('__enter__', 'self, /', (m, self) => {
    const value = nextOf(m, kept(self!, 'gen'));
    return value === undefined ? m.raise('RuntimeError', "generator didn't yield") : value;
  }),
  method('__exit__', 'self, type, value, traceback, /', (m, self, type, value) => {
    const generator = kept(self!, 'gen');
    if (type !== null && generator instanceof Iterator) return swallows(m, generator, value!);
    if (type === null) nextOf(m, generator);
    return false;
  }),
  decoratorCall,
];

/** The generator that catches what came out of the `with` swallows it. */
function swallows(m: Machine, generator: Iterator, exception: Value): boolean {
  try {
    return throwInto(m, generator, exception).done === true;
  } catch (error) {
    if (error instanceof Raised && error.exception === exception) return false;
    throw error;
  }
}

const stackMethods: readonly Entry[] = [
  method('__init__', 'self, /', (_, self) => keep(self!, '_exits', new List([]))),
  method('__enter__', 'self, /', (_, self) => self!),
  method('enter_context', 'self, cm', (m, self, manager) => {
    const value = m.callMethod(manager!, '__enter__');
    push(m, self!, m.getAttribute(manager!, '__exit__'));
    return value;
  }),
  method('callback', 'self, callback, /, *args, **kwds', (m, self, callback, args, keywords) => {
    const named = (keywords as Dict).byName();
    push(
      m,
      self!,
      rawNative('exit', inner => {
        inner.call(callback!, (args as Tuple).items, named);
        return null;
      }),
    );
    return callback!;
  }),
  method('push', 'self, exit', (m, self, exit) => {
    push(m, self!, m.findAttribute(exit!, '__exit__') ?? exit!);
    return exit!;
  }),
  method('pop_all', 'self, /', (_, self) => self!),
  method('close', 'self, /', (m, self) => unwind(m, self!)),
  method('__exit__', 'self, type, value, traceback, /', (m, self, ...raised) => unwind(m, self!, raised)),
];

function push(m: Machine, self: Value, exit: Value): void {
  const exits = kept(self, '_exits') as List;
  m.touch(exits);
  exits.items.push(exit);
}

/** The last that came leaves first; what one swallows, those before it do not see. */
function unwind(m: Machine, self: Value, raised: readonly Value[] = NOTHING_RAISED): Value {
  const exits = kept(self, '_exits') as List;
  m.touch(exits);
  let seen = raised;
  for (let exit = exits.items.pop(); exit !== undefined; exit = exits.items.pop()) {
    if (m.truth(m.call(exit, seen)) === true) seen = NOTHING_RAISED;
  }
  return seen !== raised;
}

const NOTHING_RAISED: readonly Value[] = [null, null, null];
