/** Element types of arrays: how results round, and which type two of them give. */

export type ArrayDtype = 'bool' | 'uint8' | 'int8' | 'int16' | 'int32' | 'int64' | 'float32' | 'float64';

interface Row {
  /** Scalars of no higher category leave an array's type as it is. */
  readonly category: 0 | 1 | 2;
  readonly bits: number;
  readonly least?: number;
  readonly most?: number;
}

const integers = (bits: number): Row => ({ category: 1, bits, least: -(2 ** (bits - 1)), most: 2 ** (bits - 1) - 1 });

const rows: Readonly<Record<ArrayDtype, Row>> = {
  bool: { category: 0, bits: 8, least: 0, most: 1 },
  uint8: { category: 1, bits: 8, least: 0, most: 255 },
  int8: integers(8),
  int16: integers(16),
  int32: integers(32),
  // What doubles hold of them.
  int64: { category: 1, bits: 64, least: Number.MIN_SAFE_INTEGER, most: Number.MAX_SAFE_INTEGER },
  float32: { category: 2, bits: 32 },
  float64: { category: 2, bits: 64 },
};

const aliases: Readonly<Record<string, ArrayDtype>> = {
  bool_: 'bool',
  ubyte: 'uint8',
  short: 'int16',
  int: 'int64',
  int_: 'int64',
  long: 'int64',
  intp: 'int64',
  float: 'float64',
  float_: 'float64',
  double: 'float64',
  single: 'float32',
  f4: 'float32',
  f: 'float32',
  f8: 'float64',
  d: 'float64',
  i4: 'int32',
  i8: 'int64',
};

/** Undefined for types that are not followed: half precision, complex numbers, objects. */
export function dtypeNamed(name: string): ArrayDtype | undefined {
  return Object.hasOwn(rows, name) ? (name as ArrayDtype) : Object.hasOwn(aliases, name) ? aliases[name] : undefined;
}

export const isFloat = (dtype: ArrayDtype): boolean => rows[dtype].category === 2;

export const isNarrow = (dtype: ArrayDtype): boolean => rows[dtype].bits === 8;

export const roundTo = (dtype: ArrayDtype, x: number): number => (dtype === 'float32' ? Math.fround(x) : x);

/** Whether the values are what the type holds; integers that wrap around are not followed. */
export function holds(dtype: ArrayDtype, values: Float64Array): boolean {
  const { category, least, most } = rows[dtype];
  return category === 2 || values.every(it => it >= least! && it <= most! && Number.isInteger(it));
}

export function promoted(a: ArrayDtype, b: ArrayDtype): ArrayDtype {
  if (a === b) return a;
  const [low, high] = rows[a].category <= rows[b].category ? [a, b] : [b, a];
  if (rows[low].category === 0) return high;
  if (rows[high].category === 1) return promotedIntegers(low, high);
  return rows[low].category === 1 && rows[low].bits > 16 ? 'float64' : rows[low].bits > rows[high].bits ? low : high;
}

function promotedIntegers(a: ArrayDtype, b: ArrayDtype): ArrayDtype {
  const [narrow, wide] = rows[a].bits <= rows[b].bits ? [a, b] : [b, a];
  return rows[narrow].bits === rows[wide].bits ? 'int16' : wide;
}

export interface Operand {
  readonly dtype: ArrayDtype;
  readonly isScalar: boolean;
}

/** Scalars count only where they are of a higher category than all arrays, or alone. */
export function resultDtype(operands: readonly Operand[]): ArrayDtype {
  const arrays = operands.filter(it => !it.isScalar);
  const highest = (of: readonly Operand[]) => Math.max(-1, ...of.map(it => rows[it.dtype].category));
  const isDecided = arrays.length > 0 && highest(arrays) >= highest(operands);
  return (isDecided ? arrays : operands).map(it => it.dtype).reduce(promoted);
}
