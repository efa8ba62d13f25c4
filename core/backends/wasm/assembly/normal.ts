/** Box & Muller 1958 in groups of 16, eight radii and eight angles, as torch's CPU `normal_` does it in float32. */
import { VALUES } from './memory';
import { fractions } from './mt19937';
import { f32s, fma, i32s, truncated } from './vector';

const GROUP: i32 = 16;

/** At least one group; a count that is no multiple of 16 draws its last 16 anew. */
export function normal(count: i32, mean: f32, std: f32): void {
  const rest = count % GROUP;
  fractions(0, count);
  transform(VALUES, VALUES + (usize(count - rest) << 2), f32s(mean), f32s(std));
  if (rest === 0) return;
  fractions(count - GROUP, count);
  transform(VALUES + (usize(count - GROUP) << 2), VALUES + (usize(count) << 2), f32s(mean), f32s(std));
}

function transform(from: usize, to: usize, mean: v128, std: v128): void {
  for (let at = from; at < to; at += 64) {
    boxMuller(at, mean, std);
    boxMuller(at + 16, mean, std);
  }
}

/** Radii at the address, their angles eight places behind. */
// @ts-ignore: decorator
@inline
function boxMuller(at: usize, mean: v128, std: v128): void {
  const logarithm = log(f32x4.sub(f32s(1), v128.load(at)));
  const radius = f32x4.sqrt(f32x4.mul(f32s(-2), logarithm));
  const angle = f32x4.mul(f32s(f32(2 * Math.PI)), v128.load(at, 32));
  // The octant, rounded up to even, and what is left of the angle: π/4 in three parts (Cody & Waite).
  const octant = v128.and(i32x4.add(truncated(f32x4.mul(angle, f32s(f32(4 / Math.PI)))), i32s(1)), i32s(~1));
  const eighths = f32x4.convert_i32x4_s(octant);
  let x = fma(eighths, f32s(-0.78515625), angle);
  x = fma(eighths, f32s(-2.4187564849853516e-4), x);
  x = fma(eighths, f32s(-3.774894977445941e-8), x);
  const square = f32x4.mul(x, x);
  const cosine = cosineOf(square);
  const sine = sineOf(x, square);
  // Every other octant swaps the two; signs turn with the half circle.
  const isSwapped = i32x4.shr_s(i32x4.shl(octant, 30), 31);
  const cosineSign = v128.and(i32x4.shl(i32x4.add(octant, i32s(2)), 29), i32s(0x80000000));
  const sineSign = v128.and(i32x4.shl(octant, 29), i32s(0x80000000));
  const across = v128.xor(v128.bitselect(sine, cosine, isSwapped), cosineSign);
  const up = v128.xor(v128.bitselect(cosine, sine, isSwapped), sineSign);
  v128.store(at, fma(f32x4.mul(radius, across), std, mean));
  v128.store(at, fma(f32x4.mul(radius, up), std, mean), 32);
}

/** Cephes' logf for x in (0, 1], Horner's rule fused. */
// @ts-ignore: decorator
@inline
function log(x: v128): v128 {
  const half = v128.or(v128.and(x, i32s(0x007fffff)), i32s(0x3f000000));
  const isLow = f32x4.lt(half, f32s(f32(Math.SQRT1_2)));
  const exponent = f32x4.convert_i32x4_s(i32x4.add(i32x4.sub(i32x4.shr_u(x, 23), i32s(126)), isLow));
  const m = f32x4.add(f32x4.sub(half, f32s(1)), v128.and(half, isLow));
  const square = f32x4.mul(m, m);
  let p = fma(f32s(7.0376836292e-2), m, f32s(-1.151461031e-1));
  p = fma(p, m, f32s(1.167699874e-1));
  p = fma(p, m, f32s(-1.2420140846e-1));
  p = fma(p, m, f32s(1.4249322787e-1));
  p = fma(p, m, f32s(-1.6668057665e-1));
  p = fma(p, m, f32s(2.0000714765e-1));
  p = fma(p, m, f32s(-2.4999993993e-1));
  p = fma(p, m, f32s(3.3333331174e-1));
  // ln 2 in two parts, of which the higher one has few bits.
  p = fma(f32x4.mul(p, m), square, f32x4.mul(exponent, f32s(-2.1219444e-4)));
  p = f32x4.sub(p, f32x4.mul(square, f32s(0.5)));
  return fma(exponent, f32s(0.693359375), f32x4.add(m, p));
}

// @ts-ignore: decorator
@inline
function sineOf(x: v128, square: v128): v128 {
  let p = fma(f32s(-1.9515295891e-4), square, f32s(8.3321608736e-3));
  p = fma(p, square, f32s(-1.6666654611e-1));
  return fma(f32x4.mul(p, square), x, x);
}

// @ts-ignore: decorator
@inline
function cosineOf(square: v128): v128 {
  let p = fma(f32s(2.443315711809948e-5), square, f32s(-1.388731625493765e-3));
  p = fma(p, square, f32s(4.166664568298827e-2));
  p = fma(f32x4.mul(p, square), square, f32x4.neg(f32x4.mul(square, f32s(0.5))));
  return f32x4.add(p, f32s(1));
}
