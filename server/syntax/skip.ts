/** Finds the end of an indented block from brackets, quotes and indentation alone, without reading its tokens. */
import { afterLineBreak, Char, CLASSES, isLineBreak, LETTER, lineEnd, NON_ASCII, WORD } from './characters.js';
import { closingQuote, FORMATTED, isTripleAt, stringPrefix, TEMPLATE, UNCLOSED } from './string-tokens.js';

export interface Extent {
  /** Where the next line with code begins that is no part of the block, or the text ends. */
  readonly next: number;
  /** The end of the last token of the block. */
  readonly end: number;
}

/** Undefined where it takes tokens to tell: tabs, strings that never close, brackets that do not match. */
export function blockExtent(
  codes: Uint16Array,
  length: number,
  start: number,
  outerIndentation: number,
): Extent | undefined {
  let at = start;
  let end = start;
  let indentation = -1;
  while (at < length) {
    const first = pastSpaces(codes, at);
    const code = codes[first]!;
    if (code === Char.Tab || code === Char.FormFeed || code === Char.Backslash) return undefined;
    if (code === Char.Hash || isLineBreak(code) || first >= length) {
      at = nextLine(codes, length, first);
      continue;
    }
    const column = first - at;
    if (indentation < 0) {
      if (column <= outerIndentation) return undefined;
      indentation = column;
    }
    if (column < indentation) return column > outerIndentation ? undefined : { next: at, end };
    const lineEnds = logicalLineEnd(codes, length, first, outerIndentation);
    if (lineEnds === undefined) return undefined;
    end = lineEnds.end;
    at = lineEnds.next;
  }
  return indentation < 0 ? undefined : { next: length, end };
}

/** A line with those that its brackets, strings and backslashes join to it. */
function logicalLineEnd(
  codes: Uint16Array,
  length: number,
  start: number,
  outerIndentation: number,
): Extent | undefined {
  let depth = 0;
  let end = start;
  for (let at = start; at < length; ) {
    const code = codes[at]!;
    if (isLineBreak(code)) {
      const next = afterLineBreak(codes, at);
      if (depth === 0) return { next, end };
      if (standsOutside(codes, next, outerIndentation)) return undefined;
      at = next;
    } else if (code === Char.Hash) at = lineEnd(codes, length, at);
    else if (code === Char.Backslash) {
      const next = afterLineBreak(codes, at + 1);
      if (next === at + 1) return undefined;
      at = next;
    } else if (code === Char.SingleQuote || code === Char.DoubleQuote) {
      const closed = stringEnd(codes, length, start, at);
      if (closed === undefined) return undefined;
      at = closed;
      end = at;
    } else {
      if (code === Char.LeftParen || code === Char.LeftBracket || code === Char.LeftBrace) depth++;
      else if (code === Char.RightParen || code === Char.RightBracket || code === Char.RightBrace) depth--;
      if (depth < 0) return undefined;
      at++;
      if (code !== Char.Space && code !== Char.Tab && code !== Char.FormFeed) end = at;
    }
  }
  return depth === 0 ? { next: length, end } : undefined;
}

/** Within brackets, a word that stands no deeper than what the block belongs to: the brackets may never have been closed. */
function standsOutside(codes: Uint16Array, line: number, outerIndentation: number): boolean {
  const first = pastSpaces(codes, line);
  return first - line <= outerIndentation && (CLASSES[codes[first]!]! & (LETTER | NON_ASCII)) !== 0;
}

/** Undefined for a string without an end, and for a formatted one in which quotes may stand within braces. */
function stringEnd(codes: Uint16Array, length: number, lineStart: number, quoteAt: number): number | undefined {
  const isTriple = isTripleAt(codes, quoteAt);
  const width = isTriple ? 3 : 1;
  const closing = closingQuote(codes, length, quoteAt + width, codes[quoteAt]!, isTriple);
  if (closing === UNCLOSED) return undefined;
  let word = quoteAt;
  while (word > lineStart && (CLASSES[codes[word - 1]!]! & WORD) !== 0) word--;
  const isFormatted = (stringPrefix(codes, word, quoteAt) & (FORMATTED | TEMPLATE)) !== 0;
  return isFormatted && !areBracesEven(codes, quoteAt + width, closing) ? undefined : closing + width;
}

function areBracesEven(codes: Uint16Array, start: number, end: number): boolean {
  let depth = 0;
  for (let at = start; at < end && depth >= 0; at++) {
    if (codes[at] === Char.LeftBrace) depth++;
    else if (codes[at] === Char.RightBrace) depth--;
  }
  return depth === 0;
}

function pastSpaces(codes: Uint16Array, offset: number): number {
  let at = offset;
  while (codes[at] === Char.Space) at++;
  return at;
}

const nextLine = (codes: Uint16Array, length: number, offset: number): number =>
  afterLineBreak(codes, lineEnd(codes, length, offset));
