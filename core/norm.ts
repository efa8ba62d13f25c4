/** The 2-norm of float32 numbers as torch's CPU kernel sums it (built by GCC for AVX2). */
import { fma32 } from './random/fma.js';

const LANES = 8;
const f32 = Math.fround;
const lanes = new Float32Array(LANES);

/**
 * Eight lanes of fused squares, added up in order. Of what is left over, the compiler squares four at once, which are
 * rounded, and fuses the rest.
 */
export function norm32(values: Float32Array): number {
  const whole = values.length - (values.length % LANES);
  lanes.fill(0);
  for (let i = 0; i < whole; i++) lanes[i % LANES] = fma32(values[i]!, values[i]!, lanes[i % LANES]!);
  let sum = lanes.reduce((a, b) => f32(a + b));
  const plain = values.length - whole >= LANES / 2 ? whole + LANES / 2 : whole;
  for (let i = whole; i < plain; i++) sum = f32(sum + f32(values[i]! ** 2));
  for (let i = plain; i < values.length; i++) sum = fma32(values[i]!, values[i]!, sum);
  return f32(Math.sqrt(sum));
}

/** The same of numbers that do not lie side by side: one after the other, fused. */
export function stridedNorm32(values: Float32Array, start: number, stride: number): number {
  let sum = 0;
  for (let i = start; i < values.length; i += stride) sum = fma32(values[i]!, values[i]!, sum);
  return f32(Math.sqrt(sum));
}

/** Torch's `renorm` in place, by the 2-norm: rows of a matrix, or columns, that are longer than `most` become as long. */
export function renormalize(values: Float32Array, columns: number, along: 'rows' | 'columns', most: number): void {
  const [limit, epsilon] = [f32(most), f32(1e-7)];
  const rows = values.length / columns;
  const count = along === 'rows' ? rows : columns;
  for (let k = 0; k < count; k++) {
    const row = values.subarray(k * columns, (k + 1) * columns);
    const norm = along === 'rows' ? norm32(row) : stridedNorm32(values, k, columns);
    if (!(norm > limit)) continue;
    const factor = f32(limit / f32(norm + epsilon));
    const step = along === 'rows' ? 1 : columns;
    const end = along === 'rows' ? (k + 1) * columns : values.length;
    for (let i = along === 'rows' ? k * columns : k; i < end; i += step) values[i]! *= factor;
  }
}
