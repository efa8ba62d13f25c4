/** Tensors as arrays of numpy. */
import { arrayOf } from '../../../interpreter/library/numpy/array.js';
import { dtypeNamed } from '../../../interpreter/library/numpy/dtypes.js';
import type { Machine } from '../../../interpreter/machine.js';
import { ClassValue, type Value } from '../../../interpreter/values.js';
import { isInteger } from '../dtypes.js';
import { knownShape, type Tensor } from '../tensor.js';
import { dataOf } from './data.js';
import { detached } from './views.js';

/** Floats go on as tensors, whose memory is shared and which round alike; numpy makes other types of whole numbers. */
export function arrayOfTensor(machine: Machine, tensor: Tensor): Value {
  const [data, shape, dtype] = [dataOf(tensor), knownShape(tensor.shape), dtypeNamed(tensor.dtype)];
  const isWhole = isInteger(tensor.dtype) && data !== undefined && shape !== undefined && dtype !== undefined;
  const cls = isWhole ? machine.getAttribute(machine.importModule('numpy'), 'ndarray') : undefined;
  if (!isWhole || !(cls instanceof ClassValue)) return detached(machine, tensor);
  return arrayOf(cls, Float64Array.from(data), { shape, dtype, approximate: undefined });
}
