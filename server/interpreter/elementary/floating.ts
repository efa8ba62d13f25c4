/** Doubles taken apart and put together exactly. */
import { ratioOf } from '../builtins/floats.js';

/** Bits of a quotient; one more tells whether anything was cut off, so that ties are seen. */
const KEPT_BITS = 128;

/** Bits that a square root is computed to beyond those of its argument. */
const EXTRA_BITS = 256;

/** Mantissa in [0.5, 1) and exponent, as C's `frexp`. */
export function split(x: number): { mantissa: number; exponent: number } {
  if (x === 0 || !Number.isFinite(x)) return { mantissa: x, exponent: 0 };
  let exponent = Math.max(-1023, Math.floor(Math.log2(Math.abs(x))) + 1);
  let mantissa = x * 2 ** -Math.trunc(exponent / 2) * 2 ** -(exponent - Math.trunc(exponent / 2));
  while (Math.abs(mantissa) < 0.5) {
    mantissa *= 2;
    exponent -= 1;
  }
  while (Math.abs(mantissa) >= 1) {
    mantissa /= 2;
    exponent += 1;
  }
  return { mantissa, exponent };
}

export function nextAfter(x: number, towards: number): number {
  if (x === towards || Number.isNaN(x) || Number.isNaN(towards)) return x === towards ? towards : Number.NaN;
  if (x === 0) return towards > 0 ? Number.MIN_VALUE : -Number.MIN_VALUE;
  const bits = new BigInt64Array(new Float64Array([x]).buffer);
  bits[0]! += towards > x === x > 0 ? 1n : -1n;
  return new Float64Array(bits.buffer)[0]!;
}

export function ulp(x: number): number {
  const size = Math.abs(x);
  if (!Number.isFinite(size)) return size;
  const next = nextAfter(size, Infinity);
  return next === Infinity ? size - nextAfter(size, 0) : next - size;
}

/** The sum of doubles, rounded once. */
export function exactSum(values: readonly number[]): number {
  const special = values.filter(it => !Number.isFinite(it));
  if (special.length > 0) return special.reduce((a, b) => a + b);
  const [numerator, denominator] = sumOfRatios(values.map(ratioOf));
  return ratioToNumber(numerator, denominator);
}

/** √(Σ x²), rounded once. */
export function rootOfSquares(ratios: readonly (readonly [bigint, bigint])[]): number {
  const [numerator, denominator] = sumOfRatios(ratios.map(([a, b]) => [a * a, b * b] as const));
  const scale = 2n * BigInt(EXTRA_BITS + numerator.toString(2).length + denominator.toString(2).length);
  const root = squareRoot((numerator << scale) / denominator);
  return ratioToNumber(root, 1n << (scale / 2n));
}

/** The integer square root, by Newton's method. */
export function squareRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let root = 1n << BigInt(Math.ceil(n.toString(2).length / 2));
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** `value · 2^exponent` in two steps, neither of which overflows before the result does. */
export function scaled(value: number, exponent: number): number {
  const half = Math.trunc(exponent / 2);
  return value * 2 ** half * 2 ** (exponent - half);
}

export function ratioToNumber(numerator: bigint, denominator: bigint): number {
  const shift = KEPT_BITS - numerator.toString(2).length + denominator.toString(2).length;
  const dividend = shift >= 0 ? numerator << BigInt(shift) : numerator;
  const divisor = shift >= 0 ? denominator : denominator << BigInt(-shift);
  const isInexact = dividend % divisor !== 0n;
  return scaled(Number((dividend / divisor) * 2n + (isInexact ? 1n : 0n)), -shift - 1);
}

function sumOfRatios(ratios: readonly (readonly [bigint, bigint])[]): readonly [bigint, bigint] {
  return ratios.reduce(([a, b], [c, d]) => (b === d ? [a + c, b] : [a * d + c * b, b * d]), [0n, 1n] as const);
}
