/** Where branches meet: sums, products, and tensors put side by side. */
import type { ConcatenateOperation } from './graph.js';
import { marginalOfSum } from './marginal.js';
import { positionsOf, type Signal } from './signal.js';

/** Branches are independent but for their means: the last layer of a residual branch has weights of its own. */
export function sum(a: Signal, b: Signal): Signal {
  const meanSquare = a.meanSquare + b.meanSquare + 2 * a.mean * b.mean;
  const shareOfA = meanSquare === 0 ? 0 : a.meanSquare / meanSquare;
  const shareOfB = meanSquare === 0 ? 0 : b.meanSquare / meanSquare;
  const marginal = marginalOfSum(a, b);
  return {
    ...(marginal === undefined ? {} : { marginal }),
    meanSquare,
    mean: a.mean + b.mean,
    covariance: a.covariance + b.covariance + 2 * a.mean * b.mean,
    ...positionsOf([a, b], ([left, right]) => left! + right! + 2 * a.mean * b.mean),
    units: Math.max(a.units, b.units),
    samples: a.samples,
    seedVariance: shareOfA ** 2 * a.seedVariance + shareOfB ** 2 * b.seedVariance,
    unitVariance: shareOfA ** 2 * a.unitVariance + shareOfB ** 2 * b.unitVariance,
    isRough: a.isRough || b.isRough,
  };
}

/** Elementwise, of factors that share nothing. */
export function multiplied(a: Signal, b: Signal): Signal {
  return {
    meanSquare: a.meanSquare * b.meanSquare,
    mean: a.mean * b.mean,
    covariance: a.covariance * b.covariance,
    units: Math.max(a.units, b.units),
    samples: a.samples,
    seedVariance: a.seedVariance + b.seedVariance,
    unitVariance: a.unitVariance + b.unitVariance,
    isRough: a.isRough || b.isRough,
  };
}

/** A joined tensor's moments are those of its parts, by their numbers of elements. */
export function concatenated({ counts }: ConcatenateOperation, inputs: readonly Signal[]): Signal {
  const sizes = counts ?? inputs.map(it => it.units);
  const total = sizes.reduce((a, b) => a + b, 0);
  const average = (of: (input: Signal) => number) =>
    inputs.reduce((sum, input, index) => sum + (of(input) * sizes[index]!) / total, 0);
  const meanSquare = average(it => it.meanSquare);
  const share = (input: Signal, size: number) =>
    meanSquare === 0 ? 0 : (input.meanSquare * size) / (meanSquare * total);
  const squares = (of: (input: Signal) => number) =>
    inputs.reduce((sum, input, index) => sum + share(input, sizes[index]!) ** 2 * of(input), 0);
  return {
    meanSquare,
    mean: average(it => it.mean),
    covariance: average(it => it.covariance),
    units: counts === undefined ? total : Math.max(...inputs.map(it => it.units)),
    samples: inputs[0]!.samples,
    seedVariance: squares(it => it.seedVariance),
    unitVariance: squares(it => it.unitVariance),
    isRough: inputs.some(it => it.isRough),
  };
}
