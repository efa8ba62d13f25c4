/** Attention before training: scores of small spread, so that every token hears nearly equally of all. */
import type { AttentionOperation } from './graph.js';
import { betweenPositions, type Signal } from './signal.js';

type Inputs = readonly (Signal | undefined)[];

/** Tokens that the mean is as good as taken over: E[Σp²] = e^{σ²}/count for normal scores of variance σ². */
export function attendedCount({ count, contrast = 1 }: AttentionOperation, [, query, key]: Inputs): number {
  if (query === undefined || key === undefined) return count;
  return Math.max(1, count / Math.exp(contrast * query.meanSquare * ownMeanSquare(key)));
}

/** What every token hears: the values' mean, much the same for all. */
export function attended({ count }: AttentionOperation, input: Signal, counted: number): Signal {
  const { source: _, marginal: __, ...rest } = input;
  const shared = betweenPositions(input);
  const own = input.meanSquare - shared;
  // What a sample's tokens hear in common is drawn once for all of them.
  const unitVariance = rest.unitVariance + (2 * count) / (rest.units * rest.samples);
  return {
    ...rest,
    unitVariance: Math.min(2, unitVariance),
    meanSquare: shared + own / counted,
    positionCovariance: shared + own / count,
    alike: count,
  };
}

/**
 * Of the values every token reaches all others with a weight of 1/count; a query or key hears of the gradient by what it
 * would change in the weights: E[∂s²] = p²·terms·E[g²]·E[v²].
 */
export function attentionFactor(operation: AttentionOperation, inputs: Inputs, position: number): number | undefined {
  const { contrast = 1 } = operation;
  const [value, query, key] = inputs;
  const share = 1 / attendedCount(operation, inputs);
  if (position === 0) return share;
  const other = position === 1 ? key : query;
  if (value === undefined || other === undefined) return undefined;
  return share * contrast * ownMeanSquare(value) * (position === 1 ? ownMeanSquare(other) : other.meanSquare);
}

/** What tokens do not share: the rest moves all scores alike. */
function ownMeanSquare(signal: Signal): number {
  return Math.max(0, signal.meanSquare - betweenPositions(signal));
}
