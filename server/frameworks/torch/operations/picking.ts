/** Where the elements lie that lists and masks among the indices pick: `x[[0, 2], :, mask]`. */
import { broadcast } from '../shapes.js';
import { knownShape, type Tensor } from '../tensor.js';
import { broadcastData } from './broadcasting.js';
import { dataOf, MOST_ELEMENTS, wholeRegion } from './data.js';
import type { Data } from './elements.js';

/** Indices along one axis, by their place in a shape that all of them share. */
interface Picks {
  readonly axis: number;
  readonly data: Data;
  readonly shape: readonly number[];
}

export interface Picked {
  /** In the order of the result, in a contiguous tensor of the source's shape. */
  readonly positions: Int32Array;
  readonly shape: readonly number[];
}

/** Undefined where an index is not known, does not fit, or picks too many. */
export function pickedFrom(
  sizes: readonly number[],
  indices: readonly { readonly axis: number; readonly index: Tensor | undefined }[],
): Picked | undefined {
  const known = indices.map(({ axis, index }) => picksOf(axis, index, sizes));
  const picks = known.flatMap(it => it ?? []);
  if (known.includes(undefined) || (picks.length > indices.length && indices.length > 1)) return undefined;
  const common = knownShape(broadcast(...picks.map(it => it.shape)));
  if (common === undefined) return undefined;
  const axes = picks.map(it => it.axis);
  const isAdjacent = axes.every((axis, i) => axis === axes[0]! + i);
  const kept = [...sizes.keys()].filter(axis => !axes.includes(axis));
  const before = isAdjacent ? kept.filter(axis => axis < axes[0]!) : [];
  const after = kept.filter(axis => !before.includes(axis));
  const shape = [...before.map(axis => sizes[axis]!), ...common, ...after.map(axis => sizes[axis]!)];
  if (sizeOf(shape) > MOST_ELEMENTS) return undefined;
  const places = placesOf(picks, common, sizes);
  if (places === undefined) return undefined;
  return { positions: combined([offsetsAlong(before, sizes), places, offsetsAlong(after, sizes)]), shape };
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** A mask picks along every axis that it covers. */
function picksOf(axis: number, index: Tensor | undefined, sizes: readonly number[]): readonly Picks[] | undefined {
  const [data, shape] = [index && dataOf(index), index && knownShape(index.shape)];
  if (data === undefined || shape === undefined) return undefined;
  if (index!.dtype !== 'bool') return [{ axis, data, shape }];
  if (shape.some((size, i) => size !== sizes[axis + i])) return undefined;
  const set = [...data.keys()].filter(i => data[i] !== 0);
  const { strides } = wholeRegion(shape);
  return shape.map((size, i) => ({
    axis: axis + i,
    data: Float64Array.from(set, it => Math.floor(it / strides[i]!) % size),
    shape: [set.length],
  }));
}

/** What the indices add up to, for every place in their common shape. */
function placesOf(
  picks: readonly Picks[],
  common: readonly number[],
  sizes: readonly number[],
): readonly number[] | undefined {
  const { strides } = wholeRegion(sizes);
  const places: number[] = new Array(sizeOf(common)).fill(0);
  for (const { axis, data, shape } of picks) {
    const spread = broadcastData(data, shape, common);
    if (spread === undefined) return undefined;
    for (const [i, index] of spread.entries()) {
      const at = index < 0 ? index + sizes[axis]! : index;
      if (!(at >= 0 && at < sizes[axis]!)) return undefined;
      places[i]! += at * strides[axis]!;
    }
  }
  return places;
}

function offsetsAlong(axes: readonly number[], sizes: readonly number[]): readonly number[] {
  const { strides } = wholeRegion(sizes);
  return axes.reduce<readonly number[]>(
    (offsets, axis) => offsets.flatMap(it => Array.from({ length: sizes[axis]! }, (_, i) => it + i * strides[axis]!)),
    [0],
  );
}

const combined = (parts: readonly (readonly number[])[]): Int32Array =>
  Int32Array.from(parts.reduce<readonly number[]>((sums, part) => sums.flatMap(sum => part.map(it => sum + it)), [0]));
