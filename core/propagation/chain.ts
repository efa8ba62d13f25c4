/** Equal layers in a row, for sentences such as "activations fall to 1e-16 by layer 20". */
import { moments } from '../nonlinearities.js';

/** A linear layer of effective gain std·√fan_in, then its nonlinearity; the input has mean square 1. */
export interface Chain {
  readonly gain: number;
  readonly nonlinearity: string;
  readonly parameter?: number;
  /** Absent: 0. */
  readonly biasStd?: number;
}

/** Root mean square of the activations after each of `depth` layers. Undefined for an unknown nonlinearity. */
export function signalOfChain(chain: Chain, depth: number): readonly number[] | undefined {
  const rms: number[] = [];
  let meanSquare = 1;
  for (let layer = 0; layer < depth; layer++) {
    const next = afterLayer(chain, meanSquare);
    if (next === undefined) return undefined;
    meanSquare = next;
    rms.push(Math.sqrt(meanSquare));
  }
  return rms;
}

/** What is left of an input of root mean square 1 after `depth` layers. */
export function shareLeft(chain: Chain, depth: number): number | undefined {
  return depth === 0 ? 1 : signalOfChain(chain, depth)?.at(-1);
}

/** The first layer after which the signal has passed `share`: fallen below it, or risen above when it exceeds 1. */
export function layersUntil(chain: Chain, share: number): number | undefined {
  const signal = signalOfChain(chain, DEEPEST);
  const layer = signal?.findIndex(rms => (share < 1 ? rms < share : rms > share)) ?? -1;
  return layer < 0 ? undefined : layer + 1;
}

/** Whatever has not happened by then does not happen in a network that anyone builds. */
const DEEPEST = 200;

function afterLayer({ gain, nonlinearity, parameter, biasStd = 0 }: Chain, meanSquare: number): number | undefined {
  return moments(nonlinearity, gain ** 2 * meanSquare + biasStd ** 2, parameter)?.meanSquare;
}
