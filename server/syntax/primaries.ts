/** Names, literals, attributes, calls and subscripts: what binds tighter than any operator. */
import { checkArgument } from './checks.js';
import { parseBraces, parseClauses, parseGroup, parseListDisplay } from './displays.js';
import { parseElement, parseExpression, parseNamed, parseYield } from './expressions.js';
import { numberAt } from './numbers.js';
import type { Parser } from './parser.js';
import { parseStrings } from './strings.js';
import { ARGUMENT_STARTS, isKeyword, startsExpression, Token } from './tokens.js';
import type { Attribute, Expression, Identifier, Keyword, Slice } from './tree.js';

export function parsePrimary(parser: Parser): Expression {
  const { start } = parser;
  let value = parseAtom(parser);
  for (;;) {
    if (parser.kind === Token.Dot) value = parseAttribute(parser, start, value);
    else if (parser.kind === Token.LeftParen) value = parseCall(parser, start, value);
    else if (parser.kind === Token.LeftBracket) value = parseSubscript(parser, start, value);
    else return value;
  }
}

function parseAtom(parser: Parser): Expression {
  switch (parser.kind) {
    case Token.Name:
      return parseName(parser);
    case Token.Number:
      return parseNumber(parser);
    case Token.String:
    case Token.FormatString:
      return parseStrings(parser);
    case Token.LeftParen:
      return parseBracketed(parser, parseGroup);
    case Token.LeftBracket:
      return parseBracketed(parser, parseListDisplay);
    case Token.LeftBrace:
      return parseBracketed(parser, parseBraces);
    case Token.None:
      return parseConstant(parser, null);
    case Token.True:
      return parseConstant(parser, true);
    case Token.False:
      return parseConstant(parser, false);
    case Token.Ellipsis:
      return parseEllipsis(parser);
    case Token.Yield:
      parser.report("'yield' needs parentheses here");
      return parseBracketed(parser, parseYield);
    default:
      return parser.missing();
  }
}

/** Whatever stands in brackets may hold brackets again, so the depth is counted here. */
function parseBracketed(parser: Parser, parse: (parser: Parser) => Expression): Expression {
  if (parser.isDeep()) return parser.skipDeep();
  parser.nesting++;
  const expression = parse(parser);
  parser.nesting--;
  return expression;
}

export function parseName(parser: Parser): Expression {
  const { start, end } = parser;
  return { kind: 'Name', start, end, name: parser.takeName() };
}

function parseConstant(parser: Parser, value: true | false | null): Expression {
  const { start, end } = parser;
  parser.next();
  return { kind: 'Constant', start, end, value };
}

function parseEllipsis(parser: Parser): Expression {
  const { start, end } = parser;
  parser.next();
  return { kind: 'Ellipsis', start, end };
}

function parseNumber(parser: Parser): Expression {
  const { start, end } = parser;
  const number = numberAt(parser.codes, parser.text, start, end);
  if (number === undefined) parser.report('this is no number in Python 3');
  parser.next();
  return number ?? { kind: 'Int', start, end, value: 0 };
}

// ── attributes ──────────────────────────────────────────────────────────────────────────────────────────────────────

export function parseAttribute(parser: Parser, start: number, value: Expression): Attribute {
  parser.next();
  const attribute = parseAttributeName(parser);
  return { kind: 'Attribute', start, end: parser.previousEnd, value, attribute };
}

/** A keyword right behind the dot is an attribute that is still being typed: `nn.in` on the way to `nn.init`. */
function parseAttributeName(parser: Parser): Identifier {
  if (!isKeyword(parser.kind) || parser.start !== parser.previousEnd) return parser.expectIdentifier();
  parser.report('a keyword cannot be an attribute');
  return parser.takeIdentifier();
}

// ── calls ───────────────────────────────────────────────────────────────────────────────────────────────────────────

function parseCall(parser: Parser, start: number, callee: Expression): Expression {
  if (parser.isDeep()) return parser.skipDeep();
  const args: Expression[] = [];
  const keywords: Keyword[] = [];
  parser.nesting++;
  parseArguments(parser, args, keywords);
  parser.nesting--;
  return { kind: 'Call', start, end: parser.previousEnd, callee, args, keywords };
}

/** Reads `(…)` of a call or a class and adds to the two lists what it finds. */
export function parseArguments(parser: Parser, args: Expression[], keywords: Keyword[]): void {
  const opener = parser.start;
  parser.next();
  while (parser.kind !== Token.RightParen && !parser.isAtEnd()) {
    if (parser.kind === Token.DoubleStar) keywords.push(parseUnpacked(parser));
    else if (startsExpression(parser.kind)) parseArgument(parser, opener, args, keywords);
    else if (!skipToArgument(parser)) break;
    if (!takeComma(parser, Token.RightParen)) break;
  }
  parser.close(Token.RightParen, opener);
}

