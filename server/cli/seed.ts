/** `--seed`, as torch takes it. */
import { UsageError } from './options.js';

/** What torch.manual_seed takes: 64 bits, with or without a sign. */
export function seedOf(written: string): bigint {
  const seed = /^-?\d+$/.test(written) ? BigInt(written) : undefined;
  if (seed === undefined || seed < -(2n ** 63n) || seed >= 2n ** 64n) {
    throw new UsageError(`--seed is an integer of 64 bits, not ${written}`);
  }
  return seed;
}
