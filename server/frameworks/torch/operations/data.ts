/** Values of small tensors that no draw went into: computed exactly, in their element type. */
import { innerRounding, mapOperationIn } from '../../../model/arithmetic.js';
import { type MapOperation, type Region, type StorageWrite, sourcesOf } from '../../../model/draws.js';
import { type Dtype, drawnDtype, dtypes } from '../dtypes.js';
import type { Storage } from '../storage.js';
import { contiguousStrides, countOf, isContiguous, knownShape, type Tensor } from '../tensor.js';
import { type Data, Elements } from './elements.js';

/** Tensors beyond this many elements are shapes only. */
export const MOST_ELEMENTS = 100_000;

/** A tensor's elements in the order of their indices; undefined when they are not known or too many. */
export function dataOf(tensor: Tensor): Data | undefined {
  return elementsOf(tensor)?.values;
}

/** The same, not computed yet: what is written to the tensor later does not change them. */
export function elementsOf(tensor: Tensor): Elements | undefined {
  const count = countOf(tensor.shape);
  if (count === undefined || count > MOST_ELEMENTS || tensor.device === 'meta') return undefined;
  if (count === 0) return Elements.of(new Float64Array(0));
  const all = memoryOf(tensor.storage) ?? foreseenMemory(tensor.storage);
  if (all === undefined) return undefined;
  if (tensor.view.isWhole && isContiguous(tensor)) return all;
  const shape = knownShape(tensor.shape);
  const { strides, offset } = tensor.view;
  if (shape === undefined || strides === undefined) return undefined;
  return new Elements([all], () => gather(all.values, { shape, strides, offset }));
}

/** Held at once as doubles, with a copy: more would take several times the memory of the parameter. */
const MOST_AT_ONCE = 2 ** 23;

/** What is drawn, with a seed that is known, for a look at all of them at once: not remembered. */
export function manyForeseen(tensor: Tensor): ForeseenElements | undefined {
  const { storage, view } = tensor;
  const { contents, count, dtype } = storage;
  if (count === undefined || count > MOST_AT_ONCE || !view.isWhole || !isContiguous(tensor)) return undefined;
  return foresee(contents, count, dtype);
}

/** Null where the contents do not tell them. */
const computed = new WeakMap<readonly StorageWrite[], Elements | null>();

/** All elements of a storage, in memory order. */
export function memoryOf({
  contents,
  count,
  dtype,
}: Pick<Storage, 'contents' | 'count' | 'dtype'>): Elements | undefined {
  if (count === undefined || count > MOST_ELEMENTS) return undefined;
  const [only] = contents;
  if (only instanceof LateData && contents.length === 1 && only.region === undefined) return only.elements;
  let known = computed.get(contents);
  if (known === undefined) {
    known = elementsIn(contents, count, dtype);
    computed.set(contents, known);
  }
  return known ?? undefined;
}

/** Of what is drawn, with a seed that is known. */
function foreseenMemory({ contents, count, dtype }: Storage): Elements | undefined {
  if (count === undefined) return undefined;
  return foreseenIn(contents, count, dtype)?.elements;
}

export interface ForeseenElements {
  readonly elements: Elements;
  readonly approximate: string | undefined;
}

/** Null where nothing is foreseen. */
const foreseen = new WeakMap<readonly StorageWrite[], ForeseenElements | null>();

/** What contents hold that draws of a known seed went into. */
export function foreseenIn(
  contents: readonly StorageWrite[],
  count: number,
  dtype: Dtype,
): ForeseenElements | undefined {
  if (count > MOST_ELEMENTS || (contents.length <= FEW && oracleOf(contents) === undefined)) return undefined;
  let known = foreseen.get(contents);
  if (known === undefined) {
    known = foresee(contents, count, dtype) ?? null;
    foreseen.set(contents, known);
  }
  return known ?? undefined;
}

/** Contents of no more writes are looked through as often as somebody asks. */
const FEW = 4;

function foresee(contents: readonly StorageWrite[], count: number, dtype: Dtype): ForeseenElements | undefined {
  if (dtypes[dtype].category === 'complex') return undefined;
  const drawn = oracleOf(contents)?.foresee({ writes: contents, count, dtype: drawnDtype(dtype) });
  return drawn && { elements: Elements.of(Float64Array.from(drawn.values)), approximate: drawn.approximate };
}

/** What tells the values of draws among these, or behind what was copied. */
function oracleOf(contents: readonly StorageWrite[]) {
  for (const write of contents) if (write.kind === 'draw') return write.oracle;
  if (!contents.some(it => 'source' in it || it.kind === 'combined')) return undefined;
  const seen = new Set([contents]);
  for (const writes of seen) {
    for (const write of writes) {
      if (write.kind === 'draw') return write.oracle;
      for (const source of sourcesOf(write)) seen.add(source);
    }
  }
  return undefined;
}

type Valued = StorageWrite & { readonly kind: 'constant' | 'data' };
type DataWrite = StorageWrite & { readonly kind: 'data' };

/** A write of elements that are computed when somebody reads it. Not to be spread: `values` is its class's. */
class LateData {
  readonly kind = 'data';
  readonly region?: Region;
  readonly approximate?: string;

