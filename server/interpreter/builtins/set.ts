/** `set` and `frozenset`. */
import type { Machine } from '../machine.js';
import { completeRegistry } from '../registries.js';
import { Dict, type Key, type List, SetValue, type Tuple, Unknown, type Value } from '../values.js';
import { made, maker } from './construct.js';
import { fail, isVagueKey, lazily, payloadOf, receiver, type Table, unknownFrom } from './define.js';
import { common, operators } from './dunders.js';
import { keyFor } from './hashing.js';
import { listOf } from './list.js';

const isSet = (value: Value): value is SetValue => value instanceof SetValue;
const set = receiver('set', value => (isSet(value) ? value : undefined), isSet, completeRegistry);

const shared: Table = [
  set.lenient('copy', '', (_, self) => withItems(self, self.items)),
  set.lenient('union', '*others', (m, self, others) => {
    const joined = new Map(self.items);
    const all = keyedAll(m, others!);
    for (const { items } of all) for (const [key, item] of items) addTo(joined, key, item);
    return withItems(self, joined, all);
  }),
  set.lenient('intersection', '*others', (m, self, others) => {
    const all = keyedAll(m, others!);
    return withItems(
      self,
      [...self.items].filter(([key]) => all.every(it => it.items.has(key))),
      all,
    );
  }),
  set.lenient('difference', '*others', (m, self, others) => {
    const all = keyedAll(m, others!);
    return withItems(
      self,
      [...self.items].filter(([key]) => !all.some(it => it.items.has(key))),
      all,
    );
  }),
  set.lenient('symmetric_difference', 'other, /', (m, self, other) => {
    const others = keyed(m, other!);
    return withItems(self, exclusive(self, others.items), [others]);
  }),
  set.lenient('isdisjoint', 'other, /', (m, self, other) => {
    const others = keyed(m, other!);
    if ([...self.items.keys()].some(it => others.items.has(it))) return false;
    return unsure(m, 'isdisjoint', self, others) ?? true;
  }),
  set.lenient('issubset', 'other, /', (m, self, other) => {
    const others = keyed(m, other!);
    return unsure(m, 'issubset', self, others) ?? [...self.items.keys()].every(it => others.items.has(it));
  }),
  set.lenient('issuperset', 'other, /', (m, self, other) => {
    const others = keyed(m, other!);
    return unsure(m, 'issuperset', self, others) ?? [...others.items.keys()].every(it => self.items.has(it));
  }),
  set.lenient('__len__', '', (m, self) =>
    self.more === undefined ? self.items.size : unknownFrom(m, 'len', [self.more]),
  ),
  set.lenient('__iter__', '', (m, self) => lazily('set_iterator', m.iterate(self))),
  set.lenient('__contains__', 'item, /', (m, self, item) =>
    isVagueKey(item!)
      ? unknownFrom(m, '__contains__', [item!])
      : self.items.has(keyFor(m, item!)) || (unsure(m, '__contains__', self) ?? false),
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
    const isFirst = self.items.size === 0 && self.grown;
    Object.assign(self, keyed(m, iterable!), { grown: isFirst && !isHashed(iterable!) });
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
    if (self.items.delete(keyFor(m, item!))) self.grown = false;
    return null;
  }),
  set.lenient('remove', 'item, /', (m, self, item) => {
    if (isVagueKey(item!)) return null;
    m.touch(self);
    const wasThere = self.items.delete(keyFor(m, item!));
    self.grown = false;
    return wasThere ? null : fail(m, 'KeyError', m.toText(item!) ?? 'an item');
  }),
  set.lenient('pop', '', (m, self) => {
    if (self.items.size === 0) return fail(m, 'KeyError', 'pop from an empty set');
    if (self.items.size > 1 && !self.grown) m.incomplete('the order of a set is not known');
    const [first] = m.iterate(self);
    m.touch(self);
    self.items.delete(keyFor(m, first!));
    self.grown = false;
    return first!;
  }),
  set.lenient('clear', '', (m, self) => replace(m, self, [])),
  set.lenient('update', '*others', (m, self, others) => {
    const all = keyedAll(m, others!);
    m.touch(self);
    for (const { items } of all) for (const [key, item] of items) addTo(self.items, key, item);
    self.more ??= moreIn(all);
    if ((others as Tuple).items.some(isHashed)) self.grown = false;
    return null;
  }),
  set.lenient('intersection_update', '*others', (m, self, others) => {
    const all = keyedAll(m, others!);
    return replace(
      m,
      self,
      [...self.items].filter(([key]) => all.every(it => it.items.has(key))),
      moreIn([self, ...all]),
    );
  }),
  set.lenient('difference_update', '*others', (m, self, others) => {
    const all = keyedAll(m, others!);
    return replace(
      m,
      self,
      [...self.items].filter(([key]) => !all.some(it => it.items.has(key))),
      moreIn([self, ...all]),
    );
  }),
  set.lenient('symmetric_difference_update', 'other, /', (m, self, other) => {
    const others = keyed(m, other!);
    return replace(m, self, exclusive(self, others.items), moreIn([self, others]));
  }),
  ['__hash__', null],
  ...shared,
];

