/** Numbers out of values and back: Python's int, float and bool, and sizes that may be symbolic. */
import { type Size, symbol } from '../../core/size.js';
import { Float, Instance, type SizeOrigin, Symbolic, Unknown, type Value } from './values.js';

/** The number that an int, float or bool is; undefined for anything else and for integers beyond the doubles. */
export function numberOf(value: Value): number | undefined {
  if (typeof value === 'number') return value;
  if (value instanceof Float) return value.value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Symbolic) return typeof value.size === 'number' ? value.size : undefined;
  if (value instanceof Instance && value.payload !== undefined) return numberOf(value.payload);
  return undefined;
}

/** Python's own number for one of a class that derives from it, and for numpy's; everything else as it is. */
export function plainNumber(value: Value): Value {
  const { payload } = value instanceof Instance ? value : { payload: undefined };
  return payload !== undefined && numberOf(payload) !== undefined ? payload : value;
}

/** The size that a value stands for; an unknown that is named stands for a symbol of its name. */
export function sizeOf(value: Value): Size | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Symbolic) return value.size;
  if (value instanceof Unknown) return value.symbol === undefined ? undefined : symbol(value.symbol);
  if (value instanceof Instance && typeof value.payload === 'number') return value.payload;
  return undefined;
}

export function valueOfSize(size: Size, origin?: SizeOrigin): Value {
  return typeof size === 'number' ? size : new Symbolic(size, origin);
}

/** An int: a number while it is safe, a bigint beyond. */
export function intOf(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** The integer that an int or bool is. */
export function bigOf(value: Value): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return BigInt(value);
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (value instanceof Symbolic && typeof value.size === 'number') return BigInt(value.size);
  if (value instanceof Instance && value.payload !== undefined) return bigOf(value.payload);
  return undefined;
}
