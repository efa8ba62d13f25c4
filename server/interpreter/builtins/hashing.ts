/** Keys of dictionaries and sets. */
import { keyOf } from '../compare.js';
import type { Machine } from '../machine.js';
import { ownKey } from '../own-keys.js';
import { Dict, type Key, List, SetValue, Slice, Tuple, type Value } from '../values.js';

/** What a value is looked up by; raises TypeError for what cannot be hashed. */
export function keyFor(m: Machine, value: Value): Key {
  const culprit = unhashable(value);
  if (culprit !== undefined) m.raise('TypeError', `unhashable type: '${m.classOf(culprit).name}'`);
  return ownKey(m, value) ?? keyOf(value);
}

export function unhashable(value: Value): Value | undefined {
  if (value instanceof List || value instanceof Dict || value instanceof Slice) return value;
  if (value instanceof SetValue && !value.frozen) return value;
  return value instanceof Tuple ? value.items.find(it => unhashable(it) !== undefined) : undefined;
}
