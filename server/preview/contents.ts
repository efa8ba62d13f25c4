/** Puts a parameter's values together from what was written to its memory. */
import { norm32, renormalize, stridedNorm32 } from '../../core/norm.js';
import { type Dtype, roundTo, type Values, valuesFor } from '../../core/random/index.js';
import { innerRounding, mapOperationIn } from '../model/arithmetic.js';
import type { CombinedOperation, Contents, Region, StorageWrite } from '../model/draws.js';

/** Gives the values of draws, and takes the inverse error function of many numbers at once. */
export interface DrawSource {
  valuesOf(index: number): ArrayLike<number> | undefined;
  erfinv(values: Float32Array): void;
}

/** The parameter's own values; undefined where a part of them is not known. */
export function materialize(contents: Contents, draws: DrawSource): Values | undefined {
  if (contents.dtype === 'int64') return undefined;
  const memory = memoryOf(contents, draws);
  return memory && contents.region ? gathered(memory, contents.region, contents.dtype) : memory;
}

/** Whole numbers are held as doubles. */
const heldAs = (dtype: Contents['dtype']): Dtype => (dtype === 'int64' ? 'float64' : dtype);

/** In the order of memory. Of what a view shows, `count` is the least there is. */
export function memoryOf(
  { writes, count, dtype }: Omit<Contents, 'region'>,
  draws: DrawSource,
  isLeast = false,
): Values | undefined {
  if (count === undefined || writes.length === 0) return undefined;
  const [first, ...rest] = writes;
  const whole = first!.region === undefined && first!.kind === 'draw' ? draws.valuesOf(first!.index) : undefined;
  const held = heldAs(dtype);
  const memory = isOfType(whole, held) ? whole : valuesFor(held, count);
  if (isLeast ? memory.length < count : memory.length !== count) return undefined;
  for (const write of whole === memory ? rest : writes) if (!apply(write, memory, held, draws)) return undefined;
  return memory;
}

/** Whole numbers and what is copied from another type are not as they will lie in memory. */
const isOfType = (values: ArrayLike<number> | undefined, dtype: Dtype): values is Values =>
  dtype === 'float64' ? values instanceof Float64Array : values instanceof Float32Array;

function apply(write: StorageWrite, memory: Values, dtype: Dtype, draws: DrawSource): boolean {
  if (write.region !== undefined && Number.isNaN(write.region.offset)) return false;
  switch (write.kind) {
    case 'constant':
      return put(memory, write.region, () => roundTo(dtype, write.value));
    case 'data':
      return put(memory, write.region, i => write.values[i]!);
    case 'draw': {
      const values = draws.valuesOf(write.index);
      return values !== undefined && putAll(memory, write.region, values);
    }
    case 'map':
      return map(memory, write, dtype, draws);
    case 'copy': {
      const count = write.from === undefined ? countOf(write.region, memory) : extentOf(write.from);
      const own = write.dtype ?? dtype;
      const source = memoryOf({ writes: write.source, count, dtype: own }, draws, write.from !== undefined);
      const values = source && write.from ? gathered(source, write.from, heldAs(own)) : source;
      return values !== undefined && put(memory, write.region, i => roundTo(dtype, values[i]!));
    }
    case 'norms': {
      const norms = normsOf(write, dtype, draws);
      return norms !== undefined && put(memory, write.region, i => norms[i]!);
    }
    case 'renorm': {
      const { source, rows, columns, along, most } = write;
      const values = memoryOf({ writes: source, count: rows * columns, dtype }, draws);
      if (!(values instanceof Float32Array) || dtype !== 'float32') return false;
      renormalize(values, columns, along, most);
      return put(memory, write.region, i => values[i]!);
    }
    case 'combined': {
      const values = combinedOf(write, dtype, draws);
      return values !== undefined && put(memory, write.region, i => values[i]!);
    }
    case 'opaque':
      return false;
  }
}

function normsOf(
  { source, from, rows, areApart }: StorageWrite & { kind: 'norms' },
  dtype: Dtype,
  draws: DrawSource,
): readonly number[] | undefined {
  const memory = memoryOf({ writes: source, count: extentOf(from), dtype }, draws, true);
  const values = memory && gathered(memory, from, dtype);
  if (!(values instanceof Float32Array) || dtype !== 'float32') return undefined;
  const length = values.length / rows;
  return Array.from({ length: rows }, (_, row) => {
    const numbers = values.subarray(row * length, (row + 1) * length);
    return areApart ? stridedNorm32(numbers, 0, 1) : norm32(numbers);
  });
}

function combinedOf(
  { operation, shape, operands }: StorageWrite & { kind: 'combined' },
  dtype: Dtype,
  draws: DrawSource,
): Values | undefined {
  const [left, right] = operands.map(({ source, count, strides }) => {
    const memory = memoryOf({ writes: source, count, dtype }, draws);
    return memory && gathered(memory, { offset: 0, shape, strides }, dtype);
  });
  if (left === undefined || right === undefined) return undefined;
  const compute = combinations[operation];
  for (let i = 0; i < left.length; i++) left[i] = roundTo(dtype, compute(left[i]!, right[i]!));
  return left;
}

const combinations: Readonly<Record<CombinedOperation, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
};

const countOf = (region: Region | undefined, memory: Values): number =>
  region === undefined ? memory.length : region.shape.reduce((a, b) => a * b, 1);

/** Millions of them, one after the other: not by a function of each. */
function putAll(memory: Values, region: Region | undefined, values: ArrayLike<number>): boolean {
  if (region !== undefined || values.length !== memory.length) return put(memory, region, i => values[i]!);
  memory.set(values);
  return true;
}

function put(memory: Values, region: Region | undefined, valueAt: (i: number) => number): boolean {
  if (region === undefined) for (let i = 0; i < memory.length; i++) memory[i] = valueAt(i);
  else {
    let i = 0;
    for (const position of positionsOf(region)) memory[position] = valueAt(i++);
  }
  return true;
}

function map(memory: Values, write: StorageWrite & { kind: 'map' }, dtype: Dtype, draws: DrawSource): boolean {
  if (write.region === undefined && write.operation === 'erfinv' && dtype === 'float32') {
    draws.erfinv(memory as Float32Array);
    return true;
  }
  const operands = write.operands.map(it => roundTo(dtype, it));
  const compute = mapOperationIn(dtype, write.operation);
  const inner = innerRounding(dtype);
  const step = (position: number) => {
    memory[position] = roundTo(dtype, compute(memory[position]!, operands[0]!, operands[1]!, inner));
  };
  if (write.region === undefined) for (let i = 0; i < memory.length; i++) step(i);
  else for (const position of positionsOf(write.region)) step(position);
  return true;
}

function gathered(memory: Values, region: Region, dtype: Dtype): Values | undefined {
  if (Number.isNaN(region.offset)) return undefined;
  const values = valuesFor(
    dtype,
    region.shape.reduce((a, b) => a * b, 1),
  );
  let i = 0;
  for (const position of positionsOf(region)) values[i++] = memory[position]!;
  return values;
}

/** How many elements a storage has at least for the region to lie in it; backwards it starts at the last. */
const extentOf = ({ offset, shape, strides }: Region): number =>
  shape.includes(0)
    ? 0
    : shape.reduce((last, size, axis) => last + (size - 1) * Math.max(0, strides[axis]!), offset) + 1;

/** Where a region's elements lie, in the order of their indices. */
function* positionsOf({ offset, shape, strides }: Region): Generator<number> {
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
