/** Layers with learned weights as steps: linear, convolution, table, and products of two tensors. */
import type { Operation } from '../../model/graph.js';
import { dataInputs, ownParameters } from '../../model/questions/operations.js';
import { windowOf } from '../signal/geometry.js';
import type { ProgramBuilder } from './network.js';
import { stepOf } from './operands.js';
import { paddedPlaces } from './places.js';

interface Operands {
  readonly input: number;
  readonly weight: number;
  readonly bias: readonly number[];
}

/** Of one input, one weight, and a bias at most. */
function layerOperands(operation: Operation, builder: ProgramBuilder): Operands | undefined {
  const data = dataInputs(operation);
  const input =
    data.length === 1 ? builder.stepAt(data[0]!) : data.length === 0 ? fixedInput(operation, builder) : undefined;
  const parameters = ownParameters(operation);
  const isBias = parameters.map(it => it.kind === 'bias');
  const given = parameters.map(it => builder.parameter(it));
  const computed = operation.inputs.filter(it => !data.includes(it)).map(it => builder.stepAt(it));
  const weights = [...computed, ...given.filter((_, at) => !isBias[at])];
  const bias = given.filter((_, at) => isBias[at]);
  const [weight] = weights;
  if (input === undefined || weight === undefined || weights.length > 1 || bias.length > 1) return undefined;
  return bias.every(it => it !== undefined) ? { input, weight, bias } : undefined;
}

/** Of a layer that the code gives numbers of its own, as tables of positions. */
function fixedInput({ operands }: Operation, builder: ProgramBuilder): number | undefined {
  const [first] = operands ?? [];
  return first?.kind === 'constant' ? stepOf(first, builder) : undefined;
}

export function linearStep(
  operation: Operation,
  builder: ProgramBuilder,
  shape: readonly number[],
): number | undefined {
  const operands = layerOperands(operation, builder);
  if (operands === undefined) return undefined;
  const { input, weight, bias } = operands;
  const terms = builder.shapeAt(input).at(-1);
  const [outputs, columns] = builder.shapeAt(weight);
  if (builder.shapeAt(weight).length !== 2 || outputs !== shape.at(-1) || columns !== terms) return undefined;
  return builder.push({ kind: 'linear' }, [input, weight, ...bias], shape);
}

export function convolutionStep(
  operation: Operation,
  builder: ProgramBuilder,
  shape: readonly number[],
): number | undefined {
  const operands = layerOperands(operation, builder);
  if (operands === undefined) return undefined;
  const { input, weight, bias } = operands;
  const from = builder.shapeAt(input);
  const [first, second, ...kernel] = builder.shapeAt(weight);
  const isTransposed = /transpose/i.test(operation.name) || operation.module?.role === 'transposed_convolution';
  const window = windowOf(operation, kernel);
  if (window === undefined) return undefined;
  if (kernel.length === 0 || from.length !== kernel.length + 2) return undefined;
  if (first !== (isTransposed ? from : shape)[1]) return undefined;
  const groups = (isTransposed ? shape : from)[1]! / second!;
  const set = operation.module?.settings.get('groups');
  if (!Number.isInteger(groups) || (typeof set === 'number' && set !== groups)) return undefined;
  const { stride, dilation } = window;
  if (!window.padding.every(Number.isInteger)) return undefined;
  const mode = String(operation.module?.settings.get('padding_mode') ?? 'zeros');
  const isPadded = mode === 'zeros' || window.padding.every(it => it === 0);
  const padding = isPadded ? window.padding : window.padding.map(() => 0);
  const filled = isPadded ? input : paddedStep(builder, input, window.padding, mode);
  return builder.push(
    { kind: 'convolution', stride, padding, dilation, groups, ...(isTransposed && { isTransposed }) },
    [filled, weight, ...bias],
    shape,
  );
}

/** Space alone, as far on both sides. */
function paddedStep(builder: ProgramBuilder, input: number, padding: readonly number[], mode: string): number {
  const from = builder.shapeAt(input);
  const places = [undefined, undefined, ...padding.map((it, at) => paddedPlaces(from[at + 2]!, it, it, mode))];
  const shape = from.map((size, axis) => places[axis]?.length ?? size);
  return builder.push({ kind: 'take', places }, [input], shape);
}

export function embeddingStep(
  operation: Operation,
  builder: ProgramBuilder,
  shape: readonly number[],
): number | undefined {
  const [table, ...others] = operation.parameters;
  const step = table && builder.parameter(table);
  if (step === undefined || others.length > 0 || builder.shapeAt(step).at(-1) !== shape.at(-1)) return undefined;
  const [index] = operation.operands ?? [];
  const rows = index?.kind === 'constant' ? index.values() : undefined;
  if (rows === undefined) return builder.push({ kind: 'embedding' }, [step], shape);
  const [, width] = builder.shapeAt(step) as [number, number];
  const places = [Array.from(rows), undefined];
  const picked = builder.push({ kind: 'take', places }, [step], [rows.length, width]);
  return builder.push({ kind: 'reshape' }, [picked], shape);
}

/** With a parameter on the right it is a linear layer. */
export function productStep(
  operation: Operation,
  builder: ProgramBuilder,
  shape: readonly number[],
): number | undefined {
  const { inputs, parameters, settings } = operation;
  if (parameters.length === 1 && inputs.length === 1 && settings.get('side') === 'right') {
    return productWithWeight(operation, builder, shape);
  }
  const [a, b] = inputs.map(it => builder.stepAt(it));
  if (a === undefined || b === undefined || inputs.length !== 2 || parameters.length > 0) return undefined;
  if (!/^(matmul|bmm|mm)$/.test(operation.name)) return undefined;
  return isProduct(builder.shapeAt(a), builder.shapeAt(b), shape)
    ? builder.push({ kind: 'product' }, [a, b], shape)
    : undefined;
}

function productWithWeight(
  operation: Operation,
  builder: ProgramBuilder,
  shape: readonly number[],
): number | undefined {
  const input = builder.stepAt(operation.inputs[0]!);
  const weight = builder.parameter(operation.parameters[0]!);
  if (input === undefined || weight === undefined) return undefined;
  const sizes = builder.shapeAt(weight);
  const contracted = operation.settings.get('contracted_axis');
  const [terms, outputs] = contracted === 0 ? sizes : sizes.toReversed();
  if (sizes.length !== 2 || terms !== builder.shapeAt(input).at(-1) || outputs !== shape.at(-1)) return undefined;
  return builder.push({ kind: 'linear', isTransposed: contracted === 0 }, [input, weight], shape);
}

/** The second matrix may be the same for all; otherwise both come in equal numbers. */
function isProduct(a: readonly number[], b: readonly number[], shape: readonly number[]): boolean {
  if (a.length < 2 || b.length < 2 || a.at(-1) !== b.at(-2) || shape.at(-1) !== b.at(-1)) return false;
  const isShared = b.length === 2;
  const isPaired = a.length === b.length && a.slice(0, -2).every((size, axis) => size === b[axis]);
  return isShared || isPaired;
}
