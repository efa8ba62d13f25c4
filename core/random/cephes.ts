/**
 * Logarithm, sine and cosine in float32 as torch's vectorized normal computes them: the polynomials of Cephes
 * (Moshier, single precision: logf, sinf, cosf), with a fused multiply-add at every step of Horner's rule.
 */
import { fma32 } from './fma.js';

const f32 = Math.fround;
const single = new Float32Array(1);
const bits = new Int32Array(single.buffer);

const LOG = Float32Array.of(
  7.0376836292e-2,
  -1.151461031e-1,
  1.167699874e-1,
  -1.2420140846e-1,
  1.4249322787e-1,
  -1.6668057665e-1,
  2.0000714765e-1,
  -2.4999993993e-1,
  3.3333331174e-1,
);
const SQRT_HALF = f32(Math.SQRT1_2);
/** ln 2 in two parts; the higher one has few bits. */
const LN2_HIGH = f32(0.693359375);
const LN2_LOW = f32(-2.1219444e-4);

/** ln x for x in (0, 1]. */
export function log32(x: number): number {
  single[0] = x;
  let exponent = (bits[0]! >>> 23) - 126;
  bits[0] = (bits[0]! & 0x807fffff) | 0x3f000000;
  let m = single[0]!;
  if (m < SQRT_HALF) {
    exponent -= 1;
    m = f32(f32(m - 1) + m);
  } else {
    m = f32(m - 1);
  }
  const square = f32(m * m);
  let y = LOG[0]!;
  for (let i = 1; i < 9; i++) y = fma32(y, m, LOG[i]!);
  y = fma32(f32(y * m), square, f32(exponent * LN2_LOW));
  y = f32(y - f32(square * 0.5));
  return fma32(exponent, LN2_HIGH, f32(m + y));
}

const FOUR_OVER_PI = f32(4 / Math.PI);
/** π/4 in three parts, for the reduction to [−π/4, π/4] (Cody & Waite). */
const QUARTER_PI_1 = f32(-0.78515625);
const QUARTER_PI_2 = f32(-2.4187564849853516e-4);
const QUARTER_PI_3 = f32(-3.774894977445941e-8);

/** Sine and cosine of x ≥ 0; the answer is in `sine` and `cosine` until the next call. */
export const circular = { sine: 0, cosine: 0 };

export function sincos32(x: number): void {
  // The octant, rounded up to even.
  const octant = (Math.trunc(f32(x * FOUR_OVER_PI)) + 1) & ~1;
  const reduced = reduce(x, octant);
  const square = f32(reduced * reduced);
  const c = cosine(square);
  const s = sine(square, reduced);
  const isSwapped = (octant & 2) !== 0;
  const sineIsNegative = (octant & 4) !== 0;
  const cosineIsNegative = (~(octant - 2) & 4) !== 0;
  circular.sine = signed(isSwapped ? c : s, sineIsNegative);
  circular.cosine = signed(isSwapped ? s : c, cosineIsNegative);
}

function reduce(x: number, octant: number): number {
  const first = fma32(octant, QUARTER_PI_1, x);
  const second = fma32(octant, QUARTER_PI_2, first);
  return fma32(octant, QUARTER_PI_3, second);
}

const COSINE_6 = f32(2.443315711809948e-5);
const COSINE_4 = f32(-1.388731625493765e-3);
const COSINE_2 = f32(4.166664568298827e-2);

function cosine(square: number): number {
  const inner = fma32(fma32(COSINE_6, square, COSINE_4), square, COSINE_2);
  return f32(fma32(f32(inner * square), square, -f32(square * 0.5)) + 1);
}

const SINE_7 = f32(-1.9515295891e-4);
const SINE_5 = f32(8.3321608736e-3);
const SINE_3 = f32(-1.6666654611e-1);

function sine(square: number, x: number): number {
  const inner = fma32(fma32(SINE_7, square, SINE_5), square, SINE_3);
  return fma32(f32(inner * square), x, x);
}

function signed(value: number, isNegative: boolean): number {
  return isNegative ? -value : value;
}
