/** Shapes of results: broadcasting, reshaping, reducing, windows. Unknown sizes stay unknown. */
import { add, equalSizes, floorDivide, isKnown, multiply, type Size, subtract } from '../../../core/size.js';
import { elementsOf, type Shape } from './tensor.js';

type Axis = Size | undefined;

/** The common shape of operands; a size that cannot be told is unknown. */
export function broadcast(...shapes: readonly Shape[]): Shape {
  return shapes.reduce(broadcastTwo);
}

function broadcastTwo(a: Shape, b: Shape): Shape {
  if (a === undefined || b === undefined) return undefined;
  if (a === b) return a;
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => common(aligned(a, i, rank), aligned(b, i, rank)));
}

/** Shapes are aligned at their ends; an axis that is not there counts as 1. */
function aligned(shape: readonly Axis[], axis: number, rank: number): Axis {
  const own = axis - (rank - shape.length);
  return own < 0 ? 1 : shape[own];
}

function common(a: Axis, b: Axis): Axis {
  if (a === 1) return b;
  if (b === 1) return a;
  if (a === undefined || b === undefined) return a ?? b;
  if (equalSizes(a, b)) return a;
  // Python would raise unless they are equal, so the number is what the symbol stands for.
  if (isKnown(a) !== isKnown(b)) return isKnown(a) ? a : b;
  return undefined;
}

/** The shape asked of `view` and `reshape`: one −1 is what is left of the elements. */
export function reshaped(from: Shape, requested: Shape): Shape {
  if (requested === undefined) return undefined;
  const open = requested.indexOf(-1);
  if (open < 0) return requested;
  const others = requested.filter((_, i) => i !== open);
  const total = elementsOf(from);
  const rest = elementsOf(others);
  const inferred = total === undefined || rest === undefined ? cancelled(from, others) : quotient(total, rest);
  return requested.with(open, inferred);
}

/** With unknown sizes on both sides, the −1 is known where these stand in the same places. */
function cancelled(from: Shape, others: readonly Axis[]): Axis {
  if (from === undefined) return undefined;
  const left = from.filter((size, i) => !(size === undefined && others[i] === undefined && i < others.length));
  const right = others.filter((size, i) => !(size === undefined && from[i] === undefined && i < from.length));
  const [total, rest] = [elementsOf(left), elementsOf(right)];
  return total === undefined || rest === undefined ? undefined : quotient(total, rest);
}

function quotient(total: Size, rest: Size): Axis {
  return rest === 0 ? 0 : floorDivide(total, rest);
}

/** Without the axes that are reduced, or with 1 in their places. All axes when none are given. */
export function reduced(shape: Shape, axes: readonly number[] | undefined, keep: boolean): Shape {
  if (shape === undefined) return undefined;
  const gone = axes === undefined || axes.length === 0 ? shape.map((_, i) => i) : axes;
  return keep ? shape.map((size, i) => (gone.includes(i) ? 1 : size)) : shape.filter((_, i) => !gone.includes(i));
}

export function concatenated(shapes: readonly Shape[], axis: number | undefined): Shape {
  const known = shapes.find(it => it !== undefined && it.length > 0);
  if (known === undefined || axis === undefined) return undefined;
  const at = axis < 0 ? axis + known.length : axis;
  return known.map((size, i) => (i === at ? sumOf(shapes.map(it => axisAt(it, at))) : (size ?? firstKnown(shapes, i))));
}

/** Torch skips empty tensors of rank 1 when it concatenates. */
function axisAt(shape: Shape, axis: number): Axis {
  return shape?.length === 1 && shape[0] === 0 ? 0 : shape?.[axis];
}

function sumOf(sizes: readonly Axis[]): Axis {
  return sizes.includes(undefined) ? undefined : (sizes as readonly Size[]).reduce(add, 0);
}

function firstKnown(shapes: readonly Shape[], axis: number): Axis {
  return shapes.map(it => it?.[axis]).find(it => it !== undefined);
}

export function matrixProduct(a: Shape, b: Shape): Shape {
  if (a === undefined || b === undefined) return undefined;
  if (a.length === 0 || b.length === 0) return undefined;
  if (a.length === 1 && b.length === 1) return [];
  if (a.length === 1) return [...b.slice(0, -2), b.at(-1)];
  if (b.length === 1) return a.slice(0, -1);
  return [...(broadcast(a.slice(0, -2), b.slice(0, -2)) ?? []), a.at(-2), b.at(-1)];
}

/** What a window gives along one axis: convolution and pooling. */
export interface Window {
  readonly kernel: Axis;
  readonly stride: Axis;
  readonly padding: Axis;
  readonly dilation: Axis;
  readonly ceil?: boolean;
}

export function windowed(size: Axis, { kernel, stride, padding, dilation, ceil }: Window): Axis {
  const parts = [size, kernel, stride, padding, dilation];
  if (parts.includes(undefined)) return undefined;
  const reach = add(multiply(dilation!, subtract(kernel!, 1)), 1);
  const span = subtract(add(size!, multiply(2, padding!)), reach);
  if (ceil !== true) return add(floorDivide(span, stride!), 1);
  const count = add(floorDivide(subtract(add(span, stride!), 1), stride!), 1);
  return lastWindowStartsInside(count, size!, stride!, padding!) ? count : subtract(count, 1);
}

/** A window may not start in the padding behind the input. */
function lastWindowStartsInside(count: Size, size: Size, stride: Size, padding: Size): boolean {
  const start = multiply(subtract(count, 1), stride);
  const end = add(size, padding);
  return !(isKnown(start) && isKnown(end)) || start < end;
}

/** A transposed convolution along one axis. */
export function unwindowed(size: Axis, window: Window, outputPadding: Axis): Axis {
  const { kernel, stride, padding, dilation } = window;
  if ([size, kernel, stride, padding, dilation, outputPadding].includes(undefined)) return undefined;
  const spread = subtract(multiply(subtract(size!, 1), stride!), multiply(2, padding!));
  return add(add(spread, multiply(dilation!, subtract(kernel!, 1))), add(outputPadding!, 1));
}
