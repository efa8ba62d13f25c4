/** `numpy.ndarray`: numbers in memory that views share, computed at once. */
import { age } from '../../age.js';
import { isUncounted } from '../../iteration.js';
import type { Machine } from '../../machine.js';
import { numberOf } from '../../numbers.js';
import { type ClassValue, Float, Instance, List, type Mutable, Range, Tuple, type Value } from '../../values.js';
import { type ArrayDtype, holds, isFloat, promoted, roundTo } from './dtypes.js';
import { contiguous, isContiguous, type Layout, picked, positionsOf, sizeOf } from './layout.js';

/** Most numbers that an array holds; beyond, it is unknown. */
export const LARGEST = 2 ** 20;

interface State {
  readonly values: Float64Array;
  readonly approximate: string | undefined;
  readonly isKnown: boolean;
}

export class Memory implements Mutable {
  readonly born = age.now;
  isKnown = true;
  /** For memory that a tensor was made of and shares: whether the tensor is still as it was then. */
  readonly borrowers: (() => boolean)[] = [];
  private isSaved = false;
  constructor(
    public values: Float64Array,
    /** The function whose last bits are numpy's own affair. */
    public approximate?: string,
  ) {}
  capture(): State {
    this.isSaved = true;
    const { values, approximate, isKnown } = this;
    return { values, approximate, isKnown };
  }
  restore(state: unknown): void {
    Object.assign(this, state);
    this.isSaved = true;
  }
  merge(other: unknown): void {
    const theirs = other as State;
    this.isKnown &&= theirs.isKnown && theirs.values.every((it, i) => Object.is(it, this.values[i]));
    this.approximate ??= theirs.approximate;
  }
  /** The values; undefined where they are not known. Not to be written to. */
  get known(): Float64Array | undefined {
    return this.isKnown && this.borrowers.every(isUntouched => isUntouched()) ? this.values : undefined;
  }
  /** What may be written to: values that a fork has saved stay as they are. */
  writable(m: Machine): Float64Array {
    m.touch(this);
    if (this.borrowers.length > 0) m.incomplete('an array is written to after a tensor was made of it');
    if (this.isSaved) this.values = this.values.slice();
    this.isSaved = false;
    return this.values;
  }
}

/** An array, or one of numpy's own numbers: an array without axes, of the class of its type. */
export class NdArray extends Instance {
  constructor(
    /** `numpy.ndarray`. */
    readonly family: ClassValue,
    readonly memory: Memory,
    readonly layout: Layout,
    readonly dtype: ArrayDtype,
    cls = family,
  ) {
    super(cls);
  }
  get shape(): readonly number[] {
    return this.layout.shape;
  }
  get size(): number {
    return sizeOf(this.layout.shape);
  }
  /** In the order of the indices; undefined where they are not known. Not to be written to. */
  get values(): Float64Array | undefined {
    const values = this.memory.known;
    if (values === undefined) return undefined;
    if (isContiguous(this.layout) && this.layout.offset === 0 && values.length === this.size) return values;
    return picked(values, positionsOf(this.layout));
  }
  view(layout: Layout): NdArray {
    return new NdArray(this.family, this.memory, layout, this.dtype);
  }
}

interface Made {
  readonly shape: readonly number[];
  readonly dtype: ArrayDtype;
  readonly approximate?: string | undefined;
}

/** A new array of values in the order of the indices; they must be of the type. */
export function arrayOf(cls: ClassValue, values: Float64Array, { shape, dtype, approximate }: Made): NdArray {
  return new NdArray(cls, new Memory(values, approximate), contiguous(shape), dtype);
}

/** A new array of which only the shape and the type are known; where it has no axes, nothing is. */
export function unknownArray(m: Machine, family: ClassValue, { shape, dtype }: Made): Value {
  const size = sizeOf(shape);
  if (shape.length === 0 || size > LARGEST) return m.unknown('the numbers of the array are not known');
  m.step(1 + (size >> 6));
  const memory = new Memory(new Float64Array(size));
  memory.isKnown = false;
  return new NdArray(family, memory, contiguous(shape), dtype);
}

/** The same where the type may not hold them: undefined then. A result without axes is a number. */
export function resultOf(m: Machine, cls: ClassValue, values: Float64Array, made: Made): Value | undefined {
  if (made.dtype === 'float32') for (let i = 0; i < values.length; i++) values[i] = Math.fround(values[i]!);
  if (!holds(made.dtype, values)) return undefined;
  return scalarOr(m, arrayOf(cls, values, made));
}

/** An array without axes as one of numpy's own numbers, which is a copy. */
export function scalarOr(m: Machine, array: NdArray): Value {
  const { values, family, dtype, memory } = array;
  if (array.shape.length > 0) return array;
  if (values === undefined) return m.unknown('the numbers of the array are not known');
  return scalarOf(m, family, { value: values[0]!, dtype, approximate: memory.approximate });
}

interface Scalar {
  /** What the type holds. */
  readonly value: number;
  readonly dtype: ArrayDtype;
  readonly approximate?: string | undefined;
}

/** One of numpy's own numbers. Double precision is Python's float too: nobody knows from there on that it may be off by a bit. */
export function scalarOf(m: Machine, family: ClassValue, { value, dtype, approximate }: Scalar): Value {
  const cls = scalarClasses.get(family)!.get(dtype)!;
  if (dtype === 'float64') {
    noteApproximate(m, approximate);
    return new Float(value, undefined, cls);
  }
  const scalar = new NdArray(family, new Memory(Float64Array.of(value), approximate), contiguous([]), dtype, cls);
  if (approximate === undefined) scalar.payload = plainOf(value, dtype);
  return scalar;
}

