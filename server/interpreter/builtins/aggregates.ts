/** Builtin functions over many values: len, sum, min, max, any, all, sorted. */
import { compare } from '../../../core/size.js';
import { noticing } from '../iteration.js';
import type { Machine } from '../machine.js';
import { absent } from '../native.js';
import { sizeOf } from '../numbers.js';
import { Instance, List, SetValue, Symbolic, type Tuple, Unknown, type Value } from '../values.js';
import { fail, lenient, symbolFor, type Table, unknownFrom } from './define.js';
import { listOf } from './list.js';
import { sortedItems } from './sequences.js';

export const aggregates: Table = [
  lenient('len', 'obj, /', (m, value) => lengthOf(m, value!)),
  lenient('sum', 'iterable, /, start=0', (m, iterable, start) => {
    if (iterable instanceof Unknown) return unknownFrom(m, 'sum', [iterable], symbolFor('sum', [iterable]));
    if (typeof start === 'string') return fail(m, 'TypeError', "sum() can't sum strings [use ''.join(seq) instead]");
    const { result, more } = noticing(m, () => added(m, m.iterate(inAnyOrder(iterable!)), start!));
    return more === undefined ? result : unknownFrom(m, 'sum', [more]);
  }),
  lenient('min', '*args, key=None, default=...', (m, args, key, fallback) => extreme(m, 'min', args!, key!, fallback!)),
  lenient('max', '*args, key=None, default=...', (m, args, key, fallback) => extreme(m, 'max', args!, key!, fallback!)),
  lenient('any', 'iterable, /', (m, iterable) => quantified(m, 'any', iterable!, true)),
  lenient('all', 'iterable, /', (m, iterable) => quantified(m, 'all', iterable!, false)),
  lenient('sorted', 'iterable, /, *, key=None, reverse=False', (m, iterable, key, isReversed) => {
    if (iterable instanceof Unknown) return unknownFrom(m, 'sorted', [iterable]);
    const { items, more } = listOf(m, inAnyOrder(iterable!));
    const sorted = sortedItems(m, items, key!, m.truth(isReversed!) === true);
    if (sorted === undefined) m.incomplete('the order of a sorted list is not known');
    return new List([...(sorted ?? items)], more);
  }),
];

function added(m: Machine, items: Iterable<Value>, start: Value): Value {
  let total = start;
  for (const item of items) {
    m.step();
    total = m.binary('+', total, item);
  }
  return total;
}

/** For what comes to the same in every order. */
const inAnyOrder = (value: Value): Value =>
  value instanceof SetValue ? new List([...value.items.values()], value.more) : value;

/** `len(value)`. */
export function lengthOf(m: Machine, value: Value): Value {
  if (value instanceof Unknown) return unknownFrom(m, 'len', [value], symbolFor('len', [value]));
  if (value instanceof Symbolic) return fail(m, 'TypeError', "object of type 'int' has no len()");
  const method = m.findMethod(value, '__len__');
  if (method !== undefined) return m.call(method, [value]);
  if (value instanceof Instance && value.cls.mro.some(it => it.unknownBase)) return unknownFrom(m, 'len', [value]);
  return fail(m, 'TypeError', `object of type '${m.classOf(value).name}' has no len()`);
}

/** Ends at the first item that decides, as Python does. */
function quantified(m: Machine, name: string, iterable: Value, decisive: boolean): Value {
  if (iterable instanceof Unknown) return unknownFrom(m, name, [iterable]);
  let unknown: Unknown | undefined;
  const { count } = m.ends;
  const source = m.iterate(inAnyOrder(iterable))[Symbol.iterator]();
  for (let step = source.next(); !step.done; step = source.next()) {
    m.step();
    const truth = m.truth(step.value);
    if (truth === decisive) return decisive;
    if (truth === undefined) unknown ??= unknownFrom(m, name, [step.value]);
  }
  if (m.ends.count !== count) unknown ??= unknownFrom(m, name, [m.ends.last!]);
  return unknown ?? !decisive;
}

function extreme(m: Machine, name: 'min' | 'max', args: Value, key: Value, fallback: Value): Value {
  const given = (args as Tuple).items;
  if (given.length === 0) return fail(m, 'TypeError', `${name} expected at least 1 argument, got 0`);
  const [only] = given;
  if (given.length === 1 && only instanceof Unknown) return unknownFrom(m, name, given, symbolFor(name, given));
  const { items, more } = given.length === 1 ? listOf(m, inAnyOrder(only!)) : new List([...given]);
  if (more !== undefined) return unknownFrom(m, name, [more]);
  if (items.length > 0) return extremeOf(m, name, items, key);
  return fallback === absent ? fail(m, 'ValueError', `${name}() iterable argument is empty`) : fallback;
}

function extremeOf(m: Machine, name: 'min' | 'max', items: readonly Value[], key: Value): Value {
  const keyOf = (item: Value) => (key === null ? item : m.call(key, [item]));
  let best: Value = items[0]!;
  let bestKey: Value = keyOf(best);
  for (const item of items.slice(1)) {
    m.step();
    const itemKey = keyOf(item);
    const isBetter = isBeyond(m, name, itemKey, bestKey);
    if (isBetter === undefined) return unknownFrom(m, name, items, symbolFor(name, items));
    if (isBetter) [best, bestKey] = [item, itemKey];
  }
  return best;
}

function isBeyond(m: Machine, name: 'min' | 'max', a: Value, b: Value): boolean | undefined {
  const [left, right] = [sizeOf(a), sizeOf(b)];
  if (left !== undefined && right !== undefined) {
    const order = compare(left, right);
    return order === undefined ? undefined : name === 'max' ? order > 0 : order < 0;
  }
  return m.compare(name === 'max' ? '>' : '<', a, b);
}
