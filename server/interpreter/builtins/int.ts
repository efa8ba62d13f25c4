/** `int` and `bool`. */
import type { Machine } from '../machine.js';
import { bigOf, intOf, numberOf } from '../numbers.js';
import { Bytes, Float, Instance, Symbolic, Tuple, Unknown, type Value } from '../values.js';
import { bigInteger } from './arguments.js';
import { classMethod, getter, made, maker } from './construct.js';
import { fail, payloadOf, receiver, symbolFor, type Table, unknownFrom } from './define.js';
import { arithmetic, bitwise, common } from './dunders.js';

const int = receiver('int', value => (bigOf(value) === undefined ? undefined : (value as number | bigint | boolean)));

export const intMethods: Table = [
  maker('x=0, /, base=...', (m, cls, x, base) => made(m, cls, toInt(m, x!, base!))),
  int.strict('bit_length', '', (_, self) => bitsOf(BigInt(self)).length),
  int.strict('bit_count', '', (_, self) => bitsOf(BigInt(self)).replaceAll('0', '').length),
  int.strict('conjugate', '', (_, self) => whole(self)),
  int.strict('as_integer_ratio', '', (_, self) => new Tuple([intOf(BigInt(self)), 1])),
  int.strict('is_integer', '', () => true),
  int.strict('to_bytes', "length=1, byteorder='big', *, signed=False", (m, self, length, order, signed) =>
    toBytes(m, BigInt(self), Number(length), order as string, signed === true),
  ),
  int.strict('__int__', '', (_, self) => whole(self)),
  int.strict('__index__', '', (_, self) => whole(self)),
  int.strict('__float__', '', (_, self) => new Float(Number(self))),
  int.strict('__trunc__', '', (_, self) => whole(self)),
  int.strict('__floor__', '', (_, self) => whole(self)),
  int.strict('__ceil__', '', (_, self) => whole(self)),
  int.strict('__round__', 'ndigits=None, /', (m, self, digits) =>
    intOf(digits === null ? BigInt(self) : roundTo(BigInt(self), bigInteger(m, digits!))),
  ),
  ...common(int),
  ...arithmetic(int),
  ...bitwise(int),
  getter(int.strict('real', '', (_, self) => whole(self))),
  getter(int.strict('numerator', '', (_, self) => whole(self))),
  getter(int.strict('imag', '', () => 0)),
  getter(int.strict('denominator', '', () => 1)),
  classMethod('from_bytes', "bytes, byteorder='big', *, signed=False", (m, _, bytes, order, signed) =>
    !(bytes instanceof Bytes)
      ? unknownFrom(m, 'from_bytes', [bytes!])
      : fromBytes(m, (bytes as Bytes).value, order as string, signed === true),
  ),
];

export const boolMethods: Table = [maker('x=False, /', (m, _, x) => m.truth(x!) ?? unknownFrom(m, 'bool', [x!]))];

const whole = (self: number | bigint | boolean): Value => intOf(BigInt(self));

/** `int(x)` and `int(x, base)`. */
export function toInt(m: Machine, x: Value, base: Value): Value {
  const plain = payloadOf(x);
  if (plain instanceof Symbolic) return plain;
  if (plain instanceof Unknown) return unknownFrom(m, 'int', [plain], symbolFor('int', [plain]));
  if (typeof plain === 'string') return parsed(m, plain, numberOf(base) ?? 10);
  if (plain instanceof Bytes) return parsed(m, plain.value, numberOf(base) ?? 10);
  if (plain instanceof Float) return truncated(m, plain.value);
  return bigOf(plain) !== undefined ? intOf(bigOf(plain)!) : byMethod(m, x);
}

/** Towards zero. */
export function truncated(m: Machine, value: number): Value {
  if (Number.isNaN(value)) return fail(m, 'ValueError', 'cannot convert float NaN to integer');
  if (!Number.isFinite(value)) return fail(m, 'OverflowError', 'cannot convert float infinity to integer');
  return intOf(BigInt(Math.trunc(value)));
}

