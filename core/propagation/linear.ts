/** What a linear layer or a convolution makes of a signal. */
import type { LinearOperation } from './graph.js';
import { distinctSamples, positionsOf, type Signal } from './signal.js';

/** Undefined where the std of the weights is not known. */
export function linear(layer: LinearOperation, input: Signal, samples: number): Signal | undefined {
  const { weightStd, weightMean = 0, biasStd = 0, biasMean = 0, biasExcess = 0, inside = 1, units } = layer;
  if (weightStd === undefined) return undefined;
  const terms = layer.fanIn * inside;
  const mean = terms * weightMean * input.mean + biasMean;
  // A common mean of the weights adds the same sum of deviations to every output.
  const carried = (square: number) => terms * (weightStd ** 2 * square + weightMean ** 2 * (square - input.mean ** 2));
  const meanSquare = carried(input.meanSquare) + biasStd ** 2 + mean ** 2;
  const carriedCovariance = (covariance: number) => carried(covariance) + biasStd ** 2 + mean ** 2;
  const covariance = carriedCovariance(input.covariance);
  const share = meanSquare === 0 ? 0 : carried(input.meanSquare) / meanSquare;
  const shared = meanSquare === 0 ? 0 : (covariance - mean ** 2) / meanSquare;
  const ofBiases = meanSquare === 0 ? 0 : (biasExcess * (biasStd ** 2 / meanSquare) ** 2) / units;
  const ofWeights = ((2 / units) * (1 - shared ** 2)) / layer.fanIn;
  return {
    meanSquare,
    mean,
    covariance,
    ...positionsOf([input], ([shared]) => carriedCovariance(shared!)),
    units,
    samples,
    seedVariance: share ** 2 * (input.seedVariance + input.unitVariance),
    unitVariance: (2 / units) * (shared ** 2 + (1 - shared ** 2) * likeness(layer, input)) + ofBiases,
    excess: ofBiases + ofWeights,
    isRough: input.isRough,
  };
}

/** What the input gives of the output's mean square, biases and means left aside. */
export function carriedMeanSquare({ fanIn, inside = 1, weightStd = 0 }: LinearOperation, input: Signal): number {
  return fanIn * inside * weightStd ** 2 * input.meanSquare;
}

/**
 * E[cos²] of two sets of terms that share nothing: those of one position, those of overlapping windows, and as many more as
 * directions are few.
 */
function likeness({ fanIn }: LinearOperation, input: Signal): number {
  const overlapping = Math.max(1, fanIn / input.units / 2);
  return Math.min(1, overlapping / distinctSamples(input) + 1 / fanIn);
}
