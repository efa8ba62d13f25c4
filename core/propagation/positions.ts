/** What the gradient at the positions of one sample has in common: attention hands every value the same mean of them. */
import { remembering, rounded } from '../memory.js';
import { moments, nonlinearityOf } from '../nonlinearities.js';
import { attendedCount, commonCount, queriesPerKey } from './attention.js';
import { backwardFactor, type Edge } from './backward.js';
import type { NormOperation } from './graph.js';
import { pairMoments } from './pairs.js';
import { betweenPositions, varianceOfSignal } from './signal.js';

interface Parts {
  readonly all: number;
  readonly shared: number;
}

/** Behind a mean over positions, attention's for its values, and a batch norm; undefined for every other step. */
export function sharedThrough(edge: Edge, all: number | undefined, shared: number): Parts | undefined {
  const { operation, inputs, position } = edge;
  if (all === undefined) return undefined;
  if (operation.kind === 'norm') return leftByBatchNorm(edge, operation, all, shared);
  if (operation.kind === 'pool' && operation.over === 'average') {
    const handed = all * (backwardFactor(edge) ?? 0);
    return { all: handed, shared: handed };
  }
  if (operation.kind !== 'attention' || position > 0) return undefined;
  const queries = queriesPerKey(inputs);
  const [own, common] = [queries * Math.max(0, all - shared), queries ** 2 * shared];
  return { all: common + own / attendedCount(operation, inputs), shared: common + own / commonCount(operation) };
}

/** What x̂ of a ReLU's input takes beside the mean: 1 + E[xφ′]²/E[φ′]² for normal x. */
const OF_MEAN_AND_SLOPE = 1 + 2 / Math.PI;

/** A batch norm takes the batch's mean and what goes with x̂ out: of a gradient that positions share, a part in `samples`. */
function leftByBatchNorm(edge: Edge, { over, samples }: NormOperation, all: number, shared: number): Parts | undefined {
  const factor = backwardFactor(edge);
  if (over !== 'batch' || samples === undefined || factor === undefined) return undefined;
  const taken = Math.min(0.9, OF_MEAN_AND_SLOPE / samples) * shared;
  return { all: factor * Math.max(0, all - taken), shared: factor * Math.max(0, shared - taken) };
}

const recall = remembering<number>(10_000);

/** E[φ′(u)φ′(v)]/E[φ′²] of two positions: their slopes differ, and with them what comes back. */
export function sharedSlopes({ operation, inputs, position }: Edge): number {
  const input = inputs[position];
  if (operation.kind !== 'nonlinearity' || input === undefined) return 1;
  const { name, parameter } = operation;
  const phi = nonlinearityOf(name, parameter);
  if (phi === undefined) return 1;
  const variance = rounded(varianceOfSignal(input));
  const between = rounded(betweenPositions(input) - input.mean ** 2);
  return recall(`${name} ${parameter} ${input.mean} ${variance} ${between}`, () => {
    const mean = moments(name, variance, parameter, input.mean)?.slopeMeanSquare ?? 0;
    const slope = (x: number) => phi.slope(x) / Math.sqrt(mean);
    return mean === 0 ? 0 : Math.min(1, pairMoments(slope, input.mean, variance, between).product);
  });
}
