/**
 * Elementary functions rounded correctly, which is what glibc gives but for a few arguments in a million.
 *
 * JavaScript's own differ from glibc in the last bit often enough to be seen in weights. Values are computed as fixed-point
 * integers with `PRECISION` bits behind the point and rounded once, at the end.
 */
import { ratioOf } from '../builtins/floats.js';
import {
  atanSeries,
  divide,
  exponential,
  expSeries,
  fixed,
  ln2,
  logFixed,
  multiply,
  ONE,
  PRECISION,
  pi,
  quotientFixed,
  sinSeries,
  toNumber,
} from './fixed-point.js';
import { ratioToNumber, squareRoot } from './floating.js';
import { quickCos, quickSin } from './trigonometry.js';

/** What one function here costs beside a step of evaluation. */
export const STEPS_OF_ELEMENTARY = 30;

export * from './floating.js';

export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.8) return Infinity;
  if (x < -745.2) return 0;
  return exponential(fixed(x));
}

export function log(x: number): number {
  if (!(x > 0) || x === Infinity) return x === 0 ? -Infinity : x === Infinity ? x : Number.NaN;
  return toNumber(logFixed(x));
}

export function log2(x: number): number {
  if (!(x > 0) || x === Infinity) return log(x);
  return toNumber(divide(logFixed(x), ln2()));
}

export function log10(x: number): number {
  if (!(x > 0) || x === Infinity) return log(x);
  return toNumber(divide(logFixed(x), logFixed(10)));
}

/** As CPython does it: an integer beyond the doubles is split into mantissa and exponent. */
export function logOfInteger(x: bigint): number {
  const value = Number(x);
  if (Number.isFinite(value)) return log(value);
  const exponent = x.toString(2).length;
  const mantissa = Number(x >> BigInt(exponent - 64)) / 2 ** 64;
  return log(mantissa) + Math.LN2 * exponent;
}

export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (x === 0 || !Number.isFinite(x) || !Number.isFinite(y)) return x ** y;
  if (Number.isInteger(y) && Math.abs(y) <= 64) return integerPower(x, y);
  if (x < 0) return Number.isInteger(y) ? (y % 2 === 0 ? pow(-x, y) : -pow(-x, y)) : Number.NaN;
  const estimate = y * Math.log(x);
  if (estimate > 709.8) return Infinity;
  if (estimate < -745.2) return 0;
  return powers.of(x, y);
}

/** Tables of positions ask for the same powers row by row. */
const powers = {
  known: new Map<number, Map<number, number>>(),
  count: 0,
  of(x: number, y: number): number {
    const ofBase = this.known.get(x) ?? new Map<number, number>();
    let power = ofBase.get(y);
    if (power !== undefined) return power;
    const [numerator, denominator] = ratioOf(y);
    power = exponential((logFixed(x) * numerator) / denominator);
    if (++this.count > MOST_POWERS) this.forget();
    this.known.set(x, ofBase.set(y, power));
    return power;
  },
  forget(): void {
    this.known = new Map();
    this.count = 0;
  },
};

const MOST_POWERS = 4096;

export function sin(x: number): number {
  if (Math.abs(x) < 1e-40 || Math.abs(x) > 1e12) return Math.sin(x);
  return quickSin(x) ?? toNumber(sinOfQuadrant(quadrantOf(x)));
}

export function cos(x: number): number {
  if (Math.abs(x) > 1e12) return Math.cos(x);
  const quick = quickCos(x);
  if (quick !== undefined) return quick;
  const { quadrant, rest } = quadrantOf(x);
  return toNumber(sinOfQuadrant({ quadrant: quadrant + 1, rest }));
}

export function tan(x: number): number {
  if (Math.abs(x) < 1e-40 || Math.abs(x) > 1e12) return Math.tan(x);
  const { quadrant, rest } = quadrantOf(x);
  return toNumber(divide(sinOfQuadrant({ quadrant, rest }), sinOfQuadrant({ quadrant: quadrant + 1, rest })));
}

export function atan(x: number): number {
  if (!(Math.abs(x) < 1e20) || Math.abs(x) < 1e-40) return Math.atan(x);
  return toNumber(atanFixed(fixed(x)));
}

