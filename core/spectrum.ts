/** Singular values of a weight: what a matrix does to the directions of its input. */

/** Largest first, of a matrix in rows; cost grows with the cube of the smaller side. */
export function singularValues(values: ArrayLike<number>, rows: number, columns: number): readonly number[] {
  const gram = rows <= columns ? gramOf(values, rows, columns, columns, 1) : gramOf(values, columns, rows, 1, columns);
  return eigenvalues(gram)
    .map(it => Math.sqrt(Math.max(0, it)))
    .sort((a, b) => b - a);
}

/** A·Aᵀ of `size` vectors with `length` components, `step` apart and each `stride` from the next. */
function gramOf(values: ArrayLike<number>, size: number, length: number, step: number, stride: number): number[][] {
  const gram = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < length; k++) sum += values[i * step + k * stride]! * values[j * step + k * stride]!;
      gram[i]![j] = sum;
      gram[j]![i] = sum;
    }
  }
  return gram;
}

const MOST_SWEEPS = 12;

/** Cyclic Jacobi rotations of a symmetric matrix, which is used up. */
function eigenvalues(matrix: number[][]): readonly number[] {
  const size = matrix.length;
  const scale = matrix.reduce((sum, row, i) => sum + Math.abs(row[i]!), 0);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let rest = 0;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        rest += Math.abs(matrix[p]![q]!);
        rotate(matrix, p, q);
      }
    }
    if (rest <= 1e-9 * scale) break;
  }
  return matrix.map((row, i) => row[i]!);
}

function rotate(matrix: number[][], p: number, q: number): void {
  const off = matrix[p]![q]!;
  if (off === 0) return;
  const theta = (matrix[q]![q]! - matrix[p]![p]!) / (2 * off);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (let k = 0; k < matrix.length; k++) {
    const [a, b] = [matrix[k]![p]!, matrix[k]![q]!];
    matrix[k]![p] = c * a - s * b;
    matrix[k]![q] = s * a + c * b;
  }
  const [first, second] = [matrix[p]!, matrix[q]!];
  for (let k = 0; k < matrix.length; k++) {
    const [a, b] = [first[k]!, second[k]!];
    first[k] = c * a - s * b;
    second[k] = s * a + c * b;
  }
}
