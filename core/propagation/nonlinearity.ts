/** What a nonlinearity makes of a signal: its moments, what samples still share, and how far it bends the seed's share. */
import { remembering, rounded } from '../memory.js';
import { moments, type Nonlinearity, nonlinearityOf } from '../nonlinearities.js';
import { elasticity } from './elasticity.js';
import { expectationUnder, type Marginal, mapped, marginalOf } from './marginal.js';
import { type PairMoments, pairMoments } from './pairs.js';
import {
  correlationOf,
  distinctSamples,
  positionsOf,
  type Signal,
  sharedVariance,
  varianceOfSignal,
} from './signal.js';

/** Undefined for a name without a row in the table. */
export function nonlinearity(name: string, parameter: number | undefined, input: Signal): Signal | undefined {
  const phi = nonlinearityOf(name, parameter);
  if (phi === undefined) return undefined;
  const marginal = marginalOf(input);
  if (marginal !== undefined) return nonlinearityOfMarginal(name, parameter, input, marginal);
  const variance = varianceOfSignal(input);
  const covariance = sharedVariance(input);
  const { meanSquare, mean, meanFourth } = moments(name, variance, parameter, input.mean)!;
  const pair = relativePair(name, parameter, input, meanSquare);
  const units = phi.isGated ? input.units / 2 : input.units;
  const sensitive = sensitivity(name, parameter, input);
  const ofUnits = mixedSquares(pair.squares, meanFourth / meanSquare ** 2, distinctSamples(input)) - 1;
  return {
    meanSquare,
    mean,
    covariance: meanSquare * Math.min(1, pair.product),
    ...positionsOf([input], ([shared]) => {
      const between = relativePair(name, parameter, { ...input, covariance: shared! }, meanSquare);
      return meanSquare * Math.min(1, between.product);
    }),
    units,
    samples: input.samples,
    seedVariance: sensitive ** 2 * input.seedVariance,
    unitVariance: Math.max(0, ofUnits / units + sensitive ** 2 * (input.excess ?? 0)),
    ...(mean !== 0 && !phi.isGated && { spreadOfVariance: spreadOfVariance(phi, name, parameter, input) }),
    source: { name, parameter, mean: input.mean, variance, covariance },
    isRough: input.isRough,
  };
}

/** Of all pairs of samples; a sample paired with itself counts by its own fourth moment. */
function mixedSquares(apart: number, own: number, samples: number): number {
  return Number.isFinite(own) ? apart + (own - apart) / samples : apart;
}

type Triple = [mean: number, variance: number, shared: number];

const recallPair = remembering<PairMoments>(10_000);

/** E[φφ′]/E[φ²] and E[φ²φ′²]/E[φ²]² of two samples; of a gate with the half that it multiplies. */
function relativePair(name: string, parameter: number | undefined, input: Signal, meanSquare: number) {
  if (meanSquare === 0) return { product: 0, squares: 1 };
  const { value, isGated } = nonlinearityOf(name, parameter)!;
  const rms = Math.sqrt(isGated ? meanSquare / input.meanSquare : meanSquare);
  const f = (x: number) => value(x) / rms;
  const [mean, variance, shared] = [input.mean, varianceOfSignal(input), sharedVariance(input)].map(rounded) as Triple;
  const key = `${name} ${parameter} ${mean} ${variance} ${shared}`;
  const pair = recallPair(key, () => pairMoments(f, mean, variance, shared));
  if (!isGated) return pair;
  const correlation = correlationOf(input);
  return { product: correlation * pair.product, squares: (1 + 2 * correlation ** 2) * pair.squares };
}

/** Samples are taken to share each value with the probability of their correlation: exact where φ changes nothing. */
function nonlinearityOfMarginal(
  name: string,
  parameter: number | undefined,
  input: Signal,
  marginal: Marginal,
): Signal {
  const result = mapped(marginal, name, parameter);
  const mean = expectationUnder(result, x => x);
  const meanSquare = expectationUnder(result, x => x * x);
  const meanFourth = expectationUnder(result, x => x ** 4);
  const variance = varianceOfSignal(input);
  const shared = variance === 0 ? 0 : Math.max(0, sharedVariance(input) / variance);
  const sharedSquares = meanSquare === 0 ? 0 : shared * (meanFourth / meanSquare ** 2 - 1);
  return {
    meanSquare,
    mean,
    covariance: mean ** 2 + shared * (meanSquare - mean ** 2),
    units: input.units,
    samples: input.samples,
    seedVariance: input.seedVariance,
    unitVariance: sharedSquares / input.units,
    marginal: result,
    isRough: input.isRough,
  };
}

/** d ln E[φ²] / d ln q */
export function sensitivity(name: string, parameter: number | undefined, input: Signal): number {
  return elasticity(q => moments(name, q, parameter, input.mean)?.meanSquare ?? 0, varianceOfSignal(input));
}

/** Of φ's variance: what the input's scale does to it, and few units, whose values samples share. */
function spreadOfVariance({ value }: Nonlinearity, name: string, parameter: number | undefined, input: Signal): number {
  const [variance, shared] = [varianceOfSignal(input), sharedVariance(input)];
  const varianceUnder = (q: number) => {
    const found = moments(name, q, parameter, input.mean)!;
    return found.meanSquare - found.mean ** 2;
  };
  const own = varianceUnder(variance);
  if (own <= 0) return 0;
  const sensitive = elasticity(varianceUnder, variance);
  const { mean } = moments(name, variance, parameter, input.mean)!;
  const centered = (x: number) => (value(x) - mean) / Math.sqrt(own);
  const [at, spread, common] = [input.mean, variance, shared].map(rounded) as Triple;
  const squares = (covariance: number) =>
    recallPair(`${name} ${parameter} ${at} ${spread} ${covariance} centered`, () =>
      pairMoments(centered, at, spread, covariance),
    ).squares;
  const ofUnits = mixedSquares(squares(common), squares(spread), distinctSamples(input)) - 1;
  const { seedVariance, excess = 0, units } = input;
  return Math.max(0, sensitive ** 2 * (seedVariance + excess) + ofUnits / units);
}
