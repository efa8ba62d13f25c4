/** Functions of numpy that make arrays. */
import { integer, isInteger, real } from '../../builtins/arguments.js';
import { isVague, unknownFrom } from '../../builtins/define.js';
import type { Machine } from '../../machine.js';
import { absent } from '../../native.js';
import { numberOf } from '../../numbers.js';
import { type ClassValue, Instance, List, Slice, Tuple, type Value } from '../../values.js';
import { classOf, type Entry, method } from '../define.js';
import { arrayFrom, arrayOf, LARGEST, NdArray } from './array.js';
import { type ArrayDtype, holds, isFloat, promoted, roundTo } from './dtypes.js';
import { sizeOf } from './layout.js';
import { dtypeOf, typed } from './methods.js';
import { copied, gridOf, reshaped, sizesOf } from './shapes.js';

const vague = (m: Machine, name: string, args: readonly Value[]): Value => unknownFrom(m, `numpy.${name}`, args);

/** An array of these values, in another type where one is given. */
function made(m: Machine, array: NdArray, dtype: Value): Value {
  return dtype === null ? array : typed(m, array, dtype);
}

function filled(m: Machine, cls: ClassValue, shape: readonly number[] | undefined, value: number, dtype: ArrayDtype) {
  if (shape === undefined || sizeOf(shape) > LARGEST)
    return m.unknown('the array is too large, or its size is not known');
  m.step(sizeOf(shape) >> 3);
  return arrayOf(cls, new Float64Array(sizeOf(shape)).fill(value), { shape, dtype });
}

function fillers(cls: ClassValue): Entry[] {
  const fill: Readonly<Record<string, number>> = { zeros: 0, ones: 1 };
  return [
    ...Object.entries(fill).flatMap(([name, value]) => [
      method(name, 'shape, dtype=None, **kwargs', (m, shape, dtype) => {
        const type = dtype === null ? 'float64' : dtypeOf(dtype!);
        const sizes = isVague(shape!) ? undefined : sizesOf(m, [shape!]);
        return type === undefined ? vague(m, name, [dtype!]) : filled(m, cls, sizes, value, type);
      }),
      method(`${name}_like`, 'a, dtype=None, **kwargs', (m, a, dtype) => {
        const like = arrayFrom(cls, a!);
        if (like === undefined) return vague(m, name, [a!]);
        const type = dtype === null ? like.dtype : dtypeOf(dtype!);
        return type === undefined ? vague(m, name, [dtype!]) : filled(m, cls, like.shape, value, type);
      }),
    ]),
    method('full', 'shape, fill_value, dtype=None, **kwargs', (m, shape, value, dtype) => {
      const single = arrayFrom(cls, value!);
      const sizes = isVague(shape!) ? undefined : sizesOf(m, [shape!]);
      const number = single?.values?.[0];
      if (single === undefined || number === undefined || single.size !== 1) return vague(m, 'full', [value!]);
      const array = filled(m, cls, sizes, number, single.dtype);
      return array instanceof NdArray ? made(m, array, dtype!) : array;
    }),
    method('eye', 'N, M=None, k=0, dtype=None, **kwargs', (m, rows, columns, k, dtype) =>
      diagonal(m, cls, [rows!, columns ?? rows!, k!], dtype!),
    ),
    method('identity', 'n, dtype=None, **kwargs', (m, n, dtype) => diagonal(m, cls, [n!, n!, 0], dtype!)),
  ];
}

function diagonal(m: Machine, cls: ClassValue, given: readonly Value[], dtype: Value): Value {
  if (given.some(isVague)) return vague(m, 'eye', given);
  const [rows, columns, k] = given.map(it => integer(m, it)) as [number, number, number];
  const array = filled(m, cls, [rows, columns], 0, 'float64');
  if (!(array instanceof NdArray)) return array;
  for (let i = Math.max(0, -k); i < rows && i + k < columns; i++) array.memory.values[i * columns + i + k] = 1;
  return made(m, array, dtype);
}

