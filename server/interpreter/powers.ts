/** Numbers that were computed from a size, as in `1 / math.sqrt(fan_in)`: which size, to which power, times what. */
import { type Size, symbol } from '../../core/size.js';
import type { PowerOfSize } from '../model/parameters.js';
import type { BinaryOperator } from '../syntax/tree.js';
import { numberOf } from './numbers.js';
import { Float, Symbolic, Unknown, type Value } from './values.js';

/** What a number was computed from: an integer is its own first power, a float literal is nothing of the kind. */
export function powerOf(value: Value): PowerOfSize | undefined {
  if (value instanceof Float) return value.power;
  if (value instanceof Unknown)
    return value.power ?? (value.symbol === undefined ? undefined : of(symbol(value.symbol)));
  if (value instanceof Symbolic) return of(value.size);
  return typeof value === 'number' && value > 1 ? of(value) : undefined;
}

const of = (base: Size): PowerOfSize => ({ coefficient: 1, base, exponent: 1 });

/** The same value, knowing what it was computed from; only what is no integer can know. */
export function withPower(value: Value, power: PowerOfSize | undefined): Value {
  if (power === undefined) return value;
  if (value instanceof Float) return new Float(value.value, power, value.cls);
  if (!(value instanceof Unknown)) return value;
  return new Unknown(value.reason, value.site, value.symbol, value.inputs, power, value.foreign);
}

export function powerOfBinary(operator: BinaryOperator, a: Value, b: Value): PowerOfSize | undefined {
  switch (operator) {
    case '*':
      return powerOfProduct(a, b, 1);
    case '/':
      return powerOfProduct(a, b, -1);
    case '**':
      return raised(powerOf(a), numberOf(b));
    default:
      return undefined;
  }
}

export function raised(power: PowerOfSize | undefined, exponent: number | undefined): PowerOfSize | undefined {
  if (power === undefined || exponent === undefined) return undefined;
  const { coefficient, base } = power;
  return {
    base,
    exponent: power.exponent * exponent,
    ...(coefficient !== undefined && coefficient >= 0 && { coefficient: coefficient ** exponent }),
  };
}

/** a · b^sign. Of two sizes the one that is divided by counts, the other is a number. */
function powerOfProduct(a: Value, b: Value, sign: 1 | -1): PowerOfSize | undefined {
  const [left, right] = [powerOf(a), raised(powerOf(b), sign)];
  if (left === undefined || right === undefined) {
    const [power, other] = left === undefined ? [right, numberOf(a)] : [left, raisedNumber(b, sign)];
    return power && scaledBy(power, other);
  }
  const isRight = right.exponent < left.exponent;
  return isRight ? scaledBy(right, numberOf(a)) : scaledBy(left, raisedNumber(b, sign));
}

function raisedNumber(value: Value, exponent: number): number | undefined {
  const number = numberOf(value);
  return number === undefined ? undefined : number ** exponent;
}

/** An unknown factor leaves the coefficient unknown. */
function scaledBy({ coefficient, base, exponent }: PowerOfSize, by: number | undefined): PowerOfSize {
  return { base, exponent, ...(coefficient !== undefined && by !== undefined && { coefficient: coefficient * by }) };
}
