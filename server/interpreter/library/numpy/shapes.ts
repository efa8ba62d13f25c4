/** Arrays in other shapes, and several arrays as one. */
import { integer } from '../../builtins/arguments.js';
import { isVague } from '../../builtins/define.js';
import { collect } from '../../builtins/list.js';
import type { Machine } from '../../machine.js';
import { type ClassValue, Instance, List, Tuple, type Value } from '../../values.js';
import { arrayFrom, arrayOf, isScalar, LARGEST, NdArray, unknownArray } from './array.js';
import { promoted } from './dtypes.js';
import {
  broadcastShape,
  contiguous,
  isContiguous,
  permuted,
  picked,
  positionsOf,
  sizeOf,
  stretched,
  withAxis,
} from './layout.js';

/** Integers given one by one or as one sequence; undefined where one is not known. */
export function sizesOf(m: Machine, given: readonly Value[]): number[] | undefined {
  const [only] = given;
  const first = only instanceof Instance && only.payload instanceof Tuple ? only.payload : only;
  const isList =
    given.length === 1 &&
    (first instanceof Tuple || first instanceof List || (first instanceof NdArray && !isScalar(first)));
  const sizes = isList ? collect(m, first) : given;
  return sizes.some(isVague) ? undefined : sizes.map(it => integer(m, it));
}

export function reshaped(m: Machine, array: NdArray, given: readonly Value[]): Value {
  const sizes = sizesOf(m, given);
  if (sizes === undefined) return m.unknown('the shape is not known');
  const known = sizeOf(sizes.filter(it => it >= 0));
  const shape = sizes.map(it => (it < 0 ? array.size / known : it));
  if (sizeOf(shape) !== array.size) return m.raise('ValueError', 'cannot reshape array');
  return viewedAs(m, array, shape);
}

/** A view where the elements lie in order, else a copy. */
function viewedAs(m: Machine, array: NdArray, shape: readonly number[]): Value {
  if (isContiguous(array.layout)) return array.view({ ...contiguous(shape), offset: array.layout.offset });
  return copied(m, array, shape);
}

export function copied(m: Machine, array: NdArray, shape = array.shape): Value {
  m.step(array.size >> 3);
  const { values, dtype } = array;
  if (values === undefined) return unknownArray(m, array.family, { shape, dtype });
  return arrayOf(array.family, values.slice(), { shape, dtype, approximate: array.memory.approximate });
}

export function transposed(m: Machine, array: NdArray, given: readonly Value[]): Value {
  const rank = array.shape.length;
  const axes = given.length === 0 || given[0] === null ? undefined : sizesOf(m, given);
  const order = axes ?? array.shape.map((_, i) => rank - 1 - i);
  return array.view(
    permuted(
      array.layout,
      order.map(it => (it < 0 ? it + rank : it)),
    ),
  );
}

export function swapped(m: Machine, array: NdArray, a: Value, b: Value): Value {
  const rank = array.shape.length;
  const [from, to] = [a, b].map(it => integer(m, it)).map(it => (it < 0 ? it + rank : it)) as [number, number];
  const order = array.shape.map((_, i) => (i === from ? to : i === to ? from : i));
  return array.view(permuted(array.layout, order));
}

export function squeezed(m: Machine, array: NdArray, axis: Value): Value {
  const rank = array.shape.length;
  const only = axis === null ? undefined : integer(m, axis);
  const isGone = (i: number) => array.shape[i] === 1 && (only === undefined || i === (only < 0 ? only + rank : only));
  const kept = array.shape.map((_, i) => i).filter(i => !isGone(i));
  return array.view(permuted(array.layout, kept));
}

export function expanded(m: Machine, array: NdArray, axis: Value): Value {
  const at = integer(m, axis);
  return array.view(withAxis(array.layout, at < 0 ? at + array.shape.length + 1 : at));
}

export function broadcast(m: Machine, array: NdArray, given: Value): Value {
  const shape = sizesOf(m, [given]);
  if (shape === undefined || sizeOf(shape) > LARGEST) return m.unknown('the shape is not known');
  const fits = broadcastShape([array.shape, shape]);
  return String(fits) === String(shape)
    ? array.view(stretched(array.layout, shape))
    : m.raise('ValueError', 'operands could not be broadcast together');
}

