/** Number literals: where one ends and what it is worth. */
import { Char, CLASSES, DIGIT, LETTER, LOWER_CASE, WORD } from './characters.js';
import type { Expression } from './tree.js';

const LOWER_E = 101;
const LOWER_J = 106;
const LOWER_B = 98;
const LOWER_O = 111;
const LOWER_X = 120;

/** CPython refuses to read longer decimal integers. */
const LONGEST_DECIMAL = 4300;

/** The end of the number that starts at `offset` with a digit, or with a dot and a digit. */
export function numberEnd(codes: Uint16Array, offset: number): number {
  if (codes[offset] === Char.Zero && isRadix(codes[offset + 1]! | LOWER_CASE)) return radixEnd(codes, offset + 2);
  let end = digitsEnd(codes, offset);
  if (codes[end] === Char.Dot) end = digitsEnd(codes, end + 1);
  if ((codes[end]! | LOWER_CASE) === LOWER_E) end = exponentEnd(codes, end);
  return (codes[end]! | LOWER_CASE) === LOWER_J ? end + 1 : end;
}

function isRadix(letter: number): boolean {
  return letter === LOWER_X || letter === LOWER_O || letter === LOWER_B;
}

function radixEnd(codes: Uint16Array, offset: number): number {
  let end = offset;
  while ((CLASSES[codes[end]!]! & WORD) !== 0 && isDigitOfRadix(codes[end]!, codes[offset - 1]! | LOWER_CASE)) end++;
  return end;
}

function isDigitOfRadix(code: number, radix: number): boolean {
  if ((CLASSES[code]! & LETTER) === 0) return true;
  const isHexadecimal = radix === LOWER_X && (code | LOWER_CASE) >= 97 && (code | LOWER_CASE) <= 102;
  return code === Char.Underscore || isHexadecimal;
}

function digitsEnd(codes: Uint16Array, offset: number): number {
  let end = offset;
  while ((CLASSES[codes[end]!]! & DIGIT) !== 0 || (codes[end] === Char.Underscore && isDigit(codes[end + 1]!))) end++;
  return end;
}

function isDigit(code: number): boolean {
  return (CLASSES[code]! & DIGIT) !== 0;
}

/** `offset` is that of the `e`; it does not belong to the number without digits behind it. */
function exponentEnd(codes: Uint16Array, offset: number): number {
  const sign = codes[offset + 1];
  const digits = sign === Char.Plus || sign === Char.Minus ? offset + 2 : offset + 1;
  return isDigit(codes[digits]!) ? digitsEnd(codes, digits) : offset;
}

/** The literal between the offsets; `undefined` where it spells no number. */
export function numberAt(codes: Uint16Array, text: string, start: number, end: number): Expression | undefined {
  const small = smallInteger(codes, start, end);
  if (small >= 0) return { kind: 'Int', start, end, value: small };
  const digits = text.slice(start, end).replaceAll('_', '').toLowerCase();
  if (digits.endsWith('j')) return { kind: 'Imaginary', start, end, value: Number(digits.slice(0, -1)) };
  if (/^0[xob]/.test(digits)) return digits.length > 2 ? integer(digits, start, end) : undefined;
  if (/[.e]/.test(digits)) return { kind: 'Float', start, end, value: Number(digits) };
  const isOldOctal = /^0+[1-9]/.test(digits);
  return isOldOctal || digits.length > LONGEST_DECIMAL ? undefined : integer(digits, start, end);
}

/** The value of a short decimal integer, -1 for any other number. */
function smallInteger(codes: Uint16Array, start: number, end: number): number {
  if (end - start > 9 || (codes[start] === Char.Zero && end - start > 1)) return -1;
  let value = 0;
  for (let offset = start; offset < end; offset++) {
    const code = codes[offset]!;
    if ((CLASSES[code]! & DIGIT) === 0) return -1;
    value = value * 10 + code - Char.Zero;
  }
  return value;
}

function integer(digits: string, start: number, end: number): Expression | undefined {
  const value = Number(digits);
  if (Number.isNaN(value)) return undefined;
  return { kind: 'Int', start, end, value: Number.isSafeInteger(value) ? value : BigInt(digits) };
}
