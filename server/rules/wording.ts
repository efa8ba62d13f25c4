/** Words and numbers that messages share. */
import { number } from '../../core/describe-spec.js';
import type { Parameter, Write } from '../model/parameters.js';
import type { Signal } from '../preview/signal.js';

export { number };

/** `fc1.weight`, or the layer where the network is that layer alone. */
export function nameOf({ name }: Parameter): string {
  return `\`${name}\``;
}

/** `and 7 others`, for a statement that reaches many. */
export function andOthers(count: number): string {
  if (count < 1) return '';
  return count === 1 ? ' and 1 other' : ` and ${count} others`;
}

/** The initializer as a message calls it. */
export function initializerOf({ initializer }: Write): string {
  return `\`${initializer}\``;
}

/** A quantity that grew or shrank: two digits near 1, else the order of magnitude. */
export function magnitude(value: number): string {
  if (value === 0) return '0';
  const isNear = value >= 0.01 && value < 100;
  return isNear ? number(Number(value.toPrecision(2))) : number(Number(value.toExponential(0)));
}

/** "falls to 1e−16 by layer 20; with fitting gains it stays near 1 (±20 % by seed)" */
export function fateOf(now: Signal, fitting: Signal): string {
  const layers = now.shares.length;
  const left = now.shares.at(-1) ?? 1;
  const would = fitting.shares.at(-1) ?? 1;
  const verb = left < would ? 'falls' : 'grows';
  const where = layers === 1 ? 'in this layer' : `by layer ${layers}`;
  return `the signal ${verb} to ${magnitude(left)} ${where}; with fitting gains it ${stays(would)}${seedBand(fitting.band)}`;
}

function stays(share: number): string {
  return share > 0.8 && share < 1.25 ? 'stays near 1' : `would be ${magnitude(share)}`;
}

/** Beyond 30 % only the order of magnitude is meant, and a percentage would say more than is known. */
function seedBand(band: number): string {
  if (band < 0.02 || band > 0.3) return '';
  return ` (±${Math.round(band * 100)} % by seed)`;
}
