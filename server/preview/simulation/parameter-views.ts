/** Parameters as operations read them. */
import type { Operand } from '../../model/graph.js';
import type { Parameter } from '../../model/parameters.js';
import { countOf } from '../signal/geometry.js';
import type { ProgramBuilder } from './network.js';

/** A parameter, or the view of it that an operation reads: cut, turned or spread along other axes. */
export function parameterView(
  parameter: Parameter,
  view: Extract<Operand, { kind: 'parameter' }>['view'],
  builder: ProgramBuilder,
): number | undefined {
  const whole = builder.parameter(parameter);
  if (whole === undefined || view === undefined) return whole;
  const own = builder.shapeAt(whole);
  const spread = view.shape.map((size, axis) => (view.strides[axis] === 0 ? 1 : size));
  const step = withoutSpread(whole, { ...view, shape: spread }, own, builder);
  if (step === undefined || String(spread) === String(view.shape)) return step ?? whole;
  return builder.push({ kind: 'expand' }, [step], view.shape);
}

/** Undefined where it is none of the views that are known. */
function withoutSpread(
  whole: number,
  { shape, strides, offset }: NonNullable<Extract<Operand, { kind: 'parameter' }>['view']>,
  own: readonly number[],
  builder: ProgramBuilder,
): number | undefined {
  const plain = (of: readonly number[]) => of.map((_, axis) => countOf(of.slice(axis + 1)));
  const isRead = (axis: number, by: number | undefined) => shape[axis] === 1 || strides[axis] === by;
  const isInOrder = shape.every((_, axis) => isRead(axis, plain(shape)[axis]));
  if (isInOrder && countOf(shape) === countOf(own)) {
    return String(shape) === String(own) ? whole : builder.push({ kind: 'reshape' }, [whole], shape);
  }
  const steps = plain(own);
  if (shape.length === own.length && shape.every((_, axis) => isRead(axis, steps[axis]))) {
    const starts = steps.map((step, axis) => Math.floor(offset / step) % own[axis]!);
    return starts.reduce((from, start, axis) => {
      const sizes = builder.shapeAt(from).with(axis, shape[axis]!);
      const isCut = shape[axis] !== own[axis];
      return isCut ? builder.push({ kind: 'slice', axis, start, stride: 1 }, [from], sizes) : from;
    }, whole);
  }
  const order = strides.map(it => steps.indexOf(it));
  const isTurned = order.length === own.length && new Set(order).size === own.length && !order.includes(-1);
  return isTurned && countOf(shape) === countOf(own)
    ? builder.push({ kind: 'permute', order }, [whole], shape)
    : undefined;
}
