/** What brackets hold: groups, tuples, lists, sets, dictionaries and comprehensions. */
import { checkTarget } from './checks.js';
import { parseElement, parseExpression, parseNamed, parseOperation, parseTargets, parseYield } from './expressions.js';
import { NOTHING, type Parser } from './parser.js';
import { isClauseStart, skipToArgument, takeComma } from './primaries.js';
import { Precedence, startsExpression, Token } from './tokens.js';
import type { ComprehensionClause, Dictionary, Expression } from './tree.js';

/** `(a)`, which is `a`; `()` and `(a, b)`; `(a for b in c)`; `(yield)`. */
export function parseGroup(parser: Parser): Expression {
  const { start } = parser;
  parser.next();
  if (parser.kind === Token.RightParen) return finishTuple(parser, start, []);
  const first = parser.kind === Token.Yield ? parseYield(parser) : parseElement(parser);
  if (isClauseStart(parser)) return finishComprehension(parser, start, 'generator', first);
  if (parser.kind === Token.Comma) return finishTuple(parser, start, [first]);
  if (first.kind === 'Starred') parser.report('a star needs a comma here', first.start, first.end);
  skipUnfit(parser);
  parser.close(Token.RightParen, start);
  return first;
}

/** Skips what cannot follow in the group, so that its bracket is found. */
function skipUnfit(parser: Parser): void {
  if (parser.kind === Token.RightParen || parser.isAtEnd()) return;
  parser.report('expected a closing bracket');
  parser.skipTo(NOTHING);
}

function finishTuple(parser: Parser, start: number, elements: Expression[]): Expression {
  if (takeComma(parser, Token.RightParen)) parseElements(parser, Token.RightParen, elements);
  parser.close(Token.RightParen, start);
  return { kind: 'Tuple', start, end: parser.previousEnd, elements };
}

/** Adds the elements up to the closing bracket to the list. */
function parseElements(parser: Parser, closer: Token, elements: Expression[]): void {
  while (parser.kind !== closer && !parser.isAtEnd()) {
    if (startsExpression(parser.kind)) elements.push(parseElement(parser));
    else if (!skipToArgument(parser)) return;
    if (!takeComma(parser, closer)) return;
  }
}

export function parseListDisplay(parser: Parser): Expression {
  const { start } = parser;
  parser.next();
  const elements: Expression[] = [];
  if (startsExpression(parser.kind)) {
    const first = parseElement(parser);
    if (isClauseStart(parser)) return finishComprehension(parser, start, 'list', first);
    elements.push(first);
    if (takeComma(parser, Token.RightBracket)) parseElements(parser, Token.RightBracket, elements);
  } else parseElements(parser, Token.RightBracket, elements);
  parser.close(Token.RightBracket, start);
  return { kind: 'List', start, end: parser.previousEnd, elements };
}

// ── braces ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export function parseBraces(parser: Parser): Expression {
  const { start } = parser;
  parser.next();
  if (!startsExpression(parser.kind)) return finishDictionary(parser, start, []);
  const first = parseElement(parser);
  if (parser.kind === Token.Colon) return parseDictionary(parser, start, first);
  if (isClauseStart(parser)) return finishComprehension(parser, start, 'set', first);
  const elements = [first];
  if (takeComma(parser, Token.RightBrace)) parseElements(parser, Token.RightBrace, elements);
  parser.close(Token.RightBrace, start);
  return { kind: 'Set', start, end: parser.previousEnd, elements };
}

type Entry = Dictionary['entries'][number];

function parseDictionary(parser: Parser, start: number, key: Expression): Expression {
  parser.next();
  const value = parseExpression(parser);
  if (isClauseStart(parser)) {
    const clauses = parseClauses(parser);
    parser.close(Token.RightBrace, start);
    return { kind: 'DictComprehension', start, end: parser.previousEnd, key, value, clauses };
  }
  const entries = [{ key, value }];
  if (!takeComma(parser, Token.RightBrace)) return closeDictionary(parser, start, entries);
  return finishDictionary(parser, start, entries);
}

function finishDictionary(parser: Parser, start: number, entries: Entry[]): Expression {
  while (parser.kind !== Token.RightBrace && !parser.isAtEnd()) {
    if (parser.kind === Token.DoubleStar) entries.push(parseUnpacked(parser));
    else if (startsExpression(parser.kind)) entries.push(parseEntry(parser));
    else if (!skipToArgument(parser)) break;
    if (!takeComma(parser, Token.RightBrace)) break;
  }
  return closeDictionary(parser, start, entries);
}

function closeDictionary(parser: Parser, start: number, entries: Entry[]): Dictionary {
  parser.close(Token.RightBrace, start);
  return { kind: 'Dictionary', start, end: parser.previousEnd, entries };
}

function parseUnpacked(parser: Parser): Entry {
  parser.next();
  return { value: parseOperation(parser, Precedence.BitOr) };
}

function parseEntry(parser: Parser): Entry {
  const key = parseElement(parser);
  const value = parser.accept(Token.Colon) ? parseExpression(parser) : parser.missing("expected ':'");
  return { key, value };
}

// ── comprehensions ──────────────────────────────────────────────────────────────────────────────────────────────────

const CLOSERS = { list: Token.RightBracket, set: Token.RightBrace, generator: Token.RightParen } as const;

function finishComprehension(
  parser: Parser,
  start: number,
  result: 'list' | 'set' | 'generator',
  element: Expression,
): Expression {
  const clauses = parseClauses(parser);
  parser.close(CLOSERS[result], start);
  return { kind: 'Comprehension', start, end: parser.previousEnd, result, element, clauses };
}

export function parseClauses(parser: Parser): ComprehensionClause[] {
  const clauses: ComprehensionClause[] = [];
  while (isClauseStart(parser)) clauses.push(parseClause(parser));
  return clauses;
}

function parseClause(parser: Parser): ComprehensionClause {
  const isAsync = parser.accept(Token.Async);
  parser.expect(Token.For, "expected 'for'");
  const target = parseTargets(parser);
  checkTarget(parser, target);
  const iterable = parser.expect(Token.In, "expected 'in'") ? parseOperand(parser) : parser.missing();
  const conditions: Expression[] = [];
  while (parser.accept(Token.If)) conditions.push(parseCondition(parser));
  return { target, iterable, conditions, isAsync };
}

/** Without `if … else`, since `if` starts a condition here. */
function parseOperand(parser: Parser): Expression {
  return parser.kind === Token.Lambda ? parseNamed(parser) : parseOperation(parser, Precedence.Or);
}

function parseCondition(parser: Parser): Expression {
  const { start } = parser;
  const target = parseOperand(parser);
  if (!parser.accept(Token.ColonEqual)) return target;
  const value = parseOperand(parser);
  return { kind: 'NamedExpression', start, end: parser.previousEnd, target, value };
}
