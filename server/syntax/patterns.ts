/** The patterns of `case`. */
import { parseNamed, parseOperation } from './expressions.js';
import type { Parser } from './parser.js';
import { parseAttribute, parseName } from './primaries.js';
import { parseStrings } from './strings.js';
import { Precedence, setOf, Token } from './tokens.js';
import type { Expression, Identifier, Pattern } from './tree.js';

/** A pattern, or without brackets a sequence of them. */
export function parsePatterns(parser: Parser): Pattern {
  const { start } = parser;
  const first = parseElement(parser);
  if (parser.kind !== Token.Comma && first.kind !== 'MatchStar') return first;
  const patterns = [first];
  while (parser.accept(Token.Comma) && startsPattern(parser.kind)) patterns.push(parseElement(parser));
  return { kind: 'MatchSequence', start, end: parser.previousEnd, patterns };
}

const PATTERN_STARTS = setOf(
  Token.Name,
  Token.Number,
  Token.Minus,
  Token.String,
  Token.FormatString,
  Token.LeftParen,
  Token.LeftBracket,
  Token.LeftBrace,
  Token.Star,
  Token.None,
  Token.True,
  Token.False,
);

function startsPattern(token: Token): boolean {
  return PATTERN_STARTS[token] === 1;
}

function parseElement(parser: Parser): Pattern {
  return parser.kind === Token.Star ? parseStar(parser) : parsePattern(parser);
}

function parseStar(parser: Parser): Pattern {
  const { start } = parser;
  parser.next();
  const name = parser.expectIdentifier();
  const end = parser.previousEnd;
  return name.name === '_' ? { kind: 'MatchStar', start, end } : { kind: 'MatchStar', start, end, name };
}

/** Alternatives, perhaps with a name. */
function parsePattern(parser: Parser): Pattern {
  const { start } = parser;
  const pattern = parseAlternatives(parser);
  if (!parser.accept(Token.As)) return pattern;
  const name = parser.expectIdentifier();
  return { kind: 'MatchAs', start, end: parser.previousEnd, pattern, name };
}

function parseAlternatives(parser: Parser): Pattern {
  const { start } = parser;
  const first = parseClosed(parser);
  if (parser.kind !== Token.Bar) return first;
  const patterns = [first];
  while (parser.accept(Token.Bar)) patterns.push(parseClosed(parser));
  return { kind: 'MatchOr', start, end: parser.previousEnd, patterns };
}

/** Brackets may hold patterns again, so the depth is counted here. */
function parseClosed(parser: Parser): Pattern {
  if (parser.isDeep()) {
    const value = parser.skipDeep();
    return { kind: 'MatchValue', start: value.start, end: value.end, value };
  }
  parser.nesting++;
  const pattern = parseClosedInside(parser);
  parser.nesting--;
  return pattern;
}

function parseClosedInside(parser: Parser): Pattern {
  switch (parser.kind) {
    case Token.LeftParen:
    case Token.LeftBracket:
    case Token.LeftBrace:
      return parseBracketed(parser);
    case Token.Name:
      return parseNamedPattern(parser);
    case Token.None:
      return parseSingleton(parser, null);
    case Token.True:
      return parseSingleton(parser, true);
    case Token.False:
      return parseSingleton(parser, false);
    default:
      return parseValue(parser);
  }
}

function parseSingleton(parser: Parser, value: true | false | null): Pattern {
  const { start, end } = parser;
  parser.next();
  return { kind: 'MatchSingleton', start, end, value };
}

/** A string or a number, which may have a sign and an imaginary part. */
function parseValue(parser: Parser): Pattern {
  const value = parseLiteral(parser);
  return { kind: 'MatchValue', start: value.start, end: value.end, value };
}

function parseLiteral(parser: Parser): Expression {
  if (parser.kind === Token.String || parser.kind === Token.FormatString) return parseStrings(parser);
  if (parser.kind === Token.Number || parser.kind === Token.Minus) return parseOperation(parser, Precedence.Sum);
  return parser.missing('expected a pattern');
}

