/** How builtin classes make their values, and other entries of class tables. */
import { allocate } from '../calls.js';
import type { Machine } from '../machine.js';
import { native } from '../native.js';
import { ClassValue, Descriptor, Unknown, type Value } from '../values.js';
import { type Entry, withReceiver } from './define.js';

/** `__new__`: gets the class and the arguments of the call. */
export function maker(parameters: string, run: (m: Machine, cls: Value, ...args: Value[]) => Value): Entry {
  return ['__new__', native('__new__', withReceiver('cls', parameters), run)];
}

/** The plain value for the builtin class itself; for a class derived from it an instance that holds the value. */
export function made(_: Machine, cls: Value, plain: Value): Value {
  if (!(cls instanceof ClassValue) || cls.moduleName === 'builtins' || plain instanceof Unknown) return plain;
  const instance = allocate(cls);
  instance.payload = plain;
  return instance;
}

/** A method read as an attribute. */
export function getter([name, method]: Entry): Entry {
  return [name, new Descriptor('property', method)];
}

export function classMethod(
  name: string,
  parameters: string,
  run: (m: Machine, cls: Value, ...args: Value[]) => Value,
): Entry {
  return [name, new Descriptor('classmethod', native(name, withReceiver('cls', parameters), run))];
}
