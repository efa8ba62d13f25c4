/** What each operation does to a signal on its way forward. */
import { remembering, rounded } from '../memory.js';
import { moments, nonlinearities } from '../nonlinearities.js';
import { attended, attendedCount } from './attention.js';
import type { ConcatenateOperation, InputOperation, LinearOperation, NormOperation, SignalOperation } from './graph.js';
import { type DropoutOperation, spreadOfMask } from './luck.js';
import { expectationUnder, type Marginal, mapped, marginalOf, marginalOfSum } from './marginal.js';
import { type PairMoments, pairMoments } from './pairs.js';
import { averagePool, maxPool } from './pool.js';
import {
  betweenPositions,
  correlationOf,
  distinctSamples,
  normalizedSize,
  type Signal,
  sharedVariance,
  varianceOfSignal,
} from './signal.js';

/** Undefined where the scale is not known, or no longer a number; a norm makes it known again. */
export function forward(
  operation: SignalOperation,
  inputs: readonly (Signal | undefined)[],
  samples: number,
): Signal | undefined {
  const signal = transformed(operation, inputs, samples);
  return signal !== undefined && Number.isFinite(signal.meanSquare) ? { ...signal, samples } : undefined;
}

function transformed(
  operation: SignalOperation,
  inputs: readonly (Signal | undefined)[],
  samples: number,
): Signal | undefined {
  if (operation.kind === 'input') return inputSignal(operation, samples);
  const [first] = inputs;
  if (operation.kind === 'norm') return norm(operation, first, samples);
  if (operation.kind === 'attention') return first && attended(operation, first, attendedCount(operation, inputs));
  if (first === undefined || !inputs.every(input => input !== undefined)) return undefined;
  switch (operation.kind) {
    case 'linear':
      return linear(operation, first, samples);
    case 'nonlinearity':
      return nonlinearity(operation.name, operation.parameter, first);
    case 'add':
      return inputs.reduce(sum);
    case 'multiply':
      return inputs.reduce(multiplied);
    case 'scale':
      return operation.factor === undefined ? undefined : scaledSignal(first, operation.factor);
    case 'pool':
      return operation.over === 'max' ? maxPool(operation.count, first) : averagePool(operation.count, first);
    case 'concatenate':
      return concatenated(operation, inputs);
    case 'softmax':
      return softmax(operation.count, first);
    case 'dropout':
      return dropout(operation, first);
    case 'identity':
      return operation.units === undefined ? first : { ...first, units: operation.units };
    case 'unknown':
      return undefined;
  }
}

/** Of normal numbers; so few that their own mean square differs from seed to seed. */
function inputSignal({ units, meanSquare = 1, mean = 0, correlation }: InputOperation, samples: number): Signal {
  const covariance = correlation === undefined ? mean * mean : correlation * meanSquare;
  return {
    meanSquare,
    mean,
    covariance,
    units,
    samples,
    seedVariance: 2 / (units * samples),
    unitVariance: 0,
    isRough: false,
  };
}

