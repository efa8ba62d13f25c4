/** `torch.linspace` to the bit, as its vectorized CPU kernel rounds. */
import { fma32 } from '../../../../core/random/fma.js';
import { type Dtype, dtypes } from '../dtypes.js';
import type { Data } from './elements.js';

/** Elements of one vector register; the kernel takes two at a time and the rest one by one. */
const LANES: Partial<Record<Dtype, number>> = { float32: 8, float64: 4 };

/** Counted from the nearer end. Within a register each element stands on its first one. */
export function spaced(from: number, to: number, steps: number, dtype: Dtype): Data {
  const { round } = dtypes[dtype];
  const [start, end] = [round(from), round(to)];
  if (steps === 1) return Float64Array.of(start);
  const step = round(round(end - start) / (steps - 1));
  const at = (index: number) =>
    index < Math.floor(steps / 2)
      ? multiplyAdd(step, index, start, dtype)
      : multiplyAdd(-step, steps - index - 1, end, dtype);
  const lanes = LANES[dtype] ?? 1;
  const vectorized = steps - (steps % (2 * lanes));
  return Float64Array.from({ length: steps }, (_, i) => {
    if (i >= vectorized) return at(i);
    const lane = i % lanes;
    return round(at(i - lane) + round(step * lane));
  });
}

/** The kernel is compiled to fused multiply-adds. */
function multiplyAdd(a: number, b: number, c: number, dtype: Dtype): number {
  return dtype === 'float32' ? fma32(a, b, c) : dtypes[dtype].round(a * b + c);
}
