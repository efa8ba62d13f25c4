/** Tells, inside brackets, a line that can only be a new statement: the brackets before it were never closed. */
import {
  afterLineBreak,
  Char,
  CLASSES,
  isLineBreak,
  LETTER,
  lineEnd,
  NON_ASCII,
  SPACE,
  skipSpaces,
  WORD,
  wordEnd,
} from './characters.js';
import { closingQuote, isTripleAt, UNCLOSED } from './string-tokens.js';
import { keywordOrName, setOf, spells, Token } from './tokens.js';

/** Where the tokenizer stands when a line ends inside brackets. */
interface Position {
  readonly codes: Uint16Array;
  readonly length: number;
  /** The token before the line break. */
  readonly kind: Token;
  /** The first token of the statement. */
  readonly head: Token;
  readonly indentation: number;
}

/** Each rule asks for what valid Python has nowhere in brackets, or nowhere that anybody would put it. */
export function startsStatement(position: Position, lineStart: number): boolean {
  const { codes } = position;
  const first = skipSpaces(codes, lineStart);
  if (codes[first] === Char.At) return isDecorator(position, first) && first - lineStart <= position.indentation;
  if ((CLASSES[codes[first]!]! & (LETTER | NON_ASCII)) === 0) return false;
  const end = wordEnd(codes, first);
  if (isQuote(codes[end]!)) return false;
  const keyword = keywordOrName(codes, first, end);
  if (NEVER_IN_BRACKETS[keyword] === 1) return true;
  if (first - lineStart > position.indentation) return startsBody(position, first, keyword);
  if (keyword !== Token.Name) return isCompound(position, end, keyword);
  return assignsAttribute(codes, end) || endsExpression(position.kind) || standsAlone(position, first);
}

/**
 * Whether a definition seems to stand in the text between the offsets, outside or beside the block that is being read.
 * Examples in docstrings are indented deeper.
 */
export function holdsDefinition({ codes, length, indentation }: Position, start: number, end: number): boolean {
  let line = afterLineBreak(codes, lineEnd(codes, length, start));
  while (line < end) {
    const first = skipSpaces(codes, line);
    if (first - line <= indentation && startsDefinition(codes, first)) return true;
    line = afterLineBreak(codes, lineEnd(codes, length, first));
  }
  return false;
}

function startsDefinition(codes: Uint16Array, first: number): boolean {
  return spells(codes, first, 'def ') || spells(codes, first, 'class ') || spells(codes, first, 'async def ');
}

const NEVER_IN_BRACKETS = setOf(
  Token.Def,
  Token.Class,
  Token.Return,
  Token.Import,
  Token.Assert,
  Token.Break,
  Token.Continue,
  Token.Del,
  Token.Except,
  Token.Finally,
  Token.Global,
  Token.Nonlocal,
  Token.Pass,
  Token.Raise,
  Token.Try,
  Token.While,
  Token.With,
);

const HAS_BODY = setOf(
  Token.Def,
  Token.Class,
  Token.Async,
  Token.If,
  Token.Elif,
  Token.For,
  Token.While,
  Token.With,
  Token.Except,
);

const ENDS_EXPRESSION = setOf(
  Token.Name,
  Token.Number,
  Token.String,
  Token.RightParen,
  Token.RightBracket,
  Token.RightBrace,
  Token.False,
  Token.None,
  Token.True,
);

function endsExpression(token: Token): boolean {
  return ENDS_EXPRESSION[token] === 1;
}

/** Under an unclosed header, a deeper line is its body when it cannot be one more argument. */
function startsBody(position: Position, first: number, keyword: Token): boolean {
  const { codes, head } = position;
  if (HAS_BODY[head] === 0 || keyword !== Token.Name) return false;
  if (assignsAttribute(codes, wordEnd(codes, first))) return true;
  const hasParameters = head === Token.Def || head === Token.Async;
  if (!hasParameters && standsAlone(position, first)) return true;
  return endsExpression(position.kind) && !endsParameter(position, first);
}

/** A parameter, before which a comma is missing, is followed by a comma, a colon or a closing bracket. */
function endsParameter(position: Position, first: number): boolean {
  const last = lastCharacter(position, first);
  return last === Char.Comma || last === Char.Colon || isCloser(position.codes[nextLine(position, first)]!);
}

const CONTINUES_OR_STARTS = setOf(Token.If, Token.For, Token.Elif, Token.Else);

