/** Truncated normal numbers as `trunc_normal_` draws them: uniform, erfinv, scale, shift, clamp, each an operation. */
import { erfinvPlain, erfinvRounded } from './erfinv';
import { VALUES } from './memory';
import { uniform } from './uniform';
import { f32s } from './vector';

/** `from` and `range` are those of the uniform numbers that go into erfinv. */
export function truncatedNormal(
  count: i32,
  from: f32,
  range: f32,
  scale: f32,
  shift: f32,
  lowest: f32,
  highest: f32,
  isPlain: bool,
): void {
  uniform(count, from, range);
  const end = VALUES + (usize(count) << 2);
  for (let at = VALUES; at < end; at += 16) {
    const y = v128.load(at);
    const inverse = isPlain ? erfinvPlain(y) : erfinvRounded(y);
    const value = f32x4.add(f32x4.mul(inverse, f32s(scale)), f32s(shift));
    v128.store(at, f32x4.pmin(f32x4.pmax(value, f32s(lowest)), f32s(highest)));
  }
}

/** Of the values that lie in memory, in place. */
export function erfinv(count: i32): void {
  const end = VALUES + (usize(count) << 2);
  for (let at = VALUES; at < end; at += 16) v128.store(at, erfinvPlain(v128.load(at)));
}