function byMethod(m: Machine, x: Value): Value {
  for (const name of ['__int__', '__index__', '__trunc__']) {
    const method = x instanceof Instance ? m.findMethod(x, name) : undefined;
    if (method !== undefined) return m.call(method, [x]);
  }
  const message = `int() argument must be a string, a bytes-like object or a real number, not '${m.classOf(x).name}'`;
  return fail(m, 'TypeError', message);
}

const prefixes: Record<number, RegExp> = { 2: /^0[bB]_?/, 8: /^0[oO]_?/, 16: /^0[xX]_?/ };

function parsed(m: Machine, text: string, base: number): Value {
  const value = parseInteger(text, base);
  const shown = m.repr(text);
  return value ?? fail(m, 'ValueError', `invalid literal for int() with base ${base}: ${shown}`);
}

function parseInteger(text: string, base: number): Value | undefined {
  const [, sign, body] = /^([+-]?)(.*)$/su.exec(asciiDigits(text.trim()))!;
  const actual = base === 0 ? baseOf(body!) : base;
  if (actual === undefined || actual < 2 || actual > 36) return undefined;
  const digits = prefixes[actual] === undefined ? body! : body!.replace(prefixes[actual], '');
  if (!/^[0-9a-z]+(_[0-9a-z]+)*$/i.test(digits)) return undefined;
  let value = 0n;
  for (const digit of digits.replaceAll('_', '')) {
    const worth = Number.parseInt(digit, 36);
    if (worth >= actual) return undefined;
    value = value * BigInt(actual) + BigInt(worth);
  }
  return intOf(sign === '-' ? -value : value);
}

/** With base 0 a literal tells its base; `010` is none. */
function baseOf(body: string): number | undefined {
  for (const base of [2, 8, 16]) if (prefixes[base]!.test(body)) return base;
  return /^0[0_]*$/.test(body) || !body.startsWith('0') ? 10 : undefined;
}

/** Decimal digits of other scripts count too. */
export function asciiDigits(text: string): string {
  return text.replace(/[^\x20-~]/gu, it => (/\p{Nd}/u.test(it) ? String(digitOf(it)) : it));
}

/** Digits come in runs of ten in order. */
function digitOf(character: string): number {
  const code = character.codePointAt(0)!;
  let zero = code;
  while (zero > code - 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return code - zero;
}

const bitsOf = (value: bigint): string => (value === 0n ? '' : (value < 0n ? -value : value).toString(2));

/** To tens, hundreds and so on, half to even; a positive number of digits changes nothing. */
function roundTo(value: bigint, digits: bigint): bigint {
  if (digits >= 0n) return value;
  if (-digits > 400n) return 0n;
  const unit = 10n ** -digits;
  const remainder = ((value % unit) + unit) % unit;
  const floor = value - remainder;
  const isUp = remainder * 2n > unit || (remainder * 2n === unit && (floor / unit) % 2n !== 0n);
  return isUp ? floor + unit : floor;
}

function toBytes(m: Machine, value: bigint, length: number, order: string, signed: boolean): Value {
  const size = 1n << BigInt(length * 8);
  const fits = signed ? value >= -size / 2n && value < size / 2n : value >= 0n && value < size;
  if (!fits) return fail(m, 'OverflowError', 'int too big to convert');
  const hex = length === 0 ? '' : ((value + size) % size).toString(16).padStart(length * 2, '0');
  const bytes = (hex.match(/../g) ?? []).map(it => String.fromCharCode(Number.parseInt(it, 16)));
  return new Bytes((order === 'big' ? bytes : bytes.reverse()).join(''));
}

function fromBytes(m: Machine, bytes: string, order: string, signed: boolean): Value {
  const codes = Array.from(bytes, it => BigInt(it.charCodeAt(0)));
  if (order === 'little') codes.reverse();
  const value = codes.reduce((sum, it) => sum * 256n + it, 0n);
  const size = 1n << BigInt(codes.length * 8);
  m.step(codes.length);
  return intOf(signed && value >= size / 2n ? value - size : value);
}
