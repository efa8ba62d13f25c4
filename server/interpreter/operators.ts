/** Arithmetic and its kin, as Python has them: dunder methods first, then numbers, sequences, sets, sizes. */
import * as size from '../../core/size.js';
import type { PowerOfSize } from '../model/parameters.js';
import type { BinaryOperator, UnaryOperation } from '../syntax/tree.js';
import { pow, STEPS_OF_ELEMENTARY } from './elementary/index.js';
import { noticing } from './iteration.js';
import type { Machine } from './machine.js';
import { bigOf, intOf, numberOf, sizeOf, valueOfSize } from './numbers.js';
import { powerOfBinary, withPower } from './powers.js';
import { formatPercent } from './text.js';
import { unknownFilled, unknownSum } from './unknown-text.js';
import { Bytes, Dict, Float, Instance, List, SetValue, Symbolic, Tuple, Union, Unknown, type Value } from './values.js';

/** Longest list or string that repetition makes, and widest integer; beyond, the result is unknown. */
const LARGEST_SEQUENCE = 1e6;
const LARGEST_BITS = 1e5;

const methodNames: Record<BinaryOperator, string> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'truediv',
  '//': 'floordiv',
  '%': 'mod',
  '**': 'pow',
  '@': 'matmul',
  '&': 'and',
  '|': 'or',
  '^': 'xor',
  '<<': 'lshift',
  '>>': 'rshift',
};

export function binary(m: Machine, operator: BinaryOperator, a: Value, b: Value): Value {
  const result = combined(m, operator, a, b);
  if (!(result instanceof Float || result instanceof Unknown)) return result;
  return withPower(result, powerOfBinary(operator, a, b));
}

/** Whether it has operators of its own. */
const isObject = (value: Value): boolean =>
  value instanceof Instance || (value instanceof Float && value.cls !== undefined);

function combined(m: Machine, operator: BinaryOperator, a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') return integers(m, operator, a, b);
  if (isObject(a) || isObject(b)) {
    const custom = customBinary(m, operator, a, b);
    if (custom !== undefined) return custom;
  }
  if (a instanceof Union) return eachWith(m, operator, a, b);
  if (b instanceof Union) return withEach(m, operator, a, b);
  if (isSize(a) || isSize(b)) {
    const result = sizes(operator, a, b);
    if (result !== undefined) return valueOfSize(result);
    const vague = a instanceof Symbolic ? a : b;
    const isNumeric = [a, b].every(it => it instanceof Symbolic || numberOf(it) !== undefined);
    if (vague instanceof Symbolic && isNumeric) return m.unknown(`\`${size.format(vague.size)}\` is not known`);
  }
  const left = payloadOf(a);
  if (operator === '%' && typeof left === 'string') return filled(m, left, b);
  const vague = a instanceof Unknown ? a : b;
  if (vague instanceof Unknown) {
    const text = operator === '+' ? unknownSum(vague, a, b) : undefined;
    return text ?? (vague.symbol === undefined ? vague : anonymous(vague));
  }
  return plainBinary(m, operator, left, payloadOf(b));
}

