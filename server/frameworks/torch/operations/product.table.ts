/** Linear algebra: products that the graph knows. */
import type { Machine } from '../../../interpreter/machine.js';
import type { Value } from '../../../interpreter/values.js';
import { itemsOf } from '../arguments.js';
import type { Setting } from '../graph.js';
import { broadcast } from '../shapes.js';
import type { Tensor } from '../tensor.js';
import { sum } from './arithmetic.js';
import { einsumAxes, einsumShape, matmul, outer, product, shapeOf } from './products.js';
import { resultOf } from './results.js';
import { type Operation, operation } from './variants.js';

const MATRICES = ['matmul', 'mm', 'bmm', 'mv', 'chain_matmul', 'spmm', 'smm', 'hspmm'];

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
