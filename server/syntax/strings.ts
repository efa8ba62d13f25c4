/** String literals: implicit concatenation, and the interpolations of f-strings and t-strings. */
import { afterLineBreak, Char, CLASSES, LINE_BREAK } from './characters.js';
import { literalContent } from './escapes.js';
import { parseYieldOrList } from './expressions.js';
import type { Parser } from './parser.js';
import { BYTES, isTripleAt, RAW, TEMPLATE } from './string-tokens.js';
import { Token } from './tokens.js';
import type { Expression, Interpolation, JoinedString, StringLiteral } from './tree.js';

type Part = StringLiteral | Interpolation;

export function parseStrings(parser: Parser): Expression {
  if (parser.kind === Token.FormatString) return parseConcatenation(parser, parser.start, []);
  const { start, prefix } = parser;
  const value = takeString(parser);
  const end = parser.previousEnd;
  if (isString(parser.kind)) return parseConcatenation(parser, start, [{ kind: 'String', start, end, value }], prefix);
  return (prefix & BYTES) !== 0 ? { kind: 'Bytes', start, end, value } : { kind: 'String', start, end, value };
}

function isString(token: Token): boolean {
  return token === Token.String || token === Token.FormatString;
}

/** Adjacent strings make one; whether it is of bytes, text or parts is settled by all of them. */
function parseConcatenation(parser: Parser, start: number, parts: Part[], firstPrefix = 0): Expression {
  let prefixes = firstPrefix;
  let hasParts = false;
  while (isString(parser.kind)) {
    prefixes |= parser.prefix;
    if (parser.kind === Token.FormatString) {
      hasParts = true;
      parseFormatString(parser, parts);
    } else {
      const from = parser.start;
      addText(parts, takeString(parser), from, parser.previousEnd);
    }
  }
  const end = parser.previousEnd;
  if ((prefixes & TEMPLATE) !== 0) return { kind: 'TemplateString', start, end, parts };
  if (hasParts) return { kind: 'JoinedString', start, end, parts: parts.filter(isNotEmpty) };
  const value = parts.map(part => (part.kind === 'String' ? part.value : '')).join('');
  return (prefixes & BYTES) !== 0 ? { kind: 'Bytes', start, end, value } : { kind: 'String', start, end, value };
}

function isNotEmpty(part: Part): boolean {
  return part.kind !== 'String' || part.value !== '';
}

function takeString(parser: Parser): string {
  const value = resolve(parser, parser.text.slice(parser.contentStart, parser.contentEnd), parser.prefix);
  parser.next();
  return value;
}

function resolve(parser: Parser, content: string, prefix: number): string {
  return literalContent(content, prefix, () => parser.report('this escape is incomplete'));
}

/** Adds text to the literal part that it continues. */
function addText(parts: Part[], value: string, start: number, end: number): void {
  const last = parts.at(-1);
  if (value === '') return;
  if (last?.kind === 'String') parts[parts.length - 1] = { ...last, end, value: last.value + value };
  else parts.push({ kind: 'String', start, end, value });
}

// ── interpolations ──────────────────────────────────────────────────────────────────────────────────────────────────

/** How an f-string is written, which decides where its literal parts end. */
interface Quoting {
  readonly quote: number;
  readonly isTripleQuoted: boolean;
  readonly isRaw: boolean;
}

/** The line ended inside an interpolation; the parser stands at its end. */
const LINE_ENDED = -1;

function parseFormatString(parser: Parser, parts: Part[]): void {
  const { start, quote } = parser;
  const closing = String.fromCharCode(quote).repeat(3);
  const isClosed = parser.isTripleQuoted && parser.text.includes(closing, parser.contentStart);
  parser.hasUnclosedString ||= parser.isTripleQuoted && !isClosed;
  const quoting = { quote, isTripleQuoted: isClosed, isRaw: (parser.prefix & RAW) !== 0 };
  const end = parseParts(parser, quoting, parser.contentStart, false, parts);
  if (end === LINE_ENDED) return;
  if (parser.codes[end] === quote) {
    parser.placeAt(Token.String, start, end + (isClosed ? 3 : 1));
  } else {
    parser.report('this string is never closed', start, end);
    parser.placeAt(Token.String, start, end);
  }
}

/** Reads literal parts and interpolations up to the quote or, in a format, the brace that ends them. */
function parseParts(parser: Parser, quoting: Quoting, from: number, isFormat: boolean, parts: Part[]): number {
  let at = from;
  while (at !== LINE_ENDED) {
    const end = literalEnd(parser, quoting, at, isFormat);
    addText(parts, literalValue(parser, quoting, at, end, isFormat), at, end);
    if (parser.codes[end] !== Char.LeftBrace) return end;
    at = parseInterpolation(parser, quoting, end, parts);
  }
  return LINE_ENDED;
}

function literalValue(parser: Parser, quoting: Quoting, start: number, end: number, isFormat: boolean): string {
  const content = parser.text.slice(start, end);
  const text = isFormat ? content : content.replaceAll('{{', '{').replaceAll('}}', '}');
  return resolve(parser, text, quoting.isRaw ? RAW : 0);
}

