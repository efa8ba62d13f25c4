/** What `list`, `tuple` and `range` have in common: items, positions, order. */
import type { Machine } from '../machine.js';
import { type Slice, Tuple, type Value } from '../values.js';
import { integer, positions, window } from './arguments.js';
import { fail, isVague, unknownFrom } from './define.js';

/** The item at an index, which may be negative. */
export function itemAt(m: Machine, items: readonly Value[], index: Value, typeName: string): Value {
  if (isVague(index)) return anyOf(m, items, index);
  const at = integer(m, index);
  const item = items[at < 0 ? at + items.length : at];
  return item ?? (item === null ? null : fail(m, 'IndexError', `${typeName} index out of range`));
}

/** The items that a slice takes; undefined when its bounds are not known. */
export function itemsOf(m: Machine, items: readonly Value[], slice: Slice): Value[] | undefined {
  if ([slice.start, slice.stop, slice.step].some(isVague)) return undefined;
  return positions(m, slice, items.length).map(it => items[it]!);
}

/** Where the item is, between optional bounds; undefined when that is not known. */
export function indexOf(
  m: Machine,
  items: readonly Value[],
  item: Value,
  start: Value,
  end: Value,
): number | undefined {
  if (isVague(start) || isVague(end)) return undefined;
  const range = window(m, start, end, items.length);
  for (let i = range.start; i < range.end; i++) {
    m.step();
    const same = items[i] === item || m.equal(items[i]!, item);
    if (same === undefined) return undefined;
    if (same) return i;
  }
  return -1;
}

export function countOf(m: Machine, items: readonly Value[], item: Value): Value {
  const answers = items.map(it => it === item || m.equal(it, item));
  return answers.includes(undefined) ? unknownFrom(m, 'count', [item, ...items]) : answers.filter(it => it).length;
}

/** In ascending order, or descending, equal items as they were; undefined when the order is not known. */
export function sortedItems(
  m: Machine,
  items: readonly Value[],
  key: Value,
  isReversed: boolean,
): readonly Value[] | undefined {
  const keyed = items.map(item => ({ item, key: key === null ? item : m.call(key, [item]) }));
  let isKnown = true;
  const isLess = (a: Value, b: Value): boolean => {
    m.step();
    const answer = m.compare('<', a, b);
    if (answer === undefined) isKnown = false;
    return answer === true;
  };
  const direction = isReversed ? -1 : 1;
  keyed.sort((a, b) => (isLess(a.key, b.key) ? -direction : isLess(b.key, a.key) ? direction : 0));
  return isKnown ? keyed.map(it => it.item) : undefined;
}

/** Items that are all alike tell what any of them is. To look through many is work: some 32 a step. */
function anyOf(m: Machine, items: readonly Value[], index: Value): Value {
  m.step(items.length >> 5);
  const [first] = items;
  const isSame = first !== undefined && items.every(it => it === first);
  return isSame ? first : unknownFrom(m, '__getitem__', [index, new Tuple(items)]);
}
