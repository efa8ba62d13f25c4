/** Decompositions and solutions of matrices: LAPACK computes them, to other digits on each machine; shapes are told. */
import type { Machine } from '../../../interpreter/machine.js';
import type { Tuple, Value } from '../../../interpreter/values.js';
import type { Shape } from '../tensor.js';
import { shapeOf } from './products.js';
import { named } from './reductions.js';
import { opaqueResult } from './results.js';
import { type Operation, operation } from './variants.js';

type Dimension = NonNullable<Shape>[number];

interface Matrices {
  readonly batch: NonNullable<Shape>;
  readonly rows: Dimension;
  readonly columns: Dimension;
  /** The smaller of both. */
  readonly rank: Dimension;
  /** Columns of the right side of equations; none where it is a vector. */
  readonly sides: readonly Dimension[];
}

/** The axes of a result behind those of the batch. */
type Axes = (matrices: Matrices) => readonly Dimension[];

const values: Axes = ({ rank }) => [rank];
const scalar: Axes = () => [];
const same: Axes = ({ rows, columns }) => [rows, columns];
const turned: Axes = ({ rows, columns }) => [columns, rows];
const square: Axes = ({ rows }) => [rows, rows];
const tall: Axes = ({ rows, rank }) => [rows, rank];
const solution: Axes = ({ columns, sides }) => [columns, ...sides];
const wide: Axes = ({ rank, columns }) => [rank, columns];

interface Decomposition {
  readonly name: string;
  /** One result, or several with their names. */
  readonly results: Axes | Readonly<Record<string, Axes>>;
}

const factors: Readonly<Record<string, Axes>> = { P: square, L: tall, U: wide };
const packed: Readonly<Record<string, Axes>> = { LU: same, pivots: values };

const shared: readonly Decomposition[] = [
  { name: 'qr', results: { Q: tall, R: wide } },
  { name: 'eigh', results: { eigenvalues: values, eigenvectors: same } },
  { name: 'eig', results: { eigenvalues: values, eigenvectors: same } },
  { name: 'slogdet', results: { sign: scalar, logabsdet: scalar } },
  { name: 'cholesky', results: same },
  { name: 'inv', results: turned },
  { name: 'inverse', results: turned },
  { name: 'pinv', results: turned },
  { name: 'pinverse', results: turned },
  { name: 'solve', results: solution },
  { name: 'triangular_solve', results: { solution: same, cloned_coefficient: square } },
  { name: 'cholesky_solve', results: same },
  { name: 'det', results: scalar },
  { name: 'logdet', results: scalar },
  { name: 'matrix_exp', results: same },
  { name: 'matrix_power', results: same },
  { name: 'matrix_rank', results: scalar },
  { name: 'eigvalsh', results: values },
  { name: 'svdvals', results: values },
  { name: 'lstsq', results: { solution, residuals: values, rank: scalar, singular_values: values } },
];

/** `torch`, and methods of tensors. */
export const decompositions: readonly Operation[] = [
  ...shared,
  { name: 'svd', results: { U: tall, S: values, V: ({ rank, columns }: Matrices) => [columns, rank] } },
  { name: 'lu', results: packed },
  { name: 'lu_unpack', results: factors },
].map(operationOf);

/** `torch.linalg` */
export const linearAlgebra: readonly Operation[] = [
  ...shared,
  { name: 'svd', results: { U: square, S: values, Vh: ({ columns }: Matrices) => [columns, columns] } },
  { name: 'lu', results: factors },
  { name: 'lu_factor', results: packed },
].map(operationOf);

function operationOf(decomposition: Decomposition): Operation {
  const { name } = decomposition;
  return operation(name, 'input, *args, **kwargs', (machine, input, others) =>
    decomposed(machine, decomposition, input!, (others as Tuple).items[0]),
  );
}

function decomposed(machine: Machine, { name, results }: Decomposition, input: Value, other: Value | undefined): Value {
  const matrices = matricesOf(shapeOf(input), other === undefined ? undefined : shapeOf(other));
  const inputs = other === undefined ? [input] : [input, other];
  const one = (axes: Axes) => opaqueResult(machine, name, inputs, matrices && [...matrices.batch, ...axes(matrices)]);
  if (typeof results === 'function') return one(results);
  return named(machine, Object.keys(results), Object.values(results).map(one));
}

function matricesOf(shape: Shape, other: Shape): Matrices | undefined {
  if (shape === undefined || shape.length < 2) return undefined;
  const [rows, columns] = shape.slice(-2);
  const sides = other === undefined || other.length < shape.length ? [] : other.slice(-1);
  return { batch: shape.slice(0, -2), rows, columns, rank: smaller(rows, columns), sides };
}

function smaller(a: Dimension, b: Dimension): Dimension {
  if (a === b) return a;
  return typeof a === 'number' && typeof b === 'number' ? Math.min(a, b) : undefined;
}
