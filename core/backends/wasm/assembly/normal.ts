/** Box & Muller 1958 in groups of 16, eight radii and eight angles, as torch's CPU `normal_` does it in float32. */
import { VALUES } from './memory';
import { fractions } from './mt19937';
import { chosen, f32s, fma, i32s, multiplyAdd, truncated } from './vector';

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

/**
 * In each pass two vectors go in step, since every step of a polynomial waits for the one before. Loops test behind their
 * body: constants are then set up once, and not anew for every group.
 */
function transform(from: usize, to: usize, mean: v128, std: v128): void {
  radii(from, to);
  turn(from, to, mean, std);
}

/** √(−2 ln(1 − u)) in place of the first eight of a group; the logarithm is Cephes' logf on (0, 1], Horner's rule fused. */
function radii(from: usize, to: usize): void {
  let at = from;
  do {
    const x = f32x4.sub(f32s(1), v128.load(at));
    const y = f32x4.sub(f32s(1), v128.load(at, 16));
    const halfX = significandOf(x);
    const halfY = significandOf(y);
    const isLowX = f32x4.lt(halfX, f32s(f32(Math.SQRT1_2)));
    const isLowY = f32x4.lt(halfY, f32s(f32(Math.SQRT1_2)));
    const exponentX = exponentOf(x, isLowX);
    const exponentY = exponentOf(y, isLowY);
    const m = f32x4.add(f32x4.sub(halfX, f32s(1)), v128.and(halfX, isLowX));
    const n = f32x4.add(f32x4.sub(halfY, f32s(1)), v128.and(halfY, isLowY));
    let p = fma(f32s(7.0376836292e-2), m, f32s(-1.151461031e-1));
    let q = fma(f32s(7.0376836292e-2), n, f32s(-1.151461031e-1));
    p = fma(p, m, f32s(1.167699874e-1));
    q = fma(q, n, f32s(1.167699874e-1));
    p = fma(p, m, f32s(-1.2420140846e-1));
    q = fma(q, n, f32s(-1.2420140846e-1));
    p = fma(p, m, f32s(1.4249322787e-1));
    q = fma(q, n, f32s(1.4249322787e-1));
    p = fma(p, m, f32s(-1.6668057665e-1));
    q = fma(q, n, f32s(-1.6668057665e-1));
    p = fma(p, m, f32s(2.0000714765e-1));
    q = fma(q, n, f32s(2.0000714765e-1));
    p = fma(p, m, f32s(-2.4999993993e-1));
    q = fma(q, n, f32s(-2.4999993993e-1));
    p = fma(p, m, f32s(3.3333331174e-1));
    q = fma(q, n, f32s(3.3333331174e-1));
    v128.store(at, radius(p, m, exponentX));
    v128.store(at, radius(q, n, exponentY), 16);
    at += 64;
  } while (at < to);
}

/** In [0.5, 1). */
// @ts-ignore: decorator
@inline
function significandOf(x: v128): v128 {
  return v128.or(v128.and(x, i32s(0x007fffff)), i32s(0x3f000000));
}

/** One less where the significand is doubled. */
// @ts-ignore: decorator
@inline
function exponentOf(x: v128, isLow: v128): v128 {
  return f32x4.convert_i32x4_s(i32x4.add(i32x4.sub(i32x4.shr_u(x, 23), i32s(126)), isLow));
}

/** Of a polynomial in m, where ln(1 + m) = m − m²/2 + m³·p; of ln 2's two parts the higher one has so few bits that products are exact. */
// @ts-ignore: decorator
@inline
function radius(p: v128, m: v128, exponent: v128): v128 {
  const square = f32x4.mul(m, m);
  const cubic = fma(f32x4.mul(p, m), square, f32x4.mul(exponent, f32s(-2.1219444e-4)));
  const rest = f32x4.sub(cubic, f32x4.mul(square, f32s(0.5)));
  const logarithm = multiplyAdd(exponent, f32s(0.693359375), f32x4.add(m, rest));
  return f32x4.sqrt(f32x4.mul(f32s(-2), logarithm));
}

/** From radii, and angles eight places behind, to coordinates in their places. */
function turn(from: usize, to: usize, mean: v128, std: v128): void {
  let at = from;
  do {
    const angleX = angleOf(at + 32);
    const angleY = angleOf(at + 48);
    const octantX = octantOf(angleX);
    const octantY = octantOf(angleY);
    const x = restOf(angleX, octantX);
    const y = restOf(angleY, octantY);
    const squareX = f32x4.mul(x, x);
    const squareY = f32x4.mul(y, y);
    const sineX = sineOf(x, squareX);
    const sineY = sineOf(y, squareY);
    const cosineX = cosineOf(squareX);
    const cosineY = cosineOf(squareY);
    place(at, cosineX, sineX, octantX, mean, std);
    place(at + 16, cosineY, sineY, octantY, mean, std);
    at += 64;
  } while (at < to);
}

// @ts-ignore: decorator
@inline
function angleOf(at: usize): v128 {
  return f32x4.mul(f32s(f32(2 * Math.PI)), v128.load(at));
}

/** Rounded up to even. */
// @ts-ignore: decorator
@inline
function octantOf(angle: v128): v128 {
  return v128.and(i32x4.add(truncated(f32x4.mul(angle, f32s(f32(4 / Math.PI)))), i32s(1)), i32s(~1));
}

/** What octants leave of an angle: π/4 in three parts (Cody & Waite), of which two have so few bits that products are exact. */
// @ts-ignore: decorator
@inline
function restOf(angle: v128, octant: v128): v128 {
  const eighths = f32x4.convert_i32x4_s(octant);
  let x = multiplyAdd(eighths, f32s(-0.78515625), angle);
  x = multiplyAdd(eighths, f32s(-2.4187564849853516e-4), x);
  return fma(eighths, f32s(-3.774894977445941e-8), x);
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
  p = fma(f32x4.mul(p, square), square, f32x4.mul(square, f32s(-0.5)));
  return f32x4.add(p, f32s(1));
}

/** Every other octant swaps sine and cosine; signs turn with the half circle. */
// @ts-ignore: decorator
@inline
function place(at: usize, cosine: v128, sine: v128, octant: v128, mean: v128, std: v128): void {
  const radius = v128.load(at);
  const isSwapped = i32x4.shr_s(i32x4.shl(octant, 30), 31);
  const cosineSign = v128.and(i32x4.shl(i32x4.add(octant, i32s(2)), 29), i32s(0x80000000));
  const sineSign = v128.and(i32x4.shl(octant, 29), i32s(0x80000000));
  const across = v128.xor(chosen(sine, cosine, isSwapped), cosineSign);
  const up = v128.xor(chosen(cosine, sine, isSwapped), sineSign);
  v128.store(at, fma(f32x4.mul(radius, across), std, mean));
  v128.store(at, fma(f32x4.mul(radius, up), std, mean), 32);
}
