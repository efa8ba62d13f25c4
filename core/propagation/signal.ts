/** What is carried along the network: the signal's scale, what samples share, and what the seed makes of it. */
import type { Marginal } from './marginal.js';

/** Statistics over features, samples and weights; layers so wide that pre-activations are normal (Schoenholz 2016). */
export interface Signal {
  readonly meanSquare: number;
  /** Over features: common to all, as after a ReLU. */
  readonly mean: number;
  /** E[x_a · x_b] of one feature in two samples of a batch. */
  readonly covariance: number;
  /** E[x_s · x_t] of one feature at two positions of a sample, where attention made them alike; absent: `covariance`. */
  readonly positionCovariance?: number;
  /** So many positions of a sample are alike to that extent. */
  readonly alike?: number;
  /** Features. */
  readonly units: number;
  /** Sets of features: samples of the batch, and positions in each; infinite where their number is not known. */
  readonly samples: number;
  /** Relative variance, over seeds, of the mean square that these features are drawn with. */
  readonly seedVariance: number;
  /** Relative variance that the finite number of features adds to it. */
  readonly unitVariance: number;
  /**
   * Of `unitVariance`, what makes units differ in all samples alike: lengths of few weights, and biases whose fourth moment
   * is not a normal's.
   */
  readonly excess?: number;
  /** Relative variance over seeds of the variance, where that is not the mean square's: a nonlinearity gave a mean. */
  readonly spreadOfVariance?: number;
  /** The normal signal that a nonlinearity made this of, for a maximum over neighbours. */
  readonly source?: NonlinearitySource;
  /** Set where the signal is neither normal nor one nonlinearity of a normal. */
  readonly marginal?: Marginal;
  /** True where an assumption is known to be off by more than some percent. */
  readonly isRough: boolean;
}

export interface NonlinearitySource {
  readonly name: string;
  readonly parameter: number | undefined;
  readonly mean: number;
  readonly variance: number;
  readonly covariance: number;
}

/** E[x⁴]/E[x²]² of normal numbers. */
export const NORMAL_FOURTH = 3;

/** Variance over features and samples. */
export function varianceOfSignal({ meanSquare, mean }: Signal): number {
  return Math.max(0, meanSquare - mean * mean);
}

/** What two samples share beyond the common mean. */
export function sharedVariance({ covariance, mean }: Signal): number {
  return covariance - mean * mean;
}

/** What two positions of one sample have in common. */
export function betweenPositions({ covariance, positionCovariance = covariance }: Signal): number {
  return positionCovariance;
}

/** What a norm divides by the root of; over the batch, what all samples share is left out. */
export function normalizedSize(over: 'batch' | 'features' | 'rms', signal: Signal): number {
  if (over === 'rms') return signal.meanSquare;
  return over === 'batch' ? Math.max(0, signal.meanSquare - signal.covariance) : varianceOfSignal(signal);
}

/** E[x_a·x_b]/E[x²]: 1 when all samples give the same activations. */
export function correlationOf({ covariance, meanSquare }: Signal): number {
  return meanSquare === 0 ? 0 : covariance / meanSquare;
}

/**
 * Relative standard deviation, over seeds, of the root mean square. `seedVariance` is that of the mean square, whose
 * logarithm is nearly normal in deep networks; half its spread is that of the root.
 */
export function bandOf({ seedVariance, unitVariance }: Signal): number {
  return Math.sqrt(seedVariance + unitVariance) / 2;
}

/** The same of the standard deviation. */
export function bandOfStd(signal: Signal): number {
  const { spreadOfVariance } = signal;
  return spreadOfVariance === undefined ? bandOf(signal) : Math.sqrt(spreadOfVariance) / 2;
}

/** Samples that differ: positions that attention made alike count as fewer. */
export function distinctSamples(signal: Signal): number {
  const { samples, alike = 1, meanSquare } = signal;
  const share = meanSquare === 0 ? 0 : betweenPositions(signal) / meanSquare;
  return samples / (1 + (alike - 1) * share ** 2);
}

/** What positions have in common, combined of the inputs': from where attention made them alike, and nowhere else. */
export function positionsOf(
  inputs: readonly (Signal | undefined)[],
  combine: (shared: readonly number[]) => number,
): { readonly positionCovariance?: number; readonly alike?: number } {
  const known = inputs.filter(it => it !== undefined);
  const followed = known.find(it => it.positionCovariance !== undefined);
  if (known.length < inputs.length || followed === undefined) return {};
  const { alike } = followed;
  return { positionCovariance: combine(known.map(betweenPositions)), ...(alike !== undefined && { alike }) };
}

/** Every value times `factor`. */
export function scaledSignal({ source: _, marginal: __, ...input }: Signal, factor: number): Signal {
  const square = factor * factor;
  return {
    ...input,
    meanSquare: input.meanSquare * square,
    mean: input.mean * factor,
    covariance: input.covariance * square,
    ...positionsOf([input], ([shared]) => shared! * square),
  };
}
