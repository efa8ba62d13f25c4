/** `object` and `type`: what every value and every class can do. */
import { findInClass, getAttribute, getAttributeItself } from '../attributes.js';
import { allocate, constructPlainly } from '../calls.js';
import { createClass } from '../classes.js';
import { addressOf } from '../compare.js';
import { joinValues } from '../join.js';
import type { Machine } from '../machine.js';
import { native, rawNative } from '../native.js';
import { setOnInstance } from '../set-attribute.js';
import { toText } from '../text.js';
import { isSubclass } from '../truth.js';
import {
  ClassOfUnknown,
  ClassValue,
  Descriptor,
  Dict,
  Instance,
  List,
  Tuple,
  Union,
  Unknown,
  type Value,
} from '../values.js';
import { classMethod, maker } from './construct.js';
import { type Entry, fail, type Table, unknownFrom } from './define.js';

export const objectMethods: Table = [
  maker('*args, **kwargs', (m, cls) => {
    return cls instanceof ClassValue ? allocate(cls) : unknownFrom(m, '__new__', [cls]);
  }),
  method('__init__', 'self, /, *args, **kwargs', (m, self, args, keywords) => {
    const given = (args as Tuple).items.length + (keywords as Dict).entries.size;
    const isRefused = given > 0 && refusesArguments(m, self!);
    return isRefused ? fail(m, 'TypeError', `${m.classOf(self!).name}() takes no arguments`) : null;
  }),
  method('__eq__', 'self, other, /', (m, self, other) => (self === other ? true : m.builtins.notImplemented)),
  method('__ne__', 'self, other, /', (m, self, other) => {
    const same = m.equal(self!, other!);
    return same === undefined ? unknownFrom(m, '__ne__', [self!, other!]) : !same;
  }),
  method('__hash__', 'self, /', (m, self) => hashOfObject(m, self!)),
  method('__repr__', 'self, /', m => m.unknown('its text holds an address')),
  method('__str__', 'self, /', (m, self) => m.repr(self!) ?? m.unknown('its text is not known')),
  method('__format__', 'self, spec, /', (m, self, spec) => {
    if (spec === '') return toText(m, self!) ?? m.unknown('its text is not known');
    return fail(m, 'TypeError', `unsupported format string passed to ${m.classOf(self!).name}.__format__`);
  }),
  method('__getattribute__', 'self, name, /', (m, self, name) => getAttributeItself(m, self!, name as string)),
  method('__setattr__', 'self, name, value, /', (m, self, name, value) => {
    if (self instanceof Instance) setOnInstance(m, self, name as string, value!);
    else m.setAttribute(self!, name as string, value!);
    return null;
  }),
  method('__delattr__', 'self, name, /', (m, self, name) => {
    if (!(self instanceof Instance)) return null;
    m.touch(self);
    const wasThere = self.attributes.delete(name as string);
    return wasThere ? null : fail(m, 'AttributeError', name as string);
  }),
  method('__dir__', 'self, /', (m, self) => new List(namesOf(m, self!))),
  method('__sizeof__', 'self, /', m => m.unknown('the size of an object is not known')),
  method('__reduce__', 'self, /', reduced),
  method('__reduce_ex__', 'self, protocol, /', m => m.unknown('pickling is not followed')),
  classMethod('__init_subclass__', '', () => null),
  classMethod('__subclasshook__', 'subclass, /', m => m.builtins.notImplemented),
];

