/** Maps that are made larger or smaller, as steps: by the nearest value, or linearly between two along every axis. */
import type { Operation } from '../../model/graph.js';
import type { ProgramBuilder } from './network.js';

/** Undefined where axes come or go. */
export function resizeSteps(
  { settings }: Operation,
  builder: ProgramBuilder,
  from: number,
  shape: readonly number[],
): number | undefined {
  const mode = String(settings.get('mode'));
  const alignsCorners = settings.get('align_corners') === true;
  if (builder.shapeAt(from).length !== shape.length) return undefined;
  const axes = [...shape.keys()].filter(axis => shape[axis] !== builder.shapeAt(from)[axis]);
  // Where sizes do not divide, it matters whether sizes or factors were written, and how they are rounded.
  const isEven = axes.every(axis => isMultiple(builder.shapeAt(from)[axis]!, shape[axis]!));
  if (/linear$/.test(mode)) {
    if (!isEven && !alignsCorners) builder.standIns.add('maps are resized by the quotient of their sizes');
    return axes.reduce((step, axis) => betweenTwo(builder, step, axis, shape[axis]!, alignsCorners), from);
  }
  if (mode !== 'nearest' || !isEven) builder.standIns.add('maps are resized to the nearest value');
  return axes.reduce((step, axis) => {
    const size = builder.shapeAt(step)[axis]!;
    return taken(
      builder,
      step,
      axis,
      range(shape[axis]!).map(i => Math.floor((i * size) / shape[axis]!)),
    );
  }, from);
}

const isMultiple = (size: number, count: number): boolean => count % size === 0 || size % count === 0;
const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);

function taken(builder: ProgramBuilder, from: number, axis: number, along: readonly number[]): number {
  const sizes = builder.shapeAt(from);
  const places = sizes.map((_, at) => (at === axis ? along : undefined));
  return builder.push({ kind: 'take', places }, [from], sizes.with(axis, along.length));
}

/** The weighted sum of both neighbours. */
function betweenTwo(
  builder: ProgramBuilder,
  from: number,
  axis: number,
  count: number,
  alignsCorners: boolean,
): number {
  const size = builder.shapeAt(from)[axis]!;
  const at = range(count).map(i => placeOf(i, size, count, alignsCorners));
  const low = at.map(it => Math.min(size - 1, Math.floor(it)));
  const part = (along: readonly number[], weights: readonly number[]) => {
    const values = taken(builder, from, axis, along);
    const shape = builder.shapeAt(values);
    const placed = shape.map((length, other) => (other === axis ? length : 1));
    const factor = builder.push({ kind: 'constant', value: Float32Array.from(weights) }, [], placed);
    return builder.push({ kind: 'multiply' }, [values, factor], shape);
  };
  const first = part(
    low,
    at.map((it, i) => 1 - (it - low[i]!)),
  );
  const second = part(
    low.map(it => Math.min(size - 1, it + 1)),
    at.map((it, i) => it - low[i]!),
  );
  return builder.push({ kind: 'add' }, [first, second], builder.shapeAt(first));
}

/** Where the middle of a place lies in the input, or its corner where corners meet. */
function placeOf(i: number, size: number, count: number, alignsCorners: boolean): number {
  if (alignsCorners) return count === 1 ? 0 : (i * (size - 1)) / (count - 1);
  return Math.max(0, ((i + 0.5) * size) / count - 0.5);
}
