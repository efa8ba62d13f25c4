/** How far the seed decides the gradient: what each step back adds to its relative variance over seeds. */
import { remembering, rounded } from '../memory.js';
import { moments, nonlinearityOf } from '../nonlinearities.js';
import type { Edge } from './backward.js';
import { spreadOfMask } from './dropout.js';
import { elasticity } from './elasticity.js';
import type { LinearOperation, NormOperation } from './graph.js';
import { carriedMeanSquare } from './linear.js';
import { sensitivity } from './nonlinearity.js';
import { pairMoments } from './pairs.js';
import { distinctSamples, NORMAL_FOURTH, type Signal, sharedVariance, varianceOfSignal } from './signal.js';

/** Of the gradient's mean square at a node. */
export interface SeedSpread {
  /** Relative variance of the mean square, of what is drawn anew at every step. */
  readonly variance: number;
  /** By which power it goes with the scale of the activations there, which the seed decides. */
  readonly drift: number;
  /** tr(K²)/tr(K)² of the gradient's covariance K: 1/units where it points anywhere alike. */
  readonly concentration: number;
  /** Relative deviation that the theory itself is known to have. */
  readonly error: number;
}

/** Of a random cotangent at an output. */
export function fresh(units = Number.POSITIVE_INFINITY): SeedSpread {
  return { variance: 0, drift: 0, concentration: 1 / units, error: 0 };
}

/** At a node with this signal. */
export function seedVarianceOf({ variance, drift, error }: SeedSpread, signal: Signal | undefined): number {
  return variance + drift ** 2 * (signal?.seedVariance ?? 0) + error ** 2;
}

/** Ways back that part share what the activations' scale does, and nothing else. */
export function mixed(a: SeedSpread, b: SeedSpread, shareOfA: number): SeedSpread {
  const shareOfB = 1 - shareOfA;
  return {
    variance: shareOfA ** 2 * a.variance + shareOfB ** 2 * b.variance,
    drift: shareOfA * a.drift + shareOfB * b.drift,
    concentration: shareOfA ** 2 * a.concentration + shareOfB ** 2 * b.concentration,
    error: Math.max(a.error, b.error),
  };
}

/** What is left of a gradient's spread, and comes to it, on the way back to an input. */
export function spreadBehind({ operation, inputs, position, output }: Edge, spread: SeedSpread): SeedSpread {
  const input = inputs[position];
  if (input === undefined) return spread;
  switch (operation.kind) {
    case 'linear':
      return linearSpread(operation, spread, input, output);
    case 'nonlinearity':
      return slopeSpread(operation.name, operation.parameter, input, spread);
    case 'norm':
      return normSpread(operation, input, spread);
    case 'dropout':
      return { ...spread, variance: spread.variance + spreadOfMask(operation, input) };
    case 'multiply':
      return { ...spread, variance: spread.variance + spreadOf(...inputs.filter((_, index) => index !== position)) };
    case 'add':
      return { ...spread, drift: spread.drift * shareOf(input.meanSquare, output) };
    case 'attention': {
      const once = (4 * operation.count) / (input.units * input.samples);
      return position === 0 ? { ...spread, variance: spread.variance + Math.min(2, once) } : spread;
    }
    default:
      return spread;
  }
}

const shareOf = (part: number, output: Signal | undefined): number =>
  output === undefined || output.meanSquare === 0 ? 0 : Math.min(1, part / output.meanSquare);

/**
 * Random weights of n rows give tr(K′)² a variance of 2·tr(K²)/n, and spread what they hand on over n directions; each tap of
 * a kernel brings the gradient of a place of its own.
 */
function linearSpread(
  layer: LinearOperation,
  spread: SeedSpread,
  input: Signal,
  output: Signal | undefined,
): SeedSpread {
  const { variance, drift } = spread;
  const { units } = input;
  const concentration = spread.concentration / Math.max(1, layer.fanOut / layer.units);
  const alike = concentration + Math.max(0, 1 - concentration) / distinctSamples(input);
  const own = drift * shareOf(carriedMeanSquare(layer, input), output);
  return {
    ...spread,
    drift: own,
    variance: variance + (2 * alike) / units + own ** 2 * input.unitVariance,
    concentration: concentration + 1 / units,
  };
}

/**
 * A batch norm also takes out of the gradient what the batch has in common. That is followed roughly where the batch's
 * size is known (10 % in std against torch), else left out (15 % at 16 samples), and no more where there are more norms.
 */
const ROUGHLY = 0.2;
const LEFT_OUT = 0.3;

function normSpread({ over, samples }: NormOperation, input: Signal, spread: SeedSpread): SeedSpread {
  const error = over !== 'batch' ? 0 : samples === undefined ? LEFT_OUT : ROUGHLY;
  // The scale behind it is the norm's own; it divides by the one before.
  return { ...spread, drift: -1, variance: spread.variance + input.unitVariance, error: Math.max(spread.error, error) };
}

function spreadOf(...signals: readonly (Signal | undefined)[]): number {
  return signals.reduce((sum, it) => sum + (it === undefined ? 0 : it.seedVariance + it.unitVariance), 0);
}

const recall = remembering<number>(10_000);

/** Few units, whose slopes all samples share; and slopes that depend on a scale which the seed decides. */
function slopeSpread(name: string, parameter: number | undefined, input: Signal, spread: SeedSpread): SeedSpread {
  const phi = nonlinearityOf(name, parameter);
  if (phi === undefined) return spread;
  const [variance, shared] = [rounded(varianceOfSignal(input)), rounded(sharedVariance(input))];
  const squares = (common: number) =>
    recall(`${name} ${parameter} ${input.mean} ${variance} ${common}`, () => {
      const mean = moments(name, variance, parameter, input.mean)?.slopeMeanSquare ?? 0;
      if (mean === 0) return 1;
      const slope = (x: number) => phi.slope(x) / Math.sqrt(mean);
      return pairMoments(slope, input.mean, variance, common).squares;
    });
  const apart = squares(shared);
  // A gradient's own fourth moment counts where a sample meets itself.
  const own = Math.max(0, apart - 1 + (NORMAL_FOURTH * (squares(variance) - 1) - (apart - 1)) / distinctSamples(input));
  const turned = slopeSensitivity(name, parameter, input);
  return {
    ...spread,
    variance: spread.variance + own / input.units + turned ** 2 * input.unitVariance,
    drift: spread.drift * sensitivity(name, parameter, input) + turned,
  };
}

/** d ln E[φ′²] / d ln q */
function slopeSensitivity(name: string, parameter: number | undefined, input: Signal): number {
  return elasticity(q => moments(name, q, parameter, input.mean)?.slopeMeanSquare ?? 0, varianceOfSignal(input));
}
