/** Four float32 numbers at once, and their fused multiply-add: the machine's own, or computed by way of float64. */

/** A constant of the build: each is compiled with relaxed SIMD and without. */
const FUSED: bool = ASC_FEATURE_RELAXED_SIMD;

// @ts-ignore: decorator
@inline
export function f32s(x: f32): v128 {
  return f32x4.splat(x);
}

// @ts-ignore: decorator
@inline
export function i32s(x: i32): v128 {
  return i32x4.splat(x);
}

/** a·b + c, rounded once. */
// @ts-ignore: decorator
@inline
export function fma(a: v128, b: v128, c: v128): v128 {
  return FUSED ? f32x4.relaxed_madd(a, b, c) : emulated(a, b, c);
}

/** For sums whose last bit nobody compares. */
// @ts-ignore: decorator
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return FUSED ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c);
}

// @ts-ignore: decorator
@inline
export function multiplyAdd64(a: v128, b: v128, c: v128): v128 {
  return FUSED ? f64x2.relaxed_madd(a, b, c) : f64x2.add(f64x2.mul(a, b), c);
}

/** Truncates; only of numbers that an i32 holds. */
// @ts-ignore: decorator
@inline
export function truncated(x: v128): v128 {
  return FUSED ? i32x4.relaxed_trunc_f32x4_s(x) : i32x4.trunc_sat_f32x4_s(x);
}

// @ts-ignore: decorator
@inline
export function upperHalf(x: v128): v128 {
  return v128.shuffle<i64>(x, x, 1, 1);
}

/** Two float64 as the lower two float32, and two more as the upper ones. */
// @ts-ignore: decorator
@inline
export function demoted(low: v128, high: v128): v128 {
  return v128.shuffle<i64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

// @ts-ignore: decorator
@inline
function emulated(a: v128, b: v128, c: v128): v128 {
  return demoted(sumOfProduct(a, b, c), sumOfProduct(upperHalf(a), upperHalf(b), upperHalf(c)));
}

/**
 * Of the lower two lanes, in float64, where products are exact. A sum that lies half-way between two float32 numbers
 * moves by its last bit towards what it lost, so that rounding it once more goes to the right side.
 */
// @ts-ignore: decorator
@inline
function sumOfProduct(a: v128, b: v128, c: v128): v128 {
  const product = f64x2.mul(f64x2.promote_low_f32x4(a), f64x2.promote_low_f32x4(b));
  const addend = f64x2.promote_low_f32x4(c);
  const sum = f64x2.add(product, addend);
  const isClear = i64x2.all_true(v128.and(sum, i64x2.splat(0x0fffffff)));
  return isClear ? sum : awayFromTie(product, addend, sum);
}

function awayFromTie(product: v128, addend: v128, sum: v128): v128 {
  const part = f64x2.sub(sum, product);
  const lost = f64x2.add(f64x2.sub(product, f64x2.sub(sum, part)), f64x2.sub(addend, part));
  // Larger by one in the last bit where lost and sum have one sign, else smaller.
  const step = v128.or(i64x2.shr_s(v128.xor(lost, sum), 63), i64x2.splat(1));
  return v128.bitselect(sum, i64x2.add(sum, step), f64x2.eq(lost, f64x2.splat(0)));
}

/** What `x·x − product` leaves of a product that was rounded: nothing, unless the machine fuses. */
export function fusedRest(x: f32, product: f32): f32 {
  return f32x4.extract_lane(fma(f32s(x), f32s(x), f32s(-product)), 0);
}

/** Lanes of `a` where the mask is all ones, of `b` where it is all zeros. */
// @ts-ignore: decorator
@inline
export function chosen(a: v128, b: v128, mask: v128): v128 {
  return FUSED ? i32x4.relaxed_laneselect(a, b, mask) : v128.bitselect(a, b, mask);
}
