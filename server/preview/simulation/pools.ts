/** Pooling as steps: which values of an axis each place of the result looks at. */
import type { PoolStep, Window } from '../../../core/propagation/simulation/index.js';
import type { Operation } from '../../model/graph.js';
import { countOf, windowOf } from '../signal/geometry.js';
import type { ProgramBuilder } from './network.js';
import { resizeSteps } from './resize.js';

export function poolStep(operation: Operation, builder: ProgramBuilder, shape: readonly number[]): number | undefined {
  const { name, inputs } = operation;
  const from = inputs.length === 1 ? builder.stepAt(inputs[0]!) : undefined;
  if (from === undefined) return undefined;
  const sizes = builder.shapeAt(from);
  if (name === 'interpolate') return resizeSteps(operation, builder, from, shape);
  const over = /max/.test(name) ? 'max' : /avg|mean/.test(name) ? 'average' : undefined;
  if (over === undefined || /un?pool\d|fractional/.test(name.replace(/_pool/, ''))) return undefined;
  if (!/pool/.test(name)) return wholeAxes(operation, over, builder, from, sizes, shape);
  if (sizes.length !== shape.length) return undefined;
  const windows = /adaptive/.test(name)
    ? sizes.map((size, axis) => evenWindows(size, shape[axis]!))
    : slidingWindows(operation, sizes, shape);
  if (windows === undefined) return undefined;
  const divisor = /adaptive/.test(name) || over === 'max' ? undefined : countOf(windowOf(operation, undefined)!.kernel);
  return builder.push({ kind: 'pool', over, windows, ...(divisor !== undefined && { divisor }) }, [from], shape);
}

/** As adaptive pooling cuts an axis; undefined where it stays as it is. */
function evenWindows(size: number, count: number): readonly Window[] | undefined {
  if (size === count) return undefined;
  return Array.from({ length: count }, (_, i) => [Math.floor((i * size) / count), Math.ceil(((i + 1) * size) / count)]);
}

function slidingWindows(
  operation: Operation,
  sizes: readonly number[],
  shape: readonly number[],
): PoolStep['windows'] | undefined {
  const window = windowOf(operation, undefined);
  if (window === undefined || window.kernel.length > sizes.length) return undefined;
  const before = sizes.length - window.kernel.length;
  return sizes.map((size, axis) => {
    const at = axis - before;
    if (at < 0) return undefined;
    const [kernel, stride, padding] = [window.kernel[at]!, window.stride[at]!, window.padding[at]!];
    return Array.from({ length: shape[axis]! }, (_, i): Window => {
      const start = i * stride - padding;
      return [Math.min(size - 1, Math.max(0, start)), Math.min(size, start + kernel)];
    });
  });
}

/** `mean` and `amax` over axes, which go or stay with size 1. */
function wholeAxes(
  { settings }: Operation,
  over: PoolStep['over'],
  builder: ProgramBuilder,
  from: number,
  sizes: readonly number[],
  shape: readonly number[],
): number | undefined {
  const written = settings.get('axes');
  if (typeof written !== 'string') return undefined;
  const axes = written === '' ? [...sizes.keys()] : written.split('×').map(Number);
  const kept = sizes.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const windows = sizes.map((size, axis) => (axes.includes(axis) ? [[0, size] as const] : undefined));
  const pooled = builder.push({ kind: 'pool', over, windows }, [from], kept);
  return builder.push({ kind: 'reshape' }, [pooled], shape);
}
