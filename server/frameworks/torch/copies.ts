/** Deep copies of tensors: other memory with the same contents, and the same account of how they came. */
import type { Machine } from '../../interpreter/machine.js';
import { native } from '../../interpreter/native.js';
import type { Value } from '../../interpreter/values.js';
import { Storage } from './storage.js';
import { isTensor, newTensor, type Tensor } from './tensor.js';

export const copyMembers: readonly (readonly [string, Value])[] = [
  [
    '__deepcopy__',
    native('__deepcopy__', 'self, memo', (machine, self) => (isTensor(self) ? deepCopyOf(machine, self) : null)),
  ],
];

function deepCopyOf(machine: Machine, tensor: Tensor): Tensor {
  const { cls, dtype, device, view, requiresGrad, storage } = tensor;
  const memory = new Storage(storage.dtype, storage.count);
  memory.restore(storage.capture());
  const copy = newTensor(machine, tensor.shape, { cls, dtype, device, view, requiresGrad, storage: memory });
  copy.isLazy = tensor.isLazy;
  copy.isParameter = tensor.isParameter;
  if (copy.isParameter) copy.shows = { parameter: copy, axes: tensor.shape && [...tensor.shape.keys()] };
  return copy;
}
