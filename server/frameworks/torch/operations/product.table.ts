/** Linear algebra: products that the graph knows, decompositions of which only shapes are told. */
import type { Machine } from '../../../interpreter/machine.js';
import { Tuple, type Value } from '../../../interpreter/values.js';
import { itemsOf } from '../arguments.js';
import type { Setting } from '../graph.js';
import { broadcast } from '../shapes.js';
import { isTensor, type Tensor } from '../tensor.js';
import { sum } from './arithmetic.js';
import { einsumAxes, einsumShape, matmul, outer, product, shapeOf } from './products.js';
import { opaqueResult, resultOf } from './results.js';
import { type Operation, operation } from './variants.js';

const MATRICES = ['matmul', 'mm', 'bmm', 'mv', 'chain_matmul'];

export const products: readonly Operation[] = [
  ...MATRICES.map(name => operation(name, 'input, mat2, *, out=None', (m, a, b) => matmul(m, a!, b!, name))),
  ...['dot', 'vdot', 'inner'].map(name =>
    operation(name, 'input, other, *, out=None', (m, a, b) => product(m, name, a!, b!, [])),
  ),
  ...['outer', 'ger'].map(name => operation(name, 'input, vec2, *, out=None', (m, a, b) => outer(m, a!, b!))),
  ...['addmm', 'addbmm', 'baddbmm', 'addmv'].map(name =>
    operation(
      name,
      'input, mat1, mat2, *, beta=1, alpha=1, out=None',
      (m, base, a, b) => sum(m, matmul(m, a!, b!), base!),
      {
        inPlace: true,
      },
    ),
  ),
  operation('addr', 'input, vec1, vec2, *, beta=1, alpha=1, out=None', (m, base, a, b) =>
    sum(m, outer(m, a!, b!), base!),
  ),
  operation('einsum', 'equation, *operands', (m, equation, operands) => einsum(m, equation!, operands!), {
    places: 'function',
  }),
  operation('tensordot', 'a, b, dims=2, out=None', (m, a, b) => product(m, 'tensordot', a!, b!, undefined), {
    places: 'function',
  }),
  operation('kron', 'input, other, *, out=None', (m, a, b) => product(m, 'kron', a!, b!, undefined)),
  operation('cross', 'input, other, dim=-1, *, out=None', (m, a, b) =>
    product(m, 'cross', a!, b!, broadcast(shapeOf(a!), shapeOf(b!))),
  ),
  operation(
    'bilinear',
    'input1, input2, weight, bias=None',
    (m, a, b, weight, bias) => bilinear(m, [a!, b!, weight!, bias!]),
    {
      places: 'function',
    },
  ),
];

function einsum(machine: Machine, equation: Value, operands: Value): Tensor {
  const items = itemsOf(machine, operands) ?? [];
  const inputs = items.length === 1 ? (itemsOf(machine, items[0]) ?? items) : items;
  const shape = typeof equation === 'string' ? einsumShape(equation, inputs.map(shapeOf)) : undefined;
  const settings: (readonly [string, Setting])[] =
    typeof equation === 'string' ? [['equation', equation], ...einsumAxes(equation, inputs)] : [];
  return resultOf(machine, { kind: 'matmul', name: 'einsum', inputs: [...inputs], shape, settings });
}

export function bilinear(machine: Machine, inputs: readonly Value[]): Tensor {
  const [a, , weight] = inputs;
  const shape = [...(shapeOf(a!)?.slice(0, -1) ?? []), shapeOf(weight!)?.[0]];
  return resultOf(machine, { kind: 'layer', name: 'bilinear', inputs, shape: shapeOf(a!) && shape });
}

/** How many tensors a decomposition answers, as far as models use them. */
const decompositions: Readonly<Record<string, number>> = {
  qr: 2,
  svd: 3,
  eigh: 2,
  eig: 2,
  lu: 3,
  slogdet: 2,
  cholesky: 1,
  inv: 1,
  pinv: 1,
  solve: 1,
  det: 1,
  matrix_exp: 1,
  matrix_power: 1,
  matrix_rank: 1,
  eigvalsh: 1,
  svdvals: 1,
  lstsq: 4,
};

/** `torch.linalg`, and its older namesakes under `torch`. */
export const decompositionNatives: readonly Operation[] = Object.entries(decompositions).map(([name, count]) =>
  operation(name, 'input, *args, **kwargs', (machine, input) => decomposed(machine, name, input!, count)),
);

function decomposed(machine: Machine, name: string, input: Value, count: number): Value {
  const isSquare = isTensor(input) && input.shape !== undefined && input.shape.at(-1) === input.shape.at(-2);
  const shape = isSquare && name !== 'det' ? (input as Tensor).shape : undefined;
  const one = () => opaqueResult(machine, name, [input], shape);
  return count === 1 ? one() : new Tuple(Array.from({ length: count }, one));
}
