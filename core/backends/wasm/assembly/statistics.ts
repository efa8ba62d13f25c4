/** Power sums, extremes, zeros and histogram of the values at hand, added to those of the blocks before. */
import { COUNTS, LANES, PLACES, SUMS, VALUES } from './memory';
import { f32s, i32s, multiplyAdd, truncated } from './vector';

/** Bytes of values that are measured together. */
const STRETCH: usize = 2048;
const INFINITE: f32 = f32.MAX_VALUE * 2;

let low: v128 = f32x4.splat(0);
let perUnit: v128 = f32x4.splat(0);
let lastBin: v128 = f32x4.splat(0);
let center: v128 = f32x4.splat(0);
let scale: v128 = f32x4.splat(0);

/** Bins begin at `lowest`; powers are those of (value − origin) · perScale, which keeps them near 1. */
export function begin(lowest: f32, binsPerUnit: f32, bins: i32, origin: f32, perScale: f32): void {
  memory.fill(COUNTS, 0, 4 * 512);
  memory.fill(SUMS, 0, 7 * 8);
  store<f64>(SUMS, f64(INFINITE), 32);
  store<f64>(SUMS, -f64(INFINITE), 40);
  low = f32s(lowest);
  perUnit = f32s(binsPerUnit);
  lastBin = f32s(f32(bins - 1));
  center = f32s(origin);
  scale = f32s(perScale);
}

/** The first `count` values. */
export function measure(count: i32): void {
  const whole = count & ~3;
  addVectors(VALUES, VALUES + (usize(whole) << 2));
  for (let i = whole; i < count; i++) addOne(load<f32>(VALUES + (usize(i) << 2)));
}

/** Sums of one stretch in float32, then on in float64. */
function addVectors(from: usize, to: usize): void {
  for (let at = from; at < to; at += STRETCH) {
    const end = min(at + STRETCH, to);
    addSums(at, end);
    addCounts(end - at);
  }
}

/** Leaves behind where each value is to be counted. */
// @ts-ignore: decorator
@inline
function addSums(from: usize, to: usize): void {
  const lowest = low;
  const binsPerUnit = perUnit;
  const last = lastBin;
  const histograms = i32x4.add(i32s(<i32>COUNTS), i32x4(0, 512, 1024, 1536));
  const origin = center;
  const perScale = scale;
  let s1 = f32s(0);
  let s2 = f32s(0);
  let s3 = f32s(0);
  let s4 = f32s(0);
  let smallest = f32s(INFINITE);
  let largest = f32s(-INFINITE);
  let zeros = i32s(0);
  let at = from;
  let place = PLACES;
  do {
    const value = v128.load(at);
    smallest = f32x4.pmin(smallest, value);
    largest = f32x4.pmax(largest, value);
    zeros = i32x4.sub(zeros, f32x4.eq(value, f32s(0)));
    v128.store(place, i32x4.add(histograms, binsOf(value, lowest, binsPerUnit, last)));
    const x = f32x4.mul(f32x4.sub(value, origin), perScale);
    const square = f32x4.mul(x, x);
    s1 = f32x4.add(s1, x);
    s2 = f32x4.add(s2, square);
    s3 = multiplyAdd(square, x, s3);
    s4 = multiplyAdd(square, square, s4);
    at += 16;
    place += 16;
  } while (at < to);
  addTo(0, s1);
  addTo(8, s2);
  addTo(16, s3);
  addTo(24, s4);
  for (let lane = 0; lane < 4; lane++) {
    addExtreme(laneOf(smallest, lane));
    addExtreme(laneOf(largest, lane));
  }
  addTo(48, f32x4.convert_i32x4_s(zeros));
}

// @ts-ignore: decorator
@inline
function addCounts(length: usize): void {
  const end = PLACES + length;
  let place = PLACES;
  do {
    count(load<usize>(place));
    count(load<usize>(place, 4));
    count(load<usize>(place, 8));
    count(load<usize>(place, 12));
    place += 16;
  } while (place < end);
}

function addOne(value: f32): void {
  const x = (value - f32x4.extract_lane(center, 0)) * f32x4.extract_lane(scale, 0);
  let power = x;
  for (let at = SUMS; at < SUMS + 32; at += 8) {
    store<f64>(at, load<f64>(at) + f64(power));
    power *= x;
  }
  if (value === 0) store<f64>(SUMS, load<f64>(SUMS, 48) + 1, 48);
  addExtreme(value);
  count(COUNTS + usize(i32x4.extract_lane(binsOf(f32s(value), low, perUnit, lastBin), 0)));
}

/** In bytes. Subtract, multiply, truncate: rounding to the nearest would shift every bin by half. */
// @ts-ignore: decorator
@inline
function binsOf(x: v128, lowest: v128, binsPerUnit: v128, last: v128): v128 {
  const bin = f32x4.mul(f32x4.sub(x, lowest), binsPerUnit);
  return i32x4.shl(truncated(f32x4.pmin(last, f32x4.pmax(f32s(0), bin))), 2);
}

// @ts-ignore: decorator
@inline
function count(at: usize): void {
  store<u32>(at, load<u32>(at) + 1);
}

// @ts-ignore: decorator
@inline
function addExtreme(x: f32): void {
  store<f64>(SUMS, min(load<f64>(SUMS, 32), f64(x)), 32);
  store<f64>(SUMS, max(load<f64>(SUMS, 40), f64(x)), 40);
}

/** All four lanes to the sum at an offset. */
function addTo(offset: usize, x: v128): void {
  const low = f64x2.promote_low_f32x4(x);
  const high = f64x2.promote_low_f32x4(v128.shuffle<i64>(x, x, 1, 1));
  const both = f64x2.add(low, high);
  const at = SUMS + offset;
  store<f64>(at, load<f64>(at) + f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1));
}

function laneOf(x: v128, lane: i32): f32 {
  v128.store(LANES, x);
  return load<f32>(LANES + (usize(lane) << 2));
}
