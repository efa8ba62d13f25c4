/** Attribute and item access, with descriptors, `__getattr__` and the special methods in Python's order. */
import { annotationsOf } from './annotations.js';
import { codeOf } from './builtins/code.js';
import { Namespace } from './builtins/namespace.js';
import { DictView } from './builtins/views.js';
import { callUnwritten } from './calls.js';
import { keyOf } from './compare.js';
import { documentationOfClass, documentationOfFunction } from './documentation.js';
import { loadSubmodule } from './imports.js';
import type { Machine } from './machine.js';
import { faultOfNone, missingAttribute } from './missing-attributes.js';
import { anyAttribute } from './open-objects.js';
import { isSubclass } from './truth.js';
import {
  BoundMethod,
  ClassOfUnknown,
  ClassValue,
  Descriptor,
  Dict,
  Func,
  Instance,
  List,
  ModuleValue,
  NativeFunction,
  Super,
  Symbolic,
  Tuple,
  Union,
  Unknown,
  type Value,
} from './values.js';

export function getAttribute(m: Machine, object: Value, name: string): Value {
  if (object instanceof Union) return attributeOfUnion(m, object, name);
  const found = findAttribute(m, object, name);
  if (found !== undefined) return found;
  return missingAttribute(m, object, name);
}

/** The attribute if the object has it; runs properties and `__getattr__`. */
export function findAttribute(m: Machine, object: Value, name: string): Value | undefined {
  if (object instanceof Instance) return ofInstance(m, object, name);
  if (object instanceof ModuleValue) return ofModule(m, object, name);
  if (object instanceof ClassValue) return ofClass(m, object, name);
  if (object instanceof Unknown) return ofUnknown(object, name);
  if (object instanceof Super) return ofSuper(m, object, name);
  if (object instanceof Func) return ofFunction(m, object, name);
  if (object instanceof Union) return ofEach(m, object, name);
  if (object instanceof BoundMethod) return ofMethod(m, object, name);
  return ofBuiltin(m, object, name);
}

const ofEach = (m: Machine, union: Union, name: string): Value => m.distribute(union, it => getAttribute(m, it, name));

/** A name in the class or its bases; unbound. */
/** The same where code may have given classes of libraries others. */
export const findPatched = (m: Machine, cls: ClassValue, name: string): Value | undefined =>
  m.patches === undefined ? findInClass(cls, name) : m.patches.find(cls, name);

