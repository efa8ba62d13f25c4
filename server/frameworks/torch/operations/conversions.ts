/** Tensors in another element type or on another device. */
import type { Machine } from '../../../interpreter/machine.js';
import { Instance, type Value } from '../../../interpreter/values.js';
import { deviceOf, dtypeOf } from '../arguments.js';
import { type Dtype, dtypes } from '../dtypes.js';
import { Storage } from '../storage.js';
import { countOf, isTensor, newTensor, type Tensor } from '../tensor.js';
import { constantOf, dataOf } from './data.js';
import { resultOf } from './results.js';
import { copyOf, noteCopy } from './views.js';

/** The tensor itself when it has the type already. */
export function converted(machine: Machine, source: Tensor, dtype: Dtype): Tensor {
  if (source.dtype === dtype) return source;
  const { round } = dtypes[dtype];
  const constant = constantOf(source);
  const result = resultOf(machine, {
    kind: 'shape',
    name: 'to',
    inputs: [source],
    shape: source.shape,
    dtype,
    data: constant === undefined ? dataOf(source)?.map(round) : undefined,
    contents: constant === undefined ? undefined : [{ kind: 'constant', value: round(constant) }],
    spec: source.storage.spec,
  });
  result.storage.isRaw = source.storage.isRaw;
  noteCopy(result, source, 'to');
  return result;
}

/** `to(device)`: values that were drawn on the CPU stay what they are. */
export function movedTo(machine: Machine, source: Tensor, device: string): Tensor {
  if (source.device === device) return source;
  if (device === 'meta') return newTensor(machine, source.shape, { dtype: source.dtype, device });
  const moved = copyOf(machine, source);
  moved.device = device;
  if (source.shows !== undefined && source.operation === undefined) moved.shows = source.shows;
  return moved;
}

/** What `to(…)` and `type(…)` are given, in any order: an element type, a device, another tensor. */
export function transferred(machine: Machine, source: Tensor, given: readonly Value[]): Tensor {
  let result = source;
  for (const value of given) {
    const dtype = isTensor(value) ? value.dtype : (dtypeOf(machine, value) ?? legacyDtype(value));
    if (dtype !== undefined) result = converted(machine, result, dtype);
    const device = isTensor(value) ? value.device : isDevice(value) ? deviceOf(value) : undefined;
    if (device !== undefined) result = movedTo(machine, result, device);
  }
  return result;
}

function isDevice(value: Value): boolean {
  if (typeof value === 'string') return legacyDtype(value) === undefined;
  return value instanceof Instance && value.cls.name === 'device';
}

/** `torch.FloatTensor` as a name. */
function legacyDtype(value: Value): Dtype | undefined {
  const name = typeof value === 'string' ? value.split('.').at(-1) : undefined;
  const found = Object.entries(dtypes).find(([, row]) => row.legacy !== undefined && row.legacy === name);
  return found?.[0] as Dtype | undefined;
}

/** A tensor of the same shape without values. */
export function emptyLike(machine: Machine, source: Tensor, dtype: Dtype): Tensor {
  return newTensor(machine, source.shape, { dtype, storage: new Storage(dtype, countOf(source.shape)) });
}
