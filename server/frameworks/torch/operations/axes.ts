/** Views that add, drop, swap or cut axes. */
import { add, floorDivide, isKnown, type Size, subtract } from '../../../../core/size.js';
import type { Machine } from '../../../interpreter/machine.js';
import type { Tensor } from '../tensor.js';
import { viewOf } from './views.js';

/** Axes in a new order. */
export function permuted(machine: Machine, source: Tensor, name: string, order: readonly number[] | undefined): Tensor {
  const { shape, view } = source;
  if (shape === undefined || order === undefined) return viewOf(machine, source, { name, shape: undefined });
  return viewOf(machine, source, {
    name,
    shape: order.map(axis => shape[axis]),
    strides: view.strides && order.map(axis => view.strides![axis]!),
    axes: order,
    settings: [['order', order.join('×')]],
  });
}

export function swapped(machine: Machine, source: Tensor, name: string, a?: number, b?: number): Tensor {
  const order = source.shape?.map((_, axis) => (axis === a ? b! : axis === b ? a! : axis));
  return permuted(machine, source, name, a === undefined || b === undefined ? undefined : order);
}

/** A new axis of size 1. */
export function unsqueezed(machine: Machine, source: Tensor, axis: number | undefined): Tensor {
  const { shape, view } = source;
  if (shape === undefined || axis === undefined)
    return viewOf(machine, source, { name: 'unsqueeze', shape: undefined });
  return viewOf(machine, source, {
    name: 'unsqueeze',
    shape: shape.toSpliced(axis, 0, 1),
    strides: view.strides?.toSpliced(axis, 0, (view.strides[axis] ?? 1) * Math.max(1, numberAt(shape, axis))),
    axes: [...(shape.keys() as Iterable<number | undefined>)].toSpliced(axis, 0, undefined),
  });
}

const numberAt = (shape: readonly (Size | undefined)[], axis: number): number => {
  const size = shape[axis];
  return typeof size === 'number' ? size : 1;
};

/** Without these axes; all of size 1 when none are given. An axis that is not 1 stays. */
export function squeezed(machine: Machine, source: Tensor, axes: readonly number[] | undefined): Tensor {
  const { shape, view } = source;
  const isUnsure = shape?.some((size, axis) => size === undefined && (axes === undefined || axes.includes(axis)));
  if (shape === undefined || isUnsure) return viewOf(machine, source, { name: 'squeeze', shape: undefined });
  const kept = [...shape.keys()].filter(axis => shape[axis] !== 1 || !(axes === undefined || axes.includes(axis)));
  return viewOf(machine, source, {
    name: 'squeeze',
    shape: kept.map(axis => shape[axis]),
    strides: view.strides && kept.map(axis => view.strides![axis]!),
    axes: kept,
  });
}

/** One index along an axis, which goes. */
export function selected(machine: Machine, source: Tensor, axis: number, index: number | undefined): Tensor {
  const { shape, view } = source;
  if (shape === undefined) return viewOf(machine, source, { name: 'select', shape: undefined, isPart: true });
  const position = index === undefined ? undefined : positionOf(index, shape[axis]);
  return viewOf(machine, source, {
    name: 'select',
    shape: shape.toSpliced(axis, 1),
    strides: position === undefined ? undefined : view.strides?.toSpliced(axis, 1),
    offset: view.offset + (position ?? 0) * (view.strides?.[axis] ?? 0),
    isPart: shape[axis] !== 1,
    axes: [...shape.keys()].toSpliced(axis, 1),
    settings: position === undefined ? [] : cutSettings(axis, position, 1),
  });
}

const cutSettings = (axis: number, start: number, step: number): readonly (readonly [string, number])[] => [
  ['dim', axis],
  ['start', start],
  ['step', step],
];

function positionOf(index: number, size: Size | undefined): number | undefined {
  if (index >= 0) return index;
  return size !== undefined && isKnown(size) ? index + size : undefined;
}

export interface Cut {
  readonly start: Size | undefined;
  readonly stop: Size | undefined;
  readonly step: number | undefined;
}

/** A slice along one axis, its bounds as Python clips them. */
export function sliced(machine: Machine, source: Tensor, axis: number, cut: Cut, name = 'slice'): Tensor {
  const { shape, view } = source;
  if (shape === undefined) return viewOf(machine, source, { name, shape: undefined, isPart: true });
  const size = shape[axis];
  const { start, length } = clipped(cut, size);
  const isAll = start === 0 && cut.step === 1 && length !== undefined && size !== undefined && length === size;
  const canPlace = typeof start === 'number' && cut.step !== undefined;
  return viewOf(machine, source, {
    name,
    shape: shape.with(axis, length),
    strides: canPlace ? view.strides?.with(axis, view.strides[axis]! * cut.step) : undefined,
    offset: view.offset + (canPlace ? start * (view.strides?.[axis] ?? 0) : 0),
    isPart: !isAll && !(isOpen(cut) && cut.step === 1),
    axes: [...shape.keys()],
    settings: canPlace ? cutSettings(axis, start, cut.step) : [],
  });
}

const isOpen = (cut: Cut): boolean => cut.start === 0 && cut.stop === Infinity;

/** Where a slice starts and how long it is; −∞ … ∞ stand for bounds that are not given. */
function clipped(
  { start, stop, step }: Cut,
  size: Size | undefined,
): { start: Size | undefined; length: Size | undefined } {
  if (start === undefined || stop === undefined || step === undefined) return { start: undefined, length: undefined };
  if (size === undefined) return { start, length: lengthWithoutSize(start, stop, step) };
  const from = bounded(start, size);
  const to = bounded(stop, size);
  if (from === undefined || to === undefined) return { start: from, length: undefined };
  const span = subtract(to, from);
  const length = floorDivide(add(span, step - 1), step);
  return { start: from, length: isKnown(length) ? Math.max(0, length) : length };
}

function lengthWithoutSize(start: Size, stop: Size, step: number): Size | undefined {
  // `x[:, :3]` of an unknown size is most likely long enough.
  const canTell = isKnown(start) && isKnown(stop) && start >= 0 && stop >= start && stop !== Infinity;
  return canTell ? Math.ceil((stop - start) / step) : undefined;
}

function bounded(index: Size, size: Size): Size | undefined {
  if (index === Infinity) return size;
  const position = isKnown(index) && index < 0 ? add(size, index) : index;
  if (isKnown(position) && isKnown(size)) return Math.min(size, Math.max(0, position));
  return position;
}
