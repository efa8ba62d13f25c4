/** Tensors that are computed from parameters at every forward: what is written to them is lost. */
import type { Machine } from '../../../interpreter/machine.js';
import type { Site } from '../../../text/span.js';
import type { Storage } from '../storage.js';
import { newTensor, type Tensor } from '../tensor.js';
import type { ModuleInstance } from './instance.js';

export interface Computed {
  readonly module: ModuleInstance;
  /** `weight`, though it is no parameter any more. */
  readonly name: string;
  /** `weight_norm`, `spectral_norm`, `orthogonal`, or the class of a parametrization. */
  readonly how: string;
  /** Who led to that, from the wrapping call outwards. */
  readonly way?: readonly Site[];
}

const computed = new WeakMap<Storage, Computed>();

/** A tensor like the parameter that it takes the place of. */
export function computedTensor(machine: Machine, like: Tensor, origin: Computed): Tensor {
  const tensor = newTensor(machine, like.shape, { dtype: like.dtype, requiresGrad: true, isLeaf: false });
  const reason = `it is computed by ${origin.how}`;
  tensor.storage.isRaw = false;
  tensor.storage.contents = [{ kind: 'opaque', reason }];
  tensor.storage.spec = { kind: 'unknown', reason };
  const site = machine.site();
  computed.set(tensor.storage, { ...origin, way: site === undefined ? [] : [site, ...machine.chain()] });
  return tensor;
}

export const computationOf = (storage: Storage): Computed | undefined => computed.get(storage);