const scalarClasses = new WeakMap<ClassValue, ReadonlyMap<ArrayDtype, ClassValue>>();
const families = new WeakMap<ClassValue, ClassValue>();

/** The classes of numpy's own numbers beside that of arrays. */
export function declareScalars(family: ClassValue, classes: ReadonlyMap<ArrayDtype, ClassValue>): void {
  scalarClasses.set(family, classes);
  for (const cls of classes.values()) families.set(cls, family);
}

/** The array that methods work on: numpy's own floats are Python's, and know their class. */
export function selfOf(value: Value): NdArray | undefined {
  if (value instanceof NdArray) return value;
  const family = value instanceof Float && value.cls !== undefined ? families.get(value.cls) : undefined;
  return family && arrayFrom(family, value);
}

/** One of an array's numbers as Python has it. */
export function numberIn(m: Machine, { dtype, memory }: NdArray, value: number): Value {
  noteApproximate(m, memory.approximate);
  return plainOf(value, dtype);
}

function noteApproximate(m: Machine, approximate: string | undefined): void {
  if (approximate !== undefined) m.incomplete(`\`${approximate}\` is not reproduced to the bit`);
}

function plainOf(value: number, dtype: ArrayDtype): Value {
  if (dtype === 'bool') return value !== 0;
  return isFloat(dtype) ? new Float(value) : value;
}

/** Whether it has no axes: such operands give way to the type of arrays. */
export const isScalar = (array: NdArray): boolean => array.shape.length === 0;

/** Nested lists, tuples, numbers and arrays as an array; undefined for what is no such thing. */
export function arrayFrom(cls: ClassValue, value: Value): NdArray | undefined {
  if (value instanceof NdArray) return value;
  const found = new Collected();
  const shape = found.add(value, 0);
  if (shape === undefined) return undefined;
  const values = Float64Array.from(found.values);
  const dtype = found.dtype ?? 'float64';
  return holds(dtype, values) ? arrayOf(cls, values, { shape, dtype, approximate: found.approximate }) : undefined;
}

/** Numbers of nested sequences, as they are met. */
class Collected {
  readonly values: number[] = [];
  dtype: ArrayDtype | undefined;
  approximate: string | undefined;

  /** The shape of the value; undefined where it is no array. */
  add(value: Value, depth: number): readonly number[] | undefined {
    if (value instanceof NdArray) return this.addArray(value);
    const items = itemsOf(value);
    if (items === undefined) return this.addNumber(value);
    if (depth > 32) return undefined;
    let inner: readonly number[] | undefined;
    for (const item of items) {
      const shape = this.add(item, depth + 1);
      if (shape === undefined || this.values.length > LARGEST || !isSame(shape, inner ?? shape)) return undefined;
      inner = shape;
    }
    return [items.length, ...(inner ?? [])];
  }

  private addNumber(value: Value): readonly number[] | undefined {
    const number = numberOf(value);
    if (number === undefined || typeof value === 'bigint') return undefined;
    this.values.push(number);
    this.meet(typeof value === 'boolean' ? 'bool' : value instanceof Float ? 'float64' : 'int64');
    return [];
  }

  private addArray(array: NdArray): readonly number[] | undefined {
    const { values } = array;
    if (values === undefined || values.length > LARGEST) return undefined;
    for (const value of values) this.values.push(value);
    this.meet(array.dtype);
    this.approximate ??= array.memory.approximate;
    return array.shape;
  }

  private meet(dtype: ArrayDtype): void {
    this.dtype = this.dtype === undefined ? dtype : promoted(this.dtype, dtype);
  }
}

const isSame = (a: readonly number[], b: readonly number[]) => a.length === b.length && a.every((it, i) => it === b[i]);

function itemsOf(given: Value): readonly Value[] | undefined {
  const value = given instanceof Instance && given.payload !== undefined ? given.payload : given;
  if (isUncounted(value)) return undefined;
  if (value instanceof List || value instanceof Tuple) return value.items;
  if (value instanceof Range && value.length <= LARGEST) {
    return Array.from({ length: value.length }, (_, i) => value.start + i * value.step);
  }
  return undefined;
}

/** In another type; undefined where that does not hold the values. */
export function converted(array: NdArray, dtype: ArrayDtype): NdArray | undefined {
  const { values, shape } = array;
  if (values === undefined) return undefined;
  const convert =
    dtype === 'bool' ? (x: number) => Number(x !== 0) : dtype.startsWith('float') ? rounder(dtype) : Math.trunc;
  const made = values.map(convert);
  const { approximate } = array.memory;
  return holds(dtype, made) ? arrayOf(array.family, made, { shape, dtype, approximate }) : undefined;
}

const rounder = (dtype: ArrayDtype) => (x: number) => roundTo(dtype, x);

/** Rows along the first axis. */
export function rowsOf(m: Machine, array: NdArray): Value[] {
  const { shape, strides, offset } = array.layout;
  return Array.from({ length: shape[0] ?? 0 }, (_, i) =>
    scalarOr(m, array.view({ shape: shape.slice(1), strides: strides.slice(1), offset: offset + i * strides[0]! })),
  );
}

/** As lists of lists of Python's own numbers. */
export function nested(m: Machine, array: NdArray): Value {
  const { values } = array;
  if (isScalar(array)) return values === undefined ? array : numberIn(m, array, values[0]!);
  return new List(rowsOf(m, array).map(it => (it instanceof NdArray ? nested(m, it) : plain(it))));
}

/** Python's own float for one of numpy's. */
const plain = (value: Value): Value => (value instanceof Float ? new Float(value.value) : value);
