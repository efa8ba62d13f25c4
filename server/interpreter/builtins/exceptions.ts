/** The hierarchy of exceptions and warnings. */
import type { Machine } from '../machine.js';
import { native, nativeClass } from '../native.js';
import { type ClassValue, Instance, List, Tuple, type Value } from '../values.js';
import { getter } from './construct.js';
import type { Entry, Table } from './define.js';

/** Every class under its base, as CPython's documentation draws it. */
const hierarchy: Readonly<Record<string, readonly string[]>> = {
  BaseException: ['Exception', 'SystemExit', 'KeyboardInterrupt', 'GeneratorExit', 'BaseExceptionGroup'],
  Exception: [
    'ArithmeticError',
    'AssertionError',
    'AttributeError',
    'BufferError',
    'EOFError',
    'ImportError',
    'LookupError',
    'MemoryError',
    'NameError',
    'OSError',
    'ReferenceError',
    'RuntimeError',
    'StopAsyncIteration',
    'StopIteration',
    'SyntaxError',
    'SystemError',
    'TypeError',
    'ValueError',
    'Warning',
  ],
  ArithmeticError: ['FloatingPointError', 'OverflowError', 'ZeroDivisionError'],
  ImportError: ['ModuleNotFoundError'],
  LookupError: ['IndexError', 'KeyError'],
  NameError: ['UnboundLocalError'],
  OSError: [
    'BlockingIOError',
    'ChildProcessError',
    'ConnectionError',
    'FileExistsError',
    'FileNotFoundError',
    'InterruptedError',
    'IsADirectoryError',
    'NotADirectoryError',
    'PermissionError',
    'ProcessLookupError',
    'TimeoutError',
  ],
  ConnectionError: ['BrokenPipeError', 'ConnectionAbortedError', 'ConnectionRefusedError', 'ConnectionResetError'],
  RuntimeError: ['NotImplementedError', 'RecursionError'],
  SyntaxError: ['IndentationError'],
  IndentationError: ['TabError'],
  ValueError: ['UnicodeError'],
  UnicodeError: ['UnicodeDecodeError', 'UnicodeEncodeError', 'UnicodeTranslateError'],
  Warning: [
    'BytesWarning',
    'DeprecationWarning',
    'EncodingWarning',
    'FutureWarning',
    'ImportWarning',
    'PendingDeprecationWarning',
    'ResourceWarning',
    'RuntimeWarning',
    'SyntaxWarning',
    'UnicodeWarning',
    'UserWarning',
  ],
};

/** All exception classes by name. */
export function createExceptions(objectClass: ClassValue): Map<string, ClassValue> {
  const classes = new Map<string, ClassValue>();
  const add = (name: string, bases: readonly ClassValue[]): void => {
    classes.set(name, nativeClass(name, 'builtins', bases, tableOf(name)));
    for (const child of hierarchy[name] ?? []) add(child, [classes.get(name)!]);
  };
  add('BaseException', [objectClass]);
  add('ExceptionGroup', [classes.get('BaseExceptionGroup')!, classes.get('Exception')!]);
  return classes;
}

/** Other names of the same class. */
export const aliases: Readonly<Record<string, string>> = { EnvironmentError: 'OSError', IOError: 'OSError' };

const baseMethods: Table = [
  method('__new__', 'cls, /, *args, **kwargs', (_, cls, args) => {
    const instance = new Instance(cls as ClassValue);
    instance.attributes.set('args', args!);
    return instance;
  }),
  method('__init__', 'self, /, *args, **kwargs', (m, self, args) => {
    m.touch(self as Instance);
    (self as Instance).attributes.set('args', args!);
    return null;
  }),
  method('__str__', 'self, /', (m, self) => {
    const args = argsOf(self!);
    const shown = args.length === 0 ? '' : m.toText(args.length === 1 ? args[0]! : new Tuple(args));
    return shown ?? m.unknown('the message is not known');
  }),
  method('__repr__', 'self, /', (m, self) => {
    const args = argsOf(self!);
    const shown = m.repr(args.length === 1 ? args[0]! : new Tuple(args));
    const name = m.classOf(self!).name;
    if (shown === undefined) return m.unknown('the message is not known');
    return args.length === 1 ? `${name}(${shown})` : name + shown;
  }),
  method('with_traceback', 'self, traceback, /', (_, self) => self!),
  method('add_note', 'self, note, /', (m, self, note) => {
    const instance = self as Instance;
    m.touch(instance);
    const notes = instance.attributes.get('__notes__');
    instance.attributes.set('__notes__', new List([...(notes instanceof List ? notes.items : []), note!]));
    return null;
  }),
  ['__traceback__', null],
  ['__cause__', null],
  ['__context__', null],
  ['__suppress_context__', false],
];

/** What some classes add to that. */
const additions: Readonly<Record<string, Table>> = {
  BaseException: baseMethods,
  KeyError: [
    method('__str__', 'self, /', (m, self) => {
      const args = argsOf(self!);
      const shown = args.length === 1 ? m.repr(args[0]!) : m.toText(new Tuple(args));
      return shown ?? m.unknown('the message is not known');
    }),
  ],
  StopIteration: [attribute('value', args => args[0] ?? null)],
  SystemExit: [attribute('code', args => args[0] ?? null)],
  OSError: [
    method('__str__', 'self, /', (m, self) => {
      const args = argsOf(self!);
      if (args.length < 2) return m.toText(args[0] ?? '') ?? m.unknown('the message is not known');
      const file = args.length > 2 ? `: ${m.repr(args[2]!)}` : '';
      return `[Errno ${m.toText(args[0]!)}] ${m.toText(args[1]!)}${file}`;
    }),
    attribute('errno', args => (args.length > 1 ? args[0]! : null)),
    attribute('strerror', args => args[1] ?? null),
    attribute('filename', args => args[2] ?? null),
  ],
  ImportError: [['name', null], ['path', null], attribute('msg', args => args[0] ?? null)],
  AttributeError: [
    ['name', null],
    ['obj', null],
  ],
  BaseExceptionGroup: [
    attribute('message', args => args[0] ?? null),
    attribute('exceptions', args => new Tuple(args[1] instanceof List ? [...args[1].items] : [])),
  ],
};

const tableOf = (name: string): Table => additions[name] ?? [];

function method(name: string, signature: string, run: (m: Machine, ...bound: Value[]) => Value): Entry {
  return [name, native(name, signature, run)];
}

function attribute(name: string, read: (args: readonly Value[]) => Value): Entry {
  return getter(method(name, 'self, /', (_, self) => read(argsOf(self!))));
}

function argsOf(exception: Value): readonly Value[] {
  const args = exception instanceof Instance ? exception.attributes.get('args') : undefined;
  return args instanceof Tuple ? args.items : [];
}
