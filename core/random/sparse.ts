/** `sparse_`: a normal matrix in which each column has the same number of zeros, at random rows. */
import type { Mt19937 } from './mt19937.js';
import { normal } from './normal.js';
import { randomPermutation } from './permutation.js';
import type { Dtype, Values } from './precision.js';

/** Row-major; ⌈sparsity · rows⌉ zeros in each column, the other values N(0, std²). */
export function sparse(
  generator: Mt19937,
  [rows, columns]: readonly [rows: number, columns: number],
  sparsity: number,
  std: number,
  dtype: Dtype = 'float32',
): Values {
  const values = normal(generator, rows * columns, 0, std, { dtype });
  for (const _ of thinOut(generator, values, [rows, columns], sparsity));
  return values;
}

/** Sets zeros into normal numbers, column by column; yields which share is done. */
export function* thinOut(
  generator: Mt19937,
  values: Values,
  [rows, columns]: readonly [rows: number, columns: number],
  sparsity: number,
): Generator<number, void> {
  const zeros = Math.ceil(sparsity * rows);
  for (let column = 0; column < columns; column++) {
    const order = randomPermutation(generator, rows);
    for (let i = 0; i < zeros; i++) values[order[i]! * columns + column] = 0;
    yield (column + 1) / columns;
  }
}
