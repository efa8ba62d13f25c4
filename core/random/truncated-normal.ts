/** Truncated normal numbers as `trunc_normal_` draws them: the normal's inverse distribution function of a uniform. */
import { normalCdf } from '../truncated-normal.js';
import { type Build, erfinv32, erfinv64 } from './erfinv.js';
import type { Mt19937 } from './mt19937.js';
import { type Dtype, roundTo, type Values, valuesFor } from './precision.js';
import { fillUniform } from './uniform.js';

/** The bounds are absolute: torch does not scale them with std. */
export interface Truncation {
  readonly mean: number;
  readonly std: number;
  readonly low: number;
  readonly high: number;
}

/** In memory order; `build` decides the last bits of float32 values. */
export function truncatedNormal(
  generator: Mt19937,
  count: number,
  truncation: Truncation,
  build: Build,
  dtype: Dtype = 'float32',
): Values {
  const values = valuesFor(dtype, count);
  fillTruncatedNormal(generator, values, truncation, build, dtype);
  return values;
}

/** Words as `uniform_` takes them. Every step is rounded to the type, as each is an operation of its own. */
export function fillTruncatedNormal(
  generator: Mt19937,
  target: Values,
  { mean, std, low, high }: Truncation,
  build: Build,
  dtype: Dtype,
): void {
  const { from, to } = erfinvRange({ mean, std, low, high });
  fillUniform(generator, target, from, to, dtype);
  const scale = std * Math.SQRT2;
  if (target instanceof Float64Array) map64(target, scale, mean, low, high);
  else if (dtype === 'float32') map32(target, scale, mean, low, high, build);
  else mapHalf(target, scale, mean, low, high, dtype);
}

/** Between which the uniform numbers lie whose erfinv is taken. */
export function erfinvRange({ mean, std, low, high }: Truncation): { readonly from: number; readonly to: number } {
  return { from: 2 * normalCdf((low - mean) / std) - 1, to: 2 * normalCdf((high - mean) / std) - 1 };
}

function map32(target: Float32Array, std: number, mean: number, low: number, high: number, build: Build): void {
  const scale = Math.fround(std);
  const shift = Math.fround(mean);
  const lowest = Math.fround(low);
  const highest = Math.fround(high);
  for (let i = 0; i < target.length; i++) {
    const value = Math.fround(Math.fround(erfinv32(target[i]!, build) * scale) + shift);
    target[i] = Math.min(highest, Math.max(lowest, value));
  }
}

function map64(target: Float64Array, scale: number, mean: number, low: number, high: number): void {
  for (let i = 0; i < target.length; i++) {
    target[i] = Math.min(high, Math.max(low, erfinv64(target[i]!) * scale + mean));
  }
}

function mapHalf(target: Float32Array, std: number, mean: number, low: number, high: number, dtype: Dtype): void {
  const round = (x: number) => roundTo(dtype, x);
  const scale = round(std);
  const shift = round(mean);
  for (let i = 0; i < target.length; i++) {
    const inverse = round(erfinv32(target[i]!, 'plain'));
    const value = round(round(inverse * scale) + shift);
    target[i] = Math.min(round(high), Math.max(round(low), value));
  }
}
