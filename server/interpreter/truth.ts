/** Truth and type tests; undefined where the answer is not known. */
import type { Machine } from './machine.js';
import { completeRegistry } from './registries.js';
import {
  Bytes,
  ClassValue,
  Dict,
  Float,
  Instance,
  List,
  Range,
  SetValue,
  Symbolic,
  Tuple,
  Union,
  Unknown,
  type Value,
} from './values.js';

export function truth(m: Machine, value: Value): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === null) return false;
  if (typeof value === 'string') return value.length > 0;
  // biome-ignore lint/suspicious/noDoubleEquals: 0n is false like 0
  if (typeof value === 'number' || typeof value === 'bigint') return value != 0;
  if (value instanceof Float) return value.value !== 0;
  if (value instanceof List || value instanceof SetValue || value instanceof Dict) completeRegistry(m, value);
  if (value instanceof List) return value.more === undefined || !m.strict ? value.items.length > 0 : undefined;
  if (value instanceof Tuple) return value.items.length > 0;
  if (value instanceof Dict) return value.entries.size > 0 || (value.more ? undefined : false);
  if (value instanceof SetValue) return value.more === undefined || !m.strict ? value.items.size > 0 : undefined;
  if (value instanceof Range) return value.length > 0;
  if (value instanceof Bytes) return value.value.length > 0;
  if (value instanceof Symbolic) return typeof value.size === 'number' ? value.size !== 0 : undefined;
  if (value instanceof Unknown) return undefined;
  if (value instanceof Union) return truthOfUnion(m, value);
  if (value instanceof Instance) return truthOfInstance(m, value);
  return true;
}

function truthOfUnion(m: Machine, union: Union): boolean | undefined {
  const answers = union.alternatives.map(it => truth(m, it));
  return answers.every(it => it === answers[0]) ? answers[0] : undefined;
}

function truthOfInstance(m: Machine, instance: Instance): boolean | undefined {
  const byBool = m.findMethod(instance, '__bool__');
  if (byBool !== undefined) return truth(m, m.call(byBool, [instance]));
  const byLength = m.findMethod(instance, '__len__');
  if (byLength !== undefined) return truth(m, m.call(byLength, [instance]));
  if (instance.payload !== undefined) return truth(m, instance.payload);
  return instance.cls.unknownBase === undefined ? true : undefined;
}

export function isInstance(m: Machine, value: Value, cls: Value): boolean | undefined {
  if (cls instanceof Unknown || value instanceof Unknown) return undefined;
  if (cls instanceof Tuple) return anyOf(testsFor(m, value, cls.items));
  if (cls instanceof Union) return unanimous(testsFor(m, value, cls.alternatives));
  if (value instanceof Union) return unanimous(testsOf(m, value.alternatives, cls));
  if (cls instanceof ClassValue) return isInstanceOf(m, value, cls);
  const test = m.findMethod(cls, '__instancecheck__');
  return test === undefined ? undefined : m.truth(m.call(test, [cls, value]));
}

const testsFor = (m: Machine, value: Value, classes: readonly Value[]) => classes.map(it => isInstance(m, value, it));

const testsOf = (m: Machine, values: readonly Value[], cls: Value) => values.map(it => isInstance(m, it, cls));

function isInstanceOf(m: Machine, value: Value, cls: ClassValue): boolean | undefined {
  const test = cls.metaclass && attributeOf(cls.metaclass, '__instancecheck__');
  if (test !== undefined) return m.truth(m.call(test, [cls, value]));
  return isSubclass(m.classOf(value), cls);
}

/** Undefined when a base of the class could not be evaluated and may be the one asked for. */
export function isSubclass(cls: ClassValue, base: ClassValue): boolean | undefined {
  if (cls.mro.includes(base)) return true;
  for (let i = 0; i < cls.mro.length; i++) if (mayInherit(cls.mro[i]!, base)) return undefined;
  return false;
}

/** By a base that is not known. One that stands behind another base inherits nothing of what inherits from that other: no method resolution order would have both. */
function mayInherit(cls: ClassValue, base: ClassValue): boolean {
  return cls.unknownBase !== undefined && !inheritsFromAny(base, cls.basesInFront);
}

const inheritsFromAny = ({ mro }: ClassValue, bases: readonly ClassValue[]) => bases.some(it => mro.includes(it));

const attributeOf = (cls: ClassValue, name: string): Value | undefined =>
  cls.mro.find(it => it.attributes.has(name))?.attributes.get(name);

function anyOf(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

function unanimous(answers: readonly (boolean | undefined)[]): boolean | undefined {
  return answers.every(it => it === answers[0]) ? answers[0] : undefined;
}
