/** Sorted tensors, and what is gathered from or scattered to places that another tensor tells. */
import type { Machine } from '../../../interpreter/machine.js';
import type { Value } from '../../../interpreter/values.js';
import { axisOf, integerValue, isMissing, itemsOf, numberValue } from '../arguments.js';
import { dtypes } from '../dtypes.js';
import { isTensor, knownShape, type Shape, type Tensor } from '../tensor.js';
import { arranged, rankOf } from './arranged.js';
import { dataOf } from './data.js';
import type { Data } from './elements.js';
import { named } from './reductions.js';
import { resultOf } from './results.js';

/** A row of a tensor along an axis: where it starts, and how far apart its elements lie. */
interface Rows {
  readonly size: number;
  readonly stride: number;
  readonly starts: readonly number[];
}

function rowsAlong(shape: readonly number[], axis: number): Rows {
  const stride = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const size = shape[axis]!;
  const count = shape.reduce((a, b) => a * b, 1);
  const starts = Array.from({ length: count }, (_, at) => at).filter(at => Math.floor(at / stride) % size === 0);
  return { size, stride, starts };
}

interface Order {
  readonly values: Data;
  /** Absent where equal elements may come in another order. */
  readonly indices: Data | undefined;
  readonly shape: readonly number[];
}

export function sorted(machine: Machine, source: Tensor, dim?: Value, descending?: Value, stable?: Value): Value {
  const order = orderOf(source, dim, { isDescending: descending === true, isStable: stable === true });
  return pair(machine, source, 'sort', source.shape, order);
}

export function argsorted(machine: Machine, source: Tensor, dim?: Value, descending?: Value): Value {
  const order = orderOf(source, dim, { isDescending: descending === true, isStable: false });
  return indicesOf(machine, source, 'argsort', source.shape, order);
}

export function largest(machine: Machine, source: Tensor, k?: Value, dim?: Value, isLargest?: Value): Value {
  const axis = axisOf(dim ?? -1, rankOf(source));
  const count = integerValue(k);
  const shape = axis === undefined ? undefined : source.shape?.with(axis, count);
  const most = count === undefined ? undefined : { isDescending: isLargest !== false, isStable: false, most: count };
  return pair(machine, source, 'topk', shape, most && orderOf(source, dim, most));
}

interface How {
  readonly isDescending: boolean;
  readonly isStable: boolean;
  readonly most?: number;
}

function orderOf(source: Tensor, dim: Value | undefined, { isDescending, isStable, most }: How): Order | undefined {
  const [data, shape] = [dataOf(source), knownShape(source.shape)];
  const axis = axisOf(dim ?? -1, shape?.length);
  if (
    data === undefined ||
    shape === undefined ||
    axis === undefined ||
    data.some(it => Number.isNaN(it) || Object.is(it, -0))
  )
    return undefined;
  const { size, stride, starts } = rowsAlong(shape, axis);
  const kept = most ?? size;
  const result = shape.with(axis, kept);
  const to = rowsAlong(result, axis).starts;
  const [values, indices] = [new Float64Array(to.length * kept), new Float64Array(to.length * kept)];
  let isCertain = isStable;
  let hasTies = false;
  for (const [row, start] of starts.entries()) {
    const order = Array.from({ length: size }, (_, i) => i);
    const at = (i: number) => data[start + i * stride]!;
    order.sort((a, b) => (isDescending ? at(b) - at(a) : at(a) - at(b)) || a - b);
    hasTies ||= order.some((index, i) => i > 0 && at(index) === at(order[i - 1]!));
    for (const [i, index] of order.slice(0, kept).entries()) {
      values[to[row]! + i * stride] = at(index);
      indices[to[row]! + i * stride] = index;
    }
  }
  isCertain ||= !hasTies;
  return { values, indices: isCertain ? indices : undefined, shape: result };
}

function pair(machine: Machine, source: Tensor, name: string, shape: Shape, order: Order | undefined): Value {
  const values = arranged(machine, source, { kind: 'opaque', name, shape, data: order?.values });
  const indices = indicesOf(machine, source, `${name} indices`, shape, order);
  return named(machine, ['values', 'indices'], [values, indices]);
}

function indicesOf(machine: Machine, source: Tensor, name: string, shape: Shape, order: Order | undefined): Tensor {
  const inputs = order?.indices === undefined ? [] : [source];
  return resultOf(machine, { kind: 'opaque', name, inputs, shape, dtype: 'int64', data: order?.indices });
}

/** Along an axis, the elements whose places the index tells. */
export function gathered(machine: Machine, source: Tensor, dim?: Value, index?: Value): Value {
  const shape = isTensor(index) ? index.shape : undefined;
  const places = isTensor(index) ? placesOf(source, dim, index) : undefined;
  const data = places && dataOf(source);
  return arranged(machine, source, {
    name: 'gather',
    shape,
    data: data && Float64Array.from(places, at => data[at]!),
    ...(data && { inputs: [source, index!] }),
  });
}

/** A copy with other elements at the places that the index tells: a number, or a tensor's elements. */
export function scattered(machine: Machine, source: Tensor, given?: Value, named?: Value): Value {
  const [dim, index, value, ...more] = itemsOf(machine, given) ?? [];
  const isPlain = more.length === 0 && isNothing(machine, named);
  const places = isTensor(index) && isPlain ? placesOf(source, dim ?? null, index) : undefined;
  const data = places && dataOf(source)?.slice();
  const values = data && valuesAt(index as Tensor, value);
  if (data === undefined || values === undefined)
    return arranged(machine, source, { kind: 'opaque', name: 'scatter', shape: source.shape });
  const { round } = dtypes[source.dtype];
  for (const [i, at] of places!.entries()) data[at] = round(values(i));
  const inputs = [source, index!, ...(isTensor(value) ? [value] : [])];
  return arranged(machine, source, { kind: 'opaque', name: 'scatter', shape: source.shape, data, inputs });
}

const isNothing = (machine: Machine, named: Value | undefined): boolean =>
  isMissing(named) || machine.call(machine.builtins.boolClass, [named]) === false;

function valuesAt(index: Tensor, value: Value | undefined): ((i: number) => number) | undefined {
  if (!isTensor(value) || value.shape?.length === 0) {
    const number = numberValue(value);
    return number === undefined ? undefined : () => number;
  }
  const data = dataOf(value);
  const isSame = String(knownShape(value.shape)) === String(knownShape(index.shape));
  return data && isSame ? i => data[i]! : undefined;
}

/** In the order of the index's elements. */
function placesOf(source: Tensor, dim: Value | undefined, index: Tensor): readonly number[] | undefined {
  const [sizes, shape, data] = [knownShape(source.shape), knownShape(index.shape), dataOf(index)];
  const axis = axisOf(dim ?? null, sizes?.length);
  if (sizes === undefined || shape === undefined || data === undefined || axis === undefined) return undefined;
  if (shape.length !== sizes.length || shape.some((size, i) => i !== axis && size > sizes[i]!)) return undefined;
  const places: number[] = [];
  for (const [i, place] of data.entries()) {
    if (!(place >= 0 && place < sizes[axis]!)) return undefined;
    places.push(placeOf(i, place, axis, shape, sizes));
  }
  return places;
}

function placeOf(i: number, place: number, axis: number, shape: readonly number[], sizes: readonly number[]): number {
  let [rest, at, stride] = [i, 0, 1];
  for (let k = sizes.length - 1; k >= 0; k--) {
    const own = rest % shape[k]!;
    rest = Math.floor(rest / shape[k]!);
    at += (k === axis ? place : own) * stride;
    stride *= sizes[k]!;
  }
  return at;
}
