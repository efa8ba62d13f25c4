/** Which steps of a simulation an operation of forward is. */
import type { Operation } from '../../model/graph.js';
import { dataInputs, isRecurrent, nonlinearityOf } from '../../model/questions/operations.js';
import { sizesIn } from '../signal/geometry.js';
import { attentionSteps } from './attention.js';
import { einsumSteps } from './einsum.js';
import { convolutionStep, embeddingStep, linearStep, productStep } from './layers.js';
import { productStep as elementwiseProduct, mathematicalSteps, normalizeSteps, quotientStep } from './mathematics.js';
import type { ProgramBuilder } from './network.js';
import { normSteps } from './norms.js';
import { alignedTo, operandsOf } from './operands.js';
import { poolStep } from './pools.js';
import { recurrentSteps } from './recurrent.js';
import { numbersIn } from './sizes.js';
import { concatenationStep, viewStep } from './views.js';

/** The step that holds the operation's result. */
export function stepsFor(operation: Operation, builder: ProgramBuilder): number | undefined {
  const shape = numbersIn(operation.shape);
  if (operation.kind === 'output' || operation.kind === 'join') return passed(operation, builder);
  if (shape === undefined) return undefined;
  switch (operation.kind) {
    case 'layer':
      return layerSteps(operation, builder, shape);
    case 'matmul':
      return operation.name === 'einsum'
        ? einsumSteps(operation, builder, shape)
        : productStep(operation, builder, shape);
    case 'nonlinearity':
      return nonlinearitySteps(operation, builder, shape);
    case 'norm':
      return normSteps(operation, builder, shape);
    case 'add':
      return sumSteps(operation, builder, shape);
    case 'multiply':
      return gateSteps(operation, builder, shape);
    case 'scale':
      return scaleStep(operation, builder, shape);
    case 'concatenate':
      return concatenationStep(operation, builder, shape);
    case 'shape':
      return viewStep(operation, builder, shape);
    case 'pool':
      return poolStep(operation, builder, shape);
    case 'softmax':
      return softmaxStep(operation, builder, shape);
    case 'dropout':
      return dropoutStep(operation, builder, shape);
    case 'opaque':
      return mathematicalSteps(operation, builder, shape);
    case 'normalize':
      return normalizeSteps(operation, builder, shape);
    case 'input':
    case 'constant':
      return undefined;
  }
}

/** Of branches, one of which is taken, the one that is written first. */
function passed({ kind, inputs }: Operation, builder: ProgramBuilder): number | undefined {
  return inputs.length === 1 || kind === 'join' ? inputs[0] && builder.stepAt(inputs[0]) : undefined;
}

function layerSteps(operation: Operation, builder: ProgramBuilder, shape: readonly number[]): number | undefined {
  const { module, name } = operation;
  if (isRecurrent(module)) return recurrentSteps(operation, builder, shape);
  if (module?.role === 'attention' || /multi_?head_?attention/i.test(name))
    return attentionSteps(operation, builder, shape);
  if (module?.role === 'embedding' || /^embedding$/i.test(name)) return embeddingStep(operation, builder, shape);
  if (/conv\w*\d/i.test(name) || module?.role === 'convolution') return convolutionStep(operation, builder, shape);
  return linearStep(operation, builder, shape);
}

function nonlinearitySteps(
  operation: Operation,
  builder: ProgramBuilder,
  shape: readonly number[],
): number | undefined {
  const [input] = dataInputs(operation);
  const from = input && builder.stepAt(input);
  const found = nonlinearityOf(operation);
  if (from === undefined || found === undefined) return undefined;
  const learned = operation.parameters[0];
  const slope = learned && builder.momentsOf(learned)?.mean;
  if (learned !== undefined && slope === undefined) return undefined;
  const step = { kind: 'nonlinearity', ...found, ...(slope !== undefined && { parameter: slope }) } as const;
  const whole = builder.shapeAt(from);
  const axis = whole.findIndex((size, at) => size === 2 * shape[at]!);
  if (axis < 0) return builder.push(step, [from], shape);
  const half = (start: number) => builder.push({ kind: 'slice', axis, start, stride: 1 }, [from], shape);
  const gate = builder.push(step, [half(shape[axis]!)], shape);
  return builder.push({ kind: 'multiply' }, [half(0), gate], shape);
}