function filled(m: Machine, template: string, values: Value): Value {
  const text = values instanceof Unknown ? undefined : formatPercent(m, template, values);
  if (text !== undefined) return text;
  const unknown = values instanceof Unknown ? values : m.unknown('a formatted value is not known');
  return unknownFilled(unknown, template, /%[-+ #0]*[\d.]*[a-z]/g);
}

const eachWith = (m: Machine, operator: BinaryOperator, a: Union, b: Value) =>
  m.distribute(a, it => binary(m, operator, it, b));
const withEach = (m: Machine, operator: BinaryOperator, a: Value, b: Union) =>
  m.distribute(b, it => binary(m, operator, a, it));

/** `a += b`: in place where the type can, else as `a + b`. */
export function augmented(m: Machine, operator: BinaryOperator, a: Value, b: Value): Value {
  if (a instanceof Instance) {
    const method = m.findMethod(a, `__i${methodNames[operator]}__`);
    if (method !== undefined) {
      const result = m.call(method, [a, b]);
      if (result !== m.builtins.notImplemented) return result;
    }
  }
  if (a instanceof List && operator === '+') {
    const { result: added, more } = noticing(m, () => [...m.iterate(b)]);
    if (a.items.length + added.length > LARGEST_SEQUENCE) return tooLong(m);
    m.touch(a);
    a.items.push(...added);
    a.more ??= more;
    return a;
  }
  if (a instanceof Dict && operator === '|') {
    m.callMethod(a, 'update', [b]);
    return a;
  }
  return binary(m, operator, a, b);
}

const negated = (power: PowerOfSize | undefined): PowerOfSize | undefined =>
  power?.coefficient === undefined ? power : { ...power, coefficient: -power.coefficient };

export function unary(m: Machine, operator: UnaryOperation['operator'], a: Value): Value {
  if (operator === 'not') {
    const truth = m.truth(a);
    return truth === undefined ? m.unknown('its truth is not known') : !truth;
  }
  if (typeof a === 'number' && operator === '-') return -a || 0;
  if (a instanceof Float && operator === '-') return new Float(-a.value, a.power, a.cls);
  if (a instanceof Instance) {
    const method = m.findMethod(a, { '-': '__neg__', '+': '__pos__', '~': '__invert__' }[operator]);
    if (method !== undefined) return m.call(method, [a]);
  }
  if (a instanceof Union) return m.distribute(a, it => unary(m, operator, it));
  if (a instanceof Symbolic && operator === '-') return valueOfSize(size.negate(a.size));
  if (a instanceof Unknown) return operator === '-' ? withPower(a, negated(a.power)) : a;
  if (a instanceof Symbolic) return a;
  if (a instanceof Float && operator === '+') return a;
  const integer = bigOf(a);
  if (integer === undefined)
    return m.raise('TypeError', `bad operand type for unary ${operator}: '${m.classOf(a).name}'`);
  return intOf(operator === '-' ? -integer : operator === '~' ? ~integer : integer);
}

const payloadOf = (value: Value): Value =>
  value instanceof Instance && value.payload !== undefined ? value.payload : value;

const isSize = (value: Value) => value instanceof Symbolic || (value instanceof Unknown && value.symbol !== undefined);

const anonymous = (value: Unknown) => new Unknown(value.reason, value.site, undefined, value.inputs);

function customBinary(m: Machine, operator: BinaryOperator, a: Value, b: Value): Value | undefined {
  const name = methodNames[operator];
  for (const [self, other, method] of [
    [a, b, `__${name}__`],
    [b, a, `__r${name}__`],
  ] as const) {
    if (!isObject(self)) continue;
    const found = m.findMethod(self, method);
    if (found === undefined) continue;
    const result = m.call(found, [self, other]);
    if (result !== m.builtins.notImplemented) return result;
  }
  return undefined;
}

function sizes(operator: BinaryOperator, a: Value, b: Value): size.Size | undefined {
  const left = sizeOf(a);
  const right = sizeOf(b);
  if (left === undefined || right === undefined) return undefined;
  switch (operator) {
    case '+':
      return size.add(left, right);
    case '-':
      return size.subtract(left, right);
    case '*':
      return size.multiply(left, right);
    case '//':
      return right === 0 ? undefined : size.floorDivide(left, right);
    case '%':
      return right === 0 ? undefined : size.modulo(left, right);
    case '**':
      return typeof right === 'number' && right >= 0 && right <= 4 && Number.isInteger(right)
        ? size.product(Array.from({ length: right }, () => left))
        : undefined;
    default:
      return undefined;
  }
}

function integers(m: Machine, operator: BinaryOperator, a: number, b: number): Value {
  switch (operator) {
    case '+':
      return safe(a + b) ?? bigIntegers(m, operator, BigInt(a), BigInt(b));
    case '-':
      return safe(a - b) ?? bigIntegers(m, operator, BigInt(a), BigInt(b));
    case '*':
      return safe(a * b) ?? bigIntegers(m, operator, BigInt(a), BigInt(b));
    case '/':
      if (b === 0) return m.raise('ZeroDivisionError', 'division by zero');
      return new Float(a / b);
    case '//':
      if (b === 0) return m.raise('ZeroDivisionError', 'integer division or modulo by zero');
      return floorQuotient(a, b);
    case '%':
      if (b === 0) return m.raise('ZeroDivisionError', 'integer division or modulo by zero');
      return a - floorQuotient(a, b) * b;
    case '**':
      if (b < 0)
        return a === 0 ? m.raise('ZeroDivisionError', '0.0 cannot be raised to a negative power') : new Float(a ** b);
      return safe(a ** b) ?? bigIntegers(m, operator, BigInt(a), BigInt(b));
    default:
      return bigIntegers(m, operator, BigInt(a), BigInt(b));
  }
}

const safe = (value: number): number | undefined => (Number.isSafeInteger(value) ? value || 0 : undefined);

/** Exact for safe integers: a double quotient may round up to the next integer. */
function floorQuotient(a: number, b: number): number {
  return (a - floorRemainder(a, b)) / b || 0;
}

/** Has the sign of the divisor; a zero too, as CPython has it. */
function floorRemainder(a: number, b: number): number {
  const remainder = a % b;
  if (remainder === 0) return b < 0 ? -0 : 0;
  return remainder < 0 !== b < 0 ? remainder + b : remainder;
}

function bigIntegers(m: Machine, operator: BinaryOperator, a: bigint, b: bigint): Value {
  switch (operator) {
    case '+':
      return intOf(a + b);
    case '-':
      return intOf(a - b);
    case '*':
      return bits(a) + bits(b) > LARGEST_BITS ? tooLarge(m) : intOf(a * b);
    case '/':
      if (b === 0n) return m.raise('ZeroDivisionError', 'division by zero');
      return new Float(Number(a) / Number(b));
    case '//':
      if (b === 0n) return m.raise('ZeroDivisionError', 'integer division or modulo by zero');
      return intOf((a - bigRemainder(a, b)) / b);
    case '%':
      if (b === 0n) return m.raise('ZeroDivisionError', 'integer division or modulo by zero');
      return intOf(bigRemainder(a, b));
    case '**':
      return bigPower(m, a, b);
    case '&':
      return intOf(a & b);
    case '|':
      return intOf(a | b);
    case '^':
      return intOf(a ^ b);
    case '<<':
      if (b < 0n) return m.raise('ValueError', 'negative shift count');
      return bits(a) + Number(b) > LARGEST_BITS ? tooLarge(m) : intOf(a << b);
    case '>>':
      if (b < 0n) return m.raise('ValueError', 'negative shift count');
      return intOf(a >> b);
    case '@':
      return m.raise('TypeError', "unsupported operand type(s) for @: 'int' and 'int'");
  }
}

function bigRemainder(a: bigint, b: bigint): bigint {
  const remainder = a % b;
  return remainder !== 0n && remainder < 0n !== b < 0n ? remainder + b : remainder;
}

function bigPower(m: Machine, a: bigint, b: bigint): Value {
  if (b < 0n) return new Float(pow(Number(a), Number(b)));
  const trivial = a === 0n || a === 1n || a === -1n;
  return !trivial && bits(a) * Number(b) > LARGEST_BITS ? tooLarge(m) : intOf(a ** (a === -1n ? b % 2n : b));
}

const bits = (value: bigint) => value.toString(16).length * 4;

const tooLarge = (m: Machine) => m.unknown('the number is too large to compute');

function plainBinary(m: Machine, operator: BinaryOperator, a: Value, b: Value): Value {
  const left = bigOf(a);
  const right = bigOf(b);
  if (left !== undefined && right !== undefined)
    return booleans(operator, a, b) ?? bigIntegers(m, operator, left, right);
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x !== undefined && y !== undefined) return floats(m, operator, x, y);
  return sequences(m, operator, a, b) ?? unsupported(m, operator, a, b);
}

function booleans(operator: BinaryOperator, a: Value, b: Value): Value | undefined {
  if (typeof a !== 'boolean' || typeof b !== 'boolean') return undefined;
  if (operator === '&') return a && b;
  if (operator === '|') return a || b;
  if (operator === '^') return a !== b;
  return undefined;
}

function floats(m: Machine, operator: BinaryOperator, a: number, b: number): Value {
  switch (operator) {
    case '+':
      return new Float(a + b);
    case '-':
      return new Float(a - b);
    case '*':
      return new Float(a * b);
    case '/':
      return b === 0 ? m.raise('ZeroDivisionError', 'float division by zero') : new Float(a / b);
    case '//':
      return b === 0 ? m.raise('ZeroDivisionError', 'float floor division by zero') : new Float(floorFloat(a, b));
    case '%':
      return b === 0 ? m.raise('ZeroDivisionError', 'float modulo') : new Float(floorRemainder(a, b));
    case '**':
      return floatPower(m, a, b);
    default:
      return unsupported(m, operator, new Float(a), new Float(b));
  }
}

/** CPython's float floor division: from the remainder, then rounded to the nearest integer. */
function floorFloat(a: number, b: number): number {
  const quotient = (a - floorRemainder(a, b)) / b;
  if (quotient === 0) return a / b < 0 || Object.is(a / b, -0) ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

function floatPower(m: Machine, a: number, b: number): Value {
  if (a === 0 && b < 0) return m.raise('ZeroDivisionError', '0.0 cannot be raised to a negative power');
  if (a < 0 && !Number.isInteger(b)) return m.unknown('a complex number');
  if (!Number.isInteger(b)) m.step(STEPS_OF_ELEMENTARY);
  return new Float(pow(a, b));
}

function sequences(m: Machine, operator: BinaryOperator, a: Value, b: Value): Value | undefined {
  if (operator === '+') return concatenated(m, a, b);
  if (operator === '*') return repeated(m, a, b) ?? repeated(m, b, a);
  if (a instanceof SetValue && b instanceof SetValue) return sets(operator, a, b);
  if (operator === '|' && a instanceof Dict && b instanceof Dict)
    return new Dict(new Map([...a.entries, ...b.entries]));
  return undefined;
}

function concatenated(m: Machine, a: Value, b: Value): Value | undefined {
  if (lengthOf(a) + lengthOf(b) > LARGEST_SEQUENCE) return tooLong(m);
  m.step(1 + Math.floor((lengthOf(a) + lengthOf(b)) / 64));
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  if (a instanceof List && b instanceof List) return new List([...a.items, ...b.items], a.more ?? b.more);
  if (a instanceof Tuple && b instanceof Tuple) return new Tuple([...a.items, ...b.items]);
  if (a instanceof Bytes && b instanceof Bytes) return new Bytes(a.value + b.value);
  return undefined;
}

const tooLong = (m: Machine) => m.unknown('the sequence is too long to hold');

function lengthOf(value: Value): number {
  if (typeof value === 'string') return value.length;
  return value instanceof List || value instanceof Tuple ? value.items.length : 0;
}

function repeated(m: Machine, sequence: Value, times: Value): Value | undefined {
  if (sequence instanceof Bytes) {
    const text = repeated(m, sequence.value, times);
    return typeof text === 'string' ? new Bytes(text) : text;
  }
  if (!(typeof sequence === 'string' || sequence instanceof List || sequence instanceof Tuple)) return undefined;
  const count = numberOf(times);
  if (count === undefined) return times instanceof Symbolic ? m.unknown('the length is not known') : undefined;
  if (times instanceof Float) return undefined;
  if (lengthOf(sequence) * count > LARGEST_SEQUENCE) return tooLong(m);
  const turns = Math.max(0, count);
  if (typeof sequence === 'string') return sequence.repeat(turns);
  m.step(1 + Math.floor((lengthOf(sequence) * turns) / 64));
  const [item] = sequence.items;
  const isOne = sequence.items.length === 1;
  const items = isOne ? Array<Value>(turns).fill(item!) : Array.from({ length: turns }, () => sequence.items).flat();
  return sequence instanceof List ? new List(items, sequence.more) : new Tuple(items);
}

function sets(operator: BinaryOperator, a: SetValue, b: SetValue): Value | undefined {
  const keep = (from: SetValue, test: (key: unknown) => boolean) => [...from.items].filter(([key]) => test(key));
  switch (operator) {
    case '|':
      return new SetValue(new Map([...a.items, ...b.items]), a.frozen);
    case '&':
      return new SetValue(new Map(keep(a, key => b.items.has(key))), a.frozen);
    case '-':
      return new SetValue(new Map(keep(a, key => !b.items.has(key))), a.frozen);
    case '^':
      return new SetValue(
        new Map([...keep(a, key => !b.items.has(key)), ...keep(b, key => !a.items.has(key))]),
        a.frozen,
      );
    default:
      return undefined;
  }
}

function unsupported(m: Machine, operator: BinaryOperator, a: Value, b: Value): Value {
  if (operator === '|') return m.unknown('a union of types');
  return m.raise(
    'TypeError',
    `unsupported operand type(s) for ${operator}: '${m.classOf(a).name}' and '${m.classOf(b).name}'`,
  );
}