/** The offset of the quote, the brace, the line break or the end of the text that ends a literal part. */
function literalEnd(parser: Parser, quoting: Quoting, from: number, isFormat: boolean): number {
  const { codes } = parser;
  let at = from;
  while (at < parser.length) {
    const code = codes[at]!;
    if (closes(codes, quoting, at)) return at;
    if (!quoting.isTripleQuoted && (CLASSES[code]! & LINE_BREAK) !== 0) return at;
    if (code === Char.LeftBrace || code === Char.RightBrace) {
      const isDoubled = !isFormat && codes[at + 1] === code;
      if (!isDoubled && (isFormat || code === Char.LeftBrace)) return at;
      if (!isDoubled) parser.report('a closing brace in an f-string is written twice', at, at + 1);
      at += isDoubled ? 2 : 1;
    } else at = code === Char.Backslash ? afterEscape(parser, quoting, at) : at + 1;
  }
  return parser.length;
}

function closes(codes: Uint16Array, { quote, isTripleQuoted }: Quoting, at: number): boolean {
  return codes[at] === quote && (!isTripleQuoted || isTripleAt(codes, at));
}

const LETTER_N = 78;

/** A backslash keeps a quote or a line break from ending the string, but not a brace from opening an interpolation. */
function afterEscape({ codes, text, length }: Parser, quoting: Quoting, at: number): number {
  const escaped = codes[at + 1]!;
  if (escaped === Char.LeftBrace || escaped === Char.RightBrace) return at + 1;
  if (!quoting.isRaw && escaped === LETTER_N && codes[at + 2] === Char.LeftBrace) {
    const name = /^[\w -]*\}/.exec(text.slice(at + 3, at + 100));
    if (name !== null) return at + 3 + name[0].length;
  }
  return Math.min(length, Math.max(at + 2, afterLineBreak(codes, at + 1)));
}

/** Reads from one brace to the other, and returns where the string goes on. */
function parseInterpolation(parser: Parser, quoting: Quoting, brace: number, parts: Part[]): number {
  if (parser.isDeep()) {
    parser.report('this is nested too deeply', brace, brace + 1);
    return brace + 1;
  }
  const depth = parser.depth + 1;
  parser.nesting++;
  parser.openInterpolation(brace);
  const value = parseYieldOrList(parser);
  const isDebug = parser.accept(Token.Equal);
  if (isDebug) addText(parts, sourceOf(parser, brace + 1, parser.start), brace + 1, parser.start);
  const conversion = parseConversion(parser);
  const format = parseFormat(parser, quoting);
  const end = closeInterpolation(parser, quoting, depth);
  parser.nesting--;
  parts.push(interpolation(brace, end === LINE_ENDED ? parser.previousEnd : end, value, conversion, format, isDebug));
  return end;
}

/** What `{x=}` prints before the value: the source, without comments. */
function sourceOf({ text, comments }: Parser, start: number, end: number): string {
  let source = text.slice(start, end);
  for (let index = comments.length - 1; index >= 0 && comments[index]!.start >= start; index--) {
    const comment = comments[index]!;
    source = source.slice(0, comment.start - start) + source.slice(comment.end - start);
  }
  return source;
}

type Conversion = 's' | 'r' | 'a';

function parseConversion(parser: Parser): Conversion | undefined {
  if (!parser.accept(Token.Exclamation)) return undefined;
  for (const conversion of ['s', 'r', 'a'] as const) {
    if (!parser.isWord(conversion)) continue;
    parser.next();
    return conversion;
  }
  parser.report('expected s, r or a');
  return undefined;
}

/** Reads `:` and what follows; `:=` is no operator here. */
function parseFormat(parser: Parser, quoting: Quoting): JoinedString | undefined {
  if (parser.kind !== Token.Colon && parser.kind !== Token.ColonEqual) return undefined;
  const { start } = parser;
  const parts: Part[] = [];
  const end = parseParts(parser, quoting, start + 1, true, parts);
  if (end === LINE_ENDED) return { kind: 'JoinedString', start, end: parser.previousEnd, parts };
  if (parser.codes[end] === Char.RightBrace) parser.closeInterpolation(end);
  else parser.placeAt(Token.Colon, end, end);
  return { kind: 'JoinedString', start, end, parts };
}

/** Where the string goes on: behind the closing brace or, where that is missing, at the quote that ends it. */
function closeInterpolation(parser: Parser, quoting: Quoting, depth: number): number {
  if (parser.kind === Token.RightBrace && parser.depth < depth) return parser.end;
  parser.report('expected a closing brace');
  while (parser.depth >= depth && !parser.isAtEnd()) {
    if (isClosingQuote(parser, quoting)) {
      const { start } = parser;
      parser.closeInterpolation(start);
      return start;
    }
    parser.next();
  }
  return parser.kind === Token.RightBrace && parser.depth === depth - 1 ? parser.end : LINE_ENDED;
}

function isClosingQuote(parser: Parser, quoting: Quoting): boolean {
  return parser.kind === Token.String && closes(parser.codes, quoting, parser.start);
}

function interpolation(
  start: number,
  end: number,
  value: Expression,
  conversion: Conversion | undefined,
  format: JoinedString | undefined,
  isDebug: boolean,
): Interpolation {
  const shown = conversion ?? (isDebug && format === undefined ? 'r' : undefined);
  return {
    kind: 'Interpolation',
    start,
    end,
    value,
    ...(shown !== undefined && { conversion: shown }),
    ...(format !== undefined && { format }),
  };
}
