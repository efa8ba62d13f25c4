/** Builtin functions that ask about objects and change them: getattr, isinstance, callable, id, dir and their like. */
import { findInClass } from '../attributes.js';
import { isWeighty } from '../audit.js';
import { addressOf } from '../compare.js';
import type { Machine } from '../machine.js';
import { absent } from '../native.js';
import { openUp } from '../open-objects.js';
import { isSubclass } from '../truth.js';
import { patternOf } from '../unknown-text.js';
import {
  BoundMethod,
  ClassValue,
  Dict,
  Func,
  Instance,
  List,
  ModuleValue,
  NativeFunction,
  Tuple,
  Unknown,
  type Value,
} from '../values.js';
import { isVague, lenient, type Table, unknownFrom } from './define.js';
import { Namespace } from './namespace.js';
import { namesOf } from './objects.js';

/** What was set under a name of which no more is known than of this one. */
const setUnder = (m: Machine, object: Instance, name: Value): Value | undefined =>
  m.hooks.heldBeside?.(object, patternOf(name));

export const reflection: Table = [
  lenient('getattr', 'obj, name, default=..., /', (m, object, name, fallback) => {
    if (typeof name !== 'string') {
      const found = object instanceof Instance ? setUnder(m, object, name!) : undefined;
      return found ?? unknownFrom(m, 'getattr', [object!, name!]);
    }
    if (fallback === absent) return m.getAttribute(object!, name);
    const found = m.attempt('AttributeError', () => m.findAttribute(object!, name)!);
    return found === undefined ? fallback! : found;
  }),
  lenient('setattr', 'obj, name, value, /', (m, object, name, value) => {
    const own = object instanceof Instance ? findInClass(object.cls, '__setattr__') : undefined;
    if (typeof name === 'string') m.setAttribute(object!, name, value!);
    else if (own !== undefined && isWeighty(m, value!)) m.call(own, [object!, name!, value!]);
    else if (isWeighty(m, value!)) m.incomplete('the name that an attribute is set under is not known');
    if (name instanceof Unknown && object instanceof Instance) openUp(object, name);
    return null;
  }),
  lenient('delattr', 'obj, name, /', (m, object, name) => {
    if (typeof name === 'string') m.deleteAttribute(object!, name);
    return null;
  }),
  lenient('hasattr', 'obj, name, /', (m, object, name) => {
    if (typeof name !== 'string' || object instanceof Unknown) return unknownFrom(m, 'hasattr', [object!, name!]);
    const found = m.attempt('AttributeError', () => m.findAttribute(object!, name)!);
    return mayBeMissing(found) ? unknownFrom(m, 'hasattr', [found!]) : found !== undefined;
  }),
  lenient('isinstance', 'obj, class_or_tuple, /', (m, value, cls) => {
    if (!mayBeClass(cls!))
      return m.raise('TypeError', 'isinstance() arg 2 must be a type, a tuple of types, or a union');
    const answer = m.isInstance(value!, cls!);
    m.hooks.tested?.(m, value!, answer);
    return answer ?? unknownFrom(m, 'isinstance', [value!, cls!]);
  }),
  lenient('issubclass', 'cls, class_or_tuple, /', (m, cls, base) => {
    return subclass(m, cls!, base!) ?? unknownFrom(m, 'issubclass', [cls!, base!]);
  }),
  lenient('callable', 'obj, /', (m, value) => isCallable(m, value!) ?? unknownFrom(m, 'callable', [value!])),
  lenient('id', 'obj, /', (m, value) =>
    typeof value === 'object' && value ? addressOf(value) : m.unknown('an address'),
  ),
  lenient('dir', 'obj=..., /', (m, value) => {
    if (value === absent || isVague(value!)) return m.unknown('the names are not known');
    if (value instanceof ModuleValue) return new List([...value.attributes.keys()].sort());
    const method = value instanceof Instance ? m.findMethod(value, '__dir__') : undefined;
    return method === undefined
      ? new List(namesOf(m, value!))
      : new List((m.listOf(m.call(method, [value!])) ?? []).sort());
  }),
  lenient('vars', 'obj=..., /', (m, value) => {
    if (value === absent) return namespaceOf(m, 'locals');
    return value instanceof Unknown ? unknownFrom(m, 'vars', [value]) : m.getAttribute(value!, '__dict__');
  }),
  lenient('globals', '', m => namespaceOf(m, 'globals')),
  lenient('locals', '', m => namespaceOf(m, 'locals')),
];

function mayBeClass(cls: Value): boolean {
  return cls !== null && typeof cls === 'object' && !(cls instanceof List || cls instanceof Dict);
}

function mayBeMissing(found: Value | undefined): boolean {
  return found instanceof Unknown;
}

function subclass(m: Machine, cls: Value, base: Value): boolean | undefined {
  if (base instanceof Tuple) {
    const answers = base.items.map(it => subclass(m, cls, it));
    return answers.includes(true) || (answers.includes(undefined) ? undefined : false);
  }
  if (isVague(cls) || isVague(base)) return undefined;
  if (!(cls instanceof ClassValue)) return m.raise('TypeError', 'issubclass() arg 1 must be a class');
  const test = base instanceof ClassValue ? base.metaclass && m.findMethod(base, '__subclasscheck__') : undefined;
  if (test) return m.truth(m.call(test, [base, cls]));
  return base instanceof ClassValue ? isSubclass(cls, base) : undefined;
}

function isCallable(m: Machine, value: Value): boolean | undefined {
  if (isVague(value)) return undefined;
  if (value instanceof Func || value instanceof NativeFunction || value instanceof BoundMethod) return true;
  if (value instanceof ClassValue) return true;
  if (!(value instanceof Instance)) return false;
  if (m.findMethod(value, '__call__') !== undefined) return true;
  return value.cls.mro.some(it => it.unknownBase) ? undefined : false;
}

/** `globals()` is the module's own namespace, so that what is set there is found; `locals()` is a copy. */
function namespaceOf(m: Machine, kind: 'globals' | 'locals'): Value {
  const { frame } = m;
  if (frame === undefined) return m.unknown('there is no frame');
  if (kind === 'locals') return Dict.of(frame.scope.variables);
  return new Namespace(frame.module.value);
}