function parseUnpacked(parser: Parser): Keyword {
  const { start } = parser;
  parser.next();
  const value = parseExpression(parser);
  return { kind: 'Keyword', start, end: parser.previousEnd, value };
}

function parseArgument(parser: Parser, opener: number, args: Expression[], keywords: Keyword[]): void {
  const { start } = parser;
  const argument = parser.kind === Token.Star ? parseStarredArgument(parser) : parseNamed(parser);
  if (parser.kind === Token.Equal && argument.kind === 'Name') keywords.push(parseKeyword(parser, argument));
  else {
    checkArgument(parser, argument, keywords);
    const owner = args.length === 0 ? opener : NO_OWNER;
    args.push(isClauseStart(parser) ? parseGenerator(parser, argument, start, owner) : argument);
  }
}

/** Unlike elsewhere any expression may follow the star: `f(*a or b)`. */
function parseStarredArgument(parser: Parser): Expression {
  const { start } = parser;
  parser.next();
  const value = parseExpression(parser);
  return { kind: 'Starred', start, end: parser.previousEnd, value };
}

function parseKeyword(parser: Parser, name: Identifier): Keyword {
  parser.next();
  const value = parseExpression(parser);
  const identifier = { start: name.start, end: name.end, name: name.name };
  return { kind: 'Keyword', start: name.start, end: parser.previousEnd, name: identifier, value };
}

const NO_OWNER = -1;

/** A generator that is the only argument owns the call's parentheses, others need their own. */
function parseGenerator(parser: Parser, element: Expression, start: number, opener: number): Expression {
  const clauses = parseClauses(parser);
  const isAlone = opener !== NO_OWNER && parser.kind === Token.RightParen;
  if (!isAlone) parser.report('a generator needs parentheses here', start, parser.previousEnd);
  const span = isAlone ? { start: opener, end: parser.end } : { start, end: parser.previousEnd };
  return { kind: 'Comprehension', ...span, result: 'generator', element, clauses };
}

export function isClauseStart(parser: Parser): boolean {
  return parser.kind === Token.For || parser.kind === Token.Async;
}

// ── subscripts ──────────────────────────────────────────────────────────────────────────────────────────────────────

function parseSubscript(parser: Parser, start: number, value: Expression): Expression {
  if (parser.isDeep()) return parser.skipDeep();
  const opener = parser.start;
  parser.next();
  parser.nesting++;
  const index = parseIndex(parser);
  parser.nesting--;
  parser.close(Token.RightBracket, opener);
  return { kind: 'Subscript', start, end: parser.previousEnd, value, index };
}

/** A star makes a tuple even without a comma. */
function parseIndex(parser: Parser): Expression {
  const { start } = parser;
  const isStarred = parser.kind === Token.Star;
  const first = parseSlice(parser);
  if (parser.kind !== Token.Comma && !isStarred) return first;
  const elements = [first];
  while (parser.accept(Token.Comma) && startsSlice(parser.kind)) elements.push(parseSlice(parser));
  return { kind: 'Tuple', start, end: parser.previousEnd, elements };
}

function startsSlice(token: Token): boolean {
  return token === Token.Colon || startsExpression(token);
}

function parseSlice(parser: Parser): Expression {
  const { start } = parser;
  const lower = parser.kind === Token.Colon ? undefined : parseElement(parser);
  if (parser.kind !== Token.Colon && lower !== undefined) return lower;
  parser.next();
  const upper = startsExpression(parser.kind) ? parseExpression(parser) : undefined;
  const step = parser.accept(Token.Colon) && startsExpression(parser.kind) ? parseExpression(parser) : undefined;
  return slice(start, parser.previousEnd, lower, upper, step);
}

function slice(start: number, end: number, lower?: Expression, upper?: Expression, step?: Expression): Slice {
  return {
    kind: 'Slice',
    start,
    end,
    ...(lower !== undefined && { lower }),
    ...(upper !== undefined && { upper }),
    ...(step !== undefined && { step }),
  };
}

// ── lists in brackets ───────────────────────────────────────────────────────────────────────────────────────────────

/** Between two elements; false where the list ends, or what stands there is left to others. */
export function takeComma(parser: Parser, closer: Token): boolean {
  if (parser.accept(Token.Comma)) return true;
  if (parser.kind === closer || parser.isAtEnd()) return false;
  parser.report("expected ','");
  return startsExpression(parser.kind) || skipToArgument(parser);
}

/** Skips what starts no element; false where the list cannot go on. */
export function skipToArgument(parser: Parser): boolean {
  parser.report('expected an expression');
  return parser.skipTo(ARGUMENT_STARTS);
}
