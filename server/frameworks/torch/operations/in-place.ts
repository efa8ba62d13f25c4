/** In-place operations: what they may touch, what they leave in memory, and how a parameter remembers them. */
import type { Machine } from '../../../interpreter/machine.js';
import { computationOf } from '../nn/computed.js';
import { torchOf } from '../state.js';
import { addContents, type LaterSpec, type RecordedCall } from '../storage.js';
import { regionOf, type Tensor } from '../tensor.js';
import { recordCall, recordWrite } from '../writes.js';
import { contentsOfCopy, placedAt } from './views.js';

export interface InPlace {
  /** The method: `mul_`. */
  readonly initializer: string;
  readonly spec?: LaterSpec;
  readonly call?: RecordedCall | undefined;
  /** The values are those of another network's parameter: what they were drawn from was said there. */
  readonly isTakenOver?: boolean;
}

/** Autograd refuses to change a leaf that requires grad, and views of it. */
export function guardLeaf(machine: Machine, tensor: Tensor, call?: RecordedCall): void {
  if (!torchOf(machine).gradEnabled) return;
  const isView = tensor.base !== undefined;
  const leaf = tensor.base ?? tensor;
  if (!leaf.requiresGrad || !leaf.isLeaf || !tensor.requiresGrad) return;
  machine.fault({
    code: 'leaf-in-place',
    exception: 'RuntimeError',
    message: `a ${isView ? 'view of a ' : ''}leaf Variable that requires grad is being used in an in-place operation.`,
    tensor: leaf,
    ...(call && { call }),
  });
}

/** Puts the values of `result` where `tensor` lies. */
export function overwrite(machine: Machine, tensor: Tensor, result: Tensor, how: InPlace): Tensor {
  guardLeaf(machine, tensor, how.call);
  putContents(machine, tensor, result);
  followInPlace(machine, tensor, result);
  remember(machine, tensor, { spec: result.storage.laterSpec, ...how });
  return tensor;
}

function putContents(machine: Machine, tensor: Tensor, result: Tensor): void {
  const region = regionOf(tensor);
  const { storage } = tensor;
  if (region === undefined) {
    machine.touch(storage);
    storage.contents = contentsOfCopy(result);
    storage.spec = result.storage.laterSpec;
    storage.isRaw = result.storage.isRaw;
    return;
  }
  addContents(machine, storage, placedAt(region, result));
}

function followInPlace(machine: Machine, tensor: Tensor, result: Tensor): void {
  if (tensor.shows !== undefined || result.operation === undefined) return;
  machine.touch(tensor);
  tensor.operation = result.operation;
  if (!result.requiresGrad) return;
  tensor.requiresGrad = true;
  tensor.isLeaf = false;
}

/** Parameters, and what may become one, keep their writes; signals do not. */
export function remember(machine: Machine, tensor: Tensor, how: InPlace & { readonly spec: LaterSpec }): void {
  if (tensor.operation !== undefined && tensor.shows === undefined) return;
  const isMeant = tensor.shows !== undefined || computationOf(tensor.storage) !== undefined;
  if (how.call !== undefined && isMeant) recordCall(machine, how.call);
  recordWrite(machine, tensor, {
    initializer: how.initializer,
    spec: how.spec,
    fans: isVarianceScaling(how.spec) ? tensor.storage.fans : undefined,
    origin: how.isTakenOver ? 'loaded' : 'written',
    call: how.call,
  });
}

/** Values that are computed are none. */
const isVarianceScaling = (spec: LaterSpec): boolean => typeof spec !== 'function' && spec.kind === 'variance_scaling';