/** Arrays side by side along an axis that they have. */
export function concatenated(m: Machine, cls: ClassValue, parts: readonly Value[], axis: number): Value {
  const arrays = parts.map(it => arrayFrom(cls, it));
  const [first] = arrays;
  const unknown = () => m.unknown('an array is not known');
  if (first === undefined) return unknown();
  const at = axis < 0 ? axis + first.shape.length : axis;
  if (arrays.some(it => it === undefined || it.values === undefined)) return unknown();
  const known = arrays as NdArray[];
  if (known.some(it => String(it.shape.with(at, 0)) !== String(first.shape.with(at, 0)))) {
    return m.raise('ValueError', 'all the input array dimensions except for the concatenation axis must match');
  }
  const shape = first.shape.with(
    at,
    known.reduce((sum, it) => sum + it.shape[at]!, 0),
  );
  if (sizeOf(shape) > LARGEST) return unknown();
  m.step(sizeOf(shape) >> 3);
  const made = new Float64Array(sizeOf(shape));
  const { strides } = contiguous(shape);
  let start = 0;
  for (const part of known) {
    const positions = positionsOf({ shape: part.shape, strides, offset: start * strides[at]! });
    const values = part.values!;
    for (let i = 0; i < positions.length; i++) made[positions[i]!] = values[i]!;
    start += part.shape[at]!;
  }
  const dtype = known.map(it => it.dtype).reduce(promoted);
  return arrayOf(cls, made, { shape, dtype, approximate: known.find(it => it.memory.approximate)?.memory.approximate });
}

/** Arrays of one shape along a new axis. */
export function stacked(m: Machine, cls: ClassValue, parts: readonly Value[], axis: number): Value {
  const arrays = parts.map(it => arrayFrom(cls, it));
  if (arrays.some(it => it === undefined)) return m.unknown('an array is not known');
  const at = axis < 0 ? axis + arrays[0]!.shape.length + 1 : axis;
  return concatenated(
    m,
    cls,
    arrays.map(it => it!.view(withAxis(it!.layout, at))),
    at,
  );
}

/** Coordinates of a grid; `xy` has the first two axes the other way round. */
export function gridOf(m: Machine, parts: readonly NdArray[], indexing: Value): Value {
  const sizes = parts.map(it => it.size);
  const order = sizes.map((_, i) => i);
  if (indexing === 'xy' && order.length > 1) [order[0], order[1]] = [1, 0];
  const shape = order.map(it => sizes[it]!);
  if (sizeOf(shape) > LARGEST) return m.unknown('the grid is too large');
  const grids = parts.map((part, i) => {
    const strides = order.map(it => (it === i ? (contiguous(part.shape).strides.at(-1) ?? 1) : 0));
    const { values, dtype } = part;
    if (values === undefined) return m.unknown('an array is not known');
    m.step(sizeOf(shape) >> 3);
    const made = picked(values, positionsOf({ shape, strides, offset: 0 }));
    return arrayOf(part.family, made, { shape, dtype, approximate: part.memory.approximate });
  });
  return new List(grids);
}

/** The whole array again and again along each axis. */
export function tiled(m: Machine, array: NdArray, given: Value): Value {
  const times = sizesOf(m, [given]);
  if (times === undefined) return m.unknown('the number of repetitions is not known');
  const rank = Math.max(times.length, array.shape.length);
  const padded = [...Array.from({ length: rank - times.length }, () => 1), ...times];
  let result: Value = array.view(contiguousOf(array, rank));
  for (const [axis, count] of padded.entries()) {
    if (count !== 1) result = concatenated(m, array.family, new Array<Value>(count).fill(result), axis);
  }
  return result === array ? copied(m, array) : result;
}

function contiguousOf({ layout }: NdArray, rank: number) {
  const added = new Array<number>(rank - layout.shape.length);
  return { ...layout, shape: [...added.fill(1), ...layout.shape], strides: [...added.map(() => 0), ...layout.strides] };
}

/** Every element again and again along an axis; flat where it is None. */
export function repeated(m: Machine, array: NdArray, times: Value, axis: Value): Value {
  const count = isVague(times) || times instanceof List || times instanceof NdArray ? undefined : integer(m, times);
  const flat = axis === null ? (viewedAs(m, array, [array.size]) as NdArray) : array;
  if (count === undefined || !(flat instanceof NdArray)) return m.unknown('the number of repetitions is not known');
  const at = axis === null ? 0 : (integer(m, axis) + flat.shape.length) % flat.shape.length;
  const { shape, strides, offset } = withAxis(flat.layout, at + 1);
  const wide = flat.view({ shape: shape.with(at + 1, count), strides, offset });
  return copied(m, wide, flat.shape.with(at, flat.shape[at]! * count));
}

/** The elements the other way round, along one axis or all. */
export function flipped(m: Machine, array: NdArray, axis: Value): Value {
  const rank = array.shape.length;
  const only = axis === null ? undefined : (integer(m, axis) + rank) % rank;
  let { offset } = array.layout;
  const strides = array.layout.strides.map((stride, i) => {
    if (only !== undefined && only !== i) return stride;
    offset += stride * Math.max(0, array.shape[i]! - 1);
    return -stride;
  });
  return array.view({ shape: array.shape, strides, offset });
}
