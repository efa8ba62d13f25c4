/** Attention before training: scores of small spread, so that every token hears nearly equally of all. */
import type { AttentionOperation } from './graph.js';
import { betweenPositions, type Signal } from './signal.js';

type Inputs = readonly (Signal | undefined)[];

/** Tokens that the mean is as good as taken over: E[Σp²] = e^{σ²}/count for normal scores of variance σ². */
export function attendedCount(operation: AttentionOperation, [, query, key]: Inputs): number {
  const { contrast = 1 } = operation;
  const heard = heardCount(operation);
  if (query === undefined || key === undefined) return heard;
  return Math.max(1, heard / Math.exp(contrast * query.meanSquare * ownMeanSquare(key)));
}

/** The first hears one, the last all: 1/i on average, forward and back. */
function heardCount({ count, isCausal = false }: AttentionOperation): number {
  if (!isCausal) return count;
  let shares = 0;
  for (let i = 1; i <= count; i++) shares += 1 / i;
  return count / shares;
}

/** Tokens that two places hear in common: as many as the earlier of them hears. */
export const commonCount = ({ count, isCausal = false }: AttentionOperation): number =>
  isCausal ? Math.max(1, count / 2) : count;

/** What every token hears: the values' mean, much the same for all. */
export function attended(operation: AttentionOperation, input: Signal, counted: number): Signal {
  const { count, dropped = 0 } = operation;
  const { source: _, marginal: __, ...rest } = input;
  const shared = betweenPositions(input);
  const own = input.meanSquare - shared;
  // What a sample's tokens hear in common is drawn once for all of them.
  const unitVariance = rest.unitVariance + (2 * count) / (rest.units * rest.samples);
  // A mask of its own for every pair of tokens.
  const masked = (dropped / (1 - dropped)) * (input.meanSquare / counted);
  return {
    ...rest,
    unitVariance: Math.min(2, unitVariance),
    meanSquare: shared + own / counted + masked,
    positionCovariance: shared + own / commonCount(operation),
    alike: count,
  };
}

/**
 * Of the values every token reaches all others with a weight of 1/count; a query or key hears of the gradient by what it
 * would change in the weights: E[∂s²] = p²·terms·E[g²]·E[v²].
 */
export function attentionFactor(operation: AttentionOperation, inputs: Inputs, position: number): number | undefined {
  const { contrast = 1, dropped = 0 } = operation;
  const [value, query, key] = inputs;
  const share = 1 / attendedCount(operation, inputs) / (1 - dropped);
  const queries = queriesPerKey(inputs);
  if (position === 0) return share * queries;
  const other = position === 1 ? key : query;
  if (value === undefined || other === undefined) return undefined;
  const scores = share * contrast * ownMeanSquare(value);
  return scores * (position === 1 ? ownMeanSquare(other) : queries * other.meanSquare);
}

/** How many ask for each that is asked: 1 of a sequence that attends to itself. */
export function queriesPerKey([value, query]: Inputs): number {
  return value === undefined || query === undefined ? 1 : query.samples / value.samples;
}

/** What tokens do not share: the rest moves all scores alike. */
function ownMeanSquare(signal: Signal): number {
  return Math.max(0, signal.meanSquare - betweenPositions(signal));
}
