/** The shape that is left when a gate takes half of an axis. */
import { floorDivide } from '../../../../core/size.js';
import type { Value } from '../../../interpreter/values.js';
import { axisOf } from '../arguments.js';
import { isTensor, type Shape } from '../tensor.js';

export function chunkAxis(input: Value, dim: Value | undefined): Shape {
  const shape = isTensor(input) ? input.shape : undefined;
  const axis = axisOf(dim, shape?.length);
  const size = axis === undefined ? undefined : shape?.[axis];
  return axis === undefined ? undefined : shape?.with(axis, size === undefined ? undefined : floorDivide(size, 2));
}
