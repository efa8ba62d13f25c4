/** One tensor for what two branches of forward have left under the same name. */
import { equalSizes } from '../../../../core/size.js';
import type { Machine } from '../../../interpreter/machine.js';
import type { Instance } from '../../../interpreter/values.js';
import { isTensor, type Shape, type Tensor } from '../tensor.js';
import { resultOf } from './results.js';

/**
 * Undefined where one tensor would say less than the two do: of other shapes or types, with values that are known, or
 * tied to no operation. What follows is then evaluated once, and not for each of them, and of what that leaves, again.
 */
export function joinedTensor(machine: Machine, a: Instance, b: Instance): Tensor | undefined {
  if (!isTensor(a) || !isTensor(b) || !isComputed(a) || !isComputed(b)) return undefined;
  if (a.dtype !== b.dtype || a.device !== b.device || !haveSameShape(a.shape, b.shape)) return undefined;
  return resultOf(machine, { kind: 'join', name: 'join', inputs: [a, b], shape: a.shape, dtype: a.dtype });
}

const isComputed = ({ operation, attributes, storage }: Tensor): boolean =>
  operation !== undefined && attributes.size === 0 && storage.contents.every(it => it.kind === 'opaque');

function haveSameShape(a: Shape, b: Shape): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every((size, axis) => isSameSize(size, b[axis]));
}

type Axis = NonNullable<Shape>[number];

const isSameSize = (a: Axis, b: Axis): boolean => (a === undefined || b === undefined ? a === b : equalSizes(a, b));
