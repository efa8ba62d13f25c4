/** Normal numbers by Box & Muller 1958, in the two ways of torch's CPU `normal_`: in groups of 16, or one by one. */
import { boxMuller32, GROUP } from './box-muller.js';
import { fma64 } from './fma.js';
import type { Mt19937 } from './mt19937.js';
import { type Dtype, type HalfPrecision, halfPrecisions, roundTo, type Values, valuesFor } from './precision.js';

export interface NormalOptions {
  readonly dtype?: Dtype;
  /** Only a contiguous tensor is filled in groups. */
  readonly contiguous?: boolean;
}

/** In memory order, N(mean, std²). */
export function normal(generator: Mt19937, count: number, mean = 0, std = 1, options: NormalOptions = {}): Values {
  const values = valuesFor(options.dtype ?? 'float32', count);
  fillNormal(generator, values, mean, std, options);
  return values;
}

/**
 * Groups take a word a value (two for float64), and a group more where the last one is not whole: it is drawn over the last
 * 16 values. Serial draws take four words for every two values.
 */
export function fillNormal(
  generator: Mt19937,
  target: Values,
  mean: number,
  std: number,
  { dtype = 'float32', contiguous = true }: NormalOptions = {},
): void {
  if (target.length < GROUP || !contiguous) fillSerially(generator, target, mean, std, dtype);
  else if (target instanceof Float64Array) fill64(generator, target, mean, std);
  else if (dtype === 'bfloat16' || dtype === 'float16') fillHalf(generator, target, mean, std, halfPrecisions[dtype]);
  else fill32(generator, target, mean, std);
}

/** Passes over the words of a normal draw; serial draws leave their second sample waiting. */
export function skipNormal(generator: Mt19937, count: number, options: NormalOptions = {}): void {
  const words = wordsOfNormal(count, options);
  if (words !== undefined) generator.skip(words);
  else for (let i = 0; i < count; i++) serialNormal(generator);
}

/** How many words a normal draw takes; undefined for a serial one, which may find a sample waiting. */
export function wordsOfNormal(
  count: number,
  { dtype = 'float32', contiguous = true }: NormalOptions = {},
): number | undefined {
  if (count < GROUP || !contiguous) return undefined;
  const fractions = count % GROUP === 0 ? count : count + GROUP;
  return dtype === 'float64' ? 2 * fractions : fractions;
}

function fillSerially(generator: Mt19937, target: Values, mean: number, std: number, dtype: Dtype): void {
  for (let i = 0; i < target.length; i++) target[i] = roundTo(dtype, serialNormal(generator) * std + mean);
}

/** A standard normal in float64; every second one was computed with the one before. */
export function serialNormal(generator: Mt19937): number {
  const waiting = generator.waitingNormal;
  if (waiting !== undefined) {
    generator.waitingNormal = undefined;
    return waiting;
  }
  const angle = 2 * Math.PI * generator.fraction53();
  const radius = Math.sqrt(-2 * Math.log1p(-generator.fraction53()));
  generator.waitingNormal = radius * Math.sin(angle);
  return radius * Math.cos(angle);
}

/** All fractions are drawn first; a count that is no multiple of 16 draws its last 16 anew. */
function fill32(generator: Mt19937, target: Float32Array, mean: number, std: number): void {
  const count = target.length;
  const center = Math.fround(mean);
  const scale = Math.fround(std);
  generator.fillFractions24(target, 0, count);
  boxMuller32(target, 0, count - (count % GROUP), center, scale);
  if (count % GROUP === 0) return;
  generator.fillFractions24(target, count - GROUP, count);
  boxMuller32(target, count - GROUP, count, center, scale);
}

function fill64(generator: Mt19937, target: Float64Array, mean: number, std: number): void {
  const count = target.length;
  for (let i = 0; i < count; i++) target[i] = generator.fraction53();
  for (let start = 0; start + GROUP <= count; start += GROUP) transform64(target, start, mean, std);
  if (count % GROUP === 0) return;
  for (let i = count - GROUP; i < count; i++) target[i] = generator.fraction53();
  transform64(target, count - GROUP, mean, std);
}

/** Within 3 ulp of torch: the engine's logarithm and cosine are not the C library's. */
function transform64(target: Float64Array, start: number, mean: number, std: number): void {
  for (let j = start; j < start + GROUP / 2; j++) {
    const radius = Math.sqrt(-2 * Math.log(1 - target[j]!));
    const angle = 2 * Math.PI * target[j + 8]!;
    target[j] = fma64(radius * Math.cos(angle), std, mean);
    target[j + 8] = fma64(radius * Math.sin(angle), std, mean);
  }
}

function fillHalf(generator: Mt19937, target: Float32Array, mean: number, std: number, half: HalfPrecision): void {
  const count = target.length;
  const center = half.round(mean);
  const scale = half.round(std);
  for (let i = 0; i < count; i++) target[i] = generator.fraction(half.digits);
  for (let start = 0; start + GROUP <= count; start += GROUP) transformHalf(target, start, center, scale, half);
  if (count % GROUP === 0) return;
  for (let i = count - GROUP; i < count; i++) target[i] = generator.fraction(half.digits);
  transformHalf(target, count - GROUP, center, scale, half);
}

/** Bfloat16 rounds every intermediate, float16 only what is stored: so torch 1.13 overloads their functions. */
function transformHalf(target: Float32Array, start: number, mean: number, std: number, half: HalfPrecision): void {
  const { round } = half;
  const step = half === halfPrecisions.bfloat16 ? round : Math.fround;
  for (let j = start; j < start + GROUP / 2; j++) {
    const u1 = round(1 - target[j]!);
    const radius = round(Math.sqrt(step(-2 * step(Math.log(u1)))));
    const angle = round(2 * Math.PI * target[j + 8]!);
    target[j] = round(step(step(radius * step(Math.cos(angle))) * std) + mean);
    target[j + 8] = round(step(step(radius * step(Math.sin(angle))) * std) + mean);
  }
}
