/** Products of matrices, packed so that four rows by eight columns stay in registers. */
import { multiplyAdd } from './vector';

/** Where the kernel's own memory ends: memory behind it may be grown, and is the caller's. */
export function freeAddress(): usize {
  return (__heap_base + 63) & ~63;
}

/**
 * Adds a·b to c. a: groups of 4 rows, each term's four together; b: groups of 8 columns, each term's eight together;
 * c: row-major, `columns` wide. Rows are a multiple of 4, columns of 8.
 */
export function multiplyPacked(a: usize, b: usize, c: usize, rows: i32, terms: i32, columns: i32): void {
  const pitch = <usize>columns << 2;
  for (let row = 0; row < rows; row += 4) {
    const left = a + ((<usize>row * <usize>terms) << 2);
    for (let column = 0; column < columns; column += 8) {
      const right = b + ((<usize>column * <usize>terms) << 2);
      addTile(left, right, c + <usize>row * pitch + (<usize>column << 2), terms, pitch);
    }
  }
}

// @ts-ignore: decorator
@inline
function addTile(a: usize, b: usize, c: usize, terms: i32, pitch: usize): void {
  let c00 = v128.load(c);
  let c01 = v128.load(c, 16);
  let c10 = v128.load(c + pitch);
  let c11 = v128.load(c + pitch, 16);
  let c20 = v128.load(c + 2 * pitch);
  let c21 = v128.load(c + 2 * pitch, 16);
  let c30 = v128.load(c + 3 * pitch);
  let c31 = v128.load(c + 3 * pitch, 16);
  for (let term = 0; term < terms; term++) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(a);
    c00 = multiplyAdd(a0, b0, c00);
    c01 = multiplyAdd(a0, b1, c01);
    const a1 = v128.load32_splat(a, 4);
    c10 = multiplyAdd(a1, b0, c10);
    c11 = multiplyAdd(a1, b1, c11);
    const a2 = v128.load32_splat(a, 8);
    c20 = multiplyAdd(a2, b0, c20);
    c21 = multiplyAdd(a2, b1, c21);
    const a3 = v128.load32_splat(a, 12);
    c30 = multiplyAdd(a3, b0, c30);
    c31 = multiplyAdd(a3, b1, c31);
    a += 16;
    b += 32;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c + pitch, c10);
  v128.store(c + pitch, c11, 16);
  v128.store(c + 2 * pitch, c20);
  v128.store(c + 2 * pitch, c21, 16);
  v128.store(c + 3 * pitch, c30);
  v128.store(c + 3 * pitch, c31, 16);
}
