/** Tensors as evaluation knows them: a shape, an element type, and a view of a storage. */
import { product, type Size } from '../../../core/size.js';
import type { Machine } from '../../interpreter/machine.js';
import { type ClassValue, Instance, type Value } from '../../interpreter/values.js';
import type { Region } from '../../model/draws.js';
import type { Site } from '../../text/span.js';
import type { Dtype } from './dtypes.js';
import type { RecordedOperation } from './graph.js';
import { torchOf } from './state.js';
import { Storage } from './storage.js';

/** Absent when not even the rank is known; an absent size is unknown. */
export type Shape = readonly (Size | undefined)[] | undefined;

/** Where in its storage a tensor's elements lie. */
export interface View {
  /** Absent where sizes are not known. */
  readonly strides: readonly number[] | undefined;
  readonly offset: number;
  /** False when it is, or may be, only some of the storage's elements. */
  readonly isWhole: boolean;
  /** The shape that it was made for: in a tensor of that very shape, elements lie in the order of their indices. */
  readonly madeFor?: Shape;
}

/** A parameter that a tensor is a view of. */
export interface ParameterView {
  readonly parameter: Tensor;
  /** The parameter's axis behind each axis of the view; undefined where axes were merged, split or cut. */
  readonly axes: readonly (number | undefined)[] | undefined;
}

export interface TensorOptions {
  readonly dtype?: Dtype | undefined;
  readonly device?: string | undefined;
  readonly storage?: Storage;
  readonly view?: View;
  readonly cls?: ClassValue;
  readonly requiresGrad?: boolean;
  readonly isLeaf?: boolean;
  readonly operation?: RecordedOperation;
}

export class Tensor extends Instance {
  shape: Shape = undefined;
  dtype: Dtype = 'float32';
  device = 'cpu';
  view: View = OF_NO_SHAPE;
  isParameter = false;
  /** True for `UninitializedParameter` until a first forward gives it a shape. */
  isLazy = false;
  requiresGrad = false;
  /** False for what a differentiable operation computed. */
  isLeaf = true;
  /** The tensor that it is a differentiable view of. */
  base: Tensor | undefined = undefined;
  /** The parameter that it shows, itself for a parameter; also through `.data` and `.detach()`. */
  shows: ParameterView | undefined = undefined;
  /** Where a parameter was made, by the user's own code. */
  madeAt: Site | undefined = undefined;
  /** What computed it, in the forward graph. */
  operation: RecordedOperation | undefined = undefined;

  constructor(
    cls: ClassValue,
    public storage = new Storage('float32', undefined),
  ) {
    super(cls);
  }

  override get tracked(): boolean {
    return this.operation !== undefined || this.shows !== undefined;
  }

  override capture(isLeft = false): unknown {
    return { attributes: super.capture(isLeft), fields: fieldsOf(this) };
  }

  override restore(state: unknown): void {
    const { attributes, fields } = state as TensorState;
    super.restore(attributes);
    Object.assign(this, fields);
  }

  override merge(other: unknown, join: Join): void {
    const { attributes, fields } = other as TensorState;
    super.merge(attributes, join);
    if (fields.requiresGrad) this.requiresGrad = true;
    if (!fields.isLeaf) this.isLeaf = false;
    if (fields.shape !== this.shape) this.shape = undefined;
  }
}

type Join = (mine: Value | undefined, other: Value | undefined) => Value | undefined;
type Fields = Pick<
  Tensor,
  | 'shape'
  | 'dtype'
  | 'device'
  | 'storage'
  | 'view'
  | 'isLazy'
  | 'requiresGrad'
  | 'isLeaf'
  | 'base'
  | 'shows'
  | 'operation'
>;
interface TensorState {
  readonly attributes: unknown;
  readonly fields: Fields;
}

function fieldsOf(tensor: Tensor): Fields {
  const { shape, dtype, device, storage, view, isLazy, requiresGrad, isLeaf, base, shows, operation } = tensor;
  return { shape, dtype, device, storage, view, isLazy, requiresGrad, isLeaf, base, shows, operation };
}

export function isTensor(value: Value | undefined): value is Tensor {
  return value instanceof Tensor;
}

/** A tensor of this shape; with a storage of its own, of raw memory, unless one is given. */
export function newTensor(machine: Machine, shape: Shape, options: TensorOptions = {}): Tensor {
  const dtype = options.dtype ?? torchOf(machine).defaultDtype;
  const storage = options.storage ?? new Storage(dtype, countOf(shape));
  const tensor = new Tensor(options.cls ?? torchOf(machine).classes.tensor, storage);
  tensor.shape = shape;
  tensor.dtype = dtype;
  tensor.device = options.device ?? torchOf(machine).defaultDevice;
  tensor.view = options.view ?? wholeView(shape);
  tensor.requiresGrad = options.requiresGrad ?? false;
  tensor.isLeaf = options.isLeaf ?? true;
  tensor.operation = options.operation;
  return tensor;
}

/** A whole storage, its elements in the order of their indices. */
export const wholeView = (shape: Shape): View => ({
  strides: contiguousStrides(shape),
  offset: 0,
  isWhole: true,
  madeFor: shape,
});

const OF_NO_SHAPE = wholeView(undefined);

/** The shape in numbers, where every size is one. */
export function knownShape(shape: Shape): readonly number[] | undefined {
  return shape?.every(isNumber) ? (shape as readonly number[]) : undefined;
}

const isNumber = (size: Size | undefined): size is number => typeof size === 'number';

/** The number of elements, where it is a number. */
export function countOf(shape: Shape): number | undefined {
  const sizes = knownShape(shape);
  if (sizes === undefined) return undefined;
  let count = 1;
  for (let i = 0; i < sizes.length; i++) count *= sizes[i]!;
  return count;
}

/** The number of elements as an expression; undefined where a size is unknown. */
export function elementsOf(shape: Shape): Size | undefined {
  return shape?.every(it => it !== undefined) ? product(shape as readonly Size[]) : undefined;
}

export function contiguousStrides(shape: Shape): readonly number[] | undefined {
  const sizes = knownShape(shape);
  if (sizes === undefined) return undefined;
  const strides = new Array<number>(sizes.length);
  let stride = 1;
  for (let axis = sizes.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= Math.max(1, sizes[axis]!);
  }
  return strides;
}

/** Whether elements lie in memory in the order of their indices; unknown sizes are taken to. */
export function isContiguous(tensor: Tensor): boolean {
  const { strides, madeFor } = tensor.view;
  if (madeFor !== undefined && madeFor === tensor.shape) return true;
  const sizes = knownShape(tensor.shape);
  const expected = contiguousStrides(tensor.shape);
  if (strides === undefined || sizes === undefined || expected === undefined) return true;
  return sizes.includes(0) || areAlike(sizes, strides, expected);
}

const areAlike = (sizes: readonly number[], strides: readonly number[], expected: readonly number[]): boolean =>
  sizes.every((size, axis) => size === 1 || strides[axis] === expected[axis]);

/** The part of its storage that a tensor is; undefined when it is all of it, in order. */
export function regionOf(tensor: Tensor): Region | undefined {
  const { strides, offset, isWhole } = tensor.view;
  if (isWhole && isContiguous(tensor)) return undefined;
  const shape = knownShape(tensor.shape);
  if (strides === undefined || shape === undefined) return isWhole ? undefined : UNKNOWN_REGION;
  return { offset, shape, strides };
}

/** A part of which not even the size is known: no element can be told to be outside. */
const UNKNOWN_REGION: Region = { offset: Number.NaN, shape: [], strides: [] };
