/** `x[…]` and `x[…] = …`: slices and integers give views, lists and masks give copies. */
import type { Size } from '../../../../core/size.js';
import type { Machine } from '../../../interpreter/machine.js';
import { ellipsis, List, Slice, Tuple, Unknown, type Value } from '../../../interpreter/values.js';
import { integerValue, isMissing, sizeValue } from '../arguments.js';
import { dtypes } from '../dtypes.js';
import { broadcast } from '../shapes.js';
import { isTensor, knownShape, type Shape, type Tensor } from '../tensor.js';
import { selected, sliced, unsqueezed } from './axes.js';
import { broadcastTo } from './broadcasting.js';
import { contentsIn } from './conversions.js';
import { constantOf, dataOf, elementsOf, MOST_ELEMENTS } from './data.js';
import { type Data, Elements } from './elements.js';
import { tensorFrom } from './literals.js';
import { pickedFrom } from './picking.js';
import { isTracked, resultOf } from './results.js';
import { viewOf } from './views.js';

/** A list, a tensor or a mask among the indices, and the axis that it stands at. */
interface Advanced {
  readonly axis: number;
  readonly index: Value;
}

export interface Indexed {
  readonly view: Tensor;
  readonly advanced: readonly Advanced[];
}

export function itemOf(machine: Machine, source: Tensor, index: Value): Tensor {
  const { view, advanced } = indexed(machine, source, index);
  return advanced.length === 0 ? view : picked(machine, view, advanced);
}

/** The view that plain indices give, and the indices that need a copy. */
export function indexed(machine: Machine, source: Tensor, index: Value): Indexed {
  const items = index instanceof Tuple ? index.items : [index];
  let view = source;
  let axis = 0;
  const advanced: Advanced[] = [];
  for (const item of expandedItems(items, source.shape?.length)) {
    if (view.shape === undefined) return { view: unplaced(machine, view), advanced: [] };
    if (item === null) view = unsqueezed(machine, view, axis++);
    else if (item instanceof Slice) view = sliced(machine, view, axis++, cutOf(item));
    else if (isPlainIndex(item)) view = selected(machine, view, axis, integerValue(item));
    else advanced.push({ axis: axis++, index: item });
  }
  return { view: view === source ? viewOf(machine, source, sameView(source)) : view, advanced };
}

/** An index that cannot be placed leaves a part of unknown shape. */
function unplaced(machine: Machine, source: Tensor): Tensor {
  return viewOf(machine, source, { name: 'getitem', shape: undefined, isPart: true });
}

const sameView = (source: Tensor) => ({
  name: 'getitem',
  shape: source.shape,
  strides: source.view.strides,
  axes: source.shape && [...source.shape.keys()],
});

/** `...` stands for as many full slices as are missing. Of an unknown rank, indices stay as they are. */
function expandedItems(items: readonly Value[], rank: number | undefined): readonly Value[] {
  const at = items.indexOf(ellipsis);
  if (at < 0 || rank === undefined) return items;
  const used = items.filter(it => it !== null && it !== ellipsis).length;
  const filling = Array.from({ length: Math.max(0, rank - used) }, () => new Slice(null, null, null));
  return items.toSpliced(at, 1, ...filling);
}

function isPlainIndex(value: Value): boolean {
  if (isTensor(value)) return value.shape?.length === 0 && value.dtype !== 'bool';
  return (
    !(value instanceof List || value instanceof Tuple || value instanceof Unknown || typeof value === 'boolean') ||
    isNamed(value)
  );
}

/** An unknown that stands for one number: `x[:, i]` with the argument `i`. */
const isNamed = (value: Value): boolean => value instanceof Unknown && value.symbol !== undefined;

function cutOf({ start, stop, step }: Slice) {
  return {
    start: isMissing(start) ? 0 : sizeValue(start),
    stop: isMissing(stop) ? (Infinity as Size) : sizeValue(stop),
    step: isMissing(step) ? 1 : integerValue(step),
  };
}

/** Elements that lists or masks pick. */
function picked(machine: Machine, source: Tensor, advanced: readonly Advanced[]): Tensor {
  const indices = advanced.map(it => asTensor(machine, it.index));
  const sizes = knownShape(source.shape);
  const places = sizes && pickedFrom(sizes, among(advanced, indices));
  const data = places && dataOf(source);
  const [only] = indices;
  const isSimple = advanced.length === 1 && only !== undefined && only.dtype !== 'bool';
  const isTold = isSimple && !isTracked(only);
  return resultOf(machine, {
    kind: 'shape',
    name: 'index',
    ...(isTold ? { inputs: [source, only], settings: [['axis', advanced[0]!.axis]] } : { inputs: [source] }),
    shape: places?.shape ?? pickedShape(source.shape, advanced, indices),
    data: data && Float64Array.from(places.positions, at => data[at]!),
  });
}

const among = (advanced: readonly Advanced[], indices: readonly (Tensor | undefined)[]) =>
  advanced.map(({ axis }, i) => ({ axis, index: indices[i] }));

