/** `list`. */
import { noticing } from '../iteration.js';
import type { Machine } from '../machine.js';
import { completeInOrder, completeRegistry } from '../registries.js';
import { countsPositions, unrolled } from '../stand-ins.js';
import { List, Slice, Tuple, Unknown, type Value } from '../values.js';
import { bounds, integer, positions } from './arguments.js';
import { made, maker } from './construct.js';
import { fail, isVague, lazily, payloadOf, receiver, type Table, unknownFrom } from './define.js';
import { common, operators } from './dunders.js';
import { countOf, indexOf, itemAt, itemsOf, sortedItems } from './sequences.js';

const isList = (value: Value): value is List => value instanceof List;
const list = receiver('list', value => (isList(value) ? value : undefined), isList, completeRegistry);

export const listMethods: Table = [
  maker('*args, **kwargs', (m, cls, args) => {
    const [iterable] = (args as Tuple).items;
    const isPlain = cls === m.builtins.listClass;
    return made(m, cls, isPlain && iterable !== undefined ? listFrom(m, iterable) : new List([]));
  }),
  list.lenient('__init__', 'iterable=(), /', (m, self, iterable) => {
    const { items, more } = listOf(m, iterable!);
    Object.assign(change(m, self), { items, more });
    return null;
  }),
  list.lenient('append', 'object, /', (m, self, item) => {
    change(m, self).items.push(item!);
    return null;
  }),
  list.lenient('extend', 'iterable, /', (m, self, iterable) => {
    extend(m, self, iterable!);
    return null;
  }),
  list.lenient('insert', 'index, object, /', (m, self, index, item) => {
    const at = isVague(index!) ? self.items.length : integer(m, index!);
    change(m, self).items.splice(at < 0 ? Math.max(at + self.items.length, 0) : at, 0, item!);
    return null;
  }),
  list.lenient('pop', 'index=-1, /', (m, self, index) => pop(m, self, index!)),
  list.lenient('remove', 'value, /', (m, self, item) => {
    const at = indexOf(m, self.items, item!, null, null);
    if (at === -1 && self.more !== undefined) return null;
    if (at === -1) return fail(m, 'ValueError', 'list.remove(x): x not in list');
    if (at !== undefined) change(m, self).items.splice(at, 1);
    return null;
  }),
  list.lenient('clear', '', (m, self) => {
    Object.assign(change(m, self), { items: [], more: undefined });
    return null;
  }),
  list.lenient('copy', '', (_, self) => new List([...self.items], self.more)),
  list.lenient('reverse', '', (m, self) => {
    change(m, self).items.reverse();
    return null;
  }),
  list.lenient('sort', '*, key=None, reverse=False', (m, self, key, isReversed) => {
    const sorted = sortedItems(m, self.items, key!, m.truth(isReversed!) === true);
    if (sorted === undefined) m.inexact('the order of a sorted list is not known');
    else change(m, self).items = [...sorted];
    return null;
  }),
  list.lenient('index', 'value, start=0, stop=None, /', (m, self, item, start, stop) => {
    const at = indexOf(m, self.items, item!, start!, stop!);
    if (at === undefined || self.more !== undefined) return unknownFrom(m, 'index', [item!, ...self.items]);
    return at < 0 ? fail(m, 'ValueError', `${m.repr(item!)} is not in list`) : at;
  }),
  list.lenient('count', 'value, /', (m, self, item) =>
    self.more === undefined ? countOf(m, self.items, item!) : unknownFrom(m, 'count', [self.more]),
  ),
  list.lenient('__len__', '', (m, self) => {
    const items = countsPositions(m) ? unrolled(m, self.items) : self.items;
    return self.more === undefined || items !== self.items ? items.length : unknownFrom(m, 'len', [self.more]);
  }),
  list.lenient('__iter__', '', (m, self) => lazily('list_iterator', m.iterate(self))),
  list.lenient('__reversed__', '', (_, self) => lazily('list_reverseiterator', backwards(self))),
  list.lenient('__contains__', 'item, /', (m, self, item) => {
    return m.compare('in', item!, self) ?? unknownFrom(m, '__contains__', [item!, ...self.items]);
  }),
  list.lenient('__getitem__', 'index, /', (m, self, index) => {
    completeInOrder(m, self);
    if (!(index instanceof Slice))
      return isBeyond(self, index!) ? anyItem(m, self, index!) : itemFrom(m, self.items, index!);
    const items = itemsOf(m, unrolled(m, self.items), index);
    return items === undefined ? sliceUnknown(m, index, self.items) : new List(items, self.more);
  }),
  list.lenient('__setitem__', 'index, value, /', (m, self, index, value) => setItem(m, self, index!, value!)),
  list.lenient('__delitem__', 'index, /', (m, self, index) => deleteItem(m, self, index!)),
  list.lenient('__iadd__', 'other, /', (m, self, other) => {
    extend(m, self, other!);
    return self;
  }),
  ['__hash__', null],
  ...common(list),
  ...operators(list, { add: '+', mul: '*' }),
];

