/** Operands of an operation: results of others, parameters and numbers of the code, brought to where they are used. */
import type { Operand, Operation } from '../../model/graph.js';
import type { ProgramBuilder } from './network.js';
import { parameterView } from './parameter-views.js';
import { numbersIn } from './sizes.js';

/** What the code computes beside its inputs and parameters, where its numbers are not known. */
const LEFT_ASIDE = 'constants of the code are left aside';

/** In the order of the call, or parameters last where it is not known; undefined where one is not known. */
export function operandsOf(operation: Operation, builder: ProgramBuilder): readonly number[] | undefined {
  const given = operandList(operation);
  const found: number[] = [];
  for (const operand of given) {
    const step = stepOf(operand, builder);
    if (step === undefined && !isConstant(operand)) return undefined;
    if (step === undefined) builder.standIns.add(LEFT_ASIDE);
    else found.push(step);
  }
  return found;
}

export function operandList({ operands, inputs, parameters }: Operation): readonly Operand[] {
  return (
    operands ?? [
      ...inputs.map(operation => ({ kind: 'operation', operation }) as const),
      ...parameters.map(parameter => ({ kind: 'parameter', parameter, view: undefined }) as const),
    ]
  );
}

export function stepOf(operand: Operand, builder: ProgramBuilder): number | undefined {
  switch (operand.kind) {
    case 'operation':
      return builder.stepAt(operand.operation);
    case 'parameter':
      return parameterView(operand.parameter, operand.view, builder);
    case 'constant':
      return constantStep(operand, builder);
  }
}

function constantStep(
  { shape, values, noise }: Extract<Operand, { kind: 'constant' }>,
  builder: ProgramBuilder,
): number | undefined {
  const sizes = numbersIn(shape);
  if (sizes === undefined) return undefined;
  const numbers = values();
  if (numbers !== undefined) {
    return builder.push({ kind: 'constant', value: Float32Array.from(numbers) }, [], sizes);
  }
  return noise && noiseStep(noise, sizes, builder);
}

/** Other draws of forward may come before these, or between them. */
function noiseStep(
  { mean, std }: { readonly mean: number; readonly std: number },
  shape: readonly number[],
  builder: ProgramBuilder,
): number {
  builder.standIns.add('noise that forward draws is drawn in the order of its use');
  const drawn = builder.push({ kind: 'input' }, [], shape);
  const scaled = std === 1 ? drawn : builder.push({ kind: 'scale', factor: std }, [drawn], shape);
  return mean === 0 ? scaled : builder.push({ kind: 'add' }, [scaled, builder.number(mean)], shape);
}

const isConstant = (operand: Operand): boolean =>
  operand.kind === 'constant' || (operand.kind === 'operation' && isPlainConstant(operand.operation));

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
