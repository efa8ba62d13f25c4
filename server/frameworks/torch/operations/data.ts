/** Values of small tensors that no draw went into: computed at once, exactly, in their element type. */
import type { MapOperation, Region, StorageWrite } from '../../../model/draws.js';
import { type Dtype, dtypes } from '../dtypes.js';
import type { Storage } from '../storage.js';
import { contiguousStrides, countOf, isContiguous, knownShape, type Tensor } from '../tensor.js';

/** Tensors beyond this many elements are shapes only. */
export const MOST_ELEMENTS = 100_000;

export type Data = Float64Array<ArrayBufferLike>;

/** A tensor's elements in the order of their indices; undefined when they are not known or too many. */
export function dataOf(tensor: Tensor): Data | undefined {
  const count = countOf(tensor.shape);
  if (count === undefined || count > MOST_ELEMENTS || tensor.device === 'meta') return undefined;
  if (count === 0) return new Float64Array(0);
  const all = memoryOf(tensor.storage);
  if (all === undefined) return undefined;
  if (tensor.view.isWhole && isContiguous(tensor)) return all;
  const shape = knownShape(tensor.shape);
  const { strides, offset } = tensor.view;
  if (shape === undefined || strides === undefined) return undefined;
  return gather(all, { shape, strides, offset });
}

const computed = new WeakMap<readonly StorageWrite[], { readonly data: Data | undefined }>();

/** All elements of a storage, in memory order. */
export function memoryOf(storage: Storage): Data | undefined {
  if (storage.count === undefined || storage.count > MOST_ELEMENTS) return undefined;
  let known = computed.get(storage.contents);
  if (known === undefined) {
    known = { data: evaluate(storage.contents, storage.count, storage.dtype) };
    computed.set(storage.contents, known);
  }
  return known.data;
}

/** The number that every element is, however many there are. */
export function constantOf(tensor: Tensor): number | undefined {
  const [only, ...more] = tensor.storage.contents;
  return only?.kind === 'constant' && only.region === undefined && more.length === 0 ? only.value : undefined;
}

/** Elements of a region, in the order of their indices. */
export function gather(memory: ArrayLike<number>, region: Region): Data {
  const result = new Float64Array(region.shape.reduce((a, b) => a * b, 1));
  let next = 0;
  for (const position of positionsOf(region)) result[next++] = memory[position]!;
  return result;
}

/** Where the elements of a region lie, in the order of their indices. */
export function* positionsOf({ offset, shape, strides }: Region): Generator<number> {
  if (shape.includes(0)) return;
  const index = shape.map(() => 0);
  let position = offset;
  for (;;) {
    yield position;
    let axis = shape.length - 1;
    for (; axis >= 0; axis--) {
      index[axis]!++;
      position += strides[axis]!;
      if (index[axis]! < shape[axis]!) break;
      position -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
    if (axis < 0) return;
  }
}

/** The region of a contiguous tensor of this shape. */
export function wholeRegion(shape: readonly number[]): Region {
  return { offset: 0, shape, strides: contiguousStrides(shape)! };
}

function evaluate(contents: readonly StorageWrite[], count: number, dtype: Dtype): Data | undefined {
  if (!contents.every(isEvaluable) || contents[0] === undefined || contents[0].region !== undefined) return undefined;
  const memory = new Float64Array(count);
  for (const write of contents) apply(write, memory, dtype);
  return memory;
}

function isEvaluable(write: StorageWrite): boolean {
  if (write.region !== undefined && Number.isNaN(write.region.offset)) return false;
  if (write.kind === 'map') return Object.hasOwn(mapped, write.operation);
  if (write.kind === 'copy') return false;
  return write.kind === 'constant' || write.kind === 'data';
}

function apply(write: StorageWrite, memory: Data, dtype: Dtype): void {
  const positions = write.region === undefined ? memory.keys() : positionsOf(write.region);
  let next = 0;
  for (const position of positions) {
    if (write.kind === 'constant') memory[position] = write.value;
    else if (write.kind === 'data') memory[position] = write.values[next++]!;
    else if (write.kind === 'map')
      memory[position] = mapValue(write.operation, memory[position]!, write.operands, dtype);
  }
}

/** One step of arithmetic on an element, rounded as the element type rounds. */
export function mapValue(operation: MapOperation, value: number, operands: readonly number[], dtype: Dtype): number {
  const { round } = dtypes[dtype];
  return round(mapped[operation]!(value, ...operands.map(round)));
}

const mapped: Readonly<Record<string, (x: number, a?: number, b?: number) => number>> = {
  add: (x, a) => x + a!,
  multiply: (x, a) => x * a!,
  divide: (x, a) => x / a!,
  clamp: (x, low, high) => Math.min(high!, Math.max(low!, x)),
  exp: Math.exp,
  log: Math.log,
  negate: x => -x,
  power: (x, a) => x ** a!,
  abs: Math.abs,
  sqrt: Math.sqrt,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  sigmoid: x => 1 / (1 + Math.exp(-x)),
};
