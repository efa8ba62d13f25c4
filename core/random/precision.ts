/** The floating-point types that torch draws in: how each rounds, and its bytes. */

export type Dtype = 'float32' | 'float64' | 'bfloat16' | 'float16';

/** Half-precision values are kept as the float32 numbers that they are. */
export type Values = Float32Array | Float64Array;

/** A type narrower than float32, in which every intermediate result is rounded. */
export interface HalfPrecision {
  /** Bits of the significand, the implicit one included. */
  readonly digits: number;
  /** Nearest value, ties to even, by way of float32. */
  round(x: number): number;
}

export const halfPrecisions = {
  bfloat16: { digits: 8, round: roundToBfloat16 },
  float16: { digits: 11, round: roundToFloat16 },
} as const satisfies Record<string, HalfPrecision>;

export const isHalf = (dtype: Dtype | undefined): boolean => dtype === 'bfloat16' || dtype === 'float16';

/** Zeros. */
export function valuesFor(dtype: Dtype, count: number): Values {
  return dtype === 'float64' ? new Float64Array(count) : new Float32Array(count);
}

/** The nearest value of the type. */
export function roundTo(dtype: Dtype, x: number): number {
  switch (dtype) {
    case 'float64':
      return x;
    case 'float32':
      return Math.fround(x);
    case 'bfloat16':
      return roundToBfloat16(x);
    case 'float16':
      return roundToFloat16(x);
  }
}

/** The bytes as they lie in the tensor's memory, little-endian. */
export function bytesOf(values: Values, dtype: Dtype): Uint8Array {
  const half = dtype === 'bfloat16' ? bfloat16Bits : dtype === 'float16' ? float16Bits : undefined;
  if (half === undefined) return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return new Uint8Array(Uint16Array.from(values, half).buffer);
}

const single = new Float32Array(1);
const bits = new Uint32Array(single.buffer);

function bfloat16Bits(x: number): number {
  single[0] = x;
  const word = bits[0]!;
  const tieToEven = (word >>> 16) & 1;
  return ((word + 0x7fff + tieToEven) >>> 16) & 0xffff;
}

function roundToBfloat16(x: number): number {
  bits[0] = bfloat16Bits(x) << 16;
  return single[0]!;
}

/** Smallest exponent of a normal float16; below it the spacing stays. */
const SMALLEST_EXPONENT = -14;
const LARGEST_FLOAT16 = 65504;

function roundToFloat16(x: number): number {
  const value = Math.fround(x);
  const exponent = Math.max(SMALLEST_EXPONENT, exponentOf(value));
  const spacing = 2 ** (exponent - 10);
  // Adding and taking away 1.5 · 2⁵² leaves an integer, rounded to even.
  const rounded = (value / spacing + 1.5 * 2 ** 52 - 1.5 * 2 ** 52) * spacing;
  if (Math.abs(rounded) > LARGEST_FLOAT16) return Math.sign(rounded) * Infinity;
  return rounded === 0 ? value * 0 : rounded;
}

function exponentOf(value: number): number {
  single[0] = value;
  return ((bits[0]! >>> 23) & 0xff) - 127;
}

function float16Bits(x: number): number {
  const value = roundToFloat16(x);
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(size)) return 0x7e00;
  if (size === Infinity) return sign | 0x7c00;
  const exponent = Math.max(SMALLEST_EXPONENT, exponentOf(size));
  const significand = size / 2 ** (exponent - 10);
  // A normal number's leading bit carries into the exponent field.
  return sign | (((exponent + 14) << 10) + significand);
}
