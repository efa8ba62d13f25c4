/** What an operation was given, in the order of the call: also tensors that depend on no input and no parameter. */
import { List, Tuple, type Value } from '../../interpreter/values.js';
import type { Operand, Operation } from '../../model/graph.js';
import type { Parameter } from '../../model/parameters.js';
import type { RecordedOperation } from './graph.js';
import { computationOf } from './nn/computed.js';
import { member } from './nn/instance.js';
import { dataOf } from './operations/data.js';
import { isContiguous, isTensor, knownShape, type Tensor } from './tensor.js';

/** An operand before the model is built. */
export type RecordedOperand =
  | { readonly kind: 'operation'; readonly operation: RecordedOperation }
  | { readonly kind: 'parameter'; readonly parameter: Tensor; readonly view: ViewOfParameter }
  | Extract<Operand, { kind: 'constant' }>;

type ViewOfParameter = Extract<Operand, { kind: 'parameter' }>['view'];

/** Absent where the inputs, and the parameters behind them, say as much. */
export function operandsOf(values: readonly Value[]): readonly RecordedOperand[] | undefined {
  const tensors = tensorsIn(values);
  const firstOwn = tensors.findIndex(it => it.operation === undefined);
  const isInOrder = firstOwn < 0 || tensors.slice(firstOwn).every(isWholeParameter);
  return isInOrder ? undefined : tensors.map(operandOf);
}

function tensorsIn(values: readonly Value[], found: Tensor[] = []): readonly Tensor[] {
  for (const value of values) {
    if (isTensor(value)) found.push(value);
    else if (value instanceof Tuple || value instanceof List) tensorsIn(value.items, found);
  }
  return found;
}

function isWholeParameter(tensor: Tensor): boolean {
  const parameter = tensor.operation === undefined ? tensor.shows?.parameter : undefined;
  if (parameter === tensor) return true;
  return parameter !== undefined && isContiguous(tensor) && String(tensor.shape) === String(parameter.shape);
}

function operandOf(tensor: Tensor): RecordedOperand {
  const { operation, shows, shape, view } = tensor;
  if (operation !== undefined) return { kind: 'operation', operation };
  const normed = behindWeightNorm(tensor);
  if (normed !== undefined) return { kind: 'parameter', parameter: normed, view: undefined };
  if (shows === undefined) return constantOperand(tensor);
  const sizes = knownShape(shape);
  const isPlaced = sizes !== undefined && view.strides !== undefined;
  const strides = isPlaced ? { shape: sizes, strides: view.strides!, offset: view.offset } : undefined;
  return { kind: 'parameter', parameter: shows.parameter, view: strides };
}

/** The direction of a weight whose length is still the one that it was split from: their product is that direction. */
function behindWeightNorm({ storage }: Tensor): Tensor | undefined {
  const computed = computationOf(storage);
  if (computed?.how !== 'weight_norm') return undefined;
  const [length, direction] = ['_g', '_v'].map(it => member(computed.module, `${computed.name}${it}`));
  const [split] = isTensor(length) ? length.storage.contents : [];
  const isAsSplit = isTensor(direction) && split?.kind === 'norms' && split.source === direction.storage.contents;
  return isAsSplit ? direction : undefined;
}

/** Its values as they are now: what is written to it later is not seen. */
function constantOperand(tensor: Tensor): RecordedOperand {
  const { shape, dtype, device, storage, view } = tensor;
  const { contents, count, spec } = storage;
  const seen = { shape, device, view, storage: { contents, count, dtype } } as Tensor;
  const [only, ...more] = contents;
  const isDrawn = only?.kind === 'draw' && only.region === undefined && more.length === 0 && view.isWhole;
  return {
    kind: 'constant',
    ...(shape && { shape }),
    values: () => dataOf(seen),
    ...(isDrawn &&
      spec.kind === 'normal' &&
      typeof spec.std === 'number' && { noise: { mean: numberOr(spec.mean), std: spec.std } }),
  };
}

const numberOr = (mean: unknown): number => (typeof mean === 'number' ? mean : 0);

export function translatedOperands(
  recorded: readonly RecordedOperand[],
  made: ReadonlyMap<RecordedOperation, Operation>,
  parameterOf: (tensor: Tensor) => Parameter | undefined,
): readonly Operand[] {
  return recorded.map(it => {
    if (it.kind === 'operation') return { kind: 'operation', operation: made.get(it.operation)! };
    if (it.kind === 'constant') return it;
    const parameter = parameterOf(it.parameter);
    return parameter === undefined
      ? { kind: 'constant', values: () => undefined }
      : { kind: 'parameter', parameter, view: it.view };
  });
}
