/** Small arrays of numpy: numbers in row-major order, computed at once. */

import type { BinaryOperator, ComparisonOperator } from '../../syntax/tree.js';
import { integer, positions } from '../builtins/arguments.js';
import { getter } from '../builtins/construct.js';
import { isVague, lazily, unknownFrom } from '../builtins/define.js';
import type { Machine } from '../machine.js';
import { numberOf } from '../numbers.js';
import { type ClassValue, Float, Instance, List, Slice, Tuple, Unknown, type Value } from '../values.js';
import { type Entry, method } from './define.js';

/** Most numbers that an array holds; beyond, it is unknown. */
export const LARGEST = 4096;

export type Kind = 'int' | 'float' | 'bool';

export class NdArray extends Instance {
  constructor(
    cls: ClassValue,
    readonly data: readonly number[],
    readonly shape: readonly number[],
    readonly kind: Kind,
  ) {
    super(cls);
  }
}

/** One number of an array as Python has it. */
export function scalar(value: number, kind: Kind): Value {
  if (kind === 'bool') return value !== 0;
  return kind === 'int' ? value : new Float(value);
}

/** Nested lists, tuples, numbers and arrays as an array; undefined for what is no such thing. */
export function arrayFrom(cls: ClassValue, value: Value): NdArray | undefined {
  if (value instanceof NdArray) return value;
  const number = numberOf(value);
  if (number !== undefined) return new NdArray(cls, [number], [], kindOf(value));
  if (!(value instanceof List || value instanceof Tuple) || value.items.length > LARGEST) return undefined;
  const rows: NdArray[] = [];
  for (const item of value.items) {
    const row = arrayFrom(cls, item);
    const isLike = row !== undefined && String(row.shape) === String(rows[0]?.shape ?? row.shape);
    if (!isLike || (rows.length + 1) * row.data.length > LARGEST) return undefined;
    rows.push(row);
  }
  const data = rows.flatMap(it => it.data);
  return new NdArray(cls, data, [rows.length, ...(rows[0]?.shape ?? [])], widest(rows.map(it => it.kind)));
}

export function mapped(array: NdArray, compute: (x: number) => number, kind: Kind = 'float'): Value {
  const data = array.data.map(compute);
  return array.shape.length === 0 ? scalar(data[0]!, kind) : new NdArray(array.cls, data, array.shape, kind);
}

export function nested(array: NdArray): Value {
  if (array.shape.length === 0) return scalar(array.data[0]!, array.kind);
  return new List(rowsOf(array).map(it => (it instanceof NdArray ? nested(it) : it)));
}

const operators: Readonly<Record<string, BinaryOperator>> = {
  add: '+',
  sub: '-',
  mul: '*',
  truediv: '/',
  floordiv: '//',
  mod: '%',
  pow: '**',
};
const comparisons: Readonly<Record<string, ComparisonOperator>> = {
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
  eq: '==',
  ne: '!=',
};

/** Of arrays whose numbers are known: one that a subclass or `__new__` made has none. */
function own(name: string, signature: string, run: (m: Machine, self: NdArray, ...args: Value[]) => Value): Entry {
  return method(name, signature, (m, self, ...args) =>
    self instanceof NdArray ? run(m, self, ...(args as Value[])) : m.unknown('the numbers of the array are not known'),
  );
}

export const arrayMethods: readonly Entry[] = [
  ...Object.entries(operators).flatMap(([name, operator]) => [
    own(`__${name}__`, 'self, other, /', (m, self, other) =>
      elementwise(m, self, other!, (a, b) => m.binary(operator, a, b)),
    ),
    own(`__r${name}__`, 'self, other, /', (m, self, other) =>
      elementwise(m, self, other!, (a, b) => m.binary(operator, b, a)),
    ),
  ]),
  ...Object.entries(comparisons).map(([name, operator]) =>
    own(`__${name}__`, 'self, other, /', (m, self, other) =>
      elementwise(m, self, other!, (a, b) => m.compare(operator, a, b) ?? m.unknown('the order is not known')),
    ),
  ),
  own('__neg__', 'self, /', (_, self) => mapped(self, x => -x, self.kind)),
  own('__len__', 'self, /', (_, self) => self.shape[0] ?? 0),
  own('__iter__', 'self, /', (_, self) => lazily('iterator', rowsOf(self))),
  own('__getitem__', 'self, index, /', (m, self, index) => itemOf(m, self, index!)),
  own('__float__', 'self, /', (_, self) => new Float(self.data[0]!)),
  own('__int__', 'self, /', (_, self) => Math.trunc(self.data[0]!)),
  own('__bool__', 'self, /', (_, self) => self.data[0] !== 0),
  own('__array__', 'self, dtype=None', (_, self) => self),
  own('tolist', 'self, /', (_, self) => nested(self)),
  own('item', 'self, index=0, /', (m, self, index) => scalar(self.data[integer(m, index!)]!, self.kind)),
  own('copy', 'self, /', (_, self) => self),
  own('__copy__', 'self, /', (_, self) => self),
  own('__deepcopy__', 'self, memo=None, /', (_, self) => self),
  own('flatten', 'self, /', (_, self) => flat(self)),
  own('ravel', 'self, /', (_, self) => flat(self)),
  own('reshape', 'self, *shape', (m, self, shape) => reshaped(m, self, (shape as Tuple).items)),
  own('astype', 'self, dtype, **kwargs', (_, self, dtype) => converted(self, dtype!)),
  own('__repr__', 'self, /', m => m.unknown('the text of an array is not worked out')),
  getter(own('shape', 'self, /', (_, self) => new Tuple(self.shape))),
  getter(own('ndim', 'self, /', (_, self) => self.shape.length)),
  getter(own('size', 'self, /', (_, self) => self.data.length)),
  getter(own('dtype', 'self, /', m => m.unknown('the type of an array is not followed'))),
];

