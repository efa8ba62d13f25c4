/** Products of matrices, in blocks that stay in the cache: where a simulation spends its time. */
import { COLUMNS, type Multiplier, ROWS, TERMS } from '../../backends/multiplier.js';

/** Row-major, or read with its axes swapped. */
export interface Matrix {
  readonly data: Float32Array;
  readonly offset?: number;
  /** Elements from one row to the next, and from one column to the next. */
  readonly down: number;
  readonly across: number;
}

export interface Sizes {
  readonly rows: number;
  readonly terms: number;
  readonly columns: number;
}

/** Where a sum goes: row-major, rows `down` apart. */
export interface Target {
  readonly data: Float32Array;
  readonly offset?: number;
  readonly down: number;
}

/** Whoever holds it may give up at every step. */
export type Steps<T> = Generator<void, T>;

/** Multiplications between two steps: a few milliseconds. */
const SLICE = 2 ** 24;

/** Adds factor · a·b to the target. */
export function* addProduct(
  multiplier: Multiplier,
  a: Matrix,
  b: Matrix,
  { rows, terms, columns }: Sizes,
  target: Target,
  factor = 1,
): Steps<void> {
  let done = 0;
  for (let left = 0; left < columns; left += COLUMNS) {
    const width = Math.min(COLUMNS, columns - left);
    for (let from = 0; from < terms; from += TERMS) {
      const depth = Math.min(TERMS, terms - from);
      pack(b, from * b.down + left * b.across, { inner: b.across, outer: b.down }, width, depth, multiplier.right, 8);
      for (let top = 0; top < rows; top += ROWS) {
        const height = Math.min(ROWS, rows - top);
        pack(a, top * a.down + from * a.across, { inner: a.down, outer: a.across }, height, depth, multiplier.left, 4);
        addBlock(multiplier, { height, depth, width }, target, top, left, factor);
        done += height * depth * width;
        if (done < SLICE) continue;
        done = 0;
        yield;
      }
    }
  }
}

interface BlockSizes {
  readonly height: number;
  readonly depth: number;
  readonly width: number;
}

function addBlock(
  multiplier: Multiplier,
  { height, depth, width }: BlockSizes,
  { data, offset = 0, down }: Target,
  top: number,
  left: number,
  factor: number,
): void {
  const rows = roundedUp(height, 4);
  const columns = roundedUp(width, 8);
  const { sums } = multiplier;
  sums.fill(0, 0, rows * columns);
  multiplier.multiply(rows, depth, columns);
  for (let row = 0; row < height; row++) {
    const to = offset + (top + row) * down + left;
    const from = row * columns;
    for (let column = 0; column < width; column++) data[to + column]! += factor * sums[from + column]!;
  }
}

const roundedUp = (count: number, to: number): number => Math.ceil(count / to) * to;

interface Pitches {
  /** Between the lanes of a group, and between its terms. */
  readonly inner: number;
  readonly outer: number;
}

/** Lanes in groups of so many; what is missing of the last stays 0. The inner loop runs along neighbours in memory. */
function pack(
  { data, offset = 0 }: Matrix,
  first: number,
  pitches: Pitches,
  extent: number,
  depth: number,
  into: Float32Array,
  lanes: number,
): void {
  const packGroup = pitches.inner < pitches.outer ? packAcross : packAlong;
  for (let group = 0; group < extent; group += lanes) {
    const count = Math.min(lanes, extent - group);
    const to = group * depth;
    if (count < lanes) into.fill(0, to, to + lanes * depth);
    packGroup(data, offset + first + group * pitches.inner, pitches, count, depth, into, to, lanes);
  }
}

function packAcross(
  data: Float32Array,
  start: number,
  { inner, outer }: Pitches,
  count: number,
  depth: number,
  into: Float32Array,
  to: number,
  lanes: number,
): void {
  for (let term = 0; term < depth; term++) {
    const place = start + term * outer;
    const at = to + term * lanes;
    for (let lane = 0; lane < count; lane++) into[at + lane] = data[place + lane * inner]!;
  }
}

function packAlong(
  data: Float32Array,
  start: number,
  { inner, outer }: Pitches,
  count: number,
  depth: number,
  into: Float32Array,
  to: number,
  lanes: number,
): void {
  for (let lane = 0; lane < count; lane++) {
    const place = start + lane * inner;
    for (let term = 0; term < depth; term++) into[to + term * lanes + lane] = data[place + term * outer]!;
  }
}
