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
