/** `orthogonal_` (Saxe et al. 2013): the orthonormal factor of a normal matrix, made unique by R's positive diagonal. */
import type { Mt19937 } from './mt19937.js';
import { normal } from './normal.js';
import { type Dtype, roundTo, type Values, valuesFor } from './precision.js';

/** Row-major, `rows` × `columns`; within 3e-6 of torch, whose own bits change with its BLAS, and which has no QR of halves. */
export function orthogonal(
  generator: Mt19937,
  rows: number,
  columns: number,
  gain = 1,
  dtype: Dtype = 'float32',
): Values {
  const drawn = normal(generator, rows * columns, 0, 1, { dtype });
  const isWide = rows < columns;
  const [long, short] = isWide ? [columns, rows] : [rows, columns];
  const columnsOfMatrix = Array.from({ length: short }, (_, j) => {
    return Float64Array.from({ length: long }, (_, i) => drawn[isWide ? j * columns + i : i * columns + j]!);
  });
  const q = orthonormalFactor(columnsOfMatrix, long);
  const values = valuesFor(dtype, rows * columns);
  for (let j = 0; j < short; j++) {
    for (let i = 0; i < long; i++)
      values[isWide ? j * columns + i : i * columns + j] = roundTo(dtype, q[j]![i]!) * gain;
  }
  return values;
}

/** Householder's QR: the columns of Q, each times the sign of R's diagonal. */
function orthonormalFactor(columns: readonly Float64Array[], length: number): readonly Float64Array[] {
  const signs = columns.map((column, k) => eliminate(columns, column, k));
  const factor = columns.map((_, j) => unit(length, j));
  for (let k = columns.length - 1; k >= 0; k--) {
    for (let j = k; j < factor.length; j++) reflect(factor[j]!, columns[k]!, k);
  }
  return factor.map((column, j) => column.map(value => value * signs[j]!));
}

/** Turns column k into its Householder vector (below the diagonal) and reflects those behind; the sign of R's entry. */
function eliminate(columns: readonly Float64Array[], column: Float64Array, k: number): number {
  const norm = Math.sqrt(dotFrom(column, column, k));
  const sign = column[k]! < 0 ? 1 : -1;
  if (norm === 0) return 1;
  column[k]! -= sign * norm;
  const scale = Math.sqrt(2 / dotFrom(column, column, k));
  for (let i = k; i < column.length; i++) column[i]! *= scale;
  for (let j = k + 1; j < columns.length; j++) reflect(columns[j]!, column, k);
  return sign;
}

/** x − v(vᵀx), from row k on; v has length √2. */
function reflect(target: Float64Array, vector: Float64Array, k: number): void {
  const along = dotFrom(target, vector, k);
  for (let i = k; i < target.length; i++) target[i]! -= along * vector[i]!;
}

function dotFrom(a: Float64Array, b: Float64Array, from: number): number {
  let sum = 0;
  for (let i = from; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function unit(length: number, position: number): Float64Array {
  const vector = new Float64Array(length);
  vector[position] = 1;
  return vector;
}
