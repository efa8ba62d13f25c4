/** What the gradient at the positions of one sample has in common: attention hands every value the same mean of them. */
import { remembering } from '../memory.js';
import { moments, nonlinearities } from '../nonlinearities.js';
import { attendedCount } from './attention.js';
import type { Edge } from './backward.js';
import { pairMoments } from './pairs.js';
import { betweenPositions, varianceOfSignal } from './signal.js';

/** Behind attention, for its values; undefined for every other step. */
export function sharedThrough(
  { operation, inputs, position }: Edge,
  all: number | undefined,
  shared: number,
): { readonly all: number; readonly shared: number } | undefined {
  if (operation.kind !== 'attention' || position > 0 || all === undefined) return undefined;
  const own = Math.max(0, all - shared);
  return { all: shared + own / attendedCount(operation, inputs), shared: shared + own / operation.count };
}

const recall = remembering<number>(10_000);

/** E[φ′(u)φ′(v)]/E[φ′²] of two positions: their slopes differ, and with them what comes back. */
export function sharedSlopes({ operation, inputs, position }: Edge): number {
  const input = inputs[position];
  const row = operation.kind === 'nonlinearity' ? nonlinearities[operation.name] : undefined;
  if (operation.kind !== 'nonlinearity' || row === undefined || input === undefined) return 1;
  const p = operation.parameter ?? row.parameter ?? 0;
  const variance = varianceOfSignal(input);
  const between = betweenPositions(input) - input.mean ** 2;
  return recall(`${operation.name} ${p} ${input.mean} ${variance} ${between}`, () => {
    const mean = moments(operation.name, variance, operation.parameter, input.mean)?.slopeMeanSquare ?? 0;
    const slope = (x: number) => row.slope(x, p) / Math.sqrt(mean);
    return mean === 0 ? 0 : Math.min(1, pairMoments(slope, input.mean, variance, between).product);
  });
}
