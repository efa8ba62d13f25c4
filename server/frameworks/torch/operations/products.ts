/** Matrix products: shapes, and which axis of a parameter a signal is summed over. */
import type { Machine } from '../../../interpreter/machine.js';
import type { Value } from '../../../interpreter/values.js';
import type { Setting } from '../graph.js';
import { matrixProduct } from '../shapes.js';
import { isTensor, type Shape, type Tensor } from '../tensor.js';
import { unsqueezed } from './axes.js';
import { binary } from './binary.js';
import { resultOf } from './results.js';

export function matmul(machine: Machine, a: Value, b: Value, name = 'matmul'): Tensor {
  return product(machine, name, a, b, matrixProduct(shapeOf(a), shapeOf(b)));
}

export function product(machine: Machine, name: string, a: Value, b: Value, shape: Shape): Tensor {
  const settings = contractedAxes(a, -1, 'left') ?? contractedAxes(b, -2, 'right');
  return resultOf(machine, { kind: 'matmul', name, inputs: [a, b], shape, settings: settings ?? [] });
}

export const shapeOf = (value: Value): Shape => (isTensor(value) ? value.shape : undefined);

/** The parameter's own axis that the product sums over, and the other of its matrix, seen through transposes and slices. */
function contractedAxes(
  value: Value,
  fromEnd: number,
  side: 'left' | 'right',
): readonly (readonly [string, Setting])[] | undefined {
  if (!isTensor(value) || value.shows?.axes === undefined || value.operation !== undefined) return undefined;
  const { axes } = value.shows;
  const contracted = axes.length === 1 ? axes[0] : axes.at(fromEnd);
  const other = axes.length === 1 ? undefined : axes.at(fromEnd === -1 ? -2 : -1);
  const settings: (readonly [string, Setting])[] = [['side', side]];
  if (contracted !== undefined) settings.push(['contracted_axis', contracted]);
  if (other !== undefined) settings.push(['other_axis', other]);
  return settings;
}

/** `a[:, None] * b`: exact for small vectors. */
export function outer(machine: Machine, a: Value, b: Value): Tensor {
  const column = isTensor(a) ? unsqueezed(machine, a, a.shape?.length) : a;
  return binary(machine, column, b, { name: 'outer', kind: 'matmul', compute: (x, y) => x * y });
}

/** The result's shape and the contracted letters of `bhqd,bhkd->bhqk`. */
export function einsumShape(equation: string, shapes: readonly Shape[]): Shape {
  const [inputs = '', output] = equation.replaceAll(' ', '').split('->');
  const terms = inputs.split(',');
  if (equation.includes('.')) return undefined;
  const sizes = new Map<string, NonNullable<Shape>[number]>();
  for (const [i, term] of terms.entries()) {
    for (const [axis, letter] of [...term].entries()) sizes.set(letter, sizes.get(letter) ?? shapes[i]?.[axis]);
  }
  return [...(output ?? implicitOutput(terms))].map(letter => sizes.get(letter));
}

/**
 * The axes of the parameter among the operands that the equation sums over, and those that the result has from it alone;
 * what it shares with both is a stack of matrices.
 */
export function einsumAxes(equation: string, operands: readonly Value[]): readonly (readonly [string, Setting])[] {
  const [inputs = '', output] = equation.replaceAll(' ', '').split('->');
  const terms = inputs.split(',');
  const own = operands.flatMap((it, i) => (isOwn(it) ? [{ tensor: it, term: terms[i] ?? '', at: i }] : []));
  const [only, ...more] = own;
  if (only === undefined || more.length > 0 || equation.includes('.')) return [];
  const result = output ?? implicitOutput(terms);
  const others = terms.filter((_, i) => i !== only.at).join('');
  const axesWhere = (holds: (letter: string) => boolean) =>
    [...only.term].flatMap((letter, i) => (holds(letter) ? [only.tensor.shows?.axes?.[i]] : [])).join(',');
  return [
    ['contracted_axes', axesWhere(it => !result.includes(it))],
    ['output_axes', axesWhere(it => result.includes(it) && !others.includes(it))],
  ];
}

const isOwn = (value: Value): value is Tensor =>
  isTensor(value) && value.shows?.axes !== undefined && value.operation === undefined;

/** Without an arrow: the letters that occur once, in the order of the alphabet. */
function implicitOutput(terms: readonly string[]): string {
  const letters = [...terms.join('')];
  return letters
    .filter(it => letters.indexOf(it) === letters.lastIndexOf(it))
    .sort()
    .join('');
}
