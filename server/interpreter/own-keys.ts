/** What objects are looked up by whose code says what they are equal to. */
import { findInClass } from './attributes.js';
import { keyOf } from './compare.js';
import type { Machine } from './machine.js';
import { Dict, Func, Instance, type Key, NativeFunction, Tuple, Unknown, type Value } from './values.js';

/** Where code says what is equal; without it an object is looked up by itself. */
export function ownKey(m: Machine, value: Value): Key | undefined {
  if (!(value instanceof Instance) || value.payload !== undefined) return undefined;
  const hash = findInClass(value.cls, '__hash__');
  if (hash instanceof Func) return keyOfHash(m, m.call(hash, [value]), value);
  const fields = findInClass(value.cls, '__dataclass_fields__');
  const equality = findInClass(value.cls, '__eq__');
  const isOfFields = equality instanceof NativeFunction && equality !== m.builtins.objectClass.attributes.get('__eq__');
  if (!(fields instanceof Dict) || !isOfFields) return undefined;
  const values = [...fields.entries.keys()].map(name => value.attributes.get(String(name)) ?? null);
  return keyOf(new Tuple([value.cls, ...values]));
}

/** What hashes alike is taken for equal. */
function keyOfHash(m: Machine, hash: Value, value: Instance): Key {
  if (!(hash instanceof Unknown)) return keyOf(new Tuple([value.cls, hash]));
  m.inexact('it is not known which keys are equal');
  return value;
}
