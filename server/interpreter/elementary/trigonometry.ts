/**
 * Sine and cosine in pairs of doubles, rounded once: many times faster than with integers.
 *
 * A pair is the exact sum of its parts. Results are within 2⁻⁶² of the value, so the rounding is settled unless the value lies
 * that close to half-way between two doubles; then the answer is undefined, and integers must tell.
 */
import { fixed, ONE, pi, sinSeries, toNumber } from './fixed-point.js';

type Pair = readonly [high: number, low: number];

/** How far a result may be off, relative to itself; about eight times what it is. */
const ERROR = 2 ** -62;

/** Beyond, products with the number of quarter turns are not exact. */
const LARGEST = 2 ** 20;

/** Below, what taking off turns left has too few bits. */
const SMALLEST_REST = 2 ** -20;

/** Steps of the table to 1. */
const STEPS = 64;

export function quickSin(x: number): number | undefined {
  return ofQuadrant(x, 0);
}

export function quickCos(x: number): number | undefined {
  return ofQuadrant(x, 1);
}

function ofQuadrant(x: number, further: number): number | undefined {
  const { halfPi, sines, cosines } = tables();
  if (!(Math.abs(x) < LARGEST)) return undefined;
  const turns = Math.round(x / halfPi[0]!);
  const [high, low] = turns === 0 ? ([x, 0] as const) : withoutTurns(x, turns, halfPi);
  if (Math.abs(high) < SMALLEST_REST) return undefined;
  const at = Math.round(Math.abs(high) * STEPS) * Math.sign(high);
  const quadrant = (((turns + further) % 4) + 4) % 4;
  const [sine, cosine] = [signed(sines[Math.abs(at)]!, at), cosines[Math.abs(at)]!];
  const rest: Pair = [high - at / STEPS, low];
  const value = quadrant % 2 === 0 ? combined(sine, cosine, rest) : combined(cosine, negated(sine), rest);
  return value === undefined || quadrant < 2 ? value : -value;
}

const negated = ([high, low]: Pair): Pair => [-high, -low];
const signed = (pair: Pair, sign: number): Pair => (sign < 0 ? negated(pair) : pair);

/** x − turns·π/2. */
function withoutTurns(x: number, turns: number, halfPi: readonly number[]): Pair {
  const [first, second, third, fourth] = halfPi as readonly [number, number, number, number];
  const near = sum(x - turns * first, -turns * second);
  const nearer = sum(near[0], -turns * third);
  return sum(nearer[0], near[1] + nearer[1] - turns * fourth);
}

/** s·cos t + c·sin t for a small t, whose cosine is 1 + q: rounded, where that is certain. */
function combined(s: Pair, c: Pair, [t, tLow]: Pair): number | undefined {
  const square = t * t;
  const sinLow = t * square * (-1 / 6 + square * (1 / 120 + square * (-1 / 5040 + square / 362880)));
  const sinRest = sinLow + (tLow - tLow * square * 0.5);
  const q = square * (-1 / 2 + square * (1 / 24 + square * (-1 / 720 + square / 40320))) - t * tLow;
  const main = product(c[0], t);
  const [high, rest] = sum(s[0], main[0]);
  const low = rest + main[1] + s[1] + c[1] * t + c[0] * sinRest + s[0] * q;
  const error = Math.abs(high + low) * ERROR;
  const rounded = high + (low - error);
  return rounded === high + (low + error) ? rounded : undefined;
}

const SPLITTER = 2 ** 27 + 1;

function product(a: number, b: number): Pair {
  const high = a * b;
  const [x, y] = [a * SPLITTER, b * SPLITTER];
  const [aHigh, bHigh] = [x - (x - a), y - (y - b)];
  const [aLow, bLow] = [a - aHigh, b - bHigh];
  return [high, aHigh * bHigh - high + aHigh * bLow + aLow * bHigh + aLow * bLow];
}

function sum(a: number, b: number): Pair {
  const high = a + b;
  const back = high - a;
  return [high, a - (high - back) + (b - back)];
}

interface Tables {
  /** In parts of 30 bits, the last one of 53. */
  readonly halfPi: readonly number[];
  /** Of every step up to π/4. */
  readonly sines: readonly Pair[];
  readonly cosines: readonly Pair[];
}

let made: Tables | undefined;

function tables(): Tables {
  made ??= {
    halfPi: partsOf(pi() / 2n),
    sines: entries(x => sinSeries(x, x, 1n)),
    cosines: entries(x => sinSeries(x, ONE, 0n)),
  };
  return made;
}

function entries(compute: (x: bigint) => bigint): Pair[] {
  return Array.from({ length: STEPS }, (_, i) => pairOf(compute(fixed(i / STEPS))));
}

function pairOf(value: bigint): Pair {
  const high = toNumber(value);
  return [high, toNumber(value - fixed(high))];
}

function partsOf(value: bigint): number[] {
  const parts: number[] = [];
  let rest = value;
  while (parts.length < 4) {
    const part = parts.length < 3 ? ofThirtyBits(toNumber(rest)) : toNumber(rest);
    parts.push(part);
    rest -= fixed(part);
  }
  return parts;
}

function ofThirtyBits(x: number): number {
  const scaled = x * (2 ** 23 + 1);
  return scaled - (scaled - x);
}