export const typeMethods: Table = [
  maker('*args, **kwargs', (m, cls, args, keywords) => typeOf(m, cls, args as Tuple, keywords as Dict)),
  method('__init__', 'self, /, *args, **kwargs', () => null),
  [
    '__call__',
    rawNative('__call__', (m, { positional: [cls, ...rest], ...args }) =>
      constructPlainly(m, cls as ClassValue, { ...args, positional: rest }),
    ),
  ],
  method('mro', 'self, /', (_, self) => new List([...(self as ClassValue).mro])),
  method('__instancecheck__', 'self, instance, /', (m, self, instance) => {
    const answer = isSubclass(m.classOf(instance!), self as ClassValue);
    return answer ?? unknownFrom(m, 'isinstance', [instance!]);
  }),
  method('__subclasscheck__', 'self, subclass, /', (m, self, subclass) => {
    const answer = subclass instanceof ClassValue ? isSubclass(subclass, self as ClassValue) : undefined;
    return answer ?? unknownFrom(m, 'issubclass', [subclass!]);
  }),
  method('__subclasses__', 'self, /', m => m.unknown('classes do not know who derives from them')),
  method('__or__', 'self, other, /', m => m.unknown('a union of types')),
  method('__ror__', 'self, other, /', m => m.unknown('a union of types')),
  [
    '__prepare__',
    new Descriptor(
      'classmethod',
      native('__prepare__', 'cls, *args, **kwargs', () => new Dict()),
    ),
  ],
];

/** What pickle would make the object of again: a function, its arguments, and the state. */
function reduced(m: Machine, self: Value): Value {
  if (!(self instanceof Instance) || self.payload !== undefined) return m.unknown('pickling is not followed');
  const state = getAttribute(m, self, '__dict__');
  return new Tuple([reconstructor, new Tuple([m.classOf(self), m.builtins.objectClass, null]), state]);
}

const reconstructor = native('_reconstructor', 'cls, base, state', m => m.unknown('unpickling is not followed'));

/** True for objects of classes written in Python, unless their own `__new__` takes the arguments. */
function refusesArguments(m: Machine, self: Value): boolean {
  const cls = m.classOf(self);
  if (cls.definition === undefined || isSubclass(cls, m.builtins.noneClass) === undefined) return false;
  const object = m.builtins.objectClass.attributes;
  const hasOwn = (name: string) => findInClass(cls, name) !== object.get(name);
  return hasOwn('__init__') || !hasOwn('__new__');
}

/** Attribute names of a value, sorted, as `dir` gives them. */
export function namesOf(m: Machine, value: Value): string[] {
  const names = new Set<string>();
  if (value instanceof Instance) for (const name of value.attributes.keys()) names.add(name);
  const classes = value instanceof ClassValue ? value.mro : m.classOf(value).mro;
  for (const cls of classes) for (const name of cls.attributes.keys()) names.add(name);
  return [...names].sort();
}

export function hashOfObject(m: Machine, value: Value): Value {
  if (value instanceof Instance && value.payload !== undefined) return m.unknown('the hash is not computed');
  return typeof value === 'object' && value !== null ? addressOf(value) : m.unknown('the hash is not computed');
}

function method(name: string, signature: string, run: (m: Machine, ...bound: Value[]) => Value): Entry {
  return [name, native(name, signature, run)];
}

function classOf(m: Machine, value: Value): Value {
  if (value instanceof Unknown) return new ClassOfUnknown(value);
  if (!(value instanceof Union)) return m.classOf(value);
  return value.alternatives.map(it => classOf(m, it)).reduce((a, b) => joinValues(m, a, b)!);
}

/** `type(x)`, or `type(name, bases, namespace)`, which makes a class. */
function typeOf(m: Machine, cls: Value, args: Tuple, keywords: Dict): Value {
  const [name, bases, namespace] = args.items;
  if (args.items.length === 1) return classOf(m, name!);
  if (typeof name !== 'string' || !(bases instanceof Tuple) || !(namespace instanceof Dict)) {
    return unknownFrom(m, 'type', args.items);
  }
  const body = new Map<string, Value>();
  for (const [key, value] of namespace.entries.values()) if (typeof key === 'string') body.set(key, value);
  const { blueprint } = m;
  m.blueprint = undefined;
  const module = body.get('__module__');
  const given = keywords.byName();
  if (cls !== m.builtins.typeClass) given.set('metaclass', cls);
  return createClass(m, {
    name,
    bases: bases.items,
    attributes: body,
    moduleName: typeof module === 'string' ? module : '__main__',
    keywords: given,
    ...(blueprint?.name === name && blueprint.definition && { definition: blueprint.definition }),
    ...(blueprint?.name === name && blueprint.methods && { methods: blueprint.methods }),
  });
}
