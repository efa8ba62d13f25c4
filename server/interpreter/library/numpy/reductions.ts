/** Sums and the like, of all elements or along one axis. */
import type { Machine } from '../../machine.js';
import { numberOf } from '../../numbers.js';
import { List, Tuple, type Value } from '../../values.js';
import { type NdArray, resultOf } from './array.js';
import { type ArrayDtype, isFloat, roundTo } from './dtypes.js';
import { permuted, picked, positionsOf, sizeOf } from './layout.js';

interface Reduction {
  readonly compute: (values: Float64Array, dtype: ArrayDtype) => number;
  readonly dtype: (of: ArrayDtype) => ArrayDtype;
  /** Rounds on its way in an order of numpy's own. */
  readonly rounds?: boolean;
}

const counted = (of: ArrayDtype): ArrayDtype => (isFloat(of) ? of : 'int64');
const floated = (of: ArrayDtype): ArrayDtype => (isFloat(of) ? of : 'float64');
const itself = (of: ArrayDtype): ArrayDtype => of;
const most = (values: Float64Array): number => values.reduce((a, b) => Math.max(a, b));
const least = (values: Float64Array): number => values.reduce((a, b) => Math.min(a, b));
const total = (values: Float64Array): number => pairwise(values, 0, values.length);

const rows: Readonly<Record<string, Reduction>> = {
  sum: { compute: total, dtype: counted, rounds: true },
  prod: { compute: values => values.reduce((a, b) => a * b, 1), dtype: counted, rounds: true },
  mean: { compute: values => total(values) / values.length, dtype: floated, rounds: true },
  var: { compute: variance, dtype: floated, rounds: true },
  std: { compute: values => Math.sqrt(variance(values)), dtype: floated, rounds: true },
  max: { compute: most, dtype: itself },
  min: { compute: least, dtype: itself },
  amax: { compute: most, dtype: itself },
  amin: { compute: least, dtype: itself },
  any: { compute: values => Number(values.some(it => it !== 0)), dtype: () => 'bool' },
  all: { compute: values => Number(values.every(it => it !== 0)), dtype: () => 'bool' },
  argmax: { compute: values => values.indexOf(most(values)), dtype: () => 'int64' },
  argmin: { compute: values => values.indexOf(least(values)), dtype: () => 'int64' },
  median: { compute: median, dtype: floated },
};
export const reductionNames: readonly string[] = Object.keys(rows);

/** Up to 128 numbers by eight accumulators; longer runs by halves. */
function pairwise(values: Float64Array, start: number, count: number): number {
  if (count < 8) {
    let sum = count > 0 ? values[start]! : 0;
    for (let i = 1; i < count; i++) sum += values[start + i]!;
    return sum;
  }
  if (count > 128) {
    const half = Math.floor(count / 2) - (Math.floor(count / 2) % 8);
    return pairwise(values, start, half) + pairwise(values, start + half, count - half);
  }
  const r = Array.from(values.subarray(start, start + 8));
  let i = 8;
  for (; i < count - (count % 8); i += 8) for (let j = 0; j < 8; j++) r[j]! += values[start + i + j]!;
  let sum = r[0]! + r[1]! + (r[2]! + r[3]!) + (r[4]! + r[5]! + (r[6]! + r[7]!));
  for (; i < count; i++) sum += values[start + i]!;
  return sum;
}

function variance(values: Float64Array): number {
  const mean = total(values) / values.length;
  return total(values.map(it => (it - mean) * (it - mean))) / values.length;
}

function median(values: Float64Array): number {
  const sorted = values.toSorted();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Over all elements where `axis` is None. */
export function reduced(m: Machine, name: string, array: NdArray, axis: Value, keepsAxes: boolean): Value {
  const unknown = () => m.unknown(`\`numpy.${name}\` of this is not computed`);
  const { compute, dtype, rounds } = rows[name]!;
  const { values } = array;
  const axes = axesOf(axis, array.shape.length);
  const type = dtype(array.dtype);
  if (values === undefined || axes === undefined || values.length === 0) return unknown();
  m.step(values.length >> 3);
  const kept = array.shape.flatMap((_, i) => (axes.includes(i) ? [] : [i]));
  const runs = positionsOf(permuted(array.layout, [...kept, ...axes]));
  const length = sizeOf(axes.map(it => array.shape[it]!));
  const memory = array.memory.known!;
  const made = Float64Array.from({ length: runs.length / length }, (_, i) =>
    compute(picked(memory, runs.subarray(i * length, (i + 1) * length)), array.dtype),
  );
  const shape = keepsAxes ? array.shape.map((it, i) => (axes.includes(i) ? 1 : it)) : kept.map(i => array.shape[i]!);
  return resultOf(m, array.family, made, { shape, dtype: type, approximate: roughly() }) ?? unknown();

  /** Along other axes than the last one, and in single precision, numpy adds in another order. */
  function roughly(): string | undefined {
    const isInOrder = isWhole(array, axes!) && array.dtype !== 'float32';
    const isExact = rounds !== true || !isFloat(type) || isInOrder || (!isFloat(array.dtype) && name === 'sum');
    return isExact ? array.memory.approximate : `numpy.${name}`;
  }
}

const isWhole = (array: NdArray, axes: readonly number[]) =>
  axes.length === array.shape.length || (axes.length === 1 && axes[0] === array.shape.length - 1);

function axesOf(axis: Value, rank: number): number[] | undefined {
  if (axis === null) return Array.from({ length: rank }, (_, i) => i);
  const given = (axis instanceof Tuple || axis instanceof List ? axis.items : [axis]).map(numberOf);
  const axes = given.map(it => (it === undefined ? Number.NaN : it < 0 ? it + rank : it));
  return axes.every(it => it >= 0 && it < rank) ? axes.sort((a, b) => a - b) : undefined;
}

/** Running sums or products along an axis; of everything, flat, where it is None. */
export function accumulated(m: Machine, name: string, array: NdArray, axis: Value): Value {
  const unknown = () => m.unknown(`\`numpy.${name}\` of this is not computed`);
  const along = axis === null ? 0 : axesOf(axis, array.shape.length)?.[0];
  const values = array.values;
  const isFlat = axis === null || array.shape.length === 1;
  if (values === undefined || along === undefined || !isFlat) return unknown();
  const dtype = counted(array.dtype);
  const made = values.slice();
  for (let i = 1; i < made.length; i++) {
    const next = name === 'cumsum' ? made[i - 1]! + made[i]! : made[i - 1]! * made[i]!;
    made[i] = roundTo(dtype, next);
  }
  const { approximate } = array.memory;
  return resultOf(m, array.family, made, { shape: [made.length], dtype, approximate }) ?? unknown();
}
