/** What a random mask makes of a signal. */
import type { DropoutOperation } from './graph.js';
import { NORMAL_FOURTH, type Signal, scaledSignal } from './signal.js';

/** What is kept is scaled up, each sample by a mask of its own. */
export function dropout(operation: DropoutOperation, { source: _, marginal: __, ...input }: Signal): Signal {
  const kept = 1 - operation.probability;
  if (kept <= 0) return scaledSignal(input, 0);
  const unitVariance = input.unitVariance + spreadOfMask(operation, input);
  return { ...input, meanSquare: input.meanSquare / kept, unitVariance };
}

/** What a random mask adds to the relative variance of the mean square that it leaves. */
export function spreadOfMask({ probability, masks }: DropoutOperation, { units, samples }: Signal): number {
  if (probability === 1) return 0;
  const odds = probability / (1 - probability);
  return masks === undefined ? (NORMAL_FOURTH * odds) / (units * samples) : odds / masks;
}
