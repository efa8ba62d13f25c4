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
      packColumns(b, from, left, depth, width, multiplier.right);
      for (let top = 0; top < rows; top += ROWS) {
        const height = Math.min(ROWS, rows - top);
        packRows(a, top, from, height, depth, multiplier.left);
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

/** What is missing of the last group stays 0. The inner loop runs along neighbours in memory. */
function packRows(
  { data, offset = 0, down, across }: Matrix,
  top: number,
  from: number,
  height: number,
  depth: number,
  into: Float32Array,
): void {
  for (let group = 0; group < height; group += 4) {
    const start = offset + (top + group) * down + from * across;
    const count = Math.min(4, height - group);
    const to = group * depth;
    if (count < 4) into.fill(0, to, to + 4 * depth);
    if (down < across) packAcross(data, start, { inner: down, outer: across }, count, depth, into, to, 4);
    else packAlong(data, start, { inner: down, outer: across }, count, depth, into, to, 4);
  }
}

function packColumns(
  { data, offset = 0, down, across }: Matrix,
  from: number,
  left: number,
  depth: number,
  width: number,
  into: Float32Array,
): void {
  for (let group = 0; group < width; group += 8) {
    const start = offset + (left + group) * across + from * down;
    const count = Math.min(8, width - group);
    const to = group * depth;
    if (count < 8) into.fill(0, to, to + 8 * depth);
    if (across < down) packAcross(data, start, { inner: across, outer: down }, count, depth, into, to, 8);
    else packAlong(data, start, { inner: across, outer: down }, count, depth, into, to, 8);
  }
}

interface Pitches {
  /** Between the lanes of a group, and between its terms. */
  readonly inner: number;
  readonly outer: number;
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
