/** Uniform numbers as torch's CPU `uniform_` draws them. */
import { VALUES } from './memory';
import { fractions } from './mt19937';
import { f32s, fma } from './vector';

/** `low + range · fraction`, fused, in the first `count` values, of which there is one. */
export function uniform(count: i32, low: f32, range: f32): void {
  fractions(0, count);
  if (low === 0 && range === 1) return;
  const scale = f32s(range);
  const start = f32s(low);
  const end = VALUES + (usize(count) << 2);
  let at = VALUES;
  do {
    v128.store(at, fma(v128.load(at), scale, start));
    at += 16;
  } while (at < end);
}
