/** Element types: their names, how they round, and which of two an operation computes in. */
import { roundTo } from '../../../core/random/precision.js';
import type { Draw } from '../../model/draws.js';

export type Dtype =
  | 'float32'
  | 'float64'
  | 'bfloat16'
  | 'float16'
  | 'int64'
  | 'int32'
  | 'int16'
  | 'int8'
  | 'uint8'
  | 'bool'
  | 'complex64'
  | 'complex128';

interface DtypeRow {
  readonly category: 'bool' | 'integer' | 'float' | 'complex';
  readonly bytes: number;
  /** The nearest value of the type. */
  round(value: number): number;
  /** Other names under `torch`. */
  readonly aliases: readonly string[];
  /** The legacy tensor class: `FloatTensor`. */
  readonly legacy?: string;
}

export const dtypes: Readonly<Record<Dtype, DtypeRow>> = {
  float32: { category: 'float', bytes: 4, round: Math.fround, aliases: ['float'], legacy: 'FloatTensor' },
  float64: { category: 'float', bytes: 8, round: x => x, aliases: ['double'], legacy: 'DoubleTensor' },
  bfloat16: { category: 'float', bytes: 2, round: x => roundTo('bfloat16', x), aliases: [], legacy: 'BFloat16Tensor' },
  float16: { category: 'float', bytes: 2, round: x => roundTo('float16', x), aliases: ['half'], legacy: 'HalfTensor' },
  int64: { category: 'integer', bytes: 8, round: x => Math.trunc(x) + 0, aliases: ['long'], legacy: 'LongTensor' },
  int32: { category: 'integer', bytes: 4, round: x => Math.trunc(x) | 0, aliases: ['int'], legacy: 'IntTensor' },
  int16: { category: 'integer', bytes: 2, round: x => wrapped(x, 16), aliases: ['short'], legacy: 'ShortTensor' },
  int8: { category: 'integer', bytes: 1, round: x => wrapped(x, 8), aliases: [], legacy: 'CharTensor' },
  uint8: { category: 'integer', bytes: 1, round: x => Math.trunc(x) & 0xff, aliases: [], legacy: 'ByteTensor' },
  bool: { category: 'bool', bytes: 1, round: x => (x === 0 ? 0 : 1), aliases: [], legacy: 'BoolTensor' },
  complex64: { category: 'complex', bytes: 8, round: Math.fround, aliases: ['cfloat'] },
  complex128: { category: 'complex', bytes: 16, round: x => x, aliases: ['cdouble'] },
};

export const dtypeNames = Object.keys(dtypes) as readonly Dtype[];

export function isFloating(dtype: Dtype): boolean {
  return dtypes[dtype].category === 'float';
}

export function isComplex(dtype: Dtype): boolean {
  return dtypes[dtype].category === 'complex';
}

/** What the log of draws knows it as: of whole numbers one type stands for all. */
export function drawnDtype(dtype: Dtype): Draw['dtype'] {
  if (isComplex(dtype)) return dtype === 'complex128' ? 'float64' : 'float32';
  const isFloat = dtype === 'float64' || dtype === 'bfloat16' || dtype === 'float16' || dtype === 'float32';
  return isFloat ? dtype : 'int64';
}

export function isInteger(dtype: Dtype): boolean {
  return dtypes[dtype].category === 'integer' || dtype === 'bool';
}

/** What an operation on both computes in; torch's promotion of two tensors of rank above 0. */
export function promoted(a: Dtype, b: Dtype): Dtype {
  if (a === b) return a;
  const [left, right] = [rankOf(a), rankOf(b)];
  if (left !== right) return left > right ? a : b;
  if (dtypes[a].category === 'integer') return promotedInteger(a, b);
  // The two halves have no common half.
  if (dtypes[a].bytes === dtypes[b].bytes) return 'float32';
  return dtypes[a].bytes > dtypes[b].bytes ? a : b;
}

const CATEGORIES = ['bool', 'integer', 'float', 'complex'] as const;

export function rankOf(dtype: Dtype): number {
  return CATEGORIES.indexOf(dtypes[dtype].category);
}

function promotedInteger(a: Dtype, b: Dtype): Dtype {
  const other = a === 'uint8' ? b : b === 'uint8' ? a : undefined;
  if (other === 'int8') return 'int16';
  return dtypes[a].bytes > dtypes[b].bytes ? a : b;
}

function wrapped(value: number, bits: number): number {
  const shift = 32 - bits;
  return (Math.trunc(value) << shift) >> shift;
}

/** Banker's rounding to an integer: Python's and torch's `round`. */
export function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
