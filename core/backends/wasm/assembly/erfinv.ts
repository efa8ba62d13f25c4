/** The inverse error function for |y| ≤ 1, as torch without MKL computes it, and rounded as well as MKL's. */
import { erff, expf, logf } from './libm';
import { demoted, f32s, fma, i32s, multiplyAdd64, upperHalf } from './vector';

const INFINITE: f32 = f32.MAX_VALUE * 2;

/** A rational guess improved by two Newton steps, in float32 throughout. */
export function erfinvPlain(y: v128): v128 {
  const size = f32x4.abs(y);
  const isCentral = f32x4.le(size, f32s(0.7));
  let x = guessCentral(y);
  if (!v128.all_true<i32>(isCentral)) x = v128.bitselect(x, guessTail(y, size), isCentral);
  return orInfinite(newton(newton(x, y), y), y, size);
}

// @ts-ignore: decorator
@inline
function orInfinite(x: v128, y: v128, size: v128): v128 {
  return v128.bitselect(f32x4.mul(y, f32s(INFINITE)), x, f32x4.eq(size, f32s(1)));
}

// @ts-ignore: decorator
@inline
function guessCentral(y: v128): v128 {
  const z = f32x4.mul(y, y);
  let p = fma(f32s(-0.140543331), z, f32s(0.914624893));
  p = fma(p, z, f32s(-1.645349621));
  p = fma(p, z, f32s(0.886226899));
  let q = fma(f32s(0.012229801), z, f32s(-0.329097515));
  q = fma(q, z, f32s(1.442710462));
  q = fma(q, z, f32s(-2.118377725));
  q = fma(q, z, f32s(1));
  return f32x4.div(f32x4.mul(p, y), q);
}

function guessTail(y: v128, size: v128): v128 {
  const z = f32x4.sqrt(f32x4.neg(logf(f32x4.mul(f32x4.sub(f32s(1), size), f32s(0.5)))));
  let p = fma(f32s(1.641345311), z, f32s(3.429567803));
  p = fma(p, z, f32s(-1.624906493));
  p = fma(p, z, f32s(-1.970840454));
  let q = fma(f32s(1.6370678), z, f32s(3.5438892));
  q = fma(q, z, f32s(1));
  return v128.xor(f32x4.div(p, q), v128.and(y, i32s(0x80000000)));
}

/** 2/√π is the float32 below it. */
function newton(x: v128, y: v128): v128 {
  const slope = f32x4.mul(f32s(1.1283791065216064), expf(f32x4.neg(f32x4.mul(x, x))));
  return f32x4.sub(x, f32x4.div(f32x4.sub(erff(x), y), slope));
}

export function erfinvRounded(y: v128): v128 {
  const rounded = demoted(erfinv64(f64x2.promote_low_f32x4(y)), erfinv64(f64x2.promote_low_f32x4(upperHalf(y))));
  return orInfinite(rounded, y, f32x4.abs(y));
}

/**
 * erfinv(y)/y is smooth in w = −ln(1 − y²). Chebyshev interpolation at 40 digits, relative error below 2⁻⁴³;
 * highest power first: for w < 5 in (w − 2.5)/2.5, beyond in √w mapped from [√5, 4.1] to [−1, 1].
 */
const DEGREE: i32 = 17;
const CENTRAL = memory.data<f64>([
  7.10516424395793e-9, -1.1309114482012665e-8, -6.380180204305365e-8, 2.057667442607047e-7, 1.2879753585430247e-7,
  -1.8590636806194696e-6, 2.855752006497104e-6, 8.655424869087984e-6, -4.1433480207514406e-5, 2.0471556836406084e-5,
  0.00029219095779842565, -0.0008341354853528542, -0.00048789842480961393, 0.008525400936055222, -0.01957356105855538,
  -0.02610823577684995, 0.6166006918604113, 1.5014093511107887,
]);
const TAIL = memory.data<f64>([
  9.532282028442888e-9, -1.045694136121417e-7, 2.0727468111604792e-7, 3.874318558179871e-7, -2.3080605532216045e-6,
  3.5564298455148293e-6, 3.351811450418479e-6, -2.8016995826392654e-5, 5.8959808681959344e-5, -2.3710281785720156e-5,
  -0.00021432626426346995, 0.000758691758754746, -0.0015520320259004294, 0.0024791780917293913, -0.00379847499353568,
  0.005562028701029017, 0.9359706740765009, 3.001526811460835,
]);
const TAIL_MIDDLE: f64 = (2.23606797749979 + 4.1) / 2;
const TAIL_HALF: f64 = (4.1 - 2.23606797749979) / 2;

function erfinv64(y: v128): v128 {
  const w = f64x2.neg(log64(f64x2.sub(f64x2.splat(1), f64x2.mul(y, y))));
  const isCentral = f64x2.lt(w, f64x2.splat(5));
  let ratio = polynomial(CENTRAL, f64x2.sub(f64x2.div(w, f64x2.splat(2.5)), f64x2.splat(1)));
  if (!v128.all_true<i64>(isCentral)) {
    const place = f64x2.div(f64x2.sub(f64x2.sqrt(w), f64x2.splat(TAIL_MIDDLE)), f64x2.splat(TAIL_HALF));
    ratio = v128.bitselect(ratio, polynomial(TAIL, place), isCentral);
  }
  return f64x2.mul(y, ratio);
}

function polynomial(coefficients: usize, x: v128): v128 {
  let p = v128.load64_splat(coefficients);
  for (let i = 1; i <= DEGREE; i++) p = multiplyAdd64(p, x, v128.load64_splat(coefficients + (usize(i) << 3)));
  return p;
}

/** ln x for normal x > 0: 2·artanh of (m − 1)/(m + 1), the significand m within [√½, √2). */
function log64(x: v128): v128 {
  const offset = i64x2.sub(x, i64x2.splat(0x3fe6a09e667f3bcd));
  const exponent = i64x2.shr_s(offset, 52);
  const m = i64x2.sub(x, i64x2.shl(exponent, 52));
  const s = f64x2.div(f64x2.sub(m, f64x2.splat(1)), f64x2.add(m, f64x2.splat(1)));
  const z = f64x2.mul(s, s);
  let p = f64x2.splat(2.0 / 21);
  for (let odd = 19; odd > 0; odd -= 2) p = multiplyAdd64(p, z, f64x2.splat(2 / f64(odd)));
  const whole = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(exponent, exponent, 0, 2, 0, 2));
  return f64x2.add(f64x2.mul(whole, f64x2.splat(Math.LN2)), f64x2.mul(s, p));
}
