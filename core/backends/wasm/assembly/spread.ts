/** Sums of differences from an origin and of their squares, in float64, and extremes: of the block at hand alone. */
import { LANES, SUMS, VALUES } from './memory';
import { f32s } from './vector';

const INFINITE: f32 = f32.MAX_VALUE * 2;

/** The first `count` values: sum, squares, smallest, largest, as `blockSpread` of `core/summary.ts` adds them up. */
export function spread(count: i32, origin: f64): void {
  const center = f64x2.splat(origin);
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  let lowSquares = f64x2.splat(0);
  let highSquares = f64x2.splat(0);
  let smallest = f32s(INFINITE);
  let largest = f32s(-INFINITE);
  const whole = count & ~3;
  const end = VALUES + (usize(whole) << 2);
  for (let at = VALUES; at < end; at += 16) {
    const x = v128.load(at);
    smallest = f32x4.pmin(smallest, x);
    largest = f32x4.pmax(largest, x);
    const p = f64x2.sub(f64x2.promote_low_f32x4(x), center);
    const q = f64x2.sub(f64x2.promote_low_f32x4(v128.shuffle<i64>(x, x, 1, 1)), center);
    low = f64x2.add(low, p);
    high = f64x2.add(high, q);
    lowSquares = f64x2.add(lowSquares, f64x2.mul(p, p));
    highSquares = f64x2.add(highSquares, f64x2.mul(q, q));
  }
  let sum = lanesOf(low) + lanesOf(high);
  let squares = lanesOf(lowSquares) + lanesOf(highSquares);
  for (let i = whole; i < count; i++) {
    const value = load<f32>(VALUES + (usize(i) << 2));
    smallest = f32x4.pmin(smallest, f32s(value));
    largest = f32x4.pmax(largest, f32s(value));
    const difference = f64(value) - origin;
    sum += difference;
    squares += difference * difference;
  }
  store<f64>(SUMS, sum);
  store<f64>(SUMS, squares, 8);
  v128.store(LANES, smallest);
  store<f64>(SUMS, f64(min(min(lane(0), lane(1)), min(lane(2), lane(3)))), 16);
  v128.store(LANES, largest);
  store<f64>(SUMS, f64(max(max(lane(0), lane(1)), max(lane(2), lane(3)))), 24);
}

function lanesOf(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

function lane(i: usize): f32 {
  return load<f32>(LANES + (i << 2));
}