export function flat(array: NdArray): NdArray {
  return new NdArray(array.cls, array.data, [array.data.length], array.kind);
}

export function converted(array: NdArray, dtype: Value): Value {
  const name = dtypeName(dtype);
  if (name === undefined) return new Unknown('the type of an array is not followed', undefined);
  if (/int|long/.test(name)) return mapped(array, Math.trunc, 'int');
  if (/float64|^float$|double/.test(name)) return mapped(array, x => x, 'float');
  if (/float32/.test(name)) return mapped(array, Math.fround, 'float');
  return name.startsWith('bool')
    ? mapped(array, x => (x ? 1 : 0), 'bool')
    : new Unknown('the type of an array is not followed', undefined);
}

function dtypeName(dtype: Value): string | undefined {
  if (typeof dtype === 'string') return dtype;
  if (dtype !== null && typeof dtype === 'object' && 'name' in dtype && typeof dtype.name === 'string')
    return dtype.name;
  return undefined;
}

const kindOf = (value: Value): Kind => (typeof value === 'boolean' ? 'bool' : value instanceof Float ? 'float' : 'int');

const widest = (kinds: readonly Kind[]): Kind =>
  kinds.length === 0 || kinds.includes('float') ? 'float' : kinds.includes('int') ? 'int' : 'bool';

/** Each other's shapes, or a single number: no other broadcasting. */
function elementwise(m: Machine, left: NdArray, other: Value, compute: (a: Value, b: Value) => Value): Value {
  if (isVague(other)) return unknownFrom(m, 'ndarray', [other]);
  const right = arrayFrom(left.cls, other);
  if (right === undefined) return m.builtins.notImplemented;
  m.step(left.data.length >> 3);
  const [a, b] = spread(left, right);
  if (a === undefined || b === undefined) return m.unknown('arrays of these shapes are not computed');
  const values = a.data.map((it, i) => compute(scalar(it, a.kind), scalar(b.data[i]!, b.kind)));
  const numbers = values.map(numberOf);
  if (numbers.includes(undefined)) return m.unknown('an element is not known');
  return new NdArray(left.cls, numbers as number[], a.shape, widest(values.map(kindOf)));
}

function spread(a: NdArray, b: NdArray): [NdArray | undefined, NdArray | undefined] {
  if (String(a.shape) === String(b.shape)) return [a, b];
  if (b.data.length === 1) return [a, repeated(b, a)];
  return a.data.length === 1 ? [repeated(a, b), b] : [undefined, undefined];
}

const repeated = (single: NdArray, like: NdArray): NdArray =>
  new NdArray(
    single.cls,
    like.data.map(() => single.data[0]!),
    like.shape,
    single.kind,
  );

function rowsOf(array: NdArray): Value[] {
  return Array.from({ length: array.shape[0] ?? 0 }, (_, i) => rowOf(array, i));
}

function rowOf({ cls, data, shape: [, ...rest], kind }: NdArray, index: number): Value {
  if (rest.length === 0) return scalar(data[index]!, kind);
  const size = rest.reduce((a, b) => a * b, 1);
  return new NdArray(cls, data.slice(index * size, (index + 1) * size), rest, kind);
}

function itemOf(m: Machine, array: NdArray, index: Value): Value {
  if (index instanceof Tuple) return index.items.reduce((value: Value, it) => m.getItem(value, it), array);
  const length = array.shape[0] ?? 0;
  if (index instanceof Slice) {
    const taken = positions(m, index, length).map(it => rowOf(array, it));
    return arrayFrom(array.cls, new List(taken)) ?? m.unknown('the slice is not known');
  }
  const at = numberOf(index);
  if (at === undefined || !Number.isInteger(at)) return unknownFrom(m, '__getitem__', [index]);
  const row = at < 0 ? at + length : at;
  return row >= 0 && row < length ? rowOf(array, row) : m.raise('IndexError', 'index out of bounds');
}

function reshaped(m: Machine, array: NdArray, shape: readonly Value[]): Value {
  const [first] = shape;
  const given = (first instanceof Tuple || first instanceof List ? first.items : shape).map(it => numberOf(it));
  if (given.includes(undefined)) return m.unknown('the shape is not known');
  const known = (given as number[]).filter(it => it >= 0).reduce((a, b) => a * b, 1);
  const sizes = (given as number[]).map(it => (it < 0 ? array.data.length / known : it));
  const fits = sizes.reduce((a, b) => a * b, 1) === array.data.length;
  return fits ? new NdArray(array.cls, array.data, sizes, array.kind) : m.raise('ValueError', 'cannot reshape array');
}
