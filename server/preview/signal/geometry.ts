/** Windows of convolutions and pools: how many taps they have, how many of them fall on padding, how far they reach. */
import { insideShare } from '../../../core/propagation/index.js';
import type { Size } from '../../../core/size.js';
import type { Operation } from '../../model/graph.js';

type Shape = readonly (Size | undefined)[] | undefined;

/** Per axis of space. */
export interface Window {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
}

/** As the operation was called, else as its module was made; undefined where a number is not known. */
export function windowOf(operation: Operation, kernel: readonly number[] | undefined): Window | undefined {
  const dimensions = kernel?.length ?? dimensionsOf(operation);
  const sizes = kernel ?? along(setting(operation, 'kernel_size'), dimensions);
  if (sizes === undefined) return undefined;
  const own = operation.kind === 'pool' ? sizes : along('1', dimensions);
  const stride = along(setting(operation, 'stride'), dimensions) ?? own;
  const dilation = along(setting(operation, 'dilation'), dimensions) ?? along('1', dimensions);
  const padding = paddingOf(operation, sizes, dilation!);
  if (stride === undefined || padding === undefined) return undefined;
  return { kernel: sizes, stride, padding, dilation: dilation! };
}

function dimensionsOf({ name }: Operation): number {
  return Number(/(\d)d$/.exec(name)?.[1] ?? 2);
}

export const countOf = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

/** Share of the taps that do not fall on zero padding; 1 where the map's size is not known. */
export function insideOf({ kernel, stride, padding, dilation }: Window, input: Shape): number {
  const space = input?.slice(-kernel.length);
  if (space === undefined || space.length < kernel.length) return 1;
  return kernel.reduce((share, size, axis) => {
    const extent = space[axis];
    if (typeof extent !== 'number') return share;
    return share * insideShare(extent, size, padding[axis]!, stride[axis]!, dilation[axis]!);
  }, 1);
}

/** By how much more than the stride a transposed convolution makes of a map, which few windows reach; 1 where sizes are not known. */
export function grownOf({ kernel, stride }: Window, input: Shape, output: Shape): number {
  return kernel.reduce((share, _, axis) => {
    const [from, to] = [input?.at(axis - kernel.length), output?.at(axis - kernel.length)];
    return typeof from === 'number' && typeof to === 'number' ? (share * to) / (from * stride[axis]!) : share;
  }, 1);
}

/** A setting of the call, else of the module around it. */
export function setting({ settings, module }: Operation, name: string): string | number | undefined {
  const value = settings.get(name) ?? module?.settings.get(name);
  return typeof value === 'number' || typeof value === 'string' ? value : undefined;
}

/** One number for all axes, or one for each, written as `3×1`. */
function along(value: string | number | undefined, dimensions: number): readonly number[] | undefined {
  if (value === undefined) return undefined;
  const parts = String(value).split('×').map(Number);
  if (parts.some(it => !Number.isFinite(it))) return undefined;
  if (parts.length === 1) return Array.from({ length: dimensions }, () => parts[0]!);
  return parts.length === dimensions ? parts : undefined;
}

/** Sizes that are written as `3×1`. */
export function sizesIn(value: unknown): readonly number[] | undefined {
  if (typeof value !== 'string') return undefined;
  const sizes = value === '' ? [] : value.split('×').map(Number);
  return sizes.every(Number.isInteger) ? sizes : undefined;
}

function paddingOf(
  operation: Operation,
  kernel: readonly number[],
  dilation: readonly number[],
): readonly number[] | undefined {
  const written = setting(operation, 'padding') ?? 0;
  if (written === 'same') return kernel.map((size, axis) => (dilation[axis]! * (size - 1)) / 2);
  return along(written === 'valid' ? 0 : written, kernel.length);
}

/** Elements of a tensor, the axis of the batch left out on both sides of a comparison: unknown sizes cancel. */
export function ratioOf(output: Shape, input: Shape): number | undefined {
  const [outputs, inputs] = [sizesOf(output), sizesOf(input)];
  return outputs === undefined || inputs === undefined ? undefined : outputs / inputs;
}

export function sizesOf(shape: Shape): number | undefined {
  if (shape === undefined || !shape.every(it => typeof it === 'number')) return undefined;
  return countOf(shape as readonly number[]);
}
