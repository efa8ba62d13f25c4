/** Arithmetic and functions, element by element. */
import { unknownFrom } from '../../builtins/define.js';
import * as elementary from '../../elementary/index.js';
import type { Machine } from '../../machine.js';
import { Instance, List, Tuple, Unknown, type Value } from '../../values.js';
import { arrayFrom, arrayOf, isScalar, LARGEST, NdArray, resultOf, unknownArray } from './array.js';
import { type ArrayDtype, isFloat, isNarrow, promoted, resultDtype } from './dtypes.js';
import { broadcastShape, positionsOf, sizeOf, stretched } from './layout.js';

type Compute = (a: number, b: number) => number;

interface BinaryRow {
  readonly compute: Compute;
  /** Of the operands' common type; that type itself unless it says otherwise. */
  readonly dtype?: (common: ArrayDtype) => ArrayDtype | undefined;
}

const toBool = (): ArrayDtype => 'bool';
const noBool = (common: ArrayDtype): ArrayDtype | undefined => (common === 'bool' ? undefined : common);
const noFloat = (common: ArrayDtype): ArrayDtype | undefined => (isFloat(common) ? undefined : common);
const onlyInteger = (common: ArrayDtype): ArrayDtype | undefined => (common === 'bool' ? undefined : noFloat(common));
const toFloat = (common: ArrayDtype): ArrayDtype => (isFloat(common) ? common : 'float64');
/** The functions of single precision are numpy's own. */
const onlyDouble = (common: ArrayDtype): ArrayDtype | undefined =>
  common === 'float32' || common === 'bool' ? undefined : common;

/** By the names of the operators' methods. */
const binaryRows: Readonly<Record<string, BinaryRow>> = {
  add: { compute: (a, b) => a + b },
  sub: { compute: (a, b) => a - b, dtype: noBool },
  mul: { compute: (a, b) => a * b },
  truediv: { compute: (a, b) => a / b, dtype: toFloat },
  floordiv: { compute: floorQuotient, dtype: onlyDouble },
  mod: { compute: modulo, dtype: onlyDouble },
  pow: { compute: elementary.pow, dtype: onlyDouble },
  lt: { compute: (a, b) => Number(a < b), dtype: toBool },
  le: { compute: (a, b) => Number(a <= b), dtype: toBool },
  gt: { compute: (a, b) => Number(a > b), dtype: toBool },
  ge: { compute: (a, b) => Number(a >= b), dtype: toBool },
  eq: { compute: (a, b) => Number(a === b), dtype: toBool },
  ne: { compute: (a, b) => Number(a !== b), dtype: toBool },
  and: { compute: (a, b) => Number(BigInt(a) & BigInt(b)), dtype: noFloat },
  or: { compute: (a, b) => Number(BigInt(a) | BigInt(b)), dtype: noFloat },
  xor: { compute: (a, b) => Number(BigInt(a) ^ BigInt(b)), dtype: noFloat },
  lshift: { compute: (a, b) => (b < 0 || b > 63 ? Number.NaN : a * 2 ** b), dtype: onlyInteger },
  rshift: { compute: (a, b) => (b < 0 || b > 63 ? Number.NaN : Math.floor(a / 2 ** b)), dtype: onlyInteger },
  logical_and: { compute: (a, b) => Number(a !== 0 && b !== 0), dtype: toBool },
  logical_or: { compute: (a, b) => Number(a !== 0 || b !== 0), dtype: toBool },
  maximum: { compute: (a, b) => Math.max(a, b) },
  minimum: { compute: (a, b) => Math.min(a, b) },
};

const BITWISE: ReadonlySet<string> = new Set(['and', 'or', 'xor', 'lshift', 'rshift']);

function modulo(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest === 0 && b < 0 ? -0 : rest;
}

