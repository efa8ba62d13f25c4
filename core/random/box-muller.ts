/** Box & Muller 1958 over groups of 16 uniform numbers, in float32: eight radii, then eight angles. */
import { LANES, log32, sincos32 } from './cephes.js';
import { fma32 } from './fma.js';

export const GROUP = 16;

const f32 = Math.fround;
const TWO_PI = f32(2 * Math.PI);
const radii = new Float32Array(LANES);
const sines = new Float32Array(LANES);
const cosines = new Float32Array(LANES);

/** Turns `values[from..to)`, whole groups of uniform numbers, into normal ones in place. */
export function boxMuller32(values: Float32Array, from: number, to: number, mean: number, std: number): void {
  const step = 2 * LANES;
  for (let start = from; start < to; start += step) transform(values, start, Math.min(to, start + step), mean, std);
}

function transform(values: Float32Array, from: number, to: number, mean: number, std: number): void {
  const pairs = (to - from) / 2;
  for (let lane = 0; lane < pairs; lane++) {
    const place = placeOf(lane, from);
    radii[lane] = 1 - values[place]!;
    sines[lane] = TWO_PI * values[place + 8]!;
  }
  log32(radii, pairs);
  for (let lane = 0; lane < pairs; lane++) radii[lane] = Math.sqrt(f32(-2 * radii[lane]!));
  sincos32(sines, cosines, pairs);
  for (let lane = 0; lane < pairs; lane++) {
    const place = placeOf(lane, from);
    values[place] = fma32(f32(radii[lane]! * cosines[lane]!), std, mean);
    values[place + 8] = fma32(f32(radii[lane]! * sines[lane]!), std, mean);
  }
}

/** Where the radius of a lane lies; its angle is eight places behind. */
function placeOf(lane: number, from: number): number {
  return from + lane + (lane & ~7);
}
