/** Makes the tensors that operations answer, and ties them into the forward graph. */
import type { Machine } from '../../../interpreter/machine.js';
import { List, Tuple, Unknown, type Value } from '../../../interpreter/values.js';
import type { StorageWrite } from '../../../model/draws.js';
import type { OperationKind } from '../../../model/graph.js';
import type { Dtype } from '../dtypes.js';
import { parameterShownBy, type Setting } from '../graph.js';
import { torchOf } from '../state.js';
import { type LaterSpec, Storage } from '../storage.js';
import { countOf, isContiguous, isTensor, newTensor, type Shape, type Tensor } from '../tensor.js';
import { approximationBehindAny, approximationOf } from './approximate.js';
import { approximated, dataWrite } from './data.js';
import { type Data, Elements } from './elements.js';

export interface ResultRequest {
  readonly kind: OperationKind;
  readonly name: string;
  readonly inputs: readonly Value[];
  readonly shape: Shape;
  readonly dtype?: Dtype;
  readonly settings?: Iterable<readonly [string, Setting]> | undefined;
  /** The elements, where they can be computed. */
  readonly data?: Data | Elements | undefined;
  /** Whether they are torch's, computed of inputs that are, though it goes about it in a way of its own. */
  readonly isSure?: () => boolean;
  /** What decides the values, where they were not computed. */
  readonly contents?: readonly StorageWrite[] | undefined;
  readonly spec?: LaterSpec | undefined;
}

/** What a tensor takes beyond the call that makes it. */
const STEPS_PER_RESULT = 4;

/** A new tensor with memory of its own. */
export function resultOf(machine: Machine, request: ResultRequest): Tensor {
  const first = firstTensor(request.inputs);
  const dtype = request.dtype ?? first?.dtype ?? torchOf(machine).defaultDtype;
  const count = countOf(request.shape);
  machine.step(STEPS_PER_RESULT + (request.data === undefined ? 0 : (count ?? 0) >> 6));
  const storage = new Storage(dtype, count);
  storage.contents = contentsOf(request, approximationFor(request, dtype));
  storage.isRaw = false;
  storage.isLaidOutOtherwise = request.inputs.some(isLaidOutOtherwise);
  if (request.spec !== undefined) storage.spec = request.spec;
  const tensor = newTensor(machine, request.shape, { dtype, storage, device: first?.device ?? 'cpu' });
  tie(machine, tensor, request);
  if (tensor.operation === undefined && first !== undefined) storage.history = first.storage.history.slice(-1);
  return tensor;
}

/** Torch lays out what it computes of transposed tensors as they are. */
export const isLaidOutOtherwise = (value: Value): boolean =>
  isTensor(value) && value.shape?.length !== 1 && (value.storage.isLaidOutOtherwise || !isContiguous(value));

function approximationFor({ name, inputs, isSure }: ResultRequest, dtype: Dtype): string | undefined {
  const approximate = approximationOf(name, inputs, dtype);
  return approximate === name && isSure?.() ? approximationBehindAny(inputs) : approximate;
}

function contentsOf({ data, contents, name }: ResultRequest, approximate: string | undefined): readonly StorageWrite[] {
  if (data !== undefined) {
    return [dataWrite(data instanceof Elements ? data : Elements.of(data), approximate ? { approximate } : {})];
  }
  const base = contents?.[0];
  if (contents !== undefined && (base?.kind === 'constant' || base?.kind === 'data') && approximate)
    return [approximated(base, approximate), ...contents.slice(1)];
  return contents ?? [{ kind: 'opaque', reason: `it is computed by \`${name}\`` }];
}

/** Gradients flow through what was computed from what requires them; the graph follows what is tied to it. */
export function tie(machine: Machine, tensor: Tensor, request: Omit<ResultRequest, 'shape'>): void {
  const { graph, gradEnabled } = torchOf(machine);
  if (gradEnabled && request.inputs.some(requiresGrad)) {
    tensor.requiresGrad = true;
    tensor.isLeaf = false;
  }
  if (!request.inputs.some(isTracked)) return;
  tensor.operation = graph.record(machine, request.kind, request.name, request.inputs, {
    shape: tensor.shape,
    settings: request.settings,
  });
}

function requiresGrad(value: Value): boolean {
  if (isTensor(value)) return value.requiresGrad;
  return value instanceof Tuple || value instanceof List ? value.items.some(requiresGrad) : false;
}

export function isTracked(value: Value): boolean {
  if (isTensor(value)) return value.operation !== undefined || parameterShownBy(value) !== undefined;
  if (value instanceof Unknown) return (value.inputs?.length ?? 0) > 0;
  return value instanceof Tuple || value instanceof List ? value.items.some(isTracked) : false;
}

export function firstTensor(values: readonly Value[]): Tensor | undefined {
  for (const value of values) {
    if (isTensor(value)) return value;
    if (value instanceof Tuple || value instanceof List) {
      const inside = firstTensor(value.items);
      if (inside !== undefined) return inside;
    }
  }
  return undefined;
}

/** What an operation answers whose result cannot be told: connected, without a shape. */
export function opaqueResult(machine: Machine, name: string, inputs: readonly Value[], shape?: Shape): Tensor {
  return resultOf(machine, { kind: 'opaque', name, inputs, shape });
}
