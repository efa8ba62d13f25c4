/** Iteration: of containers and of anything with `__iter__`, `__getitem__` or `__next__`, one item at a time. */
import type { Machine } from './machine.js';
import { completeInOrder } from './registries.js';
import { orderInTable, SMALLEST } from './set-order.js';
import {
  Bytes,
  ClassValue,
  Dict,
  Instance,
  Iterator,
  List,
  Range,
  SetValue,
  Symbolic,
  Tuple,
  Union,
  Unknown,
  type Value,
} from './values.js';

/** Ranges and lists of any length are walked: the budget ends what does not end by itself. */
export function iterate(m: Machine, value: Value): Iterable<Value> {
  if (m.strict && (value instanceof List || value instanceof Dict || value instanceof SetValue))
    completeInOrder(m, value);
  if (value instanceof List) return value.more ? openly(m, listItems(value), value.more) : listItems(value);
  if (value instanceof Tuple) return value.items;
  if (value instanceof Dict) return value.more ? openly(m, keysOf(value), value.more) : keysOf(value);
  if (value instanceof SetValue) return setItems(m, value);
  if (value instanceof Range) return rangeItems(value);
  if (value instanceof Iterator) return rest(value);
  if (typeof value === 'string') return value;
  if (value instanceof Bytes) return [...value.value].map(it => it.charCodeAt(0));
  if (value instanceof Instance) return iterateInstance(m, value);
  if (value instanceof Unknown) return openly(m, [elementOf(value)], value);
  if (value instanceof Union) return iterateUnion(m, value);
  return iterateByClass(m, value);
}

/** Who goes to the end of them learns that their number is not known. */
function* openly(m: Machine, items: Iterable<Value>, what: Unknown): Iterable<Value> {
  yield* items;
  m.ends.note(what);
}

/** What is left of an iterator, which stays open when a loop over it is left early. */
function rest({ source }: Iterator): Iterable<Value> {
  return { [Symbol.iterator]: () => ({ next: () => source.next(null) as IteratorResult<Value> }) };
}

function setItems(m: Machine, set: SetValue): Iterable<Value> {
  const items = inSomeOrder(m, set);
  return set.more === undefined ? items : openly(m, [...items, elementOf(set.more)], set.more);
}

/** Python's order follows the hashes, which for strings change from run to run. */
function inSomeOrder(m: Machine, { items, grown }: SetValue): Value[] {
  const values = [...items.values()];
  if (values.length < 2) return values;
  if (areInOrder(values)) return (values as number[]).sort((a, b) => a - b);
  const ordered = grown ? orderInTable(values) : undefined;
  if (ordered !== undefined) return ordered;
  m.incomplete('the order of a set is not known');
  return values;
}

/** Integers that are smaller than the table has slots lie in it in their order, however they came there. */
function areInOrder(values: readonly Value[]): boolean {
  let slots = SMALLEST;
  while (values.length * 5 >= (slots - 1) * 3) slots *= 2;
  return values.every(it => typeof it === 'number' && it >= 0 && it < slots);
}

/** Keys that are not known are one more. */
function keysOf({ entries, more }: Dict): Value[] {
  const keys = [...entries.values()].map(it => it[0]);
  return more === undefined ? keys : [...keys, elementOf(more)];
}

/** One element stands for all of what is not known. */
const elementOf = (value: Unknown) =>
  value.each ?? value.derive(value.symbol && `${value.symbol}[i]`, value.inputs, value.origin);

/** A list that grows while it is walked is walked to its new end, as in Python. */
function* listItems(list: List): Iterable<Value> {
  for (let i = 0; i < list.items.length; i++) yield list.items[i]!;
}

function* rangeItems({ start, step, length }: Range): Iterable<Value> {
  for (let i = 0; i < length; i++) yield start + i * step;
}

function iterateInstance(m: Machine, value: Instance): Iterable<Value> {
  const makeIterator = m.findMethod(value, '__iter__');
  if (makeIterator !== undefined && makeIterator !== null) {
    const iterator = m.call(makeIterator, [value]);
    return iterator === value ? nextItems(m, value) : iterate(m, iterator);
  }
  if (value.payload !== undefined) return iterate(m, value.payload);
  if (m.findMethod(value, '__next__') !== undefined) return nextItems(m, value);
  const unseen = value.cls.mro.find(it => it.unknownBase)?.unknownBase;
  if (unseen !== undefined) return openly(m, [elementOf(unseen)], unseen);
  if (m.findMethod(value, '__getitem__') !== undefined) return indexedItems(m, value);
  return iterateByClass(m, value);
}

function* nextItems(m: Machine, value: Value): Iterable<Value> {
  const next = m.findMethod(value, '__next__');
  if (next === undefined) return;
  for (;;) {
    m.step();
    const item = m.attempt('StopIteration', () => m.call(next, [value]));
    if (item === undefined) return;
    yield item;
    if (item instanceof Unknown) return m.ends.note(item);
  }
}

function* indexedItems(m: Machine, value: Value): Iterable<Value> {
  for (let i = 0; ; i++) {
    m.step();
    const item = m.attempt('IndexError', () => m.getItem(value, i));
    if (item === undefined) return;
    yield item;
    if (item instanceof Unknown) return m.ends.note(item);
  }
}

/** Alternatives of one length are walked side by side; otherwise one joined element stands for all. */
function iterateUnion(m: Machine, union: Union): Iterable<Value> {
  const lists = union.alternatives.filter(it => it !== null).map(it => [...iterate(m, it)]);
  const length = lists[0]?.length ?? 0;
  if (lists.every(it => it.length === length)) {
    return Array.from({ length }, (_, i) => lists.map(it => it[i]!).reduce((a, b) => m.join(a, b)!));
  }
  const longest = lists.sort((a, b) => b.length - a.length)[0]!;
  return openly(m, longest, m.unknown('it is one of several values'));
}

function iterateByClass(m: Machine, value: Value): Iterable<Value> {
  if (value instanceof Symbolic) {
    const item = m.unknown('the value is not known');
    return openly(m, [item], item);
  }
  const method = m.findMethod(value, '__iter__') ?? metaIterator(m, value);
  if (method !== undefined) return iterate(m, m.call(method, [value]));
  return [
    m.fault({
      code: 'exception',
      exception: 'TypeError',
      message: `'${m.classOf(value).name}' object is not iterable`,
    }),
  ];
}

const metaIterator = (m: Machine, value: Value) =>
  value instanceof ClassValue && value.metaclass ? m.findAttribute(value.metaclass, '__iter__') : undefined;

/** Whether one turn of a loop over the value stands for an unknown number of them. */
export function isOpenEnded(value: Value): boolean {
  return value instanceof Unknown || value instanceof Symbolic || (value instanceof Iterator && value.isOpenEnded);
}

/** Whether a collection may hold items of which nothing is known. */
export const isUncounted = (value: Value): boolean =>
  (value instanceof List || value instanceof SetValue || value instanceof Dict) && value.more !== undefined;

/** What `run` answers, and what was gone through meanwhile of which not even the number of items is known. */
export function noticing<T>(m: Machine, run: () => T): { readonly result: T; readonly more: Unknown | undefined } {
  const { count } = m.ends;
  const result = run();
  return { result, more: m.ends.count === count ? undefined : m.ends.last };
}
