/** Singular values of a weight: what a matrix does to the directions of its input. */

export interface Spectrum {
  /** Largest first. */
  readonly values: readonly number[];
  /** Largest by smallest; infinite where a direction is lost. */
  readonly condition: number;
  /** Between which those of a large matrix of independent values with this std lie (Marchenko & Pastur 1967). */
  readonly edges: { readonly low: number; readonly high: number };
}

type Size = readonly [rows: number, columns: number];

/** Of a matrix in rows whose values have the std. */
export function spectrumOf(values: ArrayLike<number>, [rows, columns]: Size, std: number): Spectrum {
  const found = singularValues(values, rows, columns);
  const [largest = 0, smallest = 0] = [found[0], found.at(-1)];
  const [long, short] = [Math.sqrt(Math.max(rows, columns)), Math.sqrt(Math.min(rows, columns))];
  return {
    values: found,
    condition: smallest <= ROUNDING * largest ? Number.POSITIVE_INFINITY : largest / smallest,
    edges: { low: std * (long - short), high: std * (long + short) },
  };
}

/** The root of what cancels in doubles. */
const ROUNDING = 1e-7;

/** Largest first, of a matrix in rows; cost grows with the square of the smaller side, times the larger. */
function singularValues(values: ArrayLike<number>, rows: number, columns: number): readonly number[] {
  const gram = rows <= columns ? gramOf(values, rows, columns, columns, 1) : gramOf(values, columns, rows, 1, columns);
  return eigenvalues(gram)
    .map(it => Math.sqrt(Math.max(0, it)))
    .sort((a, b) => b - a);
}

/** A·Aᵀ of `size` vectors with `length` components, `step` apart and each `stride` from the next. */
function gramOf(
  values: ArrayLike<number>,
  size: number,
  length: number,
  step: number,
  stride: number,
): readonly Float64Array[] {
  const vectors = Array.from({ length: size }, (_, i) =>
    Float64Array.from({ length }, (_, k) => values[i * step + k * stride]!),
  );
  const gram = vectors.map(() => new Float64Array(size));
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const product = dot(vectors[i]!, vectors[j]!, length);
      gram[i]![j] = product;
      gram[j]![i] = product;
    }
  }
  return gram;
}

function eigenvalues(matrix: readonly Float64Array[]): readonly number[] {
  const { diagonal, beside } = tridiagonal(matrix);
  for (let end = diagonal.length - 1; end > 0; end--) {
    for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      let start = end;
      while (start > 0 && !isNegligible(diagonal, beside, start - 1)) start--;
      if (start === end) break;
      chase(diagonal, beside, start, end);
    }
  }
  return [...diagonal];
}

const MOST_SWEEPS = 50;

interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** Between each entry of the diagonal and the next. */
  readonly beside: Float64Array;
}

/** Householder's reflections from both sides of a symmetric matrix, which is used up. */
function tridiagonal(matrix: readonly Float64Array[]): Tridiagonal {
  const size = matrix.length;
  const beside = new Float64Array(size);
  const image = new Float64Array(size);
  for (let k = size - 1; k > 0; k--) {
    const row = matrix[k]!;
    const norm = Math.sqrt(dot(row, row, k));
    const last = row[k - 1]!;
    beside[k - 1] = last < 0 ? norm : -norm;
    if (norm === 0) continue;
    row[k - 1] = last - beside[k - 1]!;
    const half = dot(row, row, k) / 2;
    for (let i = 0; i < k; i++) image[i] = dot(matrix[i]!, row, k) / half;
    const along = dot(image, row, k) / (2 * half);
    for (let i = 0; i < k; i++) image[i]! -= along * row[i]!;
    for (let i = 0; i < k; i++) {
      const target = matrix[i]!;
      for (let j = 0; j < k; j++) target[j]! -= row[i]! * image[j]! + image[i]! * row[j]!;
    }
  }
  return { diagonal: Float64Array.from(matrix, (row, i) => row[i]!), beside };
}

function dot(a: Float64Array, b: Float64Array, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function isNegligible(diagonal: Float64Array, beside: Float64Array, at: number): boolean {
  const size = Math.abs(diagonal[at]!) + Math.abs(diagonal[at + 1]!);
  return Math.abs(beside[at]!) <= Number.EPSILON * size;
}

/** One step of QR with Wilkinson's shift: a bulge is pushed from `start` down to `end`. */
function chase(diagonal: Float64Array, beside: Float64Array, start: number, end: number): void {
  const half = (diagonal[end - 1]! - diagonal[end]!) / 2;
  const corner = beside[end - 1]! ** 2;
  const root = Math.hypot(half, beside[end - 1]!);
  const shift = diagonal[end]! - corner / (half + (half < 0 ? -root : root));
  let x = diagonal[start]! - shift;
  let bulge = beside[start]!;
  for (let k = start; k < end; k++) {
    const length = Math.hypot(x, bulge);
    const [c, s] = length === 0 ? [1, 0] : [x / length, bulge / length];
    if (k > start) beside[k - 1] = length;
    const [a, b, d] = [diagonal[k]!, beside[k]!, diagonal[k + 1]!];
    diagonal[k] = c * c * a + 2 * c * s * b + s * s * d;
    diagonal[k + 1] = s * s * a - 2 * c * s * b + c * c * d;
    beside[k] = c * s * (d - a) + (c * c - s * s) * b;
    if (k + 1 === end) break;
    x = beside[k]!;
    bulge = s * beside[k + 1]!;
    beside[k + 1]! *= c;
  }
}