// ── names ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** `x`, `_`, `a.b`, `a.B(…)`. */
function parseNamedPattern(parser: Parser): Pattern {
  const { start } = parser;
  const value = parseDotted(parser);
  if (parser.kind === Token.LeftParen) return parseClassPattern(parser, value);
  if (value.kind !== 'Name') return { kind: 'MatchValue', start, end: value.end, value };
  if (value.name === '_') return { kind: 'MatchAs', start, end: value.end };
  return { kind: 'MatchAs', start, end: value.end, name: { start, end: value.end, name: value.name } };
}

function parseDotted(parser: Parser): Expression {
  const { start } = parser;
  let value = parseName(parser);
  while (parser.kind === Token.Dot) value = parseAttribute(parser, start, value);
  return value;
}

function parseClassPattern(parser: Parser, type: Expression): Pattern {
  const opener = parser.start;
  const patterns: Pattern[] = [];
  const keywords: { readonly name: Identifier; readonly pattern: Pattern }[] = [];
  parseList(parser, Token.RightParen, () => {
    const name = takeKeywordName(parser);
    if (name === undefined) patterns.push(parsePattern(parser));
    else keywords.push({ name, pattern: parsePattern(parser) });
  });
  parser.close(Token.RightParen, opener);
  return { kind: 'MatchClass', start: type.start, end: parser.previousEnd, type, patterns, keywords };
}

/** The name in `name=pattern`. */
function takeKeywordName(parser: Parser): Identifier | undefined {
  if (parser.kind !== Token.Name || parser.peek() !== Token.Equal) return undefined;
  const name = parser.takeIdentifier();
  parser.next();
  return name;
}

// ── brackets ────────────────────────────────────────────────────────────────────────────────────────────────────────

function parseBracketed(parser: Parser): Pattern {
  return parser.kind === Token.LeftBrace ? parseMapping(parser) : parseSequence(parser);
}

/** `[a, *b]`, `(a, b)`; `(a)` is `a`. */
function parseSequence(parser: Parser): Pattern {
  const opener = parser.start;
  const closer = parser.kind === Token.LeftParen ? Token.RightParen : Token.RightBracket;
  const patterns: Pattern[] = [];
  const hasComma = parseList(parser, closer, () => patterns.push(parseElement(parser)));
  parser.close(closer, opener);
  const [first] = patterns;
  const isGroup = closer === Token.RightParen && patterns.length === 1 && !hasComma;
  if (isGroup && first !== undefined && first.kind !== 'MatchStar') return first;
  return { kind: 'MatchSequence', start: opener, end: parser.previousEnd, patterns };
}

function parseMapping(parser: Parser): Pattern {
  const opener = parser.start;
  const keys: Expression[] = [];
  const patterns: Pattern[] = [];
  let rest: Identifier | undefined;
  parseList(parser, Token.RightBrace, () => {
    if (parser.accept(Token.DoubleStar)) rest = parser.expectIdentifier();
    else {
      keys.push(parseKey(parser));
      parser.expect(Token.Colon, "expected ':'");
      patterns.push(parsePattern(parser));
    }
  });
  parser.close(Token.RightBrace, opener);
  const mapping = { kind: 'MatchMapping', start: opener, end: parser.previousEnd, keys, patterns } as const;
  return rest === undefined ? mapping : { ...mapping, rest };
}

function parseKey(parser: Parser): Expression {
  return parser.kind === Token.Name ? parseDotted(parser) : parseNamed(parser);
}

/** Reads the elements between the brackets, up to the closing one; whether there was a comma. */
function parseList(parser: Parser, closer: Token, parseOne: () => void): boolean {
  let hasComma = false;
  parser.next();
  while (parser.kind !== closer && !parser.isAtEnd()) {
    const { start } = parser;
    parseOne();
    if (parser.accept(Token.Comma)) hasComma = true;
    else if (parser.kind === closer || parser.start === start || !skipToPattern(parser)) break;
  }
  return hasComma;
}

function skipToPattern(parser: Parser): boolean {
  parser.report("expected ','");
  return startsPattern(parser.kind) || (parser.skipTo(COMMA) && parser.accept(Token.Comma));
}

const COMMA = setOf(Token.Comma);
