/** Uniform numbers in [low, high), as torch's CPU `uniform_` draws them. */
import { fma32, fma64 } from './fma.js';
import type { Mt19937 } from './mt19937.js';
import { type Dtype, type HalfPrecision, halfPrecisions, type Values, valuesFor } from './precision.js';

/** In memory order; bounds and values are of the type. */
export function uniform(generator: Mt19937, count: number, low = 0, high = 1, dtype: Dtype = 'float32'): Values {
  const values = valuesFor(dtype, count);
  fillUniform(generator, values, low, high, dtype);
  return values;
}

/** One word a value, two for float64. */
export function fillUniform(generator: Mt19937, target: Values, low: number, high: number, dtype: Dtype): void {
  if (target instanceof Float64Array) fill64(generator, target, low, high);
  else if (dtype === 'bfloat16' || dtype === 'float16') fillHalf(generator, target, low, high, halfPrecisions[dtype]);
  else fill32(generator, target, low, high);
}

function fill32(generator: Mt19937, target: Float32Array, low: number, high: number): void {
  const from = Math.fround(low);
  const range = Math.fround(Math.fround(high) - from);
  const count = target.length;
  generator.fillFractions24(target, 0, count);
  if (from === 0 && range === 1) return;
  for (let i = 0; i < count; i++) target[i] = fma32(target[i]!, range, from);
}

function fill64(generator: Mt19937, target: Float64Array, low: number, high: number): void {
  const range = high - low;
  for (let i = 0; i < target.length; i++) target[i] = fma64(generator.fraction53(), range, low);
}

function fillHalf(generator: Mt19937, target: Float32Array, low: number, high: number, half: HalfPrecision): void {
  const from = half.round(low);
  const range = half.round(half.round(high) - from);
  for (let i = 0; i < target.length; i++) {
    target[i] = half.round(fma32(generator.fraction(half.digits), range, from));
  }
}
