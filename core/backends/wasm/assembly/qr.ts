/**
 * Householder's QR in float64 by blocks of 64 columns (Schreiber & Van Loan 1989): H₁H₂…H₆₄ = I − V·T·Vᵀ.
 * The matrix lies behind the kernel's own data, column by column, each padded with zeros to a multiple of 8 rows, and
 * with a column of zeros where their number is odd. First R and V take its place, then Q.
 */
import { multiplyAdd64 } from './vector';

const BLOCK: i32 = 64;
/** Bytes of as many numbers as a block has columns, and of its triangle. */
const SIDE: usize = 64 * 8;
const TRIANGLE: usize = 64 * SIDE;
const PAGE: usize = 4096;
const DISTANCE: usize = 9 * 64;

let rows: i32 = 0;
let columns: i32 = 0;
/** Bytes of a column, and from one column to the next. */
let extent: usize = 0;
let pitch: usize = 0;
let matrix: usize = 0;
/**
 * V of the block at hand with its ones and zeros, column by column and by fours, two rows of each together; Vᵀ·A column by
 * column, T of every block, signs of R's diagonal.
 */
let reflectors: usize = 0;
let packed: usize = 0;
let products: usize = 0;
let triangles: usize = 0;
let signs: usize = 0;

/** Lays the matrix out; the address behind all of it, up to which the memory has to reach. */
export function qrLayout(rowCount: i32, columnCount: i32): usize {
  rows = (rowCount + 7) & ~7;
  columns = columnCount;
  extent = usize(rows) << 3;
  pitch = extent + spread(extent);
  const even = usize((columnCount + 1) & ~1);
  const blocks = usize((columnCount + BLOCK - 1) / BLOCK);
  matrix = (__heap_base + 63) & ~63;
  reflectors = matrix + even * pitch;
  packed = reflectors + usize(BLOCK) * pitch;
  products = packed + usize(BLOCK) * extent;
  // Room for the reflectors' own products as well.
  triangles = products + max(even, usize(BLOCK)) * usize(BLOCK) * 8;
  signs = triangles + blocks * TRIANGLE;
  return signs + (even << 3);
}

/** Columns whose distance is a power of two share the same lines of the cache: theirs is 9 lines more than a page. */
function spread(bytes: usize): usize {
  return (DISTANCE - (bytes & (PAGE - 1))) & (PAGE - 1);
}

export function qrMatrix(): usize {
  return matrix;
}

export function qrPitch(): usize {
  return pitch;
}

/** ±1 for each column: the sign of R's diagonal. */
export function qrSigns(): usize {
  return signs;
}

/** Blocks from the first to the last turn A into R and V; the columns behind each are to be reflected next. */
export function qrFactor(block: i32): void {
  const from = block * BLOCK;
  const to = min(from + BLOCK, columns);
  const triangle = triangles + usize(block) * TRIANGLE;
  memory.fill(triangle, 0, TRIANGLE);
  for (let k = from; k < to; k++) store<f64>(triangle + usize((k - from) * (BLOCK + 1)) * 8, eliminate(k, to));
  copyReflectors(from, to);
  completeTriangle(triangle, from, to);
}

/** Reflects columns behind the block, an even number of them. */
export function qrReflect(block: i32, first: i32, count: i32): void {
  reflect(triangles + usize(block) * TRIANGLE, true, block * BLOCK, first, count);
}

/** Blocks from the last to the first turn V into Q; the block's columns and those behind are to be formed next. */
export function qrForm(block: i32): void {
  const from = block * BLOCK;
  const to = min(from + BLOCK, columns);
  copyReflectors(from, to);
  for (let k = from; k < to; k++) {
    memory.fill(columnAt(k), 0, extent);
    store<f64>(columnAt(k) + (usize(k) << 3), 1);
  }
}

/** Forms columns of Q, an even number of them. */
export function qrApply(block: i32, first: i32, count: i32): void {
  reflect(triangles + usize(block) * TRIANGLE, false, block * BLOCK, first, count);
}

// @ts-ignore: decorator
@inline
function columnAt(j: i32): usize {
  return matrix + usize(j) * pitch;
}

/** Makes column k of R, leaves its reflector below (its one is not stored), reflects the block's later columns; τ. */
function eliminate(k: i32, to: i32): f64 {
  const column = columnAt(k);
  const diagonal = column + (usize(k) << 3);
  const head = load<f64>(diagonal);
  let squares: f64 = 0;
  for (let at = diagonal + 8; at < column + extent; at += 8) squares += load<f64>(at) * load<f64>(at);
  const norm = sqrt(head * head + squares);
  const isDone = squares === 0 && head >= 0;
  const r = head > 0 && !isDone ? -norm : norm;
  store<f64>(signs + (usize(k) << 3), r < 0 ? -1 : 1);
  if (isDone) return 0;
  const scale = 1 / (head - r);
  for (let at = diagonal + 8; at < column + extent; at += 8) store<f64>(at, load<f64>(at) * scale);
  const tau = (r - head) / r;
  store<f64>(diagonal, 1);
  for (let j = k + 1; j < to; j++) reflectOne(diagonal, columnAt(j) + (usize(k) << 3), column + extent, tau);
  store<f64>(diagonal, r);
  return tau;
}

