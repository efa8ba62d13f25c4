/** `contextlib`. */
import { type Entry, lenient } from '../builtins/define.js';
import { attributeOf, type ModuleTable, method, setAttributes } from '../library/define.js';
import type { Machine } from '../machine.js';
import { nativeClass, rawNative } from '../native.js';
import { type ClassValue, Instance, Iterator, Tuple, type Value } from '../values.js';

export const contextlib: ModuleTable = m => {
  const manager = generatorManager(m);
  return [
    lenient('contextmanager', 'func', (_, func) => wrapping(manager, func!)),
    lenient('asynccontextmanager', 'func', (_, func) => wrapping(manager, func!)),
    ['nullcontext', nativeClass('nullcontext', 'contextlib', [m.builtins.objectClass], nullMembers)],
    ['suppress', nativeClass('suppress', 'contextlib', [m.builtins.objectClass], suppressMembers)],
    ['ExitStack', nativeClass('ExitStack', 'contextlib', [m.builtins.objectClass], stackMembers)],
    ['ContextDecorator', nativeClass('ContextDecorator', 'contextlib', [m.builtins.objectClass], decoratorMembers)],
    ['AbstractContextManager', nativeClass('AbstractContextManager', 'contextlib', [m.builtins.objectClass], [])],
    ...['redirect_stdout', 'redirect_stderr', 'closing', 'chdir'].map(
      (name): Entry => [name, nativeClass(name, 'contextlib', [m.builtins.objectClass], nullMembers)],
    ),
  ];
};

/** Runs the generator to its first yield on entry, to its end on exit. */
function generatorManager(m: Machine): ClassValue {
  return nativeClass(
    '_GeneratorContextManager',
    'contextlib',
    [m.builtins.objectClass],
    [
      method('__enter__', 'self', (_, self) => nextOf(attributeOf(self!, 'gen')) ?? null),
      method('__exit__', 'self, *details', (_, self) => {
        nextOf(attributeOf(self!, 'gen'));
        return false;
      }),
      ...decoratorMembers,
    ],
  );
}

function nextOf(generator: Value | undefined): Value | undefined {
  if (!(generator instanceof Iterator)) return generator;
  const step = generator.source.next(null);
  return step.done ? undefined : step.value;
}

function wrapping(manager: ClassValue, func: Value): Value {
  return rawNative('helper', (m, args) => {
    const instance = new Instance(manager);
    setAttributes(m, instance, [
      ['gen', m.callWith(func, args)],
      ['func', func],
    ]);
    return instance;
  });
}

const decoratorMembers: readonly Entry[] = [
  method('__call__', 'self, func', (_, self, func) =>
    rawNative('inner', (m, args) => {
      m.callMethod(self!, '__enter__');
      try {
        return m.callWith(func!, args);
      } finally {
        m.callMethod(self!, '__exit__', [null, null, null]);
      }
    }),
  ),
];

const keep = (name: string): Entry =>
  method('__init__', `self, ${name}=None, *args, **kwargs`, (m, self, value) => {
    setAttributes(m, self!, [[name, value!]]);
    return null;
  });

const nullMembers: readonly Entry[] = [
  keep('enter_result'),
  method('__enter__', 'self', (_, self) => attributeOf(self!, 'enter_result') ?? null),
  method('__exit__', 'self, *details', () => false),
];

const suppressMembers: readonly Entry[] = [
  method('__init__', 'self, *exceptions', (m, self, exceptions) => {
    setAttributes(m, self!, [['exceptions', exceptions!]]);
    return null;
  }),
  method('__enter__', 'self', () => null),
  method('__exit__', 'self, kind=None, error=None, trace=None', (m, self, _, error) => {
    const exceptions = attributeOf(self!, 'exceptions') ?? new Tuple([]);
    return error !== null && m.isInstance(error!, exceptions) === true;
  }),
];

const stackMembers: readonly Entry[] = [
  method('__enter__', 'self', (_, self) => self!),
  method('__exit__', 'self, *details', () => false),
  method('enter_context', 'self, cm', (m, _, cm) => m.callMethod(cm!, '__enter__')),
  method('push', 'self, exit', (_, __, exit) => exit!),
  method('callback', 'self, callback, *args, **kwargs', (_, __, callback) => callback!),
  method('close', 'self', () => null),
];
