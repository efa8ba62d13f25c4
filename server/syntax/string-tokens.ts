/** What the letters before a string's quotes say, and where the string ends. */
import { afterLineBreak, Char, isLineBreak, LOWER_CASE } from './characters.js';

export const RAW = 1;
export const BYTES = 2;
export const FORMATTED = 4;
export const TEMPLATE = 8;
const UNICODE = 16;
export const NO_PREFIX = 0;

/** The flags of the prefix between the offsets, `NO_PREFIX` when it is none. */
export function stringPrefix(codes: Uint16Array, start: number, end: number): number {
  const length = end - start;
  if (length > 2) return NO_PREFIX;
  const first = flagOf(codes[start]!);
  if (length === 1 || first === NO_PREFIX) return first;
  const second = flagOf(codes[start + 1]!);
  const isPair = second !== NO_PREFIX && first !== second && ((first | second) & RAW) !== 0;
  return isPair && ((first | second) & UNICODE) === 0 ? first | second : NO_PREFIX;
}

function flagOf(code: number): number {
  switch (String.fromCharCode(code | LOWER_CASE)) {
    case 'r':
      return RAW;
    case 'b':
      return BYTES;
    case 'f':
      return FORMATTED;
    case 't':
      return TEMPLATE;
    case 'u':
      return UNICODE;
    default:
      return NO_PREFIX;
  }
}

/** Whether the quote at `offset` is, or begins, three of them. */
export function isTripleAt(codes: Uint16Array, offset: number): boolean {
  const quote = codes[offset];
  return codes[offset + 1] === quote && codes[offset + 2] === quote;
}

export const UNCLOSED = -1;

/** The offset of the quotes that close a string whose content starts at `start`. */
export function closingQuote(
  codes: Uint16Array,
  length: number,
  start: number,
  quote: number,
  isTriple: boolean,
): number {
  for (let offset = start; offset < length; offset++) {
    const code = codes[offset]!;
    if (code === quote) {
      if (!isTriple || isTripleAt(codes, offset)) return offset;
    } else if (code === Char.Backslash) {
      offset = Math.max(offset + 1, afterLineBreak(codes, offset + 1) - 1);
    } else if (!isTriple && isLineBreak(code)) {
      return UNCLOSED;
    }
  }
  return UNCLOSED;
}