/** The whole of `view` once `value` is at the places picked from it; undefined where not all of that is known. */
export function withPicked(
  machine: Machine,
  view: Tensor,
  advanced: readonly Advanced[],
  value: Value,
): Tensor | undefined {
  const sizes = knownShape(view.shape);
  const indices = advanced.map(it => asTensor(machine, it.index));
  const places = sizes && pickedFrom(sizes, among(advanced, indices));
  const source = isTensor(value) ? value : tensorFrom(machine, value, view.dtype);
  const [before, given, from] = [dataOf(view), source && dataOf(source), source && knownShape(source.shape)];
  if (places === undefined || before === undefined || given === undefined || from === undefined) return undefined;
  const values = broadcastTo(given, withoutOnes(from, places.shape.length), places.shape);
  const data = before.slice();
  const { round } = dtypes[view.dtype];
  for (const [i, at] of places.positions.entries()) data[at] = round(values[i]!);
  return resultOf(machine, { kind: 'join', name: 'setitem', inputs: [view, source!], shape: view.shape, data });
}

/** Axes of one element in front of what is written to count for nothing. */
function withoutOnes(shape: readonly number[], rank: number): readonly number[] {
  return shape.length > rank && shape[0] === 1 ? withoutOnes(shape.slice(1), rank) : shape;
}

function asTensor(machine: Machine, index: Value): Tensor | undefined {
  if (isTensor(index)) return index;
  return index instanceof List || index instanceof Tuple ? tensorFrom(machine, index, 'int64') : undefined;
}

function pickedShape(shape: Shape, advanced: readonly Advanced[], indices: readonly (Tensor | undefined)[]): Shape {
  if (shape === undefined || indices.some(it => it?.shape === undefined)) return undefined;
  const [first] = advanced;
  if (indices.some(it => it!.dtype === 'bool')) {
    const covered = indices[0]!.shape!.length;
    return advanced.length === 1 ? shape.toSpliced(first!.axis, covered, undefined) : undefined;
  }
  const common = broadcast(...indices.map(it => it!.shape));
  if (common === undefined) return undefined;
  const axes = advanced.map(it => it.axis);
  const isAdjacent = axes.every((axis, i) => axis === axes[0]! + i);
  const rest = shape.filter((_, axis) => !axes.includes(axis));
  return isAdjacent ? rest.toSpliced(axes[0]!, 0, ...common) : [...common, ...rest];
}

/** Slices of `source` along an axis, in the order of the indices. */
export function takenData(source: Tensor, axis: number, index: Tensor, shape: Shape): Data | undefined {
  const [data, positions] = [dataOf(source), dataOf(index)];
  const from = knownShape(source.shape);
  const count = knownShape(shape)?.reduce((a, b) => a * b, 1);
  if (data === undefined || positions === undefined || from === undefined) return undefined;
  if (count === undefined || count > MOST_ELEMENTS) return undefined;
  const result = new Float64Array(count);
  const inner = from.slice(axis + 1).reduce((a, b) => a * b, 1);
  const outer = from.slice(0, axis).reduce((a, b) => a * b, 1);
  let next = 0;
  for (let block = 0; block < outer; block++) {
    for (const position of positions) {
      const row = position < 0 ? position + from[axis]! : position;
      const start = (block * from[axis]! + row) * inner;
      result.set(data.subarray(start, start + inner), next);
      next += inner;
    }
  }
  return result;
}

/** What `x[index] = value` writes, shaped like the view it goes to. */
export function assigned(machine: Machine, view: Tensor, value: Value): Tensor {
  const source = isTensor(value) ? value : tensorFrom(machine, value, view.dtype);
  const constant = source && constantOf(source);
  const shape = knownShape(view.shape);
  const elements = source && constant === undefined && shape ? elementsOf(source) : undefined;
  return resultOf(machine, {
    kind: 'join',
    name: 'setitem',
    inputs: isTensor(value) ? [value] : [],
    shape: view.shape,
    dtype: view.dtype,
    data: elements && shape && broadcastElements(elements, knownShape(source!.shape)!, shape),
    contents: constant !== undefined ? [{ kind: 'constant', value: constant }] : source && sameContents(source, view),
    spec: source?.storage.laterSpec,
  });
}

/** Undefined where they do not fit, or are too many. */
function broadcastElements(elements: Elements, from: readonly number[], to: readonly number[]): Elements | undefined {
  const [given, count] = [from, to].map(shape => shape.reduce((a, b) => a * b, 1));
  if (given! > count! || count! > MOST_ELEMENTS) return undefined;
  return new Elements([elements], () => broadcastTo(elements.values, from, to));
}

/** Draws that are copied as they are, without broadcasting. */
function sameContents(source: Tensor, view: Tensor) {
  const [from, to] = [knownShape(source.shape), knownShape(view.shape)];
  const isSame = from !== undefined && to !== undefined && String(from) === String(to);
  if (!isSame || source.storage.contents.length === 0 || !source.view.isWhole) return undefined;
  if (source.dtype === view.dtype) return source.storage.contents;
  return contentsIn(source, view.dtype);
}
