/** Arithmetic of two tensors of which at least one is drawn: what decides the result's values. */
import type { Value } from '../../../interpreter/values.js';
import { type CombinedOperand, type CombinedOperation, type StorageWrite, sourcesOf } from '../../../model/draws.js';
import { broadcast } from '../shapes.js';
import { contiguousStrides, isTensor, knownShape, type Tensor } from '../tensor.js';
import type { BinaryRequest } from './binary.js';
import { contentsOfCopy } from './views.js';

/** Of single or double precision alone: halves are rounded on the way. Nothing where the values are not followed. */
export function combined(
  a: Value,
  b: Value,
  operation: CombinedOperation,
  name: string,
): Pick<BinaryRequest, 'contents' | 'spec'> {
  if (!isTensor(a) || !isTensor(b) || a.dtype !== b.dtype || !isFollowed(a.dtype)) return {};
  const shape = knownShape(broadcast(a.shape, b.shape));
  const operands = shape && [a, b].map(it => operandOf(it, shape));
  const [left, right] = operands ?? [];
  if (shape === undefined || left === undefined || right === undefined) return {};
  return {
    contents: [{ kind: 'combined', operation, shape, operands: [left, right] }],
    spec: { kind: 'unknown', reason: `it is computed by \`${name}\`` },
  };
}

const isFollowed = (dtype: Tensor['dtype']): boolean => dtype === 'float32' || dtype === 'float64';

function operandOf(tensor: Tensor, shape: readonly number[]): CombinedOperand | undefined {
  const sizes = knownShape(tensor.shape);
  const source = contentsOfCopy(tensor);
  if (sizes === undefined || source.length === 0 || isOpaque(source)) return undefined;
  const own = contiguousStrides(sizes)!;
  const added = shape.length - sizes.length;
  const strides = shape.map((size, axis) => {
    const at = axis - added;
    return at < 0 || sizes[at] !== size ? 0 : Number(own[at]);
  });
  return { source, count: sizes.reduce((x, y) => x * y, 1), strides };
}

/** What is averaged over many turns is computed of itself over and over: each of its contents is looked at once. */
const opaque = new WeakMap<readonly StorageWrite[], boolean>();

function isOpaque(contents: readonly StorageWrite[]): boolean {
  let known = opaque.get(contents);
  if (known === undefined) {
    known = contents.some(it => it.kind === 'opaque' || sourcesOf(it).some(isOpaque));
    opaque.set(contents, known);
  }
  return known;
}
