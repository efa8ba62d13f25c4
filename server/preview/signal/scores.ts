/** Attention that is written as single operations: the softmax behind a product, and the scores behind the softmax. */
import type { Operation } from '../../model/graph.js';
import { dataInputs } from '../../model/questions/operations.js';
import { hidesLater } from './attention.js';
import { dropoutPart } from './parts.js';

/** The softmax whose weights arrive through what hardly changes them. */
export function behindSoftmax(operation: Operation): SoftmaxWeights | undefined {
  let kept = 1;
  let at: Operation | undefined = operation;
  while (at !== undefined && PASSING.has(at.kind)) {
    if (at.kind === 'dropout') kept *= 1 - dropoutPart(at).probability;
    at = dataInputs(at)[0];
  }
  return at?.kind === 'softmax' ? { softmax: at, dropped: 1 - kept } : undefined;
}

export interface SoftmaxWeights {
  readonly softmax: Operation;
  /** The share of them that is dropped. */
  readonly dropped: number;
}

/** The product of queries and keys behind the scores, and the factor on the way: masks and biases left aside. */
export function behindScores(from: Operation | undefined): Scores | undefined {
  let factor = 1;
  let isCausal = false;
  let at = from;
  while (at !== undefined && at.kind !== 'matmul') {
    if (!PASSING.has(at.kind) && at.kind !== 'scale' && at.kind !== 'add' && at.kind !== 'multiply') return undefined;
    isCausal ||= hidesLater(at);
    const own = at.settings.get('factor');
    if (at.kind === 'scale') factor *= typeof own === 'number' ? own : Number.NaN;
    at = dataInputs(at)[0];
  }
  if (at === undefined || dataInputs(at).length !== 2) return undefined;
  return { product: at, factor, isCausal };
}

export interface Scores {
  readonly product: Operation;
  readonly factor: number;
  readonly isCausal: boolean;
}

const PASSING: ReadonlySet<string> = new Set(['shape', 'dropout', 'join']);
