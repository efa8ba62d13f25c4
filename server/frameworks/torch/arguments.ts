/** Reads what natives are given: sizes, axes, element types, devices, numbers. */
import { isKnown, type Size } from '../../../core/size.js';
import { type Machine, numberOf, sizeOf } from '../../interpreter/machine.js';
import { absent } from '../../interpreter/native.js';
import {
  Float,
  Instance,
  Iterator,
  List,
  Range,
  SetValue,
  Symbolic,
  Tuple,
  Unknown,
  type Value,
} from '../../interpreter/values.js';
import { DtypeValue } from './dtype-value.js';
import type { Dtype } from './dtypes.js';
import { dataOf } from './operations/data.js';
import { torchOf } from './state.js';
import { isTensor, type Shape } from './tensor.js';

/** Not given at all, or None. */
export function isMissing(value: Value | undefined): value is undefined | null {
  return value === undefined || value === null || value === absent;
}

/** The items of a list, a tuple, a Size, a small tensor of integers. */
export function itemsOf(machine: Machine, value: Value | undefined): readonly Value[] | undefined {
  if (value instanceof List && value.more !== undefined && machine.strict) return undefined;
  if (value instanceof Tuple || value instanceof List) return value.items;
  if (value === undefined || value instanceof Unknown) return undefined;
  if (value instanceof Instance && value.payload !== undefined) return itemsOf(machine, value.payload);
  if (isTensor(value)) return dataOf(value) && [...dataOf(value)!];
  return isIterable(machine, value) ? machine.listOf(value) : undefined;
}

function isIterable(machine: Machine, value: Value): boolean {
  if (value instanceof Instance) return machine.findMethod(value, '__iter__') !== undefined;
  return value instanceof Range || value instanceof Iterator || value instanceof SetValue;
}

/** Sizes given as `2, 3` or as `(2, 3)`, which arrive in a Tuple either way. */
export function sizesOf(machine: Machine, given: Value | undefined): Shape {
  const items = itemsOf(machine, given);
  if (items === undefined) return given instanceof Unknown || given === undefined ? undefined : [sizeValue(given)];
  const [first] = items;
  if (items.length === 1 && !isNumberLike(first))
    return first instanceof Unknown ? shapeOfUnknown(machine, first) : sizesOf(machine, first);
  return axesAsLongAs(machine, items);
}

/** A shape of so many axes. */
export function axesAsLongAs(machine: Machine, lengths: readonly Value[]): readonly (Size | undefined)[] {
  for (const it of lengths) if (it instanceof Unknown) torchOf(machine).lengths.add(it);
  return lengths.map(sizeValue);
}

/** A single unknown argument is a size when it is named like one number, else it may be a whole shape. */
function shapeOfUnknown(machine: Machine, value: Unknown): Shape {
  const size = sizeOf(value);
  if (torchOf(machine).lengths.has(value)) return [size];
  return size === undefined || SHAPE.test(value.symbol ?? '') ? undefined : [size];
}

const SHAPE = /(^|[._])(shapes?|dims|sizes|size\(\))$|(^|\.)size$|\[[^\]]*:[^\]]*\]$/;

function isNumberLike(value: Value | undefined): boolean {
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return true;
  if (value instanceof Symbolic || value instanceof Float) return true;
  if (isTensor(value)) return value.shape?.length === 0;
  return value instanceof Instance && typeof value.payload === 'number';
}

export function sizeValue(value: Value | undefined): Size | undefined {
  if (value === undefined) return undefined;
  if (isTensor(value)) return dataOf(value)?.[0];
  if (value instanceof Float) return Math.trunc(value.value);
  if (typeof value === 'bigint') return Number(value);
  return sizeOf(value);
}

/** A number that is known, also out of a tensor of one element. */
export function numberValue(value: Value | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!isTensor(value)) return numberOf(value);
  const data = dataOf(value);
  return data?.length === 1 ? data[0] : undefined;
}

export function integerValue(value: Value | undefined): number | undefined {
  const size = sizeValue(value);
  return size !== undefined && isKnown(size) ? size : undefined;
}

/** An axis counted from the front; undefined when it or the rank is not known. */
export function axisOf(value: Value | undefined, rank: number | undefined): number | undefined {
  const axis = integerValue(value);
  if (axis === undefined || rank === undefined) return undefined;
  return axis < 0 ? axis + rank : axis;
}

/** One axis or several; undefined when any of them is not known. */
export function axesOf(machine: Machine, value: Value | undefined, rank: number | undefined): number[] | undefined {
  // The one element of a tensor of rank 0 may be spoken of as an axis.
  if (rank === 0) return [];
  const items = itemsOf(machine, value) ?? (value === undefined ? [] : [value]);
  const axes = items.map(it => axisOf(it, rank));
  return axes.includes(undefined) ? undefined : (axes as number[]);
}

export function dtypeOf(machine: Machine, value: Value | undefined): Dtype | undefined {
  if (value instanceof DtypeValue) return value.dtype;
  if (value === machine.builtins.floatClass) return 'float64';
  if (value === machine.builtins.intClass) return 'int64';
  return value === machine.builtins.boolClass ? 'bool' : undefined;
}

export function dtypeValue(machine: Machine, dtype: Dtype): Value {
  return torchOf(machine).dtypes.get(dtype)!;
}

/** `cpu`, `cuda:1`, `meta`; undefined when not given, `unknown` when not known. */
export function deviceOf(value: Value | undefined): string | undefined {
  if (isMissing(value)) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return `cuda:${value}`;
  const type = value instanceof Instance ? value.attributes.get('type') : undefined;
  // A device that is not known is most often picked by `cuda.is_available()`; the values are judged as on a CPU.
  return typeof type === 'string' ? type : 'cpu';
}
