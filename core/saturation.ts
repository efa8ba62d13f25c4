/** How much of a signal lies where a bounded nonlinearity is flat. */
import { erf } from './erf.js';

/** Beyond these the slope is under a twentieth of its greatest: tanh′(x) = 1 − tanh²x, and σ(x) = (1 + tanh(x/2)) / 2. */
const FLAT_BEYOND: ReadonlyMap<string, number> = new Map([
  ['tanh', Math.atanh(Math.sqrt(19 / 20))],
  ['sigmoid', 2 * Math.atanh(Math.sqrt(19 / 20))],
]);

/** The share of N(0, std²) that lies there, from 0 to 1; undefined for a nonlinearity that is not flat on both sides. */
export function flatShare(nonlinearity: string, std: number): number | undefined {
  const beyond = FLAT_BEYOND.get(nonlinearity);
  return beyond === undefined ? undefined : 1 - erf(beyond / (std * Math.SQRT2));
}