  constructor(
    readonly elements: Elements,
    { region, approximate }: Pick<DataWrite, 'region' | 'approximate'>,
  ) {
    if (region !== undefined) this.region = region;
    if (approximate !== undefined) this.approximate = approximate;
  }

  get values(): Data {
    return this.elements.values;
  }
}

export function dataWrite(elements: Elements, others: Pick<DataWrite, 'region' | 'approximate'> = {}): DataWrite {
  return new LateData(elements, others);
}

/** The same write of values that are close to torch's, and not known to the bit. */
export function approximated(write: Valued, approximate: string): StorageWrite {
  if (!(write instanceof LateData)) return { ...write, approximate };
  return new LateData(write.elements, { approximate, ...(write.region && { region: write.region }) });
}

const elementsWritten = (write: StorageWrite): Elements | undefined =>
  write instanceof LateData ? write.elements : undefined;

const before = new WeakMap<readonly StorageWrite[], readonly StorageWrite[]>();

/** These contents with one more write: what is computed of them already serves for the longer ones. */
export function withWrite(contents: readonly StorageWrite[], write: StorageWrite): readonly StorageWrite[] {
  const longer = [...contents, write];
  before.set(longer, contents);
  return longer;
}

/** What they were before the last write, where they were made by `withWrite`. */
export function contentsBefore(contents: readonly StorageWrite[]): readonly StorageWrite[] | undefined {
  return before.get(contents);
}

/** The number that every element is, however many there are. */
export function constantOf(tensor: Tensor): number | undefined {
  const [only, ...more] = tensor.storage.contents;
  return only?.kind === 'constant' && only.region === undefined && more.length === 0 ? only.value : undefined;
}

/** Elements of a region, in the order of their indices. */
export function gather(memory: ArrayLike<number>, { offset, shape, strides }: Region): Data {
  const length = shape.at(-1) ?? 1;
  const stride = strides.at(-1) ?? 0;
  const rows = positionsOf({ offset, shape: shape.slice(0, -1), strides });
  const result = new Float64Array(rows.length * length);
  let next = 0;
  for (let row = 0; row < rows.length; row++) {
    for (let i = 0, at = rows[row]!; i < length; i++, at += stride) result[next++] = memory[at]!;
  }
  return result;
}

/** Where the elements of a region lie, in the order of their indices. */
function positionsOf({ offset, shape, strides }: Region): Int32Array {
  const positions = new Int32Array(sizeOf(shape));
  positions[0] = offset;
  // From the last axis outwards: what is there already is repeated along each axis, one stride further every time.
  let filled = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const count = filled * shape[axis]!;
    for (let i = filled; i < count; i++) positions[i] = positions[i - filled]! + strides[axis]!;
    filled = count;
  }
  return positions;
}

const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

/** The region of a contiguous tensor of this shape. */
export function wholeRegion(shape: readonly number[]): Region {
  return { offset: 0, shape, strides: contiguousStrides(shape)! };
}

function elementsIn(contents: readonly StorageWrite[], count: number, dtype: Dtype): Elements | null {
  const [base] = contents;
  if (!contents.every(isEvaluable) || base === undefined || base.region !== undefined) return null;
  const within = contents.flatMap(it => elementsWritten(it) ?? []);
  return new Elements(within, () => evaluate(contents, count, dtype));
}

function evaluate(contents: readonly StorageWrite[], count: number, dtype: Dtype): Data {
  const start = computed.get(before.get(contents) ?? [])?.known;
  const memory = start?.slice() ?? new Float64Array(count);
  for (const write of start === undefined ? contents : contents.slice(-1)) apply(write, memory, dtype);
  return memory;
}

function isEvaluable(write: StorageWrite): boolean {
  if (write.region !== undefined && !isSmall(write.region)) return false;
  // The inverse error function differs by how torch was built, which is not known here.
  if (write.kind === 'map') return write.operation !== 'erfinv';
  if (write.kind === 'copy') return false;
  return write.kind === 'constant' || write.kind === 'data';
}

/** Of a region that is expanded, elements lie on top of each other: it may be larger than what it is a part of. */
const isSmall = ({ offset, shape }: Region) => !Number.isNaN(offset) && sizeOf(shape) <= MOST_ELEMENTS;

function apply(write: StorageWrite, memory: Data, dtype: Dtype): void {
  const positions = write.region && positionsOf(write.region);
  const count = positions?.length ?? memory.length;
  const become = elementOf(write, dtype);
  for (let i = 0; i < count; i++) {
    const position = positions === undefined ? i : positions[i]!;
    memory[position] = become(i, memory[position]!);
  }
}

/** What becomes of an element, by its index in the write and what it was. */
function elementOf(write: StorageWrite, dtype: Dtype): (index: number, before: number) => number {
  switch (write.kind) {
    case 'constant':
      return () => write.value;
    case 'data': {
      const { values } = write;
      return index => values[index]!;
    }
    case 'map':
      return (_, before) => mapValue(write.operation, before, write.operands, dtype);
    default:
      return (_, before) => before;
  }
}

/** One step of arithmetic on an element, rounded as the element type rounds. */
function mapValue(operation: MapOperation, value: number, operands: readonly number[], dtype: Dtype): number {
  const { round } = dtypes[dtype];
  const [a, b] = operands.map(round);
  return round(mapOperationIn(dtype, operation)(value, a!, b!, innerRounding(dtype)));
}