function sumSteps(operation: Operation, builder: ProgramBuilder, shape: readonly number[]): number | undefined {
  const operands = operandsOf(operation, builder);
  if (operands === undefined) return undefined;
  const { alpha, value } = { alpha: operation.settings.get('alpha'), value: operation.settings.get('value') };
  const terms = operands.map(it => alignedTo(it, shape, builder));
  if (terms.some(it => it === undefined)) return undefined;
  const sum = terms as number[];
  if (typeof alpha === 'number') {
    const last = sum.pop();
    if (last === undefined) return undefined;
    sum.push(builder.push({ kind: 'scale', factor: alpha }, [last], builder.shapeAt(last)));
  }
  if (typeof value === 'number') sum.push(builder.number(value));
  return builder.push({ kind: 'add' }, sum, shape);
}

function gateSteps(operation: Operation, builder: ProgramBuilder, shape: readonly number[]): number | undefined {
  const operands = operandsOf(operation, builder);
  if (operands === undefined) return undefined;
  if (operation.name === 'masked_fill') return maskStep(operation, operands, builder, shape);
  return operation.name === 'div'
    ? quotientStep(operands, builder, shape)
    : operation.name === 'mul'
      ? elementwiseProduct(operands, builder, shape)
      : undefined;
}

/** A mask that is not known covers nothing here. */
function maskStep(
  { settings }: Operation,
  [from, mask]: readonly number[],
  builder: ProgramBuilder,
  shape: readonly number[],
): number | undefined {
  const value = settings.get('value');
  if (from === undefined || typeof value !== 'number') return undefined;
  if (mask !== undefined) return builder.push({ kind: 'mask', value }, [from, mask], shape);
  builder.standIns.add('masks are left aside');
  return builder.push({ kind: 'expand' }, [from], shape);
}

function scaleStep(operation: Operation, builder: ProgramBuilder, shape: readonly number[]): number | undefined {
  const factor = operation.settings.get('factor');
  const [input] = operation.inputs;
  const from = input && builder.stepAt(input);
  if (typeof factor !== 'number' || from === undefined) return undefined;
  return builder.push({ kind: 'scale', factor }, [from], shape);
}

function softmaxStep(operation: Operation, builder: ProgramBuilder, shape: readonly number[]): number | undefined {
  const dim = operation.settings.get('dim');
  const from = operation.inputs[0] && builder.stepAt(operation.inputs[0]);
  if (operation.name !== 'softmax' || typeof dim !== 'number' || from === undefined) return undefined;
  return builder.push({ kind: 'softmax', axis: dim < 0 ? dim + shape.length : dim }, [from], shape);
}

function dropoutStep(operation: Operation, builder: ProgramBuilder, shape: readonly number[]): number | undefined {
  const probability = operation.settings.get('p');
  const from = operation.inputs[0] && builder.stepAt(operation.inputs[0]);
  if (from === undefined || typeof probability !== 'number') return undefined;
  const isByHand = operation.settings.has('factor');
  if (!isByHand && (probability === 0 || operation.module?.settings.get('training') === false)) {
    return builder.push({ kind: 'reshape' }, [from], shape);
  }
  const [mask, factor] = [sizesIn(operation.settings.get('mask')), operation.settings.get('factor')];
  if (factor !== undefined && mask === undefined) return undefined;
  const isRounded = operation.settings.get('rounded') === true;
  const byHand = mask !== undefined && typeof factor === 'number' ? { mask, factor, isRounded } : {};
  return builder.push({ kind: 'dropout', probability, ...byHand }, [from], shape);
}
