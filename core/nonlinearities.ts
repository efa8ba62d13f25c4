/** What a nonlinearity does to a normal signal: its moments, and the gain it asks of the layer before it. */
import { remembering } from './memory.js';
import { type NonlinearityRow, nonlinearities } from './nonlinearity-table.js';
import { expectation } from './quadrature.js';

export { type NonlinearityRow, nonlinearities } from './nonlinearity-table.js';

/** A nonlinearity with its parameter put in. */
export interface Nonlinearity {
  /** φ(x) */
  readonly value: (x: number) => number;
  /** φ′(x) */
  readonly slope: (x: number) => number;
  /** It is the gate g of `a · g(b)`, where a and b are the two halves of the input. */
  readonly isGated: boolean;
}

/** Without a parameter, by its default; undefined for a name without a row, a boundary included. */
export function nonlinearityOf(name: string, parameter?: number): Nonlinearity | undefined {
  const row = rowOf(name);
  if (row === undefined) return undefined;
  const p = parameter ?? row.parameter ?? 0;
  return { value: x => row.value(x, p), slope: x => row.slope(x, p), isGated: row.gated === true };
}

/** Expectations under a normal pre-activation. */
export interface Moments {
  /** E[φ] */
  readonly mean: number;
  /** E[φ²] */
  readonly meanSquare: number;
  /** E[φ⁴] */
  readonly meanFourth: number;
  /** E[φ′²]: what a gradient's variance is multiplied by. */
  readonly slopeMeanSquare: number;
}

/** Functions whose output says nothing about the scale of their input: propagation ends there. */
const BOUNDARIES: ReadonlySet<string> = new Set(['softmax', 'log_softmax', 'softmin', 'softmax2d', 'gumbel_softmax']);

/** Whether the table has a row of this name. */
export function isNonlinearity(name: string): boolean {
  return Object.hasOwn(nonlinearities, name);
}

/** Whether propagation ends there: at a softmax of any kind. */
export function isBoundary(name: string): boolean {
  return BOUNDARIES.has(name);
}

/** Under N(mean, variance). Undefined for a name without a row, a boundary included. */
export function moments(nonlinearity: string, variance: number, parameter?: number, mean = 0): Moments | undefined {
  const row = rowOf(nonlinearity);
  if (row === undefined) return undefined;
  const p = parameter ?? row.parameter ?? 0;
  if (mean === 0 && HOMOGENEOUS.has(nonlinearity)) {
    return scaledMoments(
      recall(`${nonlinearity} ${p}`, () => plainMoments(row, p, 1, 0)),
      variance,
    );
  }
  const compute = row.gated === true ? gatedMoments : plainMoments;
  return recall(`${nonlinearity} ${p} ${variance} ${mean}`, () => compute(row, p, variance, mean));
}

/** φ(s·x) = s·φ(x) for s > 0: one quadrature serves every variance, the smallest too. */
const HOMOGENEOUS: ReadonlySet<string> = new Set(['linear', 'relu', 'leaky_relu', 'prelu', 'rrelu', 'abs']);

const recall = remembering<Moments>(10_000);

function scaledMoments({ mean, meanSquare, meanFourth, slopeMeanSquare }: Moments, variance: number): Moments {
  return {
    mean: mean * Math.sqrt(variance),
    meanSquare: meanSquare * variance,
    meanFourth: meanFourth * variance ** 2,
    slopeMeanSquare,
  };
}

/** The gain that keeps the signal's mean square at 1: 1/√E[φ²] under N(0, 1). Undefined for unknown names. */
export function gainOf(nonlinearity: string, parameter?: number): number | undefined {
  const found = moments(nonlinearity, 1, parameter);
  return found === undefined ? undefined : 1 / Math.sqrt(found.meanSquare);
}

/** The gain that keeps the gradient's variance: 1/√E[φ′²] under N(0, 1). */
export function backwardGainOf(nonlinearity: string, parameter?: number): number | undefined {
  const found = moments(nonlinearity, 1, parameter);
  return found === undefined ? undefined : 1 / Math.sqrt(found.slopeMeanSquare);
}

/** `torch.nn.init.calculate_gain`, its rounding and its gaps included: undefined where torch raises. */
export function calculateGain(nonlinearity: string, parameter?: number): number | undefined {
  if (LINEAR_NAMES.has(nonlinearity) || nonlinearity === 'sigmoid') return 1;
  if (nonlinearity === 'tanh') return 5 / 3;
  if (nonlinearity === 'relu') return Math.SQRT2;
  if (nonlinearity === 'leaky_relu') return Math.sqrt(2 / (1 + (parameter ?? 0.01) ** 2));
  if (nonlinearity === 'selu') return 3 / 4;
  return undefined;
}

const LINEAR_NAMES: ReadonlySet<string> = new Set([
  'linear',
  'conv1d',
  'conv2d',
  'conv3d',
  'conv_transpose1d',
  'conv_transpose2d',
  'conv_transpose3d',
]);

function rowOf(name: string): NonlinearityRow | undefined {
  return Object.hasOwn(nonlinearities, name) ? nonlinearities[name] : undefined;
}

function plainMoments(row: NonlinearityRow, p: number, variance: number, mean: number): Moments {
  const kinks = row.kinks?.(p).map(kink => kink - mean);
  const under = (f: (x: number) => number) => expectation(x => f(mean + x), variance, kinks);
  return {
    mean: under(x => row.value(x, p)),
    meanSquare: under(x => row.value(x, p) ** 2),
    meanFourth: under(x => row.value(x, p) ** 4),
    slopeMeanSquare: under(x => row.slope(x, p) ** 2),
  };
}

/** a·gate(b) of two independent halves; the gradient is averaged over both. */
function gatedMoments(row: NonlinearityRow, p: number, variance: number, mean: number): Moments {
  const gate = plainMoments(row, p, variance, mean);
  const meanSquare = variance + mean ** 2;
  const meanFourth = 3 * variance ** 2 + 6 * variance * mean ** 2 + mean ** 4;
  return {
    mean: mean * gate.mean,
    meanSquare: meanSquare * gate.meanSquare,
    meanFourth: meanFourth * gate.meanFourth,
    slopeMeanSquare: (gate.meanSquare + meanSquare * gate.slopeMeanSquare) / 2,
  };
}