/** As CPython rounds it: the quotient of what the remainder leaves. */
function floorQuotient(a: number, b: number): number {
  if (b === 0) return a / b;
  const quotient = (a - modulo(a, b)) / b;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

export function binary(m: Machine, name: string, left: NdArray, right: NdArray): Value {
  const unknown = () => m.unknown(`\`${name}\` of these arrays is not computed`);
  const { compute, dtype = (it: ArrayDtype) => it } = binaryRows[name]!;
  const operands = [left, right];
  if (BITWISE.has(name) && operands.some(it => isFloat(it.dtype)))
    return m.raise('TypeError', 'ufunc not supported for the input types');
  const common = resultDtype(operands.map(it => ({ dtype: it.dtype, isScalar: isScalar(it) })));
  const type = dtype(common);
  const shape = broadcastShape(operands.map(it => it.shape));
  if (shape === undefined && (name === 'eq' || name === 'ne')) return name === 'ne';
  if (shape === undefined) return m.raise('ValueError', 'operands could not be broadcast together');
  const [a, b] = operands.map(it => valuesIn(it, common));
  if (type !== undefined && operands.some(it => it.values === undefined))
    return unknownArray(m, left.family, { shape, dtype: type });
  const isDivided = (name === 'floordiv' || name === 'mod') && !isFloat(common);
  if (
    type === undefined ||
    a === undefined ||
    b === undefined ||
    (isDivided && b.includes(0)) ||
    sizeOf(shape) > LARGEST
  )
    return unknown();
  if (name === 'pow' && !isFloat(common) && b.some(it => it < 0)) {
    return m.raise('ValueError', 'Integers to negative integer powers are not allowed.');
  }
  const values = paired(m, { left, right, a, b }, shape, compute);
  if (type === 'bool') for (let i = 0; i < values.length; i++) values[i] = Number(values[i] !== 0);
  const approximate = left.memory.approximate ?? right.memory.approximate;
  return resultOf(m, left.family, values, { shape, dtype: type, approximate }) ?? unknown();
}

/** Single precision takes its operands as they round to it. */
function valuesIn({ values, dtype }: NdArray, common: ArrayDtype): Float64Array | undefined {
  return common === 'float32' && dtype !== 'float32' ? values?.map(Math.fround) : values;
}

interface Pair {
  readonly left: NdArray;
  readonly right: NdArray;
  readonly a: Float64Array;
  readonly b: Float64Array;
}

function paired(m: Machine, { left, right, a, b }: Pair, shape: readonly number[], compute: Compute): Float64Array {
  const count = sizeOf(shape);
  m.step(count >> 3);
  const result = new Float64Array(count);
  const [atA, atB] = [left, right].map(it => indicesOf(it, shape));
  for (let i = 0; i < count; i++)
    result[i] = compute(a[atA === undefined ? i : atA[i]!]!, b[atB === undefined ? i : atB[i]!]!);
  return result;
}

/** Which of an array's values each element of the stretched one is; undefined where it is not stretched. */
function indicesOf(array: NdArray, shape: readonly number[]): Int32Array | undefined {
  if (array.shape.length === shape.length && array.size === sizeOf(shape)) return undefined;
  const { shape: own } = array;
  const strides = own.map((_, axis) => sizeOf(own.slice(axis + 1)));
  return positionsOf(stretched({ shape: own, strides, offset: 0 }, shape));
}

/** `array ∘ other`, or the other way round; what is no array answers for itself. */
export function operated(m: Machine, name: string, self: NdArray, other: Value, isReflected: boolean): Value {
  if (other instanceof Unknown) return unknownFrom(m, `ndarray.${name}`, [other]);
  if (other instanceof Instance && !(other instanceof NdArray) && other.payload === undefined)
    return m.builtins.notImplemented;
  if (isScalar(self) && name === 'mul' && isSequence(other)) return m.builtins.notImplemented;
  const array = arrayFrom(self.family, other);
  if (array === undefined) return m.builtins.notImplemented;
  return isReflected ? binary(m, name, array, self) : binary(m, name, self, array);
}

/** Numpy's own numbers repeat sequences as Python's do. */
const isSequence = (value: Value): boolean => value instanceof List || value instanceof Tuple;

export interface Unary {
  readonly compute: (x: number) => number;
  /** What single precision gives is not numpy's to the last bit. */
  readonly isApproximate?: 'always' | 'single';
  /** Keeps the type of the elements; else they turn into floats. */
  readonly keepsType?: boolean;
}

const own = (compute: (x: number) => number): Unary => ({ compute, isApproximate: 'single' });
const rough = (compute: (x: number) => number): Unary => ({ compute, isApproximate: 'always' });
const exact = (compute: (x: number) => number): Unary => ({ compute });
const same = (compute: (x: number) => number): Unary => ({ compute, keepsType: true });

export const unaryRows: Readonly<Record<string, Unary>> = {
  sqrt: exact(Math.sqrt),
  exp: own(elementary.exp),
  exp2: own(x => elementary.pow(2, x)),
  log: own(elementary.log),
  log2: own(elementary.log2),
  log10: own(elementary.log10),
  sin: own(elementary.sin),
  cos: own(elementary.cos),
  tan: own(elementary.tan),
  arctan: own(elementary.atan),
  arcsin: own(elementary.asin),
  arccos: own(elementary.acos),
  log1p: rough(Math.log1p),
  expm1: rough(Math.expm1),
  sinh: rough(Math.sinh),
  cosh: rough(Math.cosh),
  tanh: rough(Math.tanh),
  cbrt: rough(Math.cbrt),
  ceil: exact(Math.ceil),
  floor: exact(Math.floor),
  trunc: exact(Math.trunc),
  rint: exact(halfEven),
  deg2rad: own(x => x * (Math.PI / 180)),
  radians: own(x => x * (Math.PI / 180)),
  abs: same(Math.abs),
  absolute: same(Math.abs),
  fabs: exact(Math.abs),
  square: same(x => x * x),
  negative: same(x => -x + 0),
  sign: same(Math.sign),
  invert: same(x => -x - 1),
  bitwise_not: same(x => -x - 1),
};

const FLAG = { shape: [], dtype: 'bool' } as const;

export function unary(m: Machine, name: string, array: NdArray): Value {
  const { compute, isApproximate, keepsType } = unaryRows[name]!;
  const { values, shape } = array;
  const dtype = keepsType ? array.dtype : promoted(array.dtype, 'float32');
  const unknown = () => m.unknown(`\`numpy.${name}\` of this is not computed`);
  const isInverse = name === 'invert' || name === 'bitwise_not';
  if (isInverse && isFloat(dtype)) return m.raise('TypeError', 'ufunc not supported for the input types');
  if (isInverse && dtype === 'bool') return binary(m, 'xor', array, arrayOf(array.family, Float64Array.of(1), FLAG));
  if (values === undefined) return unknownArray(m, array.family, { shape, dtype });
  // Of the narrowest types other functions make half precision.
  if (keepsType ? dtype === 'bool' && !/^abs/.test(name) : isNarrow(array.dtype)) return unknown();
  m.step(values.length >> 3);
  const isOwn = isApproximate === 'always' || (isApproximate === 'single' && dtype === 'float32');
  const approximate = isOwn ? `numpy.${name}` : array.memory.approximate;
  const isFloating = isFloat(dtype);
  const made = values.map(isFloating && name === 'negative' ? x => -x : compute);
  return resultOf(m, array.family, made, { shape, dtype, approximate }) ?? unknown();
}

export function halfEven(x: number): number {
  const floor = Math.floor(x);
  const isUp = x - floor > 0.5 || (x - floor === 0.5 && floor % 2 !== 0);
  return isUp ? floor + 1 || (x < 0 ? -0 : 0) : floor;
}
