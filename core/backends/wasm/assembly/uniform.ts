/** Uniform numbers as torch's CPU `uniform_` draws them. */
import { VALUES } from './memory';
import { fractions } from './mt19937';
import { f32s, fma } from './vector';

/** `low + range · fraction`, fused, in the first `count` values. */
export function uniform(count: i32, low: f32, range: f32): void {
  fractions(0, count);
  if (low === 0 && range === 1) return;
  const scale = f32s(range);
  const start = f32s(low);
  const end = VALUES + (usize(count) << 2);
  for (let at = VALUES; at < end; at += 16) v128.store(at, fma(v128.load(at), scale, start));
}
