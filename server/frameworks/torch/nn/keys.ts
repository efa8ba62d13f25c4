/** Keys of dictionaries of modules and of parameters, also those that are not known. */
import type { Machine } from '../../../interpreter/machine.js';
import { patternOf } from '../../../interpreter/unknown-text.js';
import type { Dict, Value } from '../../../interpreter/values.js';
import { nameGiven } from './module.js';

/** What is put in under a key that is not known stands under what is known of it, with a `?` for the rest. */
export function keyGiven(machine: Machine, key: Value, value: Value): string {
  return isPlain(key) ? String(key) : nameGiven(machine, key, value);
}

/** A key that is not known, or not there, may be the one of which only this is known. */
export function itemUnder(machine: Machine, dict: Dict, key: Value): Value {
  const unnamed = (dict.entries.get(patternOf(key)) ?? dict.entries.get('?'))?.[1];
  const isThere = isPlain(key) && dict.entries.has(key);
  return isThere || unnamed === undefined ? machine.getItem(dict, key) : unnamed;
}

const isPlain = (key: Value): key is string | number | boolean =>
  typeof key === 'string' || typeof key === 'number' || typeof key === 'boolean';
