/** `tuple`, `range` and `slice`. */
import type { Machine } from '../machine.js';
import { absent } from '../native.js';
import { Range, Slice, Tuple, Unknown, type Value } from '../values.js';
import { bounds, integer } from './arguments.js';
import { getter, made, maker } from './construct.js';
import { fail, isVague, lazily, payloadOf, receiver, symbolFor, type Table, unknownFrom } from './define.js';
import { common, operators } from './dunders.js';
import { listOf } from './list.js';
import { countOf, indexOf, itemAt, itemsOf } from './sequences.js';

const tuple = receiver('tuple', value => (value instanceof Tuple ? value : undefined));
const range = receiver('range', value => (value instanceof Range ? value : undefined));
const slice = receiver('slice', value => (value instanceof Slice ? value : undefined));

export const tupleMethods: Table = [
  maker('iterable=(), /', (m, cls, iterable) => {
    const plain = payloadOf(iterable!);
    if (plain instanceof Tuple) return made(m, cls, plain);
    if (plain instanceof Unknown) return unknownFrom(m, 'tuple', [plain]);
    const { items, more } = listOf(m, iterable!);
    // In strict mode not even its length may be guessed.
    return made(m, cls, more !== undefined && m.strict ? unknownFrom(m, 'tuple', [more]) : new Tuple(items));
  }),
  tuple.lenient('index', 'value, start=0, stop=None, /', (m, self, item, start, stop) => {
    const at = indexOf(m, self.items, item!, start!, stop!);
    if (at === undefined) return unknownFrom(m, 'index', [item!, self]);
    return at < 0 ? fail(m, 'ValueError', 'tuple.index(x): x not in tuple') : at;
  }),
  tuple.lenient('count', 'value, /', (m, self, item) => countOf(m, self.items, item!)),
  tuple.lenient('__len__', '', (_, self) => self.items.length),
  tuple.lenient('__iter__', '', (_, self) => lazily('tuple_iterator', self.items)),
  tuple.lenient('__contains__', 'item, /', (m, self, item) => {
    return m.compare('in', item!, self) ?? unknownFrom(m, '__contains__', [item!, self]);
  }),
  tuple.lenient('__getitem__', 'index, /', (m, self, index) => {
    if (!(index instanceof Slice)) return itemAt(m, self.items, index!, 'tuple');
    const items = itemsOf(m, self.items, index);
    return items === undefined
      ? unknownFrom(m, 'slice', [index.start, index.stop, index.step, self])
      : new Tuple(items);
  }),
  ...common(tuple),
  ...operators(tuple, { add: '+', mul: '*' }),
];

export const rangeMethods: Table = [
  maker('start, stop=..., step=1, /', (m, _, first, second, step) => {
    const [start, stop] = second === absent ? [0, first!] : [first!, second!];
    const all = [start, stop, step!];
    // What comes out of it is a number, whatever else is not known.
    if (all.some(isVague)) return unknownFrom(m, 'range', all, symbolFor('range', all) ?? 'range(…)');
    const stride = integer(m, step!);
    if (stride === 0) return fail(m, 'ValueError', 'range() arg 3 must not be zero');
    return new Range(integer(m, start), integer(m, stop), stride);
  }),
  range.lenient('index', 'value, /', (m, self, value) => {
    const at = m.compare('in', value!, self);
    if (at === undefined) return unknownFrom(m, 'index', [value!]);
    return at
      ? (integer(m, value!) - self.start) / self.step
      : fail(m, 'ValueError', `${m.repr(value!)} is not in range`);
  }),
  range.lenient('count', 'value, /', (m, self, value) => {
    const isIn = m.compare('in', value!, self);
    return isIn === undefined ? unknownFrom(m, 'count', [value!]) : isIn ? 1 : 0;
  }),
  range.lenient('__len__', '', (_, self) => self.length),
  range.lenient('__iter__', '', (m, self) => lazily('range_iterator', m.iterate(self))),
  range.lenient('__reversed__', '', (m, self) => lazily('range_iterator', m.iterate(reversed(self)))),
  range.lenient('__contains__', 'item, /', (m, self, item) => {
    return m.compare('in', item!, self) ?? unknownFrom(m, '__contains__', [item!]);
  }),
  range.strict('__getitem__', 'index, /', (m, self, index) => {
    if (index instanceof Slice) return slicedRange(m, self, index);
    const at = integer(m, index!);
    const position = at < 0 ? at + self.length : at;
    if (position >= 0 && position < self.length) return self.start + position * self.step;
    return fail(m, 'IndexError', 'range object index out of range');
  }),
  getter(range.lenient('start', '', (_, self) => self.start)),
  getter(range.lenient('stop', '', (_, self) => self.stop)),
  getter(range.lenient('step', '', (_, self) => self.step)),
  ...common(range),
];

export const sliceMethods: Table = [
  maker('start, stop=..., step=None, /', (_, __, first, second, step) => {
    return second === absent ? new Slice(null, first!, null) : new Slice(first!, second!, step!);
  }),
  slice.strict('indices', 'length, /', (m, self, length) => {
    const { start, stop, step } = bounds(m, self, integer(m, length!));
    return new Tuple([start, stop, step]);
  }),
  getter(slice.lenient('start', '', (_, self) => self.start)),
  getter(slice.lenient('stop', '', (_, self) => self.stop)),
  getter(slice.lenient('step', '', (_, self) => self.step)),
];

export function reversed(range: Range): Range {
  const last = range.start + (range.length - 1) * range.step;
  return range.length === 0 ? new Range(0, 0, 1) : new Range(last, range.start - range.step, -range.step);
}

function slicedRange(m: Machine, range: Range, index: Slice): Value {
  const { start, stop, step } = bounds(m, index, range.length);
  const at = (position: number) => range.start + position * range.step;
  return new Range(at(start), at(stop), step * range.step);
}