/** `np.array` copies; the others hand an array on as it is. */
function converters(cls: ClassValue): Entry[] {
  return ['array', 'asarray', 'ascontiguousarray', 'asanyarray', 'asfarray'].map(name =>
    method(name, 'object, dtype=None, **kwargs', (m, object, dtype) => {
      const array = arrayFrom(cls, object!);
      if (array === undefined) return vague(m, name, [object!]);
      m.step(array.size >> 3);
      const isCopied = name === 'array' ? array === object : array.cls !== cls;
      const own = isCopied ? copied(m, array) : array;
      const type = dtype === null && name === 'asfarray' ? 'float64' : dtype!;
      return own instanceof NdArray ? made(m, own, type) : own;
    }),
  );
}

function ranges(cls: ClassValue): Entry[] {
  return [
    method('arange', 'start, stop=..., step=1, dtype=None', (m, start, stop, step, dtype) => {
      const bounds = stop === absent ? [0, start!, step!] : [start!, stop!, step!];
      if (bounds.some(isVague)) return vague(m, 'arange', bounds);
      const [from, to, by] = bounds.map(it => real(m, it)) as [number, number, number];
      const length = Math.max(0, Math.ceil((to - from) / by));
      if (!(length <= LARGEST)) return vague(m, 'arange', bounds);
      m.step(length >> 3);
      const own = bounds.map(it => arrayFrom(cls, it)?.dtype ?? 'float64').reduce(promoted, 'int64');
      const type = dtype === null ? own : dtypeOf(dtype!);
      const isWhole = [from, to, by].every(Number.isInteger);
      if (type === undefined || (!isFloat(type) && !isWhole)) return vague(m, 'arange', bounds);
      return arrayOf(cls, steps(from, by, { length, dtype: type }), { shape: [length], dtype: type });
    }),
    method(
      'linspace',
      'start, stop, num=50, endpoint=True, retstep=False, dtype=None',
      (m, start, stop, num, endpoint, _, dtype) => {
        if ([start!, stop!, num!].some(isVague)) return vague(m, 'linspace', [start!, stop!, num!]);
        const count = Math.min(integer(m, num!), LARGEST);
        m.step(count >> 3);
        const spaced = linearlySpaced(real(m, start!), real(m, stop!), count, m.truth(endpoint!) !== false);
        return made(m, arrayOf(cls, spaced, { shape: [spaced.length], dtype: 'float64' }), dtype!);
      },
    ),
  ];
}

interface Steps {
  readonly length: number;
  readonly dtype: ArrayDtype;
}

/** As numpy fills them, in the type of the array: the first number, and times the difference of the first two. */
function steps(from: number, by: number, { length, dtype }: Steps): Float64Array {
  const [first, second] = [roundTo(dtype, from), roundTo(dtype, from + by)];
  const delta = roundTo(dtype, second - first);
  return Float64Array.from({ length }, (_, i) => roundTo(dtype, first + roundTo(dtype, i * delta)));
}

/** As numpy computes it: `start + i·step`, the last one set to `stop`. */
function linearlySpaced(start: number, stop: number, count: number, withEnd: boolean): Float64Array {
  const gaps = withEnd ? count - 1 : count;
  const step = (stop - start) / gaps;
  const data = Float64Array.from({ length: count }, (_, i) => i * step + start);
  if (withEnd && count > 1) data[count - 1] = stop;
  if (gaps === 0) data.fill(start);
  return data;
}

