/** What an operation of forward is for its signal: the operands that do not depend on the input among them. */
import type {
  DropoutOperation,
  InputOperation,
  NormOperation,
  PoolOperation,
  SignalOperation,
} from '../../../core/propagation/index.js';
import type { Operation } from '../../model/graph.js';
import type { Parameter } from '../../model/parameters.js';
import { dataInputs, isOriginal, nonlinearityOf, ownParameters } from '../../model/questions/operations.js';
import { countOf, ratioOf, setting, sizesIn, windowOf } from './geometry.js';
import type { MomentsOf } from './linear.js';
import { meanSquareOf, type ValueMoments } from './moments.js';

const UNKNOWN: SignalOperation = { kind: 'unknown' };

/** An operand that is the same for every input: a parameter, or what is computed of parameters by views and factors. */
export interface FixedOperand {
  readonly parameter: Parameter;
  readonly moments: ValueMoments | undefined;
}

export function fixedOperands(operation: Operation, momentsOf: MomentsOf): readonly FixedOperand[] {
  const data = new Set(dataInputs(operation));
  const given = ownParameters(operation).map(parameter => ({
    parameter,
    moments: isOriginal(parameter) ? undefined : momentsOf(parameter),
  }));
  const computed = operation.inputs.filter(it => !data.has(it)).flatMap(it => computedFrom(it, momentsOf));
  return [...given, ...computed];
}

function computedFrom(operation: Operation, momentsOf: MomentsOf): readonly FixedOperand[] {
  const inside = fixedOperands(operation, momentsOf);
  if (operation.kind === 'shape' || operation.kind === 'dropout') return inside;
  const factor = operation.kind === 'scale' ? operation.settings.get('factor') : undefined;
  return inside.map(({ parameter, moments }) => ({ parameter, moments: scaledMoments(moments, factor) }));
}

function scaledMoments(moments: ValueMoments | undefined, factor: unknown): ValueMoments | undefined {
  if (moments === undefined || typeof factor !== 'number') return undefined;
  return { mean: moments.mean * factor, std: moments.std * Math.abs(factor) };
}

/** Numbers of the code among the operands, as signals of their own: no sample or position has others. */
export function constantSignals({ operands = [] }: Operation): readonly InputOperation[] {
  return operands.flatMap(it => (it.kind === 'constant' ? [constantSignal(it.values() ?? [Number.NaN])] : []));
}

function constantSignal(values: ArrayLike<number>): InputOperation {
  const all = Array.from(values);
  const average = (of: (value: number) => number) => all.reduce((sum, it) => sum + of(it), 0) / all.length;
  const [mean, meanSquare] = [average(it => it), average(it => it * it)];
  return { kind: 'input', units: all.length, meanSquare, mean, correlation: 1 };
}

/** A parameter as a signal of its own; a table that differs from token to token is shared by no two of them. */
export function operandSignal({ parameter, moments }: FixedOperand): SignalOperation {
  if (moments === undefined) return UNKNOWN;
  const axes = parameter.shape?.filter(size => size !== 1).length ?? 1;
  const meanSquare = meanSquareOf(moments);
  const isShared = axes < 2;
  const units = parameter.shape?.at(-1);
  return {
    kind: 'input',
    units: typeof units === 'number' ? units : 1,
    meanSquare,
    mean: moments.mean,
    ...(isShared && { correlation: 1 }),
  } satisfies InputOperation;
}

export function nonlinearityPart(operation: Operation, momentsOf: MomentsOf): SignalOperation {
  const found = nonlinearityOf(operation);
  if (found === undefined) return UNKNOWN;
  const slope = fixedOperands(operation, momentsOf)[0]?.moments?.mean;
  return { kind: 'nonlinearity', ...found, ...(slope !== undefined && { parameter: slope }) };
}

