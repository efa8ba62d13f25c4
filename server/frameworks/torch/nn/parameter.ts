/** Makes parameters, of raw memory or out of a tensor. */
import type { Machine } from '../../../interpreter/machine.js';
import type { Value } from '../../../interpreter/values.js';
import { deviceOf, dtypeOf } from '../arguments.js';
import { torchOf } from '../state.js';
import { newTensor, type Shape, type Tensor, type View } from '../tensor.js';

export interface Placement {
  readonly dtype?: Value | undefined;
  readonly device?: Value | undefined;
}

export function newParameter(machine: Machine, shape: Shape, placement: Placement = {}, view?: View): Tensor {
  const dtype = dtypeOf(machine, placement.dtype);
  const device = deviceOf(placement.device);
  const { parameter: cls } = torchOf(machine).classes;
  return asShown(newTensor(machine, shape, { cls, requiresGrad: true, dtype, device, ...(view && { view }) }));
}

/** Without a shape until a first forward tells it. */
export function lazyParameter(machine: Machine, placement: Placement = {}): Tensor {
  const tensor = newParameter(machine, undefined, placement);
  tensor.cls = torchOf(machine).classes.uninitializedParameter;
  tensor.isLazy = true;
  return tensor;
}

/** A parameter over the same memory. */
export function asParameter(machine: Machine, value: Tensor): Tensor {
  const { storage, view, dtype, device } = value;
  const cls = torchOf(machine).classes.parameter;
  return asShown(newTensor(machine, value.shape, { cls, storage, view, dtype, device, requiresGrad: true }));
}

function asShown(tensor: Tensor): Tensor {
  tensor.isParameter = true;
  tensor.shows = { parameter: tensor, axes: tensor.shape && axesOf(tensor.shape.length) };
  return tensor;
}

const axes: (readonly number[])[] = [];

function axesOf(rank: number): readonly number[] {
  axes[rank] ??= Array.from({ length: rank }, (_, axis) => axis);
  return axes[rank];
}
