/** Operands of an operation: results of others, and parameters, brought to where they are used. */
import type { Operation } from '../../model/graph.js';
import type { ProgramBuilder } from './network.js';

/** In order, parameters last; undefined where one is not known. */
export function operandsOf(operation: Operation, builder: ProgramBuilder): readonly number[] | undefined {
  const found: number[] = [];
  for (const input of operation.inputs) {
    const step = builder.stepAt(input);
    if (step === undefined && !isPlainConstant(input)) return undefined;
    if (step === undefined) builder.standIns.add('constants of the code are left aside');
    else found.push(step);
  }
  for (const parameter of operation.parameters) {
    const step = builder.parameter(parameter);
    if (step === undefined) return undefined;
    found.push(step);
  }
  return found;
}

function isPlainConstant({ kind, inputs, parameters }: Operation): boolean {
  return (
    kind !== 'input' &&
    parameters.length === 0 &&
    (kind === 'constant' || (inputs.length > 0 && inputs.every(isPlainConstant)))
  );
}

/** As it is where it broadcasts to the shape; a parameter also along the one axis that it fits, as `gamma[:, None, None]`. */
export function alignedTo(step: number, shape: readonly number[], builder: ProgramBuilder): number | undefined {
  const own = builder.shapeAt(step);
  if (broadcasts(own, shape)) return step;
  const sizes = own.filter(size => size !== 1);
  const axes = [...shape.keys()].filter(axis => shape[axis] === sizes[0]);
  if (!builder.isParameter(step) || sizes.length !== 1 || axes.length !== 1) return undefined;
  const placed = shape.map((size, axis) => (axis === axes[0] ? size : 1));
  return builder.push({ kind: 'reshape' }, [step], placed);
}

function broadcasts(from: readonly number[], shape: readonly number[]): boolean {
  const missing = shape.length - from.length;
  return missing >= 0 && from.every((size, axis) => size === 1 || size === shape[axis + missing]);
}
