/** Numbers as integers with `PRECISION` bits behind the point: exponential, logarithm, arc tangent. */
import { ratioOf } from '../builtins/floats.js';
import { scaled, split } from './floating.js';

export const PRECISION = 256;
export const ONE = 1n << BigInt(PRECISION);

export function fixed(x: number): bigint {
  const [numerator, denominator] = ratioOf(x);
  return (numerator << BigInt(PRECISION)) / denominator;
}

export function quotientFixed(a: number, b: number): bigint {
  const [p, q] = ratioOf(a);
  const [r, s] = ratioOf(b);
  return (p * s * ONE) / (q * r);
}

/** BigInt to double rounds to nearest, ties to even. */
export function toNumber(value: bigint, exponent = 0): number {
  return scaled(Number(value), exponent - PRECISION);
}

export const multiply = (a: bigint, b: bigint): bigint => (a * b) >> BigInt(PRECISION);
export const divide = (a: bigint, b: bigint): bigint => (a << BigInt(PRECISION)) / b;

let constants: { ln2: bigint; pi: bigint } | undefined;

function constant(name: 'ln2' | 'pi'): bigint {
  constants ??= { ln2: 2n * atanhSeries(ONE / 3n), pi: 16n * atanSeries(ONE / 5n) - 4n * atanSeries(ONE / 239n) };
  return constants[name];
}
export const ln2 = (): bigint => constant('ln2');
export const pi = (): bigint => constant('pi');

/** z + z³/3 + z⁵/5 + … */
const atanhSeries = (z: bigint): bigint => oddSeries(z, multiply(z, z));

/** z − z³/3 + z⁵/5 − … */
export const atanSeries = (z: bigint): bigint => oddSeries(z, -multiply(z, z));

/** Odd powers of z, each by its own exponent; every one is `ratio` times the one before. */
function oddSeries(z: bigint, ratio: bigint): bigint {
  let sum = 0n;
  let power = z;
  for (let n = 1n; power !== 0n && power !== -1n; n += 2n) {
    sum += power / n;
    power = multiply(power, ratio);
  }
  return sum;
}

/** e^x with x = k·ln 2 + r. */
export function exponential(x: bigint): number {
  const k = x / ln2();
  return toNumber(expSeries(x - k * ln2()), Number(k));
}

export function expSeries(r: bigint): bigint {
  let sum = ONE;
  let term = ONE;
  for (let n = 1n; term !== 0n && term !== -1n; n += 1n) {
    term = multiply(term, r) / n;
    sum += term;
  }
  return sum;
}

export function logFixed(x: number): bigint {
  const { mantissa, exponent } = split(x);
  return logOfMantissa(fixed(mantissa), BigInt(exponent));
}

/** For a mantissa in [0.5, 1); above √½ it is nearer to 1 as it is, below when doubled. */
function logOfMantissa(mantissa: bigint, exponent: bigint): bigint {
  const isLow = mantissa * 1000n < ONE * 707n;
  const near = isLow ? mantissa * 2n : mantissa;
  const whole = isLow ? exponent - 1n : exponent;
  return whole * ln2() + 2n * atanhSeries(divide(near - ONE, near + ONE));
}

/** From the first term on: x − x³/3! + … or 1 − x²/2! + … */
export function sinSeries(x: bigint, first: bigint, start: bigint): bigint {
  const square = -multiply(x, x);
  let sum = 0n;
  let term = first;
  for (let n = start; term !== 0n && term !== -1n; n += 2n) {
    sum += term;
    term = multiply(term, square) / ((n + 1n) * (n + 2n));
  }
  return sum;
}
