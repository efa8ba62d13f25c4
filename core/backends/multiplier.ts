/** Products of small packed matrices: what a machine multiplies with, and how in plain JavaScript. */

/** Room for one block of each matrix; the numbers are the caller's until the next call. */
export interface Multiplier {
  /** Groups of 4 rows, each term's four together. */
  readonly left: Float32Array;
  /** Groups of 8 columns, each term's eight together. */
  readonly right: Float32Array;
  /** Row-major, as wide as the block. */
  readonly sums: Float32Array;
  /** Adds left·right to the sums; rows are a multiple of 4, columns of 8. */
  multiply(rows: number, terms: number, columns: number): void;
}

/** Of a block at most. */
export const ROWS = 64;
export const TERMS = 256;
export const COLUMNS = 512;

/** Sums in double precision, and rounds what it keeps. */
export function scalarMultiplier(): Multiplier {
  const left = new Float32Array(ROWS * TERMS);
  const right = new Float32Array(TERMS * COLUMNS);
  const sums = new Float32Array(ROWS * COLUMNS);
  const multiply = (rows: number, terms: number, columns: number) => {
    for (let row = 0; row < rows; row += 2) {
      const from = (row & ~3) * terms + (row & 3);
      for (let column = 0; column < columns; column += 4) {
        const right4 = (column & ~7) * terms + (column & 7);
        addTile(left, from, right, right4, terms, sums, row * columns + column, columns);
      }
    }
  };
  return { left, right, sums, multiply };
}

/** Two rows by four columns: eight sums that stay in registers. */
function addTile(
  left: Float32Array,
  from: number,
  right: Float32Array,
  start: number,
  terms: number,
  sums: Float32Array,
  at: number,
  pitch: number,
): void {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let t0 = 0;
  let t1 = 0;
  let t2 = 0;
  let t3 = 0;
  for (let term = 0; term < terms; term++) {
    const a = from + term * 4;
    const b = start + term * 8;
    const u = left[a]!;
    const v = left[a + 1]!;
    const b0 = right[b]!;
    const b1 = right[b + 1]!;
    const b2 = right[b + 2]!;
    const b3 = right[b + 3]!;
    s0 += u * b0;
    s1 += u * b1;
    s2 += u * b2;
    s3 += u * b3;
    t0 += v * b0;
    t1 += v * b1;
    t2 += v * b2;
    t3 += v * b3;
  }
  sums[at]! += s0;
  sums[at + 1]! += s1;
  sums[at + 2]! += s2;
  sums[at + 3]! += s3;
  sums[at + pitch]! += t0;
  sums[at + pitch + 1]! += t1;
  sums[at + pitch + 2]! += t2;
  sums[at + pitch + 3]! += t3;
}
