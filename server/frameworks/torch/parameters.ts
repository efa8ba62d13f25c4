/** `nn.Parameter`: a leaf that shares the memory of what it is made of, and the first record of its values. */
import type { Machine } from '../../interpreter/machine.js';
import { native } from '../../interpreter/native.js';
import type { ClassValue, Value } from '../../interpreter/values.js';
import { isMissing, sizesOf } from './arguments.js';
import { opaqueResult } from './operations/results.js';
import { torchOf } from './state.js';
import type { RecordedWrite } from './storage.js';
import { isTensor, newTensor, type Tensor, type TensorOptions } from './tensor.js';
import { recordCall, recordWrite } from './writes.js';

export const parameterMembers: readonly (readonly [string, Value])[] = [
  [
    '__new__',
    native('__new__', 'cls, data=None, requires_grad=True', (machine, cls, data, requiresGrad) =>
      makeParameter(machine, cls as ClassValue, data!, requiresGrad!),
    ),
  ],
];

export const lazyMembers: readonly (readonly [string, Value])[] = [
  [
    '__new__',
    native('__new__', 'cls, requires_grad=True, device=None, dtype=None', (machine, cls) => {
      const tensor = asParameter(newTensor(machine, undefined, { cls: cls as ClassValue, requiresGrad: true }));
      tensor.isLazy = true;
      return tensor;
    }),
  ],
  [
    'materialize',
    native('materialize', 'self, shape, device=None, dtype=None', (machine, self, shape) => {
      if (!isTensor(self)) return null;
      machine.touch(self);
      self.shape = sizesOf(machine, shape);
      self.isLazy = false;
      self.cls = torchOf(machine).classes.parameter;
      asParameter(self);
      return null;
    }),
  ],
];

/** A buffer is a tensor that `Module.__setattr__` registers. */
export const bufferMembers: readonly (readonly [string, Value])[] = [
  [
    '__new__',
    native('__new__', 'cls, data=None, *, persistent=True', (machine, cls, data) => {
      if (!isTensor(data)) return newTensor(machine, [0], { cls: cls as ClassValue });
      return newTensor(machine, data.shape, { ...optionsOf(data), cls: cls as ClassValue });
    }),
  ],
];

function makeParameter(machine: Machine, cls: ClassValue, given: Value, requiresGrad: Value): Tensor {
  const wantsGrad = requiresGrad !== false;
  if (isMissing(given)) return asParameter(newTensor(machine, [0], { cls, requiresGrad: wantsGrad }));
  const data = isTensor(given) ? given : opaqueResult(machine, 'Parameter', [given]);
  const tensor = newTensor(machine, data.shape, { ...optionsOf(data), cls, requiresGrad: wantsGrad });
  tensor.madeAt = machine.callSite()?.site ?? machine.site();
  adoptHistory(machine, tensor);
  return asParameter(tensor);
}

function optionsOf({ dtype, device, storage, view }: Tensor): TensorOptions {
  return { dtype, device, storage, view };
}

function asParameter(tensor: Tensor): Tensor {
  tensor.isParameter = true;
  tensor.shows = { parameter: tensor, axes: tensor.shape && [...tensor.shape.keys()] };
  return tensor;
}

/** The call that made the values becomes the parameter's first write; where there is none, the parameter's own. */
function adoptHistory(machine: Machine, tensor: Tensor): void {
  const { storage } = tensor;
  if (storage.isRaw) return;
  const last = storage.history.at(-1);
  machine.touch(storage);
  if (last === undefined)
    recordWrite(machine, tensor, { initializer: 'Parameter', spec: storage.spec, origin: 'written' });
  else storage.history = [...storage.history.slice(0, -1), settled(machine, last, tensor)];
}

/** The write with what arithmetic made of its values since. */
function settled(machine: Machine, write: RecordedWrite, { storage }: Tensor): RecordedWrite {
  if (write.call !== undefined && !torchOf(machine).calls.includes(write.call)) recordCall(machine, write.call);
  return { ...write, region: 'whole', spec: storage.spec };
}

/** `tensor.data = other`: other memory under the same parameter, whose writes go on. */
export function replaceData(machine: Machine, tensor: Tensor, other: Value): void {
  const data = isTensor(other) ? other : opaqueResult(machine, 'data', [other]);
  // `p.data *= 2` has written already.
  if (data.storage === tensor.storage && data.shape === tensor.shape) return;
  const before = tensor.storage.history;
  machine.touch(tensor);
  machine.touch(data.storage);
  const made = data.storage === tensor.storage || data.shows !== undefined ? undefined : data.storage.history.at(-1);
  tensor.storage = data.storage;
  tensor.view = data.view;
  tensor.shape = data.shape;
  tensor.dtype = data.dtype;
  if (tensor.shows?.parameter === tensor) asParameter(tensor);
  if (made !== undefined) data.storage.history = [...before, settled(machine, made, tensor)];
  else if (!data.storage.isRaw) {
    data.storage.history = before;
    recordWrite(machine, tensor, { initializer: 'data', spec: data.storage.spec, origin: 'written' });
  }
}
