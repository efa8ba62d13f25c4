/** `orthogonal_` by the kernel's QR, block by block, so that it can be watched and given up. */
import { type Dtype, roundTo, type Values, valuesFor } from '../../random/index.js';
import type { KernelExports } from './kernel.js';

/** The kernel's. */
const BLOCK = 64;
/** Columns that a step reflects: of 4096 rows, some tens of milliseconds. */
const STEP = 512;
const PAGE = 2 ** 16;

export interface MatrixShape {
  readonly rows: number;
  readonly columns: number;
}

/**
 * From normal numbers to the orthonormal factor times `gain`, row-major; yields the share that is done.
 * The kernel must be a fresh one: its memory grows by the matrix in float64 and never shrinks.
 */
export function* orthonormalFactor(
  exports: KernelExports,
  drawn: ArrayLike<number>,
  { rows, columns }: MatrixShape,
  gain: number,
  dtype: Dtype = 'float32',
): Generator<number, Values> {
  const isWide = rows < columns;
  const [long, short] = isWide ? [columns, rows] : [rows, columns];
  const strides = isWide ? { down: 1, across: columns } : { down: columns, across: 1 };
  reserve(exports, exports.qrLayout(long, short));
  const matrix = viewOf(exports);
  eachTile(long, short, (row, end, j) => {
    const column = j * matrix.pitch;
    for (let i = row; i < end; i++) matrix.data[column + i] = drawn[i * strides.down + j * strides.across]!;
  });
  yield* steps(exports, long, short);
  const values = valuesFor(dtype, rows * columns);
  const round = dtype === 'float32' ? Math.fround : (x: number) => roundTo(dtype, x);
  eachTile(long, short, (row, end, j) => {
    const [sign, column] = [matrix.signs[j]!, j * matrix.pitch];
    for (let i = row; i < end; i++) {
      values[i * strides.down + j * strides.across] = round(matrix.data[column + i]! * sign) * gain;
    }
  });
  return values;
}

const TILE = 32;

/** Stretches of a column, those of neighbouring columns one after the other: rows and columns stay in the cache. */
function eachTile(long: number, short: number, visit: (row: number, end: number, j: number) => void): void {
  for (let row = 0; row < long; row += TILE) {
    const end = Math.min(row + TILE, long);
    for (let j = 0; j < short; j++) visit(row, end, j);
  }
}

/** Forward over the blocks and back; what a step costs follows from its columns and the rows below. */
function* steps(exports: KernelExports, long: number, short: number): Generator<number> {
  const blocks = Array.from({ length: Math.ceil(short / BLOCK) }, (_, block) => block);
  const total = 2 * blocks.reduce((sum, block) => sum + (long - block * BLOCK) * (short - block * BLOCK), 0);
  let done = 0;
  for (const block of blocks) {
    exports.qrFactor(block);
    done += (long - block * BLOCK) * BLOCK;
    for (const [first, count] of stretches((block + 1) * BLOCK, short)) {
      exports.qrReflect(block, first, count);
      done += (long - block * BLOCK) * count;
      yield Math.min(1, done / total);
    }
  }
  for (const block of blocks.toReversed()) {
    exports.qrForm(block);
    for (const [first, count] of stretches(block * BLOCK, short)) {
      exports.qrApply(block, first, count);
      done += (long - block * BLOCK) * count;
      yield Math.min(1, done / total);
    }
  }
}

/** Even numbers of columns: behind an odd number stands one of zeros. */
function* stretches(from: number, to: number): Generator<readonly [first: number, count: number]> {
  for (let first = from; first < to; first += STEP) yield [first, Math.min(STEP, (to - first + 1) & ~1)];
}

function reserve({ memory }: KernelExports, end: number): void {
  const missing = end - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
}

function viewOf(exports: KernelExports) {
  const { buffer } = exports.memory;
  return {
    data: new Float64Array(buffer, exports.qrMatrix()),
    pitch: exports.qrPitch() / 8,
    signs: new Float64Array(buffer, exports.qrSigns()),
  };
}
