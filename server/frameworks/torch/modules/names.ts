/** Small parts that library modules are made of: functions that do nothing, give their argument back, or cannot be seen. */
import type { Machine } from '../../../interpreter/machine.js';
import { native, nativeClass, nativeModule, rawNative } from '../../../interpreter/native.js';
import {
  BoundMethod,
  ClassValue,
  Func,
  Instance,
  type ModuleValue,
  NativeFunction,
  unseenCode,
  type Value,
} from '../../../interpreter/values.js';

export type Named = readonly [string, Value];

/** Answers None, whatever it is given. */
export const nothing = (name: string): Named => [name, rawNative(name, () => null)];

export const always = (name: string, value: Value): Named => [name, rawNative(name, () => value)];

export const unknownValue = (name: string, what: string): Named => [
  name,
  rawNative(name, machine => machine.unknown(what)),
];

/** A function that answers a module, of which nothing is known. */
export const unseenModule = (name: string, what: string): Named => [
  name,
  rawNative(name, machine => machine.unknown(what, { foreign: true })),
];

/** Answers its first argument: what wraps a function or a module without changing what it does. */
export const same = (name: string): Named => [name, rawNative(name, (_, { positional }) => positional[0] ?? null)];

/** A decorator with or without arguments: `@ignore` and `@ignore(drop=True)`. */
export const decorator = (name: string): Named => [
  name,
  rawNative(name, (_, { positional: [first] }) => (isDecorated(first) ? first! : identity)),
];

const identity = native('decorator', 'fn', (_, fn) => fn!);

function isDecorated(value: Value | undefined): boolean {
  return (
    value instanceof Func ||
    value instanceof ClassValue ||
    value instanceof NativeFunction ||
    value instanceof BoundMethod ||
    value instanceof Instance
  );
}

/** A context manager that also decorates, and changes nothing that is evaluated. */
export const context = (name: string): Named => [
  name,
  nativeClass(
    name,
    'torch',
    [],
    [
      ['__init__', native('__init__', 'self, *args, **kwargs', () => null)],
      ['__enter__', native('__enter__', 'self', (_, self) => self!)],
      ['__exit__', native('__exit__', 'self, *args', () => false)],
      ['__call__', native('__call__', 'self, fn', (_, fn, given) => given ?? fn!)],
      ['__getattr__', native('__getattr__', 'self, name', unseenMember)],
    ],
  ),
];

/** Takes what it is given and answers nothing that is known: optimizers, loaders, writers. */
export function inertClass(name: string, moduleName: string, members: readonly Named[] = []): ClassValue {
  return nativeClass(
    name,
    moduleName,
    [],
    [
      ['__init__', native('__init__', 'self, *args, **kwargs', () => null)],
      ['__getattr__', native('__getattr__', 'self, name', unseenMember)],
      ['__enter__', native('__enter__', 'self', (_, self) => self!)],
      ['__exit__', native('__exit__', 'self, *args', () => false)],
      ['__iter__', native('__iter__', 'self', machine => machine.unknown(`\`${name}\` gives what is not known`))],
      ['__len__', native('__len__', 'self', machine => machine.unknown(`the length of a \`${name}\``))],
      ...['step', 'zero_grad', 'load_state_dict', 'add_param_group'].map(nothing),
      ...members,
    ],
  );
}

function unseenMember(machine: Machine, _: Value, name: Value): Value {
  if (typeof name === 'string' && name.startsWith('__')) return machine.builtins.notImplemented;
  return machine.unknown(`\`${name}\` is not known here`);
}

/** A module whose other names are unknown, aside from those that it has not got, or that are modules of their own. */
export function openModule(name: string, names: Iterable<Named>, absent: ReadonlySet<string> = new Set()): ModuleValue {
  return nativeModule(name, names, key =>
    key.startsWith('__') || absent.has(key) ? undefined : unseenCode(`\`${name}.${key}\` is not known here`),
  );
}
