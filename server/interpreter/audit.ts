/** What joining two branches cannot express: members that one branch has and the other lacks. */
import type { ListState, SetState } from './collections.js';
import type { Machine } from './machine.js';
import { type ClassValue, Dict, Instance, List, type Mutable, SetValue, Union, Unknown, type Value } from './values.js';

/** The states are captures of the object. */
export function losesMembers(m: Machine, object: Mutable, mine: unknown, theirs: unknown): boolean {
  if (object instanceof List) return countOf(mine) !== countOf(theirs);
  if (!(object instanceof Dict) || object.constructor !== Dict) return false;
  const [a, b] = [mine, theirs].map(it => (it as { entries: Dict['entries'] }).entries);
  return lacks(m, a!, b!) || lacks(m, b!, a!);
}

/** Two branches leave another number of items: only in strict mode is that worth more than the longer list. */
export function noteOtherCounts(m: Machine, object: Mutable, mine: unknown, theirs: unknown): void {
  if (object instanceof List || object instanceof SetValue) {
    if (countOf(mine) !== countOf(theirs))
      object.more ??= m.unknown(m.undecided ?? 'two branches leave different items');
  }
}

function countOf(state: unknown): number {
  const { items } = state as ListState | SetState;
  return 'size' in items ? items.size : items.length;
}

function lacks(m: Machine, some: Dict['entries'], others: Dict['entries']): boolean {
  for (const [key, [, value]] of some) if (!others.has(key) && mayHold(m, value)) return true;
  return false;
}

/** Whether a value may be or hold something that has weights; only what a library knows better has none. */
function mayHold(m: Machine, value: Value): boolean {
  if (value instanceof Union) return value.alternatives.some(it => mayHold(m, it));
  if (value instanceof Instance) return m.hooks.hasWeights?.(m, value) ?? true;
  return true;
}

/** What a seed decides, or what may be that. */
export function isWeighty(m: Machine, value: Value): boolean {
  return isForeign(value) || (value instanceof Instance && (m.hooks.hasWeights?.(m, value) ?? false));
}

const hasForeignBase = ({ unknownBase }: ClassValue): boolean => unknownBase?.foreign === true;

/** An object of unseen code, or of a class with a base that is not known. */
export function isForeign(value: Value): boolean {
  if (value instanceof Unknown) return value.foreign === true;
  if (value instanceof Union) return value.alternatives.some(isForeign);
  return value instanceof Instance && value.cls.mro.some(hasForeignBase);
}
