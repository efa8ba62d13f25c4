/** Products of arrays: exact where each result is one product, or a sum of whole numbers. */
import type { Machine } from '../../machine.js';
import type { Value } from '../../values.js';
import { LARGEST, type NdArray, resultOf } from './array.js';
import { isFloat, promoted } from './dtypes.js';
import { binary } from './elementwise.js';
import { contiguous, positionsOf, sizeOf } from './layout.js';

/** Every element of one with every element of the other. */
export function outer(m: Machine, a: NdArray, b: NdArray): Value {
  const [column, row] = [a, b].map(it => it.values);
  if (column === undefined || row === undefined) return m.unknown('an array is not known');
  return contracted(m, [a, b], ['i', 'j'], 'ij', [a.size], [b.size]);
}

export function matmul(m: Machine, a: NdArray, b: NdArray): Value {
  const [left, right] = [a.shape.length, b.shape.length];
  if (left === 0 || right === 0) return binary(m, 'mul', a, b);
  if (left > 2 || right > 2) return m.unknown('products of these arrays are not computed');
  const first = left === 1 ? 'j' : 'ij';
  const second = right === 1 ? 'j' : 'jk';
  return contracted(m, [a, b], [first, second], `${left === 1 ? '' : 'i'}${right === 1 ? '' : 'k'}`);
}

/** `np.einsum` of one or two arrays, without an ellipsis. */
export function einsum(m: Machine, formula: string, arrays: readonly NdArray[]): Value {
  const match = /^([a-zA-Z,]+)->([a-zA-Z]*)$/.exec(formula.replaceAll(' ', ''));
  const inputs = match?.[1]?.split(',') ?? [];
  const isPlain =
    inputs.length === arrays.length &&
    arrays.length <= 2 &&
    inputs.every((it, i) => it.length === arrays[i]!.shape.length);
  if (!isPlain) return m.unknown('the formula of `numpy.einsum` is not followed');
  return contracted(m, arrays, inputs, match?.[2] ?? '');
}

/** Sums over the letters that the result lacks. */
function contracted(
  m: Machine,
  arrays: readonly NdArray[],
  inputs: readonly string[],
  output: string,
  ...shapes: (readonly number[])[]
): Value {
  const sizes = new Map<string, number>();
  for (const [i, letters] of inputs.entries()) {
    const shape = shapes[i] ?? arrays[i]!.shape;
    for (const [axis, letter] of [...letters].entries()) {
      if ((sizes.get(letter) ?? shape[axis]) !== shape[axis]) return m.raise('ValueError', 'shapes do not match');
      sizes.set(letter, shape[axis]!);
    }
  }
  const summed = [...sizes.keys()].filter(it => !output.includes(it));
  const letters = [...output, ...summed];
  const all = letters.map(it => sizes.get(it)!);
  const values = arrays.map(it => it.values);
  if (sizeOf(all) > LARGEST * 4 || values.includes(undefined)) return m.unknown('the product is not computed');
  m.step(sizeOf(all) >> 3);
  const at = inputs.map((own, i) => {
    const { strides } = contiguous(shapes[i] ?? arrays[i]!.shape);
    const stepOf = (letter: string) =>
      [...own].reduce((sum, it, axis) => sum + (it === letter ? strides[axis]! : 0), 0);
    return positionsOf({ shape: all, strides: letters.map(stepOf), offset: 0 });
  });
  const shape = [...output].map(it => sizes.get(it)!);
  const made = new Float64Array(sizeOf(shape));
  const run = sizeOf(all) / Math.max(1, made.length);
  for (let i = 0; i < sizeOf(all); i++) {
    let product = 1;
    for (let k = 0; k < at.length; k++) product *= values[k]![at[k]![i]!]!;
    made[Math.floor(i / run)]! += product;
  }
  const dtype = arrays.map(it => it.dtype).reduce(promoted);
  const isExact = run === 1 || !isFloat(dtype);
  const approximate = isExact ? arrays.find(it => it.memory.approximate)?.memory.approximate : 'numpy.matmul';
  return (
    resultOf(m, arrays[0]!.family, made, { shape, dtype, approximate }) ?? m.unknown('the product is not computed')
  );
}
