/** How far the seed decides the gradient: what each step back adds to its relative variance over seeds. */
import { remembering } from '../memory.js';
import { moments, nonlinearities } from '../nonlinearities.js';
import type { Edge } from './backward.js';
import type { NormOperation } from './graph.js';
import { pairMoments } from './pairs.js';
import { type Signal, sharedVariance, varianceOfSignal } from './signal.js';

export interface Luck {
  /** Relative variance of the mean square, of what is drawn anew at every step. */
  readonly variance: number;
  /** Relative deviation by what all steps share: a scale of activations that the seed decides. */
  readonly drift: number;
  /** tr(K²)/tr(K)² of the gradient's covariance K: 1/units where it points anywhere alike. */
  readonly concentration: number;
}

/** Of a random cotangent at an output. */
export function fresh(units = Number.POSITIVE_INFINITY): Luck {
  return { variance: 0, drift: 0, concentration: 1 / units };
}

export function seedVarianceOf({ variance, drift }: Luck): number {
  return variance + drift ** 2;
}

/** Ways back that part share what the activations' scale does, and nothing else. */
export function mixed(a: Luck, b: Luck, shareOfA: number): Luck {
  const shareOfB = 1 - shareOfA;
  return {
    variance: shareOfA ** 2 * a.variance + shareOfB ** 2 * b.variance,
    drift: shareOfA * a.drift + shareOfB * b.drift,
    concentration: shareOfA ** 2 * a.concentration + shareOfB ** 2 * b.concentration,
  };
}

export function luckBehind({ operation, inputs, position }: Edge, luck: Luck): Luck {
  const input = inputs[position];
  if (input === undefined) return luck;
  switch (operation.kind) {
    case 'linear':
      return linearLuck(luck, input.units);
    case 'nonlinearity':
      return slopeLuck(operation.name, operation.parameter, input, luck);
    case 'norm':
      return normLuck(operation, input, luck);
    case 'multiply':
      return { ...luck, variance: luck.variance + spreadOf(...inputs.filter((_, index) => index !== position)) };
    default:
      return luck;
  }
}

/** Random weights of n rows give tr(K′)² a variance of 2·tr(K²)/n, and spread what they hand on over n directions. */
function linearLuck({ variance, drift, concentration }: Luck, units: number): Luck {
  return { drift, variance: variance + (2 * concentration) / units, concentration: concentration + 1 / units };
}

/**
 * A batch norm also takes out of the gradient what the batch has in common. That is followed roughly where the batch's
 * size is known (10 % in std against torch), else left out (15 % at 16 samples), and no more where there are more norms.
 */
const ROUGHLY = 0.2;
const LEFT_OUT = 0.3;

function normLuck({ over, samples }: NormOperation, input: Signal, luck: Luck): Luck {
  const error = over !== 'batch' ? 0 : samples === undefined ? LEFT_OUT : ROUGHLY;
  const drift = Math.max(luck.drift, error);
  return { ...luck, drift, variance: luck.variance + spreadOf(input) };
}

function spreadOf(...signals: readonly (Signal | undefined)[]): number {
  return signals.reduce((sum, it) => sum + (it === undefined ? 0 : it.seedVariance + it.unitVariance), 0);
}

const recall = remembering<number>(10_000);

/** Few units, whose slopes all samples share; and slopes that depend on a scale which the seed decides. */
function slopeLuck(name: string, parameter: number | undefined, input: Signal, luck: Luck): Luck {
  const row = nonlinearities[name];
  if (row === undefined) return luck;
  const p = parameter ?? row.parameter ?? 0;
  const [variance, shared] = [varianceOfSignal(input), sharedVariance(input)];
  const own = recall(`${name} ${p} ${input.mean} ${variance} ${shared}`, () => {
    const mean = moments(name, variance, parameter, input.mean)?.slopeMeanSquare ?? 0;
    if (mean === 0) return 0;
    const slope = (x: number) => row.slope(x, p) / Math.sqrt(mean);
    return Math.max(0, pairMoments(slope, input.mean, variance, shared).squares - 1);
  });
  return {
    ...luck,
    variance: luck.variance + own / input.units,
    drift: luck.drift + slopeSensitivity(name, parameter, input) * Math.sqrt(spreadOf(input)),
  };
}

/** d ln E[φ′²] / d ln q */
function slopeSensitivity(name: string, parameter: number | undefined, input: Signal): number {
  const variance = varianceOfSignal(input);
  const step = 0.01;
  const low = moments(name, variance * (1 - step), parameter, input.mean)?.slopeMeanSquare ?? 0;
  const high = moments(name, variance * (1 + step), parameter, input.mean)?.slopeMeanSquare ?? 0;
  if (low <= 0 || high <= 0) return 0;
  return Math.log(high / low) / Math.log((1 + step) / (1 - step));
}
