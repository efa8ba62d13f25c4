/** Fused multiply-add, a·b + c rounded once, in float32 and float64. */

const f32 = Math.fround;

const double = new Float64Array(1);
const words = new Int32Array(double.buffer);
const bits = new BigInt64Array(double.buffer);

/**
 * Float32 arguments. The product is exact in float64; rounding the sum to float64 and then to float32 goes wrong
 * only where the float64 sum lies half-way between two float32 numbers. Then its last 28 bits are zero.
 */
export function fma32(a: number, b: number, c: number): number {
  const sum = a * b + c;
  double[0] = sum;
  return (words[0]! & 0x0fffffff) === 0 ? breakTie(a * b, c, sum) : f32(sum);
}

/** Half-way, the sign of what the float64 sum lost decides. */
function breakTie(product: number, c: number, sum: number): number {
  const nearest = f32(sum);
  const opposite = sum + (sum - nearest);
  const isTie = nearest !== sum && f32(opposite) === opposite;
  const lost = roundingError(product, c, sum);
  if (!isTie || lost === 0) return nearest;
  return lost > 0 ? Math.max(nearest, opposite) : Math.min(nearest, opposite);
}

/** Knuth's TwoSum: `a + b = sum + roundingError(a, b, sum)` exactly. */
function roundingError(a: number, b: number, sum: number): number {
  const part = sum - a;
  return a - (sum - part) + (b - part);
}

/** Boldo & Melquiond 2008: sum what is left of product and sum, rounded to odd, then add it once. */
export function fma64(a: number, b: number, c: number): number {
  const product = a * b;
  const productRest = multiplicationError(a, b, product);
  const tail = c + productRest;
  const tailRest = roundingError(c, productRest, tail);
  const head = product + tail;
  const headRest = roundingError(product, tail, head);
  return head + addToOdd(tailRest, headRest);
}

/** Dekker's product on Veltkamp's halves: `a · b = product + multiplicationError(a, b, product)` exactly. */
function multiplicationError(a: number, b: number, product: number): number {
  const aHigh = upperHalf(a);
  const bHigh = upperHalf(b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

const SPLITTER = 2 ** 27 + 1;

function upperHalf(a: number): number {
  const scaled = SPLITTER * a;
  return scaled - (scaled - a);
}

/** The sum, where inexact its neighbour with an odd last bit: a later rounding then sees on which side it lay. */
function addToOdd(a: number, b: number): number {
  const sum = a + b;
  const lost = roundingError(a, b, sum);
  double[0] = sum;
  if (lost === 0 || (bits[0]! & 1n) === 1n) return sum;
  bits[0]! += lost > 0 === sum > 0 ? 1n : -1n;
  return double[0];
}