/** x − τ·v·(vᵀx) for v up to an end; an odd first element is done by itself. */
function reflectOne(v: usize, x: usize, end: usize, tau: f64): void {
  const distance = x - v;
  const isOdd = ((end - v) >> 3) & 1;
  const start = v + (isOdd << 3);
  let sum = f64x2.splat(0);
  for (let at = start; at < end; at += 16) sum = multiplyAdd64(v128.load(at), v128.load(at + distance), sum);
  let dot = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
  if (isOdd) dot += load<f64>(v) * load<f64>(x);
  const along = f64x2.splat(-tau * dot);
  if (isOdd) store<f64>(x, load<f64>(x) - tau * dot * load<f64>(v));
  for (let at = start; at < end; at += 16) {
    v128.store(at + distance, multiplyAdd64(along, v128.load(at), v128.load(at + distance)));
  }
}

/** V of a block, from the row where it starts. */
function copyReflectors(from: i32, to: i32): void {
  const skipped = usize(from) << 3;
  for (let k = from; k < from + BLOCK; k++) {
    const target = reflectors + usize(k - from) * pitch;
    memory.fill(target + skipped, 0, extent - skipped);
    if (k < to) {
      const diagonal = usize(k) << 3;
      store<f64>(target + diagonal, 1);
      memory.copy(target + diagonal + 8, columnAt(k) + diagonal + 8, extent - diagonal - 8);
    }
    pack(target, skipped, k - from);
  }
}

/** Two rows of four reflectors lie together. */
function pack(column: usize, skipped: usize, k: i32): void {
  const group = packed + usize(k & ~3) * extent + (usize(k & 3) << 4);
  for (let row = skipped; row < extent; row += 16) v128.store(group + (row << 2), v128.load(column + row));
}

/** T, column by column, upper triangular: t_ij = −τ_j · Σ t_ik (vₖᵀ v_j), from the products of the reflectors. */
function completeTriangle(triangle: usize, from: i32, to: i32): void {
  multiply(reflectors, BLOCK, from);
  for (let j = 1; j < to - from; j++) {
    const tau = load<f64>(triangle + usize(j * (BLOCK + 1)) * 8);
    for (let i = 0; i < j; i++) {
      let sum: f64 = 0;
      for (let k = i; k < j; k++) {
        sum += load<f64>(triangle + usize(i * BLOCK + k) * 8) * load<f64>(products + usize(j * BLOCK + k) * 8);
      }
      store<f64>(triangle + usize(i * BLOCK + j) * 8, -tau * sum);
    }
  }
}

/** A − V·T·(Vᵀ·A), or with T transposed. */
function reflect(triangle: usize, isTransposed: bool, from: i32, first: i32, count: i32): void {
  const start = columnAt(first);
  multiply(start, count, from);
  for (let j = 0; j < count; j += 2) triangleTimes(triangle, products + usize(j) * SIDE, isTransposed);
  addProduct(start, count, from);
}

/** Two columns of products, negated, in place: rows by fours, from the end where nothing is needed any more that was overwritten. */
function triangleTimes(triangle: usize, x: usize, isTransposed: bool): void {
  for (let step = 0; step < BLOCK; step += 4) {
    const i = isTransposed ? BLOCK - 4 - step : step;
    if (isTransposed) fourRows(triangle + (usize(i) << 3), SIDE, 8, x, 0, i + 4, usize(i) << 3);
    else fourRows(triangle + usize(i) * SIDE, 8, SIDE, x, i, BLOCK, usize(i) << 3);
  }
}

/** T is 0 on its other side. `along`, `across`: bytes from one term to the next, and from one row to the next. */
function fourRows(t: usize, along: usize, across: usize, x: usize, from: i32, to: i32, result: usize): void {
  let a0: f64 = 0, a1: f64 = 0, a2: f64 = 0, a3: f64 = 0;
  let b0: f64 = 0, b1: f64 = 0, b2: f64 = 0, b3: f64 = 0;
  const y = x + SIDE;
  for (let k = from; k < to; k++) {
    const at = usize(k) << 3;
    const a = load<f64>(x + at);
    const b = load<f64>(y + at);
    let term = t + usize(k) * along;
    let factor = load<f64>(term);
    a0 += factor * a;
    b0 += factor * b;
    term += across;
    factor = load<f64>(term);
    a1 += factor * a;
    b1 += factor * b;
    term += across;
    factor = load<f64>(term);
    a2 += factor * a;
    b2 += factor * b;
    factor = load<f64>(term + across);
    a3 += factor * a;
    b3 += factor * b;
  }
  storeFour(x + result, -a0, -a1, -a2, -a3);
  storeFour(y + result, -b0, -b1, -b2, -b3);
}

