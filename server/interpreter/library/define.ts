/** How modules of the library are declared. */
import type { Entry } from '../builtins/define.js';
import type { Machine } from '../machine.js';
import { native, nativeClass } from '../native.js';
import { Raised } from '../raised.js';
import { type ClassValue, Instance, Tuple, Unknown, type Value } from '../values.js';

/** A method of a class in the library; `self` is the first parameter of the signature. */
export function method(name: string, signature: string, run: (m: Machine, ...bound: Value[]) => Value): Entry {
  return [name, native(name, signature, run)];
}

/** A class of a module of the library. */
export function classOf(
  m: Machine,
  moduleName: string,
  name: string,
  attributes: Iterable<Entry>,
  bases: readonly ClassValue[] = [],
): ClassValue {
  return nativeClass(name, moduleName, bases.length > 0 ? bases : [m.builtins.objectClass], attributes);
}

/** A name whose value is never known, with the reason. */
export function unknownValue(reason: string): Unknown {
  return new Unknown(reason, undefined);
}

/** Names of which nothing is known but why. */
export function unknownNames(reason: string, names: string): Entry[] {
  return names
    .trim()
    .split(/\s+/)
    .map(name => [name, unknownValue(reason)]);
}

/** Functions that do nothing that matters here. */
export function silentFunctions(names: string): Entry[] {
  return names
    .trim()
    .split(/\s+/)
    .map(name => method(name, '*args, **kwargs', () => null));
}

export function setAttributes(m: Machine, instance: Value, attributes: Iterable<readonly [string, Value]>): void {
  if (!(instance instanceof Instance)) return;
  m.touch(instance);
  for (const [name, value] of attributes) instance.attributes.set(name, value);
}

/** Raises an exception of a class that is not a builtin one. */
export function raise(m: Machine, cls: ClassValue, message: string): never {
  const error = new Instance(cls);
  error.attributes.set('args', new Tuple([message]));
  throw new Raised(error, undefined, m.site());
}

export type { Entry };
