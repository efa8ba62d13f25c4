/** Builtin functions over numbers: abs, round, divmod, pow, bin, hex, oct, hash. */
import type { Machine } from '../machine.js';
import { bigOf, intOf } from '../numbers.js';
import { Float, Instance, Singleton, Symbolic, Tuple, Unknown, type Value } from '../values.js';
import { bigInteger } from './arguments.js';
import { fail, isVague, lenient, payloadOf, strict, symbolFor, type Table, unknownFrom } from './define.js';
import { roundFloat } from './float.js';
import { unhashable } from './hashing.js';
import { hashOfObject } from './objects.js';

export const numeric: Table = [
  lenient('abs', 'x, /', (m, x) => absolute(m, x!)),
  lenient('round', 'number, ndigits=None', (m, number, digits) => {
    if (number instanceof Symbolic) return number;
    if (isVague(number!) || isVague(digits!))
      return unknownFrom(m, 'round', [number!, digits!], symbolFor('round', [number!]));
    if (number instanceof Float && number.cls === undefined) return roundFloat(m, number.value, digits!);
    const method = m.findMethod(number!, '__round__');
    if (method !== undefined) return m.call(method, digits === null ? [number!] : [number!, digits!]);
    return fail(m, 'TypeError', `type ${m.classOf(number!).name} doesn't define __round__ method`);
  }),
  lenient('divmod', 'a, b, /', (m, a, b) => new Tuple([m.binary('//', a!, b!), m.binary('%', a!, b!)])),
  lenient('pow', 'base, exp, mod=None', (m, base, exponent, modulus) => {
    if (modulus === null) return m.binary('**', base!, exponent!);
    if ([base!, exponent!, modulus!].some(isVague)) return unknownFrom(m, 'pow', [base!, exponent!, modulus!]);
    return modularPower(m, bigInteger(m, base!), bigInteger(m, exponent!), bigInteger(m, modulus!));
  }),
  strict('bin', 'number, /', (m, number) => withPrefix(bigInteger(m, number!), '0b', 2)),
  strict('oct', 'number, /', (m, number) => withPrefix(bigInteger(m, number!), '0o', 8)),
  strict('hex', 'number, /', (m, number) => withPrefix(bigInteger(m, number!), '0x', 16)),
  strict('hash', 'obj, /', (m, value) => hash(m, value!)),
];

function absolute(m: Machine, x: Value): Value {
  if (m.classOf(x).comparesElementwise) return m.callMethod(x, '__abs__', []);
  const plain = payloadOf(x);
  if (plain instanceof Float) return new Float(Math.abs(plain.value));
  if (plain instanceof Symbolic) return unknownFrom(m, 'abs', [plain]);
  if (plain instanceof Unknown) return unknownFrom(m, 'abs', [plain], symbolFor('abs', [plain]));
  const integer = bigOf(plain);
  if (integer !== undefined) return intOf(integer < 0n ? -integer : integer);
  const method = x instanceof Instance ? m.findMethod(x, '__abs__') : undefined;
  return method === undefined
    ? fail(m, 'TypeError', `bad operand type for abs(): '${m.classOf(x).name}'`)
    : m.call(method, [x]);
}

function withPrefix(value: bigint, prefix: string, base: number): string {
  return `${value < 0n ? '-' : ''}${prefix}${(value < 0n ? -value : value).toString(base)}`;
}

/** By squaring; the result has the sign of the modulus. */
function modularPower(m: Machine, base: bigint, exponent: bigint, modulus: bigint): Value {
  if (modulus === 0n) return fail(m, 'ValueError', 'pow() 3rd argument cannot be 0');
  if (exponent < 0n) return inversePower(m, base, exponent, modulus);
  const size = modulus < 0n ? -modulus : modulus;
  let result = 1n % size;
  let factor = ((base % size) + size) % size;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    m.step();
    if (rest & 1n) result = (result * factor) % size;
    factor = (factor * factor) % size;
  }
  return intOf(modulus < 0n && result !== 0n ? result + modulus : result);
}

function inversePower(m: Machine, base: bigint, exponent: bigint, modulus: bigint): Value {
  const size = modulus < 0n ? -modulus : modulus;
  const inverse = inverseOf(((base % size) + size) % size, size);
  if (inverse === undefined) return fail(m, 'ValueError', 'base is not invertible for the given modulus');
  return modularPower(m, inverse, -exponent, modulus);
}

/** By Euclid's extended algorithm. */
function inverseOf(value: bigint, modulus: bigint): bigint | undefined {
  let [a, b, x, y] = [value, modulus, 1n, 0n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b, x, y] = [b, a - quotient * b, y, x - quotient * y];
  }
  return a === 1n ? ((x % modulus) + modulus) % modulus : undefined;
}

/** Modulus of CPython's hash of numbers. */
const hashModulus = (1n << 61n) - 1n;

/** Text and what holds it hash differently in every run; they stay unknown. */
function hash(m: Machine, value: Value): Value {
  const culprit = unhashable(value);
  if (culprit !== undefined) return fail(m, 'TypeError', `unhashable type: '${m.classOf(culprit).name}'`);
  if (value instanceof Instance) {
    const method = m.findMethod(value, '__hash__');
    return method === undefined || method === null ? hashOfObject(m, value) : m.call(method, [value]);
  }
  const whole = value instanceof Float && Number.isInteger(value.value) ? BigInt(value.value) : bigOf(value);
  if (whole !== undefined) return intOf(hashOfInteger(whole));
  return value instanceof Singleton ? hashOfObject(m, value) : m.unknown('the hash is not computed');
}

function hashOfInteger(value: bigint): bigint {
  const size = (value < 0n ? -value : value) % hashModulus;
  const signed = value < 0n ? -size : size;
  return signed === -1n ? -2n : signed;
}
