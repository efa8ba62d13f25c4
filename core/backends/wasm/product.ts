/** The kernel's product of packed matrices, with its blocks behind the kernel's own memory. */
import { COLUMNS, type Multiplier, ROWS, TERMS } from '../multiplier.js';
import type { KernelExports } from './kernel.js';

const PAGE = 2 ** 16;

/** The kernel must be a fresh one: its memory grows. */
export function multiplierOf(exports: KernelExports): Multiplier {
  const left = exports.freeAddress();
  const right = left + 4 * ROWS * TERMS;
  const sums = right + 4 * TERMS * COLUMNS;
  const missing = sums + 4 * ROWS * COLUMNS - exports.memory.buffer.byteLength;
  if (missing > 0) exports.memory.grow(Math.ceil(missing / PAGE));
  const { buffer } = exports.memory;
  return {
    left: new Float32Array(buffer, left, ROWS * TERMS),
    right: new Float32Array(buffer, right, TERMS * COLUMNS),
    sums: new Float32Array(buffer, sums, ROWS * COLUMNS),
    multiply: (rows, terms, columns) => exports.multiplyPacked(left, right, sums, rows, terms, columns),
  };
}
