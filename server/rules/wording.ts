/** Words and numbers that messages share. */
import { number } from '../../core/describe-spec.js';
import type { Parameter, Write } from '../model/parameters.js';
import type { Signal } from '../preview/signal/chain.js';

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

/** The verb for one name, or for one `andOthers`. */
export function agree(others: number, one: string, many: string): string {
  return others < 1 ? one : many;
}

/** The initializer as a message calls it. */
export function initializerOf({ initializer }: Write): string {
  return `\`${initializer}\``;
}

/** A quantity that grew or shrank: two digits near 1, else the order of magnitude. */
function magnitude(value: number): string {
  if (value === 0) return '0';
  const isNear = value >= 0.01 && value < 100;
  return isNear ? number(Number(value.toPrecision(2))) : number(Number(value.toExponential(0)));
}

/**
 * "activations fall to about 1e−16 by layer 20; with Kaiming they stay near 1 (±20 % by seed)", or what one layer does
 * where their number is not known.
 */
export function fateOf(now: Signal, fitting: Signal, cure: string): string {
  const { subject, along, left, would } = followed(now, fitting);
  if (now.open.length > 0) return fatePerLayer(subject, factorAt(now.open, along), cure);
  const layers = now.shares.length;
  const verb = left < would ? 'fall' : 'grow';
  const where = layers === 1 ? 'in this layer' : `by layer ${layers}`;
  const isOrderTold = now.band > WIDEST_BAND && Math.abs(Math.log10(left)) > 0.5;
  const about = isOrderTold ? orderOf(left) : `${magnitude(left)}`;
  return `${subject} ${verb} to about ${about} ${where}; with ${cure} they ${stays(would)}${seedBand(fitting.band)}`;
}

interface Followed {
  readonly subject: 'activations' | 'gradients';
  /** Behind each layer. */
  readonly along: readonly number[];
  readonly left: number;
  readonly would: number;
}

/** What fares worse: biases may hold activations up while nothing of the input is left in them. */
function followed(now: Signal, fitting: Signal): Followed {
  const forward = track('activations', now.activations, fitting.activations);
  const backward = track('gradients', now.shares, fitting.shares);
  return change(backward) > change(forward) + Math.LN2 ? backward : forward;
}

function track(subject: Followed['subject'], along: readonly number[], fitting: readonly number[]): Followed {
  return { subject, along, left: along.at(-1)!, would: fitting.at(-1)! };
}

function change({ left, would }: Followed): number {
  if (left === 0 || !Number.isFinite(left)) return Number.POSITIVE_INFINITY;
  return Math.abs(Math.log(left / would));
}

function fatePerLayer(subject: string, factor: number, cure: string): string {
  return `every layer multiplies the ${subject} by ${magnitude(factor)}; with ${cure} they keep their size`;
}

/** What one of these layers makes of what comes in, on average. */
function factorAt(layers: readonly number[], along: readonly number[]): number {
  const sum = layers.reduce((total, at) => total + Math.log(along[at]! / (along[at - 1] ?? 1)), 0);
  return Math.exp(sum / layers.length);
}

function stays(share: number): string {
  return share > 0.8 && share < 1.25 ? 'stay near 1' : `would be ${magnitude(share)}`;
}

/** Beyond 30 % only the order of magnitude is meant, and a percentage would say more than is known. */
function seedBand(band: number): string {
  if (band < 0.02 || band > WIDEST_BAND) return '';
  return ` (±${Math.round(band * 100)} % by seed)`;
}

const WIDEST_BAND = 0.3;

function orderOf(value: number): string {
  return value === 0 || !Number.isFinite(value) ? magnitude(value) : number(10 ** Math.round(Math.log10(value)));
}
