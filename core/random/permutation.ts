/** Random permutations and integers as torch's CPU kernels draw them. */
import type { Mt19937 } from './mt19937.js';

/** `randperm`: from the front, each place swaps with one at or behind it; `word % left` picks it. */
export function randomPermutation(generator: Mt19937, count: number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = 0; i < count - 1; i++) {
    const other = i + (generator.word() % (count - i));
    const held = order[i]!;
    order[i] = order[other]!;
    order[other] = held;
  }
  return order;
}

/** `randint`: integers in [low, high); a range of 2³² or more takes 64 bits, high word first. */
export function randomIntegers(generator: Mt19937, count: number, low: number, high: number): Float64Array {
  const range = high - low;
  const next = range < 2 ** 32 ? () => generator.word() % range : () => wideModulo(generator, range);
  return Float64Array.from({ length: count }, () => next() + low);
}

function wideModulo(generator: Mt19937, range: number): number {
  const high = BigInt(generator.word());
  const low = BigInt(generator.word());
  return Number(((high << 32n) | low) % BigInt(range));
}