export function findInClass(cls: ClassValue, name: string): Value | undefined {
  const { mro } = cls;
  for (let i = 0; i < mro.length; i++) {
    const value = mro[i]!.attributes.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

function ofInstance(m: Machine, object: Instance, name: string): Value | undefined {
  if (object.cls.lookup !== undefined) return askLookup(m, object.cls.lookup, object, name);
  const plain = ofInstanceOrClass(m, object, name);
  if (plain !== undefined) return plain;
  const dynamic = askDynamically(m, object, name);
  return dynamic === undefined ? beyondClass(m, object, name) : dynamic;
}

/** `__getattribute__`, and `__getattr__` where that raises. */
function askLookup(m: Machine, lookup: Func, object: Instance, name: string): Value | undefined {
  const value = m.attempt('AttributeError', () => m.call(lookup, [object, name]));
  return value === undefined ? askDynamically(m, object, name) : value;
}

function askDynamically(m: Machine, object: Instance, name: string): Value | undefined {
  const dynamic = findInClass(object.cls, '__getattr__');
  return dynamic && dynamicAttribute(m, dynamic, object, name);
}

/** What `object.__getattribute__` gives, which does not ask `__getattr__`. */
export function getAttributeItself(m: Machine, object: Value, name: string): Value {
  if (!(object instanceof Instance)) return getAttribute(m, object, name);
  const plain = ofInstanceOrClass(m, object, name);
  if (plain !== undefined) return plain;
  return beyondClass(m, object, name) ?? missingAttribute(m, object, name);
}

function ofInstanceOrClass(m: Machine, object: Instance, name: string): Value | undefined {
  const own = object.own(name);
  if (own === null) return m.join(null, m.hooks.heldBeside?.(object, name) ?? null)!;
  if (own !== undefined) return own;
  const inherited = findPatched(m, object.cls, name);
  if (inherited !== undefined) return bind(m, inherited, object, object.cls);
  if (name === '__class__') return object.cls;
  if (name === '__dict__') return object.stateIn ?? new Namespace(object);
  return name === '__doc__' ? documentationOfClass(object.cls) : undefined;
}

function beyondClass(m: Machine, object: Instance, name: string): Value | undefined {
  if (object.payload !== undefined) {
    const ofPayload = findInClass(m.classOf(object.payload), name);
    if (ofPayload !== undefined) return bind(m, ofPayload, object, object.cls);
  }
  return unknownFromBase(object.cls) ?? anyAttribute(object, name);
}

/** `__getattr__` answers or raises AttributeError, which means that there is none. */
function dynamicAttribute(m: Machine, method: Value, object: Instance, name: string): Value | undefined {
  if (method instanceof NativeFunction && method.signature?.parameters.length === 2) {
    const value = callUnwritten(m, method, [object, name]);
    return value === m.builtins.notImplemented ? undefined : value;
  }
  return askWritten(m, method, object, name);
}

const askWritten = (m: Machine, method: Value, object: Instance, name: string): Value | undefined =>
  m.attempt('AttributeError', () => m.call(method, [object, name]));

function unknownFromBase(cls: ClassValue): Unknown | undefined {
  for (const { unknownBase, alteredBy } of cls.mro) {
    const origin = unknownBase ?? alteredBy;
    if (origin !== undefined) return origin.derive();
  }
  return undefined;
}

/** What reading a class attribute through an instance gives. */
export function bind(m: Machine, value: Value, self: Value, cls: ClassValue): Value {
  if (value instanceof Func) return new BoundMethod(self, value);
  if (value instanceof NativeFunction) return value.binds ? new BoundMethod(self, value) : value;
  if (value instanceof Descriptor) return bindDescriptor(m, value, self, cls);
  if (value instanceof Instance) {
    const get = findInClass(value.cls, '__get__');
    if (get !== undefined) return m.call(get, [value, self, cls]);
  }
  return value;
}

function bindDescriptor(m: Machine, descriptor: Descriptor, self: Value, cls: ClassValue): Value {
  switch (descriptor.kind) {
    case 'property':
    case 'cached_property':
      return m.call(descriptor.get, [self]);
    case 'staticmethod':
      return descriptor.get;
    case 'classmethod':
      return new BoundMethod(cls, descriptor.get as Func);
  }
}

function ofClass(m: Machine, cls: ClassValue, name: string): Value | undefined {
  const found = findPatched(m, cls, name);
  if (found !== undefined) return ofClassFound(m, cls, found);
  const special = specialOfClass(m, cls, name);
  if (special !== undefined) return special;
  const ofMeta = cls.metaclass && findInClass(cls.metaclass, name);
  if (ofMeta !== undefined) return bind(m, ofMeta, cls, cls.metaclass!);
  const ofType = findInClass(m.builtins.typeClass, name);
  if (ofType !== undefined) return bind(m, ofType, cls, m.builtins.typeClass);
  return unknownFromBase(cls);
}

function ofClassFound(m: Machine, cls: ClassValue, found: Value): Value {
  if (found instanceof Descriptor) {
    if (found.kind === 'classmethod') return new BoundMethod(cls, found.get as Func);
    return found.kind === 'staticmethod' ? found.get : found;
  }
  if (found instanceof Instance) {
    const get = findInClass(found.cls, '__get__');
    if (get !== undefined) return m.call(get, [found, null, cls]);
  }
  return found;
}

function specialOfClass(m: Machine, cls: ClassValue, name: string): Value | undefined {
  switch (name) {
    case '__name__':
    case '__qualname__':
      return cls.name;
    case '__module__':
      return cls.moduleName;
    case '__mro__':
      return new Tuple(cls.mro);
    case '__bases__':
      return new Tuple(cls.bases);
    case '__dict__':
      return Dict.of(cls.attributes);
    case '__class__':
      return cls.metaclass ?? m.builtins.typeClass;
    case '__doc__':
      return documentationOfClass(cls);
    default:
      return undefined;
  }
}

function ofModule(m: Machine, module: ModuleValue, name: string): Value | undefined {
  const own = module.attributes.get(name);
  if (own !== undefined) return own;
  const looked = module.lookup?.(name);
  if (looked !== undefined) {
    module.attributes.set(name, looked);
    return looked;
  }
  if (name === '__name__') return module.name;
  if (name === '__dict__') return new Namespace(module);
  if (name === '__file__') return module.source?.path ?? null;
  const submodule = loadSubmodule(m, module, name);
  if (submodule !== undefined) return submodule;
  const dynamic = module.attributes.get('__getattr__');
  if (dynamic !== undefined) return askModule(m, dynamic, name);
  return module.source?.scope.unknownNames;
}

const askModule = (m: Machine, dynamic: Value, name: string): Value | undefined =>
  m.attempt('AttributeError', () => m.call(dynamic, [name]));

function ofUnknown(object: Unknown, name: string): Unknown {
  const symbol = object.symbol === undefined ? undefined : `${object.symbol}.${name}`;
  if (name === '__class__') return new ClassOfUnknown(object, symbol);
  if (name === '__name__' && object instanceof ClassOfUnknown) return new ClassOfUnknown(object.object, symbol);
  return object.derive(symbol, object.inputs, name);
}

function ofSuper(m: Machine, object: Super, name: string): Value | undefined {
  const mro = object.type.mro;
  const start = mro.indexOf(object.owner) + 1;
  for (const base of mro.slice(start)) {
    const value = base.attributes.get(name);
    if (value === undefined) continue;
    return isStaticIn(object, name, value) ? value : bind(m, value, object.self, object.type);
  }
  const unknownBase = mro.slice(start - 1).find(it => it.unknownBase)?.unknownBase;
  if (unknownBase !== undefined) return unknownBase.derive();
  const ofObject = m.builtins.objectClass.attributes.get(name);
  if (ofObject === undefined || isStaticIn(object, name, ofObject)) return ofObject;
  return bind(m, ofObject, object.self, object.type);
}

/** Of a class, functions are given as they are; `__new__` always is. */
function isStaticIn({ self, type }: Super, name: string, value: Value): boolean {
  if (name === '__new__') return value instanceof Func || value instanceof NativeFunction;
  return self === type && value instanceof Func && name !== '__init_subclass__';
}

function ofFunction(m: Machine, func: Func, name: string): Value | undefined {
  const own = func.attributes.get(name);
  if (own !== undefined) return own;
  switch (name) {
    case '__name__':
      return func.name;
    case '__qualname__':
      return func.qualifiedName;
    case '__module__':
      return func.module.name;
    case '__doc__':
      return documentationOfFunction(func);
    case '__dict__':
      return Dict.of(func.attributes);
    case '__defaults__':
      return func.defaults.size === 0 ? null : new Tuple([...func.defaults.values()]);
    case '__kwdefaults__':
      return new Dict();
    case '__annotations__':
      return annotationsOf(m, func);
    case '__globals__':
      return new Namespace(func.module.value);
    case '__code__':
      return codeOf(m, func);
    case '__closure__':
      return null;
    default:
      return ofBuiltin(m, func, name) ?? func.alteredBy?.derive();
  }
}

function ofMethod(m: Machine, method: BoundMethod, name: string): Value | undefined {
  if (name === '__self__') return method.self;
  if (name === '__func__') return method.callee;
  return findAttribute(m, method.callee, name);
}

function ofBuiltin(m: Machine, object: Value, name: string): Value | undefined {
  const cls = m.classOf(object);
  if (name === '__class__') return cls;
  if (object instanceof NativeFunction && (name === '__name__' || name === '__qualname__')) return object.name;
  if (object instanceof NativeFunction && name === '__module__') return 'builtins';
  const value = findPatched(m, cls, name);
  if (value !== undefined) return bind(m, value, object, cls);
  return name === '__doc__' ? null : undefined;
}

/** An alternative that is None raises: it is reported as a possibility, and the others go on. */
function attributeOfUnion(m: Machine, union: Union, name: string): Value {
  const alternatives = union.alternatives.filter(it => it !== null);
  if (alternatives.length < union.alternatives.length) {
    if (alternatives.length === 0 || m.findAttribute(null, name) === undefined) faultOfNone(m, name, true);
  }
  if (alternatives.length === 1) return getAttribute(m, alternatives[0]!, name);
  return ofEach(m, new Union(alternatives), name);
}

// ── items ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export function getItem(m: Machine, object: Value, index: Value): Value {
  if (object instanceof Unknown) return (isPlace(index) && object.each) || itemOfUnknown(object, index);
  if (object instanceof Union) return m.distribute(object, it => getItem(m, it, index));
  if (object instanceof ClassValue) return itemOfClass(m, object, index);
  const method = m.findMethod(object, '__getitem__');
  if (method !== undefined) return m.call(method, [object, index]);
  if (object instanceof Instance && object.payload !== undefined) return getItem(m, object.payload, index);
  if (object instanceof Instance && isSubclass(object.cls, m.builtins.objectClass) === undefined) {
    return m.unknown('its class is not known');
  }
  if (object instanceof Symbolic) return m.unknown('the value is not known');
  const fault = m.fault({
    code: 'exception',
    exception: 'TypeError',
    message: `'${m.classOf(object).name}' object is not subscriptable`,
  });
  // In Python 2, `items()` and its like were lists.
  return object instanceof DictView && object.dict.more === undefined
    ? getItem(m, new List(object.items), index)
    : fault;
}

/** It may be one place in a sequence, and is no slice of it. */
const isPlace = (index: Value): boolean => typeof index === 'number' || index instanceof Unknown;

export function itemOfUnknown(object: Unknown, index: Value): Unknown {
  const named = object.symbol !== undefined && (typeof index === 'number' || typeof index === 'string');
  return object.derive(named ? `${object.symbol}[${index}]` : undefined, object.inputs, object.origin);
}

/** `list[int]`, `Generic[T]`: the class itself, unless it says otherwise. */
function itemOfClass(m: Machine, cls: ClassValue, index: Value): Value {
  const ofMeta = cls.metaclass && findInClass(cls.metaclass, '__getitem__');
  if (ofMeta !== undefined) return m.call(ofMeta, [cls, index]);
  const own = findInClass(cls, '__class_getitem__');
  if (own instanceof Descriptor) return m.call(own.get, [cls, index]);
  return own === undefined ? cls : m.call(own, [cls, index]);
}

export function setItem(m: Machine, object: Value, index: Value, value: Value): void {
  if (object instanceof Unknown) return;
  if (object instanceof Union) {
    m.distribute(object, it => {
      setItem(m, it, index, value);
      return null;
    });
    return;
  }
  const method = m.findMethod(object, '__setitem__');
  if (method !== undefined) m.call(method, [object, index, value]);
  else if (object instanceof Instance && object.payload !== undefined) setItem(m, object.payload, index, value);
}

export function deleteItem(m: Machine, object: Value, index: Value): void {
  if (object instanceof Unknown) return;
  if (object instanceof Union) {
    m.distribute(object, it => {
      deleteItem(m, it, index);
      return null;
    });
    return;
  }
  const method = m.findMethod(object, '__delitem__');
  if (method !== undefined) m.call(method, [object, index]);
  else if (object instanceof Instance && object.payload !== undefined) deleteItem(m, object.payload, index);
}

/** Items of the common containers, without a method call. */
export function quickItem(object: Value, index: Value): Value | undefined {
  if (object instanceof Dict && typeof index === 'string') return object.entries.get(keyOf(index))?.[1];
  if (object instanceof Tuple && typeof index === 'number')
    return object.items[index < 0 ? index + object.items.length : index];
  return undefined;
}
