/** Attributes written and deleted, with descriptors and the special methods in Python's order. */
import { findInClass } from './attributes.js';
import { Namespace } from './builtins/namespace.js';
import type { Machine } from './machine.js';
import { faultOfNone } from './missing-attributes.js';
import { openUp } from './open-objects.js';
import { noteReplaced, patch } from './patches.js';
import {
  BoundMethod,
  ClassValue,
  Descriptor,
  Dict,
  Func,
  Instance,
  ModuleValue,
  Union,
  Unknown,
  type Value,
} from './values.js';

export function setAttribute(m: Machine, object: Value, name: string, value: Value): void {
  if (object instanceof Instance) {
    const custom = findInClass(object.cls, '__setattr__');
    if (custom !== undefined) m.call(custom, [object, name, value]);
    else setOnInstance(m, object, name, value);
    return;
  }
  if (object instanceof Union) setOnEach(m, object, name, value);
  else setOnOther(m, object, name, value);
}

function setOnEach(m: Machine, union: Union, name: string, value: Value): void {
  m.distribute(union, it => {
    setAttribute(m, it, name, value);
    return null;
  });
}

/** `object.__setattr__`. */
export function setOnInstance(m: Machine, object: Instance, name: string, value: Value): void {
  const inherited = findInClass(object.cls, name);
  if (inherited instanceof Descriptor && inherited.kind === 'property') {
    if (inherited.set !== undefined) m.call(inherited.set, [object, value]);
    else m.fault({ code: 'exception', exception: 'AttributeError', message: `can't set attribute '${name}'` });
    return;
  }
  if (inherited instanceof Instance) {
    const set = findInClass(inherited.cls, '__set__');
    if (set !== undefined) {
      m.call(set, [inherited, object, value]);
      return;
    }
  }
  m.touch(object);
  if (name === '__class__' && value instanceof ClassValue) object.cls = value;
  else if (name !== '__dict__' || !keepIn(m, object, value)) object.attributes.set(name, value);
}

/** False where it is not known which attributes it has then. */
function keepIn(m: Machine, object: Instance, value: Value): boolean {
  const dictionary = value instanceof Instance && value.payload !== undefined ? value.payload : value;
  if (dictionary instanceof Unknown) openUp(object, dictionary);
  if (!(dictionary instanceof Dict)) return false;
  m.touch(dictionary);
  object.keepIn(dictionary instanceof Namespace ? dictionary.settled() : dictionary);
  return true;
}

function setOnOther(m: Machine, object: Value, name: string, value: Value): void {
  if (object instanceof ClassValue || object instanceof ModuleValue) {
    if (object instanceof ClassValue && object.definition === undefined) {
      patch(m, object, name, value);
      return;
    }
    if (object instanceof ModuleValue && object.source === undefined) noteReplaced(m, object, name);
    m.touch(object);
    object.attributes.set(name, value);
  } else if (object instanceof Func) {
    object.attributes.set(name, value);
  } else if (object instanceof BoundMethod && object.callee instanceof Func) {
    object.callee.attributes.set(name, value);
  } else if (object === null) {
    faultOfNone(m, name, false);
  }
}

export function deleteAttribute(m: Machine, object: Value, name: string): void {
  if (object instanceof Instance) {
    const custom = findInClass(object.cls, '__delattr__');
    if (custom !== undefined) {
      m.call(custom, [object, name]);
      return;
    }
  }
  if (object instanceof Instance || object instanceof ClassValue || object instanceof ModuleValue) {
    m.touch(object);
    object.attributes.delete(name);
  }
}
