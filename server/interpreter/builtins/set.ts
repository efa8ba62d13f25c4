/** `set` and `frozenset`. */
import type { Machine } from '../machine.js';
import { type Key, SetValue, type Tuple, Unknown, type Value } from '../values.js';
import { made, maker } from './construct.js';
import { fail, isVague, lazily, payloadOf, receiver, type Table, unknownFrom } from './define.js';
import { common, operators } from './dunders.js';
import { keyFor } from './hashing.js';
import { collect } from './list.js';

const set = receiver('set', value => (value instanceof SetValue ? value : undefined));

const shared: Table = [
  set.lenient('copy', '', (_, self) => withItems(self, self.items)),
  set.lenient('union', '*others', (m, self, others) => {
    const joined = new Map(self.items);
    for (const items of keyedAll(m, others!)) for (const [key, item] of items) addTo(joined, key, item);
    return withItems(self, joined);
  }),
  set.lenient('intersection', '*others', (m, self, others) => {
    const all = keyedAll(m, others!);
    return withItems(
      self,
      [...self.items].filter(([key]) => all.every(it => it.has(key))),
    );
  }),
  set.lenient('difference', '*others', (m, self, others) => {
    const all = keyedAll(m, others!);
    return withItems(
      self,
      [...self.items].filter(([key]) => !all.some(it => it.has(key))),
    );
  }),
  set.lenient('symmetric_difference', 'other, /', (m, self, other) =>
    withItems(self, exclusive(self, keyed(m, other!))),
  ),
  set.lenient('isdisjoint', 'other, /', (m, self, other) => {
    const items = keyed(m, other!);
    return ![...self.items.keys()].some(it => items.has(it));
  }),
  set.lenient('issubset', 'other, /', (m, self, other) => {
    const items = keyed(m, other!);
    return [...self.items.keys()].every(it => items.has(it));
  }),
  set.lenient('issuperset', 'other, /', (m, self, other) =>
    [...keyed(m, other!).keys()].every(it => self.items.has(it)),
  ),
  set.lenient('__len__', '', (_, self) => self.items.size),
  set.lenient('__iter__', '', (m, self) => lazily('set_iterator', m.iterate(self))),
  set.lenient('__contains__', 'item, /', (m, self, item) =>
    isVague(item!) ? unknownFrom(m, '__contains__', [item!]) : self.items.has(keyFor(m, item!)),
  ),
  ...common(set),
  ...operators(set, { and: '&', or: '|', xor: '^', sub: '-' }),
];

export const setMethods: Table = [
  maker('*args', (m, cls, args) => {
    const [iterable] = (args as Tuple).items;
    const isPlain = cls === m.builtins.setClass;
    return made(m, cls, setFrom(m, isPlain ? iterable : undefined, false));
  }),
  set.lenient('__init__', 'iterable=(), /', (m, self, iterable) => {
    m.touch(self);
    self.items = keyed(m, iterable!);
    return null;
  }),
  set.lenient('add', 'item, /', (m, self, item) => {
    const key = keyFor(m, item!);
    m.touch(self);
    addTo(self.items, key, item!);
    return null;
  }),
  set.lenient('discard', 'item, /', (m, self, item) => {
    m.touch(self);
    self.items.delete(keyFor(m, item!));
    return null;
  }),
  set.lenient('remove', 'item, /', (m, self, item) => {
    if (isVague(item!)) return null;
    m.touch(self);
    const wasThere = self.items.delete(keyFor(m, item!));
    return wasThere ? null : fail(m, 'KeyError', m.toText(item!) ?? 'an item');
  }),
  set.lenient('pop', '', (m, self) => {
    const [first] = self.items;
    if (first === undefined) return fail(m, 'KeyError', 'pop from an empty set');
    if (self.items.size > 1) m.incomplete('the order of a set is not known');
    m.touch(self);
    self.items.delete(first[0]);
    return first[1];
  }),
  set.lenient('clear', '', (m, self) => replace(m, self, [])),
  set.lenient('update', '*others', (m, self, others) => {
    const added = keyedAll(m, others!).flatMap(it => [...it]);
    m.touch(self);
    for (const [key, item] of added) addTo(self.items, key, item);
    return null;
  }),
  set.lenient('intersection_update', '*others', (m, self, others) => {
    const all = keyedAll(m, others!);
    return replace(
      m,
      self,
      [...self.items].filter(([key]) => all.every(it => it.has(key))),
    );
  }),
  set.lenient('difference_update', '*others', (m, self, others) => {
    const all = keyedAll(m, others!);
    return replace(
      m,
      self,
      [...self.items].filter(([key]) => !all.some(it => it.has(key))),
    );
  }),
  set.lenient('symmetric_difference_update', 'other, /', (m, self, other) =>
    replace(m, self, exclusive(self, keyed(m, other!))),
  ),
  ['__hash__', null],
  ...shared,
];

export const frozensetMethods: Table = [
  maker('iterable=(), /', (m, cls, iterable) => made(m, cls, setFrom(m, iterable!, true))),
  ...shared,
];

function setFrom(m: Machine, iterable: Value | undefined, frozen: boolean): Value {
  if (iterable === undefined) return new SetValue(new Map(), frozen);
  if (iterable instanceof Unknown) return unknownFrom(m, 'set', [iterable]);
  return new SetValue(keyed(m, iterable), frozen);
}

/** A set of these items. */
export function setOf(m: Machine, values: readonly Value[]): SetValue {
  const items: Items = new Map();
  for (const value of values) addTo(items, keyFor(m, value), value);
  return new SetValue(items);
}

type Items = Map<Key, Value>;

function keyed(m: Machine, iterable: Value): Items {
  const plain = payloadOf(iterable);
  if (plain instanceof SetValue) return new Map(plain.items);
  const items: Items = new Map();
  for (const item of collect(m, iterable)) addTo(items, keyFor(m, item), item);
  return items;
}

const keyedAll = (m: Machine, others: Value): Items[] => (others as Tuple).items.map(it => keyed(m, it));

/** The item that came first stays. */
function addTo(items: Items, key: Key, item: Value): void {
  if (!items.has(key)) items.set(key, item);
}

const withItems = (self: SetValue, items: Iterable<[Key, Value]>): SetValue =>
  new SetValue(new Map(items), self.frozen);

const exclusive = (self: SetValue, other: Items): [Key, Value][] => [
  ...[...self.items].filter(([key]) => !other.has(key)),
  ...[...other].filter(([key]) => !self.items.has(key)),
];

function replace(m: Machine, self: SetValue, items: Iterable<[Key, Value]>): null {
  m.touch(self);
  self.items = new Map(items);
  return null;
}
