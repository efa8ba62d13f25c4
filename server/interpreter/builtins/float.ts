/** `float` and what is left of `complex`. */
import type { Machine } from '../machine.js';
import { intOf, numberOf } from '../numbers.js';
import { powerOf, withPower } from '../powers.js';
import { Float, Symbolic, Tuple, Unknown, type Value } from '../values.js';
import { integer, real } from './arguments.js';
import { classMethod, getter, made, maker } from './construct.js';
import { fail, payloadOf, receiver, type Table, unknownFrom } from './define.js';
import { arithmetic, common } from './dunders.js';
import { fixedDigits, isNegative, ratioOf, roundedQuotient } from './floats.js';
import { asciiDigits, truncated } from './int.js';

const float = receiver(
  'float',
  value => (value instanceof Float ? value : undefined),
  value => numberOf(value) !== undefined,
);

export const floatMethods: Table = [
  maker('x=0.0, /', (m, cls, x) => made(m, cls, toFloat(m, x!))),
  float.strict('is_integer', '', (_, self) => Number.isInteger(self.value)),
  float.strict('as_integer_ratio', '', (m, { value }) => {
    if (Number.isFinite(value)) return new Tuple(ratioOf(value).map(intOf));
    return fail(m, Number.isNaN(value) ? 'ValueError' : 'OverflowError', 'cannot convert to an integer ratio');
  }),
  float.strict('hex', '', (_, { value }) => hex(value)),
  float.strict('conjugate', '', (_, self) => self),
  float.strict('__float__', '', (_, self) => self),
  float.strict('__int__', '', (m, { value }) => truncated(m, value)),
  float.strict('__trunc__', '', (m, { value }) => truncated(m, value)),
  float.strict('__floor__', '', (m, { value }) => truncated(m, Math.floor(value))),
  float.strict('__ceil__', '', (m, { value }) => truncated(m, Math.ceil(value))),
  float.strict('__round__', 'ndigits=None, /', (m, self, digits) => roundFloat(m, self.value, digits!)),
  ...common(float),
  ...arithmetic(float),
  getter(float.strict('real', '', (_, self) => self)),
  getter(float.strict('imag', '', () => new Float(0))),
  classMethod('fromhex', 'string, /', (m, _, text) =>
    typeof text === 'string' ? fromHex(m, text) : unknownFrom(m, 'fromhex', [text!]),
  ),
];

/** Complex numbers are not computed. */
export const complexMethods: Table = [maker('real=0, imag=0', m => m.unknown('complex numbers are not computed'))];

/** `float(x)`. */
function toFloat(m: Machine, x: Value): Value {
  const plain = payloadOf(x);
  if (plain instanceof Unknown || plain instanceof Symbolic)
    return withPower(unknownFrom(m, 'float', [plain]), powerOf(plain));
  if (typeof plain === 'string') return parsed(m, plain);
  return withPower(new Float(real(m, x)), powerOf(plain));
}

/** `round(x)` and `round(x, digits)`, half to even on the exact value. */
export function roundFloat(m: Machine, value: number, digits: Value): Value {
  if (digits === null) return Number.isFinite(value) ? intOf(rounded(value)) : truncated(m, value);
  const decimals = integer(m, digits);
  if (!Number.isFinite(value) || decimals > 323) return new Float(value);
  if (decimals < -308) return new Float(isNegative(value) ? -0 : 0);
  const size = Number(fixedDigits(value, decimals));
  return new Float(isNegative(value) ? -size : size);
}

function rounded(value: number): bigint {
  const [numerator, denominator] = ratioOf(value);
  return roundedQuotient(numerator, denominator);
}

function parsed(m: Machine, text: string): Value {
  const body = asciiDigits(text.trim());
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(body);
  if (special !== null) {
    const size = special[2]!.toLowerCase() === 'nan' ? Number.NaN : Infinity;
    return new Float(special[1] === '-' ? -size : size);
  }
  const isNumber = /^[+-]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[+-]?\d+(_\d+)*)?$/i.test(body);
  if (isNumber) return new Float(Number(body.replaceAll('_', '')));
  return fail(m, 'ValueError', `could not convert string to float: ${m.repr(text)}`);
}

function hex(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const sign = isNegative(value) ? '-' : '';
  if (value === 0) return `${sign}0x0.0p+0`;
  const bits = new BigUint64Array(new Float64Array([value]).buffer)[0]!;
  const stored = Number((bits >> 52n) & 0x7ffn);
  const fraction = (bits & 0xfffffffffffffn).toString(16).padStart(13, '0');
  const exponent = Math.max(stored, 1) - 1023;
  return `${sign}0x${stored === 0 ? 0 : 1}.${fraction}p${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`;
}

function fromHex(m: Machine, text: string): Value {
  const match = /^\s*([+-]?)(?:0x)?([0-9a-f]*)\.?([0-9a-f]*)(?:p([+-]?\d+))?\s*$/i.exec(text);
  if (match === null || match[2]! + match[3]! === '') {
    return fail(m, 'ValueError', 'invalid hexadecimal floating-point string');
  }
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const mantissa = Number(BigInt(`0x${whole}${fraction}`));
  const value = mantissa * 2 ** (Number(exponent) - fraction.length * 4);
  return new Float(sign === '-' ? -value : value);
}
