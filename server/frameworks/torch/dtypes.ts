/** Element types: their names, how they round, and which of two an operation computes in. */

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
  bfloat16: { category: 'float', bytes: 2, round: roundToBfloat16, aliases: [], legacy: 'BFloat16Tensor' },
  float16: { category: 'float', bytes: 2, round: roundToHalf, aliases: ['half'], legacy: 'HalfTensor' },
  int64: { category: 'integer', bytes: 8, round: Math.trunc, aliases: ['long'], legacy: 'LongTensor' },
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

const word = new Uint32Array(1);
const single = new Float32Array(word.buffer);

/** Round to nearest, ties to even, on the upper half of a float32. */
function roundToBfloat16(value: number): number {
  single[0] = value;
  if (Number.isNaN(single[0]!)) return Number.NaN;
  const bits = word[0]!;
  word[0] = (bits + 0x7fff + ((bits >>> 16) & 1)) & 0xffff0000;
  return single[0]!;
}

const HALF_LARGEST = 65504;
const HALF_SMALLEST_NORMAL = 2 ** -14;

/** Round to nearest, ties to even, with ten bits of fraction and gradual underflow. */
function roundToHalf(value: number): number {
  const size = Math.abs(value);
  if (!(size < Infinity) || size === 0) return value;
  const unit = size < HALF_SMALLEST_NORMAL ? 2 ** -24 : 2 ** (Math.floor(Math.log2(size)) - 10);
  const rounded = roundHalfToEven(size / unit) * unit;
  return Math.sign(value) * (rounded > HALF_LARGEST ? Infinity : rounded);
}

/** Banker's rounding to an integer: Python's and torch's `round`. */
export function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