export function atan2(y: number, x: number): number {
  if (y === 0 || x === 0 || !Number.isFinite(x) || !Number.isFinite(y)) return Math.atan2(y, x);
  if (Math.abs(Math.log2(Math.abs(y / x))) > 60) return Math.atan2(y, x);
  const angle = atanFixed(quotientFixed(y, x));
  if (x > 0) return toNumber(angle);
  return toNumber(y > 0 ? angle + pi() : angle - pi());
}

export function asin(x: number): number {
  if (!(Math.abs(x) < 1) || Math.abs(x) < 1e-40) return Math.asin(x);
  return toNumber(asinFixed(x));
}

export function acos(x: number): number {
  if (!(Math.abs(x) < 1)) return Math.acos(x);
  return toNumber(pi() / 2n - asinFixed(x));
}

export function erf(x: number): number {
  if (x === 0) return x;
  if (!(Math.abs(x) < 6)) return Number.isNaN(x) ? x : Math.sign(x);
  return toNumber(erfFixed(x));
}

export function erfc(x: number): number {
  if (!(x < 27.3)) return Number.isNaN(x) ? x : 0;
  if (x < 6) return x < -6 ? 2 : toNumber(ONE - erfFixed(x));
  return complementaryTail(x);
}

/** Exact, then rounded once. */
function integerPower(x: number, y: number): number {
  const [numerator, denominator] = ratioOf(x);
  const size = BigInt(Math.abs(y));
  const sign = numerator < 0n && size % 2n === 1n ? -1 : 1;
  const [a, b] = [(numerator < 0n ? -numerator : numerator) ** size, denominator ** size];
  return sign * (y > 0 ? ratioToNumber(a, b) : ratioToNumber(b, a));
}

function quadrantOf(x: number): { quadrant: number; rest: bigint } {
  const half = pi() / 2n;
  const value = fixed(x);
  const turns = (2n * value + half * (value < 0n ? -1n : 1n)) / (2n * half);
  return { quadrant: Number(turns % 4n), rest: value - turns * half };
}

function sinOfQuadrant({ quadrant, rest }: { quadrant: number; rest: bigint }): bigint {
  const turn = ((quadrant % 4) + 4) % 4;
  const value = turn % 2 === 0 ? sinSeries(rest, rest, 1n) : sinSeries(rest, ONE, 0n);
  return turn < 2 ? value : -value;
}

/** Halves the angle until the series converges fast: atan x = 2·atan(x / (1 + √(1 + x²))). */
function atanFixed(x: bigint): bigint {
  let reduced = x;
  for (let i = 0; i < 4; i++) {
    const root = squareRoot((ONE + multiply(reduced, reduced)) << BigInt(PRECISION));
    reduced = divide(reduced, ONE + root);
  }
  return 16n * atanSeries(reduced);
}

function asinFixed(x: number): bigint {
  const value = fixed(x);
  const root = squareRoot((ONE - multiply(value, value)) << BigInt(PRECISION));
  return atanFixed(divide(value, root));
}

/** 2/√π · (x − x³/3 + x⁵/(2!·5) − …) */
function erfFixed(x: number): bigint {
  const value = fixed(x);
  const square = -multiply(value, value);
  let sum = 0n;
  let power = value;
  for (let n = 0n; power !== 0n && power !== -1n; n += 1n) {
    sum += power / (2n * n + 1n);
    power = multiply(power, square) / (n + 1n);
  }
  return divide(2n * sum, squareRoot(pi() << BigInt(PRECISION)));
}

/** e^(−x²)/(x√π) times a continued fraction, evaluated from its end. */
function complementaryTail(x: number): number {
  const value = fixed(x);
  let fraction = value;
  for (let n = 400n; n > 0n; n -= 1n) fraction = value + divide((n * ONE) / 2n, fraction);
  const scale = divide(divide(ONE, fraction), squareRoot(pi() << BigInt(PRECISION)));
  const power = -multiply(value, value);
  const k = power / ln2();
  return toNumber(multiply(expSeries(power - k * ln2()), scale), Number(k));
}