/** `for`, `if` and the like can go on in a comprehension, but not with a colon at the end of their line. */
function isCompound(position: Position, end: number, keyword: Token): boolean {
  const { codes } = position;
  if (keyword === Token.From) return lineHolds(position, end, 'import');
  if (CONTINUES_OR_STARTS[keyword] === 1) {
    const line = scanLine(position, end);
    return line !== undefined && codes[line.last] === Char.Colon;
  }
  if (keyword !== Token.Async) return false;
  const next = skipSpaces(codes, end);
  return spells(codes, next, 'def') || spells(codes, next, 'with');
}

/** `a.b =`: no keyword argument looks like that. */
function assignsAttribute(codes: Uint16Array, nameEnd: number): boolean {
  let end = nameEnd;
  while (codes[end] === Char.Dot) end = wordEnd(codes, end + 1);
  if (end === nameEnd) return false;
  const next = skipSpaces(codes, end);
  return codes[next] === Char.Equal && codes[next + 1] !== Char.Equal;
}

/** More are not looked at, so that recovery stays linear. */
const MOST_DECORATORS = 10;

/** A decorator, unlike the operator `@`, is followed by a definition or by another decorator. */
function isDecorator(position: Position, at: number): boolean {
  const { codes } = position;
  let next = at;
  for (let count = 0; count < MOST_DECORATORS && codes[next] === Char.At; count++) next = nextLine(position, next);
  return startsDefinition(codes, next);
}

/** A line whose own brackets are balanced and behind which, without a comma, another statement begins. */
function standsAlone(position: Position, first: number): boolean {
  const line = scanLine(position, first);
  if (line === undefined || line.depth > 0 || !canEndExpression(position.codes, line.last)) return false;
  const next = nextLine(position, first);
  if (next >= position.length) return true;
  if ((CLASSES[position.codes[next]!]! & LETTER) === 0) return false;
  const end = wordEnd(position.codes, next);
  const keyword = keywordOrName(position.codes, next, end);
  return keyword === Token.Name || NEVER_IN_BRACKETS[keyword] === 1 || isCompound(position, end, keyword);
}

interface Line {
  /** The offset of the last character before a comment. */
  readonly last: number;
  /** How many brackets the line leaves open. */
  readonly depth: number;
}

/** Undefined for a line that closes a bracket of another one, or leaves a string open. */
function scanLine({ codes, length }: Position, first: number): Line | undefined {
  let depth = 0;
  let last = first;
  for (let offset = first; offset < length; offset++) {
    const code = codes[offset]!;
    if (code === Char.Hash || isLineBreak(code)) break;
    if (isQuote(code)) offset = closingOnLine(codes, length, offset);
    if (offset === UNCLOSED) return undefined;
    depth += bracketStep(code);
    if (depth < 0) return undefined;
    if ((CLASSES[code]! & SPACE) === 0) last = offset;
  }
  return { last, depth };
}

function closingOnLine(codes: Uint16Array, length: number, start: number): number {
  return isTripleAt(codes, start) ? UNCLOSED : closingQuote(codes, length, start + 1, codes[start]!, false);
}

function bracketStep(code: number): number {
  if (code === Char.LeftParen || code === Char.LeftBracket || code === Char.LeftBrace) return 1;
  return isCloser(code) ? -1 : 0;
}

function isCloser(code: number): boolean {
  return code === Char.RightParen || code === Char.RightBracket || code === Char.RightBrace;
}

function isQuote(code: number): boolean {
  return code === Char.SingleQuote || code === Char.DoubleQuote;
}

function canEndExpression(codes: Uint16Array, last: number): boolean {
  const code = codes[last]!;
  if (isQuote(code) || isCloser(code)) return true;
  if ((CLASSES[code]! & WORD) === 0) return false;
  let start = last;
  while ((CLASSES[codes[start - 1]!]! & WORD) !== 0) start--;
  return endsExpression(keywordOrName(codes, start, last + 1));
}

/** The first character of the next line that has any. */
function nextLine(position: Position, offset: number): number {
  const { codes, length } = position;
  let next = offset;
  do {
    next = skipSpaces(codes, afterLineBreak(codes, lineEnd(codes, length, next)));
  } while (next < length && isLineBreak(codes[next]!));
  return next;
}

function lastCharacter({ codes, length }: Position, offset: number): number {
  let last = lineEnd(codes, length, offset) - 1;
  while ((CLASSES[codes[last]!]! & SPACE) !== 0) last--;
  return codes[last]!;
}

function lineHolds({ codes, length }: Position, offset: number, word: string): boolean {
  const end = lineEnd(codes, length, offset);
  for (let at = offset; at < end; at++) {
    if (spells(codes, at, word)) return true;
  }
  return false;
}