function grids(cls: ClassValue): Entry[] {
  return [
    method('meshgrid', "*xi, indexing='xy', sparse=False, copy=True", (m, xi, indexing, sparse) => {
      const parts = (xi as Tuple).items.map(it => arrayFrom(cls, it));
      if (parts.some(it => it === undefined) || sparse !== false) return vague(m, 'meshgrid', [xi!]);
      return gridOf(m, parts as NdArray[], indexing!);
    }),
    ...['triu', 'tril'].map(name =>
      method(name, 'm, k=0', (m, a, k) => {
        const array = arrayFrom(cls, a!);
        const { values, shape = [] } = array ?? {};
        const columns = shape.at(-1) ?? 0;
        const from = numberOf(k!);
        if (values === undefined || shape.length !== 2 || from === undefined) return vague(m, name, [a!, k!]);
        const isKept = (i: number) => {
          const distance = (i % columns) - Math.floor(i / columns) - from;
          return name === 'triu' ? distance >= 0 : distance <= 0;
        };
        const kept = values.map((it, i) => (isKept(i) ? it : 0));
        return holds(array!.dtype, kept) ? arrayOf(cls, kept, { shape, dtype: array!.dtype }) : vague(m, name, [a!]);
      }),
    ),
    method('indices', 'dimensions, **kwargs', (m, dimensions) => {
      const sizes = isVague(dimensions!) ? undefined : sizesOf(m, [dimensions!]);
      if (sizes === undefined || sizeOf(sizes) * sizes.length > LARGEST) return vague(m, 'indices', [dimensions!]);
      const axes = sizes.map(size =>
        arrayOf(
          cls,
          Float64Array.from({ length: size }, (_, i) => i),
          { shape: [size], dtype: 'int64' },
        ),
      );
      return arrayFrom(cls, gridOf(m, axes, 'ij')) ?? vague(m, 'indices', [dimensions!]);
    }),
  ];
}

/** The indices of what is not zero. */
function finders(cls: ClassValue): Entry[] {
  return [
    method('nonzero', 'a', (m, a) => {
      const array = arrayFrom(cls, a!);
      if (array?.values === undefined || array.shape.length !== 1) return vague(m, 'nonzero', [a!]);
      const found = Float64Array.from([...array.values.keys()].filter(i => array.values![i] !== 0));
      return new Tuple([arrayOf(cls, found, { shape: [found.length], dtype: 'int64' })]);
    }),
    ...['unique', 'sort'].map(name =>
      method(name, 'a, **kwargs', (m, a) => {
        const array = arrayFrom(cls, a!);
        if (array?.values === undefined || (name === 'sort' && array.shape.length !== 1)) return vague(m, name, [a!]);
        const sorted = array.values.toSorted();
        const values = name === 'sort' ? sorted : Float64Array.from(new Set(sorted));
        const { approximate } = array.memory;
        return arrayOf(cls, values, { shape: [values.length], dtype: array.dtype, approximate });
      }),
    ),
  ];
}

/** `np.mgrid[0:3, 0:5]`, and `np.ogrid`, whose axes are not stretched. */
function slicedGrids(m: Machine, cls: ClassValue): Entry[] {
  return ['mgrid', 'ogrid'].map((name): Entry => {
    const get = method('__getitem__', 'self, index, /', (machine, _, index) => {
      const slices = index instanceof Tuple ? index.items : [index!];
      const axes = slices.map(it => rangeOf(machine, cls, it));
      if (axes.some(it => it === undefined)) return vague(machine, name, slices);
      const known = axes as NdArray[];
      if (!(index instanceof Tuple)) return known[0]!;
      if (name === 'mgrid') return arrayFrom(cls, gridOf(machine, known, 'ij')) ?? vague(machine, name, slices);
      return new List(
        known.map((it, i) =>
          reshaped(
            machine,
            it,
            known.map((_axis, j) => (i === j ? -1 : 1)),
          ),
        ),
      );
    });
    return [name, new Instance(classOf(m, 'numpy', name, [get]))];
  });
}

/** Of whole numbers; steps that are no integers are not followed. */
function rangeOf(m: Machine, cls: ClassValue, slice: Value): NdArray | undefined {
  if (!(slice instanceof Slice)) return undefined;
  const [start, stop, step] = [slice.start ?? 0, slice.stop, slice.step ?? 1];
  if (![start, stop, step].every(isInteger)) return undefined;
  const [from, to, by] = [start, stop, step].map(it => integer(m, it)) as [number, number, number];
  const length = Math.max(0, Math.ceil((to - from) / by));
  if (!(length <= LARGEST)) return undefined;
  m.step(length >> 3);
  const values = Float64Array.from({ length }, (_, i) => from + i * by);
  return arrayOf(cls, values, { shape: [length], dtype: 'int64' });
}

export function creators(m: Machine, cls: ClassValue): Entry[] {
  return [...fillers(cls), ...converters(cls), ...ranges(cls), ...grids(cls), ...slicedGrids(m, cls), ...finders(cls)];
}