export function normPart(operation: Operation, momentsOf: MomentsOf): SignalOperation {
  if (operation.name === 'local_response_norm') return { kind: 'identity' };
  const operands = fixedOperands(operation, momentsOf);
  const scale = operands.find(it => it.parameter.kind !== 'shift' && it.parameter.kind !== 'bias');
  const shift = operands.find(it => it.parameter.kind === 'shift' || it.parameter.kind === 'bias');
  if (scale?.moments === undefined && scale !== undefined) return UNKNOWN;
  if (shift?.moments === undefined && shift !== undefined) return UNKNOWN;
  const eps = operation.settings.get('eps');
  const samples = operation.shape?.[0];
  return {
    kind: 'norm',
    over: axesOfNorm(operation.name),
    ...(scale?.moments && { scale: Math.sqrt(meanSquareOf(scale.moments)) }),
    ...(shift?.moments && { shift: Math.sqrt(meanSquareOf(shift.moments)) }),
    ...(typeof eps === 'number' && { eps }),
    ...(typeof samples === 'number' && { samples }),
  } satisfies NormOperation;
}

function axesOfNorm(name: string): NormOperation['over'] {
  if (/batch/i.test(name)) return 'batch';
  return /rms/i.test(name) ? 'rms' : 'features';
}

export function poolPart(operation: Operation, assumed: () => number): SignalOperation {
  const { name, shape, inputs } = operation;
  const from = inputs[0]?.shape;
  if (name === 'interpolate') return { kind: 'identity', ...reachPart(ratioOf(shape, from)) };
  if (!/avg|mean|max|amin/.test(name) || /un?pool|fractional/.test(name.replace(/_pool|Pool/, ''))) return UNKNOWN;
  const over = /avg|mean/.test(name) ? 'average' : 'max';
  if (name.startsWith('adaptive') || !/pool/i.test(name)) return wholePool(operation, over, assumed);
  const window = windowOf(operation, undefined);
  if (window === undefined) return UNKNOWN;
  const count = countOf(window.kernel);
  return { kind: 'pool', over, count, reach: count / countOf(window.stride) } satisfies PoolOperation;
}

/** Windows side by side that cover the map: their number is asked for, or one where an axis goes. */
function wholePool(operation: Operation, over: 'average' | 'max', assumed: () => number): SignalOperation {
  const ratio = ratioOf(operation.shape, operation.inputs[0]?.shape);
  if (ratio !== undefined) {
    if (ratio >= 1) return { kind: 'identity', ...reachPart(ratio) };
    return { kind: 'pool', over, count: 1 / ratio };
  }
  const size = setting(operation, 'output_size');
  const isWhole = !operation.name.startsWith('adaptive') || size === 1 || size === '1';
  // A map that is not known may well be as large as asked for.
  return isWhole ? { kind: 'pool', over, count: assumed() } : { kind: 'identity' };
}

const reachPart = (reach: number | undefined) => (reach === undefined ? {} : { reach });

/** Views keep their values; a cut lets part of the gradient through, copies add theirs up. */
export function viewPart(operation: Operation): SignalOperation {
  const from = operation.inputs[0]?.shape;
  const reach = ratioOf(operation.shape, from) ?? partOf(operation);
  const units = featuresOf(operation);
  return { kind: 'identity', ...reachPart(reach), ...(units !== undefined && { units }) };
}

/** Where sizes are not known: what one chunk of several is of the whole. */
function partOf({ name, settings }: Operation): number | undefined {
  const chunks = settings.get('chunks');
  return /chunk|split|unbind/.test(name) && typeof chunks === 'number' ? 1 / chunks : undefined;
}

/** The axis of features: the second of a map, the last of rows. */
export function featureAxis({ shape, name }: Operation): number | undefined {
  if (shape === undefined) return undefined;
  const isMap = shape.length > 3 || (shape.length === 3 && /1d$/.test(name) && !/linear/i.test(name));
  return isMap ? 1 : shape.length - 1;
}

export function featuresOf(operation: Operation): number | undefined {
  const axis = featureAxis(operation);
  const size = axis === undefined ? undefined : operation.shape![axis];
  return typeof size === 'number' ? size : undefined;
}

export function dropoutPart({ settings }: Operation): DropoutOperation {
  const p = settings.get('p');
  const mask = sizesIn(settings.get('mask'));
  return { kind: 'dropout', probability: typeof p === 'number' ? p : 0, ...(mask && { masks: countOf(mask) }) };
}