function linear(layer: LinearOperation, input: Signal, samples: number): Signal | undefined {
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

function nonlinearity(name: string, parameter: number | undefined, input: Signal): Signal | undefined {
  const row = nonlinearities[name];
  if (row === undefined) return undefined;
  const marginal = marginalOf(input);
  if (marginal !== undefined) return nonlinearityOfMarginal(name, parameter, input, marginal);
  const variance = varianceOfSignal(input);
  const covariance = sharedVariance(input);
  const { meanSquare, mean, meanFourth } = moments(name, variance, parameter, input.mean)!;
  const pair = relativePair(name, parameter, input, meanSquare);
  const units = row.gated === true ? input.units / 2 : input.units;
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
    ...(mean !== 0 && row.gated !== true && { spreadOfVariance: spreadOfVariance(name, parameter, input) }),
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
  const row = nonlinearities[name]!;
  const isGated = row.gated === true;
  const rms = Math.sqrt(isGated ? meanSquare / input.meanSquare : meanSquare);
  const p = parameter ?? row.parameter ?? 0;
  const f = (x: number) => row.value(x, p) / rms;
  const [mean, variance, shared] = [input.mean, varianceOfSignal(input), sharedVariance(input)].map(rounded) as Triple;
  const key = `${name} ${p} ${mean} ${variance} ${shared}`;
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
  const p = parameter ?? nonlinearities[name]!.parameter ?? 0;
  const result = mapped(marginal, name, p);
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
  const step = 0.01;
  const variance = varianceOfSignal(input);
  const low = moments(name, variance * (1 - step), parameter, input.mean)?.meanSquare ?? 0;
  const high = moments(name, variance * (1 + step), parameter, input.mean)?.meanSquare ?? 0;
  if (low <= 0 || high <= 0) return 0;
  return Math.log(high / low) / Math.log((1 + step) / (1 - step));
}

/** Of φ's variance: what the input's scale does to it, and few units, whose values samples share. */
function spreadOfVariance(name: string, parameter: number | undefined, input: Signal): number {
  const row = nonlinearities[name]!;
  const p = parameter ?? row.parameter ?? 0;
  const [variance, shared] = [varianceOfSignal(input), sharedVariance(input)];
  const of = (q: number) => {
    const found = moments(name, q, parameter, input.mean)!;
    return found.meanSquare - found.mean ** 2;
  };
  const [own, low, high] = [of(variance), of(variance * 0.99), of(variance * 1.01)];
  if (own <= 0 || low <= 0 || high <= 0) return 0;
  const sensitive = Math.log(high / low) / Math.log(1.01 / 0.99);
  const { mean } = moments(name, variance, parameter, input.mean)!;
  const centered = (x: number) => (row.value(x, p) - mean) / Math.sqrt(own);
  const [at, spread, common] = [input.mean, variance, shared].map(rounded) as Triple;
  const squares = (covariance: number) =>
    recallPair(`${name} ${p} ${at} ${spread} ${covariance} centered`, () =>
      pairMoments(centered, at, spread, covariance),
    ).squares;
  const ofUnits = mixedSquares(squares(common), squares(spread), distinctSamples(input)) - 1;
  const { seedVariance, excess = 0, units } = input;
  return Math.max(0, sensitive ** 2 * (seedVariance + excess) + ofUnits / units);
}

/** Of an unknown signal only the sharing between samples stays unknown; none is assumed. */
function norm({ shift = 0, ...operation }: NormOperation, input: Signal | undefined, samples: number): Signal {
  const { over } = operation;
  const scale = (operation.scale ?? 1) * (input === undefined ? 1 : shareAfterEps(operation, input));
  const meanSquare = scale ** 2 + shift ** 2;
  const fixed = {
    seedVariance: 0,
    unitVariance: 0,
    units: input?.units ?? 1,
    samples,
    isRough: input?.isRough ?? true,
  };
  if (over === 'rms') {
    const mean = input === undefined ? 0 : (input.mean / Math.sqrt(input.meanSquare)) * scale;
    const correlation = input === undefined ? 0 : correlationOf(input);
    const positions = positionsOf([input], ([it]) => (it! / input!.meanSquare) * scale ** 2 + shift ** 2);
    return { ...fixed, meanSquare, mean, covariance: correlation * scale ** 2 + shift ** 2, ...positions };
  }
  const variance = input === undefined ? 0 : varianceOfSignal(input);
  const shared = over === 'batch' || input === undefined || variance === 0 ? 0 : sharedVariance(input) / variance;
  const positions = positionsOf(over === 'features' && variance > 0 ? [input] : [], ([it]) => {
    return ((it! - input!.mean ** 2) / variance) * scale ** 2 + shift ** 2;
  });
  return { ...fixed, meanSquare, mean: 0, covariance: shared * scale ** 2 + shift ** 2, ...positions };
}

/** What a signal that is small against eps keeps of its unit size. */
function shareAfterEps({ over, eps = 0 }: NormOperation, input: Signal): number {
  const size = normalizedSize(over, input);
  return size + eps === 0 ? 1 : Math.sqrt(size / (size + eps));
}

/** Branches are independent but for their means: the last layer of a residual branch has weights of its own. */
function sum(a: Signal, b: Signal): Signal {
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

function multiplied(a: Signal, b: Signal): Signal {
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
function concatenated({ counts }: ConcatenateOperation, inputs: readonly Signal[]): Signal {
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

/** Followed from where attention made positions alike, and nowhere else. */
function positionsOf(
  inputs: readonly (Signal | undefined)[],
  combine: (shared: readonly number[]) => number,
): { readonly positionCovariance?: number; readonly alike?: number } {
  const known = inputs.filter(it => it !== undefined);
  const followed = known.find(it => it.positionCovariance !== undefined);
  if (known.length < inputs.length || followed === undefined) return {};
  const { alike } = followed;
  return { positionCovariance: combine(known.map(betweenPositions)), ...(alike !== undefined && { alike }) };
}

/** What is kept is scaled up, each sample by a mask of its own. */
function dropout(operation: DropoutOperation, { source: _, marginal: __, ...input }: Signal): Signal {
  const kept = 1 - operation.probability;
  if (kept <= 0) return scaledSignal(input, 0);
  const unitVariance = input.unitVariance + spreadOfMask(operation, input);
  return { ...input, meanSquare: input.meanSquare / kept, unitVariance };
}

/** Of normal logits: E[p²] = e^{σ²}/count², to first order in 1/count. */
function softmax(count: number, input: Signal): Signal {
  const mean = 1 / count;
  const meanSquare = Math.min(mean, mean * mean * Math.exp(varianceOfSignal(input)));
  const covariance = Math.min(meanSquare, mean * mean * Math.exp(Math.max(0, sharedVariance(input))));
  return {
    meanSquare,
    mean,
    covariance,
    units: input.units,
    samples: input.samples,
    seedVariance: 0,
    unitVariance: 0,
    isRough: true,
  };
}