// @ts-ignore: decorator
@inline
function storeFour(at: usize, a: f64, b: f64, c: f64, d: f64): void {
  store<f64>(at, a);
  store<f64>(at, b, 8);
  store<f64>(at, c, 16);
  store<f64>(at, d, 24);
}

/** So many bytes of a column stay in the first-level cache with those of all reflectors. */
const STRETCH: usize = 64 * 8;

/** Vᵀ times columns, from a row on: four reflectors and two columns at once. */
function multiply(start: usize, count: i32, from: i32): void {
  memory.fill(products, 0, usize(count * BLOCK) * 8);
  for (let row = usize(from) << 3; row < extent; row += STRETCH) {
    const end = min(row + STRETCH, extent);
    for (let j = 0; j < count; j += 2) {
      const a = start + usize(j) * pitch;
      const result = products + usize(j * BLOCK) * 8;
      for (let k = 0; k < BLOCK; k += 4) {
        fourDots(packed + usize(k) * extent + (row << 2), a + row, a + end, result + (usize(k) << 3));
      }
    }
  }
}

function fourDots(v: usize, a: usize, end: usize, result: usize): void {
  let s00 = f64x2.splat(0), s01 = f64x2.splat(0), s02 = f64x2.splat(0), s03 = f64x2.splat(0);
  let s10 = f64x2.splat(0), s11 = f64x2.splat(0), s12 = f64x2.splat(0), s13 = f64x2.splat(0);
  for (let b = a + pitch; a < end; a += 16, b += 16, v += 64) {
    const x = v128.load(a);
    const y = v128.load(b);
    const r0 = v128.load(v);
    s00 = multiplyAdd64(r0, x, s00);
    s10 = multiplyAdd64(r0, y, s10);
    const r1 = v128.load(v, 16);
    s01 = multiplyAdd64(r1, x, s01);
    s11 = multiplyAdd64(r1, y, s11);
    const r2 = v128.load(v, 32);
    s02 = multiplyAdd64(r2, x, s02);
    s12 = multiplyAdd64(r2, y, s12);
    const r3 = v128.load(v, 48);
    s03 = multiplyAdd64(r3, x, s03);
    s13 = multiplyAdd64(r3, y, s13);
  }
  addPair(result, s00, s01);
  addPair(result + 16, s02, s03);
  addPair(result + SIDE, s10, s11);
  addPair(result + SIDE + 16, s12, s13);
}

/** The sums of two vectors' lanes, to two numbers. */
// @ts-ignore: decorator
@inline
function addPair(at: usize, a: v128, b: v128): void {
  const sum = f64x2.add(v128.shuffle<i64>(a, b, 0, 2), v128.shuffle<i64>(a, b, 1, 3));
  v128.store(at, f64x2.add(v128.load(at), sum));
}

/** Columns plus V times the products: eight rows of two columns at once. */
function addProduct(start: usize, count: i32, from: i32): void {
  for (let row = usize(from) << 3; row < extent; row += STRETCH) {
    const end = min(row + STRETCH, extent);
    for (let j = 0; j < count; j += 2) {
      const a = start + usize(j) * pitch;
      const w = products + usize(j * BLOCK) * 8;
      for (let i = row; i < end; i += 64) addTile(a + i, reflectors + i, w);
    }
  }
}

function addTile(a: usize, v: usize, w: usize): void {
  const b = a + pitch;
  let a0 = v128.load(a), a1 = v128.load(a, 16), a2 = v128.load(a, 32), a3 = v128.load(a, 48);
  let b0 = v128.load(b), b1 = v128.load(b, 16), b2 = v128.load(b, 32), b3 = v128.load(b, 48);
  for (let end = w + SIDE; w < end; w += 8, v += pitch) {
    const x = v128.load64_splat(w);
    const y = v128.load64_splat(w, SIDE);
    let r = v128.load(v);
    a0 = multiplyAdd64(r, x, a0);
    b0 = multiplyAdd64(r, y, b0);
    r = v128.load(v, 16);
    a1 = multiplyAdd64(r, x, a1);
    b1 = multiplyAdd64(r, y, b1);
    r = v128.load(v, 32);
    a2 = multiplyAdd64(r, x, a2);
    b2 = multiplyAdd64(r, y, b2);
    r = v128.load(v, 48);
    a3 = multiplyAdd64(r, x, a3);
    b3 = multiplyAdd64(r, y, b3);
  }
  v128.store(a, a0);
  v128.store(a, a1, 16);
  v128.store(a, a2, 32);
  v128.store(a, a3, 48);
  v128.store(b, b0);
  v128.store(b, b1, 16);
  v128.store(b, b2, 32);
  v128.store(b, b3, 48);
}