function listFrom(m: Machine, iterable: Value): Value {
  const plain = payloadOf(iterable);
  if (plain instanceof Unknown) return unknownFrom(m, 'list', [plain]);
  if (typeof plain === 'number' || plain === null) return notIterable(m, plain);
  return listOf(m, iterable);
}

/** A list of all items; it knows where not even their number is known. */
export function listOf(m: Machine, iterable: Value): List {
  const { result, more } = noticing(m, () => itemsIn(m, iterable));
  return new List(result, more);
}

/** Counted from where items are of which not even the number is known. */
function isBeyond({ items, more }: List, index: Value): boolean {
  return more !== undefined && typeof index === 'number' && (index < 0 || index >= items.length);
}

const anyItem = (m: Machine, { items, more }: List, index: Value): Value =>
  unknownFrom(m, '__getitem__', [more!, index, new Tuple(items)]);

/** Of what one item stands for, the last is one alone: nothing that is done to it is done to all. */
function itemFrom(m: Machine, items: readonly Value[], index: Value): Value {
  const isOfMany =
    typeof index === 'number' && index < 0 && m.flags.context !== 'forward' && unrolled(m, items) !== items;
  return isOfMany ? m.unknown('it is the last of any number') : itemAt(m, items, index, 'list');
}

/** All items, for who cannot do with less: where their number is not known, nothing exact comes of it. */
export function collect(m: Machine, iterable: Value): Value[] {
  const { result, more } = noticing(m, () => itemsIn(m, iterable));
  if (more !== undefined && m.strict) m.incomplete(more.reason);
  return result;
}

/** Every item costs a step, so that what is endless ends with the budget. */
function itemsIn(m: Machine, iterable: Value): Value[] {
  const items: Value[] = [];
  for (const item of m.iterate(iterable)) {
    m.step();
    items.push(item);
  }
  return items;
}

function notIterable(m: Machine, value: Value): Value {
  return fail(m, 'TypeError', `'${m.classOf(value).name}' object is not iterable`);
}

function sliceUnknown(m: Machine, slice: Slice, items: readonly Value[]): Unknown {
  return unknownFrom(m, 'slice', [slice.start, slice.stop, slice.step, new Tuple(items)]);
}

function change(m: Machine, list: List): List {
  m.touch(list);
  return list;
}

function extend(m: Machine, list: List, iterable: Value): void {
  const { items, more } = iterable === list ? new List([...list.items], list.more) : listOf(m, iterable);
  change(m, list).items.push(...items);
  list.more ??= more;
}

function pop(m: Machine, list: List, index: Value): Value {
  completeInOrder(m, list);
  if (isVague(index)) return unknownFrom(m, 'pop', [index]);
  const at = integer(m, index);
  const items = at < 0 ? unrolled(m, list.items) : list.items;
  if (items !== list.items) change(m, list).items = [...items];
  else if (isBeyond(list, at)) return anyItem(m, list, index);
  const position = at < 0 ? at + list.items.length : at;
  if (list.items.length === 0) return fail(m, 'IndexError', 'pop from empty list');
  if (position < 0 || position >= list.items.length) return fail(m, 'IndexError', 'pop index out of range');
  return change(m, list).items.splice(position, 1)[0]!;
}

function setItem(m: Machine, list: List, index: Value, value: Value): Value {
  if (index instanceof Slice) return setSlice(m, list, index, value);
  if (isVague(index)) return null;
  const at = integer(m, index);
  const position = at < 0 ? at + list.items.length : at;
  if (position < 0 || position >= list.items.length) {
    return fail(m, 'IndexError', 'list assignment index out of range');
  }
  change(m, list).items[position] = value;
  return null;
}

function setSlice(m: Machine, list: List, slice: Slice, value: Value): Value {
  if ([slice.start, slice.stop, slice.step].some(isVague)) return null;
  const { items, more } = listOf(m, value);
  const { start, stop, step } = bounds(m, slice, list.items.length);
  if (step === 1) {
    change(m, list).items.splice(start, Math.max(0, stop - start), ...items);
    list.more ??= more;
    return null;
  }
  const at = positions(m, slice, list.items.length);
  if (at.length !== items.length) {
    const message = `attempt to assign sequence of size ${items.length} to extended slice of size ${at.length}`;
    return fail(m, 'ValueError', message);
  }
  for (const [i, position] of at.entries()) change(m, list).items[position] = items[i]!;
  return null;
}

function deleteItem(m: Machine, list: List, index: Value): Value {
  if (isVague(index)) return null;
  if (!(index instanceof Slice)) {
    pop(m, list, index);
    return null;
  }
  const removed = new Set(positions(m, index, list.items.length));
  change(m, list).items = list.items.filter((_, i) => !removed.has(i));
  return null;
}

function* backwards(list: List): Iterable<Value> {
  for (let i = list.items.length - 1; i >= 0; i--) yield list.items[i]!;
}
