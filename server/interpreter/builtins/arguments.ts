/** Arguments of builtins as TypeScript needs them; what does not fit raises as in Python. */
import type { Machine } from '../machine.js';
import { bigOf, numberOf } from '../numbers.js';
import { NotKnown } from '../raised.js';
import { Float, Instance, type Slice, Unknown, type Value } from '../values.js';
import { payloadOf } from './define.js';

/** An int, a bool, or anything with `__index__`. */
export function integer(m: Machine, value: Value): number {
  return Number(bigInteger(m, value));
}

export function bigInteger(m: Machine, value: Value): bigint {
  const plain = bigOf(value);
  if (plain !== undefined) return plain;
  const converted = bigOf(asked(m, value, '__index__'));
  if (converted !== undefined) return converted;
  return m.raise('TypeError', `'${m.classOf(value).name}' object cannot be interpreted as an integer`);
}

/** A float, an int, or anything with `__float__` or `__index__`. */
export function real(m: Machine, value: Value): number {
  const plain = numberOf(value);
  if (plain !== undefined) return checkedRange(m, value, plain);
  for (const name of ['__float__', '__index__'] as const) {
    const converted = numberOf(asked(m, value, name));
    if (converted !== undefined) return converted;
  }
  return m.raise('TypeError', `must be real number, not ${m.classOf(value).name}`);
}

/** What an object says that it is as a number; null where it does not say. */
export function answerOf(m: Machine, value: Value, name: '__float__' | '__index__'): Value {
  const method = value instanceof Instance ? m.findMethod(value, name) : undefined;
  return method === undefined ? null : m.call(method, [value]);
}

/** The same for natives, which then answer in its place what is not known. */
function asked(m: Machine, value: Value, name: '__float__' | '__index__'): Value {
  const answer = answerOf(m, value, name);
  if (answer instanceof Unknown && m.natives > 0) throw new NotKnown(answer);
  return answer;
}

export function string(m: Machine, value: Value): string {
  const plain = payloadOf(value);
  if (typeof plain === 'string') return plain;
  return m.raise('TypeError', `must be str, not ${m.classOf(value).name}`);
}

/** A float that is a whole number and fits no int is still a float. */
export function isInteger(value: Value): boolean {
  return bigOf(value) !== undefined && !(value instanceof Float);
}

/** Positions that a slice takes out of `length` items, in order. */
export function positions(m: Machine, slice: Slice, length: number): number[] {
  const { start, stop, step } = bounds(m, slice, length);
  const taken: number[] = [];
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) taken.push(i);
  return taken;
}

/** `slice.indices(length)`. */
export function bounds(m: Machine, slice: Slice, length: number): { start: number; stop: number; step: number } {
  const step = slice.step === null ? 1 : integer(m, slice.step);
  if (step === 0) m.raise('ValueError', 'slice step cannot be zero');
  const [lowest, highest] = step > 0 ? [0, length] : [-1, length - 1];
  const clamp = (bound: Value, otherwise: number) => {
    if (bound === null) return otherwise;
    const at = integer(m, bound);
    return Math.min(Math.max(at < 0 ? at + length : at, lowest), highest);
  };
  const start = clamp(slice.start, step > 0 ? lowest : highest);
  return { start, stop: clamp(slice.stop, step > 0 ? highest : lowest), step };
}

/** `[start, end)` as `str.find` and `list.index` read their optional bounds. */
export function window(m: Machine, start: Value, end: Value, length: number): { start: number; end: number } {
  const clamp = (bound: Value, otherwise: number) => {
    if (bound === null) return otherwise;
    const at = integer(m, bound);
    return at < 0 ? Math.max(at + length, 0) : at;
  };
  return { start: clamp(start, 0), end: Math.min(clamp(end, length), length) };
}

function checkedRange(m: Machine, value: Value, number: number): number {
  const isTooLarge = typeof value === 'bigint' && !Number.isFinite(number);
  return isTooLarge ? m.raise('OverflowError', 'int too large to convert to float') : number;
}
