/** Flipped and rolled tensors, and how any other arrangement of elements is recorded. */
import type { Machine } from '../../../interpreter/machine.js';
import type { Value } from '../../../interpreter/values.js';
import type { Region, StorageWrite } from '../../../model/draws.js';
import type { OperationKind } from '../../../model/graph.js';
import { axesOf, integerValue, isMissing, itemsOf } from '../arguments.js';
import type { Dtype } from '../dtypes.js';
import type { Setting } from '../graph.js';
import { knownShape, type Shape, type Tensor } from '../tensor.js';
import { dataOf, gather, wholeRegion } from './data.js';
import type { Data } from './elements.js';
import { resultOf } from './results.js';
import { contentsOfCopy } from './views.js';

export interface Arranged {
  readonly kind?: OperationKind;
  readonly name: string;
  readonly shape: Shape;
  readonly data?: Data | undefined;
  /** What decides the values, where they were not computed. */
  readonly contents?: readonly StorageWrite[] | undefined;
  readonly dtype?: Dtype;
  readonly inputs?: readonly Value[];
  readonly settings?: readonly (readonly [string, Setting])[];
}

export function arranged(machine: Machine, source: Tensor, { kind, inputs, ...rest }: Arranged): Tensor {
  return resultOf(machine, { kind: kind ?? 'shape', inputs: inputs ?? [source], ...rest });
}

/** The elements of the source, which lie in the order of its indices, read as the region says; each at least once. */
export function readAs(source: Tensor, from: Region | undefined): readonly StorageWrite[] | undefined {
  const contents = contentsOfCopy(source);
  return from === undefined || contents.length === 0 ? undefined : [{ kind: 'copy', source: contents, from }];
}

export const rankOf = (source: Tensor): number | undefined => source.shape?.length;

export function flipped(machine: Machine, source: Tensor, dims?: Value): Value {
  const items = itemsOf(machine, dims);
  const flat = items?.length === 1 && itemsOf(machine, items[0]) !== undefined ? items[0] : dims;
  const axes = axesOf(machine, flat, rankOf(source));
  const [data, shape] = [dataOf(source), knownShape(source.shape)];
  const region = shape !== undefined && axes !== undefined ? flippedRegion(shape, axes) : undefined;
  return arranged(machine, source, {
    name: 'flip',
    shape: source.shape,
    settings: axes === undefined ? [] : [['axes', axes.join('×')]],
    data: data && region && gather(data, region),
    contents: readAs(source, region),
  });
}

function flippedRegion(shape: readonly number[], axes: readonly number[]): Region {
  const { strides } = wholeRegion(shape);
  const offset = axes.reduce((sum, axis) => sum + strides[axis]! * Math.max(0, shape[axis]! - 1), 0);
  return { offset, shape, strides: strides.map((stride, axis) => (axes.includes(axis) ? -stride : stride)) };
}

export function rolled(machine: Machine, source: Tensor, shifts?: Value, dims?: Value): Value {
  const [data, shape] = [dataOf(source), knownShape(source.shape)];
  const by = itemsOf(machine, shifts)?.map(integerValue) ?? [integerValue(shifts)];
  const axes = isMissing(dims) ? undefined : axesOf(machine, dims, rankOf(source));
  const isKnown = data !== undefined && shape !== undefined && !by.includes(undefined);
  const isTold = !by.includes(undefined) && axes !== undefined;
  const settings: Arranged['settings'] = isTold
    ? [
        ['shifts', by.join('×')],
        ['axes', axes.join('×')],
      ]
    : [];
  if (!isKnown) return arranged(machine, source, { name: 'roll', shape: source.shape, settings });
  let result = data;
  if (axes === undefined) result = rolledAlong(data, [data.length], 0, by[0]!);
  else for (const [i, axis] of axes.entries()) result = rolledAlong(result, shape, axis, by[i]!);
  return arranged(machine, source, { name: 'roll', shape: source.shape, data: result, settings });
}

function rolledAlong(data: Data, shape: readonly number[], axis: number, by: number): Data {
  const stride = wholeRegion(shape).strides[axis]!;
  const size = shape[axis]!;
  return data.map((_, i) => {
    const at = Math.floor(i / stride) % size;
    const from = (((at - by) % size) + size) % size;
    return data[i + (from - at) * stride]!;
  });
}