export const frozensetMethods: Table = [
  maker('iterable=(), /', (m, cls, iterable) => made(m, cls, setFrom(m, iterable!, true))),
  ...shared,
];

function setFrom(m: Machine, iterable: Value | undefined, frozen: boolean): Value {
  if (iterable === undefined) return grown(new SetValue(new Map(), frozen));
  if (iterable instanceof Unknown) return unknownFrom(m, 'set', [iterable]);
  const { items, more } = keyed(m, iterable);
  const set = new SetValue(items, frozen, more);
  return isHashed(iterable) ? set : grown(set);
}

/** What Python adds to a set at once, in another order than that of its items. */
function isHashed(iterable: Value): boolean {
  const plain = payloadOf(iterable);
  return plain instanceof SetValue || plain instanceof Dict;
}

function grown(set: SetValue): SetValue {
  set.grown = true;
  return set;
}

/** A set of these items, added one by one. */
export function setOf(m: Machine, { items: values, more }: List): SetValue {
  const items: Items = new Map();
  for (const value of values) addTo(items, keyFor(m, value), value);
  return grown(new SetValue(items, false, more));
}

type Items = Map<Key, Value>;

interface Keyed {
  readonly items: Items;
  readonly more: Unknown | undefined;
}

function keyed(m: Machine, iterable: Value): Keyed {
  const plain = payloadOf(iterable);
  if (plain instanceof SetValue) return { items: new Map(plain.items), more: plain.more };
  const { items: values, more } = listOf(m, iterable);
  const items: Items = new Map();
  for (const item of values) addTo(items, keyFor(m, item), item);
  return { items, more };
}

const keyedAll = (m: Machine, others: Value): Keyed[] => (others as Tuple).items.map(it => keyed(m, it));

/** What is not known of any of them. */
const moreIn = (sets: readonly Keyed[]): Unknown | undefined => sets.find(it => it.more !== undefined)?.more;

/** The item that came first stays. */
function addTo(items: Items, key: Key, item: Value): void {
  if (!items.has(key)) items.set(key, item);
}

const withItems = (self: SetValue, items: Iterable<[Key, Value]>, others: readonly Keyed[] = []): SetValue =>
  new SetValue(new Map(items), self.frozen, moreIn([self, ...others]));

const exclusive = (self: SetValue, other: Items): [Key, Value][] => [
  ...[...self.items].filter(([key]) => !other.has(key)),
  ...[...other].filter(([key]) => !self.items.has(key)),
];

function replace(m: Machine, self: SetValue, items: Iterable<[Key, Value]>, more?: Unknown): null {
  m.touch(self);
  Object.assign(self, { items: new Map(items), more, grown: false });
  return null;
}

/** The answer where items that are not known would decide. */
function unsure(m: Machine, name: string, ...sets: readonly Keyed[]): Unknown | undefined {
  const more = moreIn(sets);
  return more && unknownFrom(m, name, [more]);
}
