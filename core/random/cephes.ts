/**
 * Logarithm, sine and cosine in float32 as torch's vectorized normal computes them: the polynomials of Cephes
 * (Moshier, single precision: logf, sinf, cosf), with a fused multiply-add at every step of Horner's rule.
 * Everything runs over lanes: a loop of one operation keeps the engine from boxing numbers between calls.
 */
import { fma32 } from './fma.js';

/** So many values at once stay in the first-level cache. */
export const LANES = 512;

const f32 = Math.fround;
const lanes = () => new Float32Array(LANES);

const LOG = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
].map(f32);
/** ln 2 in two parts; the higher one has few bits. */
const LN2_HIGH = f32(0.693359375);
const LN2_LOW = f32(-2.1219444e-4);

const exponents = lanes();
const significands = lanes();
const squares = lanes();
const sums = lanes();

/** Replaces each of the first `count` x in (0, 1] by ln x. */
export function log32(x: Float32Array, count: number): void {
  split(x, count);
  polynomial(LOG, significands, sums, count);
  for (let i = 0; i < count; i++) {
    const cubic = f32(sums[i]! * significands[i]!);
    const correction = fma32(cubic, squares[i]!, f32(exponents[i]! * LN2_LOW));
    sums[i] = significands[i]! + f32(correction - f32(squares[i]! * 0.5));
  }
  for (let i = 0; i < count; i++) x[i] = fma32(exponents[i]!, LN2_HIGH, sums[i]!);
}

const single = new Float32Array(1);
const bits = new Int32Array(single.buffer);
const SQRT_HALF_BITS = 0x3f3504f3;

/** x = 2^exponent · (1 + significand), the significand within [√½ − 1, √2 − 1]; no branch, for half of them would miss. */
function split(x: Float32Array, count: number): void {
  for (let i = 0; i < count; i++) {
    single[0] = x[i]!;
    const word = bits[0]!;
    const halfBits = (word & 0x807fffff) | 0x3f000000;
    const isLow = (halfBits - SQRT_HALF_BITS) >>> 31;
    bits[0] = halfBits;
    exponents[i] = (word >>> 23) - 126 - isLow;
    significands[i] = single[0]! - 1 + isLow * single[0]!;
  }
  for (let i = 0; i < count; i++) squares[i] = significands[i]! * significands[i]!;
}

const FOUR_OVER_PI = f32(4 / Math.PI);
/** π/4 in three parts, for the reduction to [−π/4, π/4] (Cody & Waite). */
const QUARTER_PI = [-0.78515625, -2.4187564849853516e-4, -3.774894977445941e-8].map(f32);
const SINE = [-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1].map(f32);
const COSINE = [2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2].map(f32);

const octants = new Int32Array(LANES);
const reduced = lanes();
/** Sines of the reduced angle, then its cosines. */
const circle = new Float32Array(2 * LANES);
const reducedSines = circle.subarray(0, LANES);
const reducedCosines = circle.subarray(LANES);

/** Replaces each of the first `count` x ≥ 0 by sin x and writes cos x beside it. */
export function sincos32(x: Float32Array, cosine: Float32Array, count: number): void {
  reduce(x, count);
  polynomial(SINE, squares, reducedSines, count);
  for (let i = 0; i < count; i++) {
    const cubic = f32(reducedSines[i]! * squares[i]!);
    reducedSines[i] = fma32(cubic, reduced[i]!, reduced[i]!);
  }
  polynomial(COSINE, squares, reducedCosines, count);
  for (let i = 0; i < count; i++) {
    const square = squares[i]!;
    reducedCosines[i] = fma32(f32(reducedCosines[i]! * square), square, -f32(square * 0.5)) + 1;
  }
  unfold(x, cosine, count);
}

/** From the reduced angle back to the octant: every other one swaps sine and cosine, and signs turn. */
function unfold(sine: Float32Array, cosine: Float32Array, count: number): void {
  for (let i = 0; i < count; i++) {
    const octant = octants[i]!;
    const swap = ((octant & 2) >> 1) * LANES;
    sine[i] = circle[i + swap]! * (1 - ((octant & 4) >> 1));
    cosine[i] = circle[i + LANES - swap]! * (1 - (((octant + 2) & 4) >> 1));
  }
}

/**
 * The octant is rounded up to even, and its multiple of π/4 taken away in three steps. For every angle 2π·k/2²⁴ these
 * sums are exact in float64, so that storing them rounds once, as a fused multiply-add does.
 */
function reduce(x: Float32Array, count: number): void {
  for (let i = 0; i < count; i++) octants[i] = (f32(x[i]! * FOUR_OVER_PI) + 1) & ~1;
  for (let i = 0; i < count; i++) reduced[i] = x[i]!;
  for (const part of QUARTER_PI) {
    for (let i = 0; i < count; i++) reduced[i] = octants[i]! * part + reduced[i]!;
  }
  for (let i = 0; i < count; i++) squares[i] = reduced[i]! * reduced[i]!;
}

/** Horner's rule, highest power first. */
function polynomial(coefficients: readonly number[], x: Float32Array, result: Float32Array, count: number): void {
  result.fill(coefficients[0]!, 0, count);
  for (let k = 1; k < coefficients.length; k++) multiplyAdd(result, x, coefficients[k]!, count);
}

function multiplyAdd(result: Float32Array, x: Float32Array, addend: number, count: number): void {
  for (let i = 0; i < count; i++) result[i] = fma32(result[i]!, x[i]!, addend);
}
