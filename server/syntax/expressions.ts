/** Expressions, from the comma-separated list down to the unary operator; `primaries.ts` has what binds tighter. */
import { parseLambdaParameters } from './parameters.js';
import type { Parser } from './parser.js';
import { parsePrimary } from './primaries.js';
import { OPERATOR_TEXT, PRECEDENCE, Precedence, setOf, startsExpression, Token } from './tokens.js';
import type { ComparisonOperator, Expression, Starred, UnaryOperation } from './tree.js';

/** The right side of an assignment, an expression statement: `yield` or a list. */
export function parseYieldOrList(parser: Parser): Expression {
  return parser.kind === Token.Yield ? parseYield(parser) : parseList(parser);
}

/** `a`, or without brackets the tuple `a, *b`. */
export function parseList(parser: Parser): Expression {
  return parseListOf(parser, parseStarredOrExpression);
}

/** What `for`, `del` and comprehensions assign to: no comparison, since `in` ends it. */
export function parseTargets(parser: Parser): Expression {
  return parseListOf(parser, parseTarget);
}

export function parseListOf(parser: Parser, parseElement: (parser: Parser) => Expression): Expression {
  const { start } = parser;
  const first = parseElement(parser);
  if (parser.kind !== Token.Comma) return first;
  const elements = [first];
  while (parser.accept(Token.Comma) && startsExpression(parser.kind)) elements.push(parseElement(parser));
  return { kind: 'Tuple', start, end: parser.previousEnd, elements };
}

export function parseTarget(parser: Parser): Expression {
  return parser.kind === Token.Star ? parseStarred(parser) : parseOperation(parser, Precedence.BitOr);
}

function parseStarredOrExpression(parser: Parser): Expression {
  return parser.kind === Token.Star ? parseStarred(parser) : parseExpression(parser);
}

/** An element of a display or of a subscript: `*a`, `a := b`, `a`. */
export function parseElement(parser: Parser): Expression {
  return parser.kind === Token.Star ? parseStarred(parser) : parseNamed(parser);
}

function parseStarred(parser: Parser): Starred {
  const { start } = parser;
  parser.next();
  const value = parseOperation(parser, Precedence.BitOr);
  return { kind: 'Starred', start, end: parser.previousEnd, value };
}

export function parseYield(parser: Parser): Expression {
  const { start } = parser;
  parser.next();
  parser.isGenerator = true;
  if (parser.accept(Token.From)) {
    const value = parseExpression(parser);
    return { kind: 'YieldFrom', start, end: parser.previousEnd, value };
  }
  if (!startsExpression(parser.kind)) return { kind: 'Yield', start, end: parser.previousEnd };
  const value = parseList(parser);
  return { kind: 'Yield', start, end: parser.previousEnd, value };
}

export function parseNamed(parser: Parser): Expression {
  const { start } = parser;
  const target = parseExpression(parser);
  if (parser.kind !== Token.ColonEqual) return target;
  if (target.kind !== 'Name') parser.report('only a name can be assigned to here', start, parser.previousEnd);
  parser.next();
  const value = parseExpression(parser);
  return { kind: 'NamedExpression', start, end: parser.previousEnd, target, value };
}

/** `a`, `a if b else c`, `lambda: a`. */
export function parseExpression(parser: Parser): Expression {
  if (parser.kind === Token.Lambda) return parseLambda(parser);
  const { start } = parser;
  const body = parseOperation(parser, Precedence.Or);
  return parser.kind === Token.If ? parseConditional(parser, start, body) : body;
}

function parseConditional(parser: Parser, start: number, body: Expression): Expression {
  parser.next();
  const test = parseOperation(parser, Precedence.Or);
  const otherwise = parser.accept(Token.Else) ? parseNested(parser) : parser.missing("expected 'else'");
  return { kind: 'Conditional', start, end: parser.previousEnd, test, body, otherwise };
}

function parseLambda(parser: Parser): Expression {
  if (parser.isDeep()) return parser.skipDeep();
  const { start, isGenerator } = parser;
  parser.next();
  parser.nesting++;
  const parameters = parseLambdaParameters(parser);
  parser.expect(Token.Colon, "expected ':'");
  const body = parseExpression(parser);
  parser.nesting--;
  parser.isGenerator = isGenerator;
  return { kind: 'Lambda', start, end: parser.previousEnd, parameters, body };
}

function parseNested(parser: Parser): Expression {
  if (parser.isDeep()) return parser.skipDeep();
  parser.nesting++;
  const expression = parseExpression(parser);
  parser.nesting--;
  return expression;
}

// ── operators ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** Operators that bind at least as tightly as `minimum`. */
export function parseOperation(parser: Parser, minimum: Precedence): Expression {
  const { start } = parser;
  let left = parser.kind === Token.Not ? parseNot(parser, minimum) : parseUnary(parser);
  for (;;) {
    const precedence = PRECEDENCE[parser.kind]!;
    if (precedence === Precedence.None || precedence < minimum) return left;
    if (precedence > Precedence.Comparison) left = parseBinary(parser, start, left, precedence);
    else if (precedence === Precedence.Comparison) left = parseComparison(parser, start, left);
    else left = parseBoolean(parser, start, left, precedence);
  }
}

function parseBinary(parser: Parser, start: number, left: Expression, precedence: Precedence): Expression {
  const operator = OPERATOR_TEXT[parser.kind]!;
  parser.next();
  const right = parseOperation(parser, precedence + 1);
  return { kind: 'BinaryOperation', start, end: parser.previousEnd, operator, left, right };
}

function parseBoolean(parser: Parser, start: number, left: Expression, precedence: Precedence): Expression {
  const token = parser.kind;
  const values = [left];
  while (parser.accept(token)) values.push(parseOperation(parser, precedence + 1));
  const operator = token === Token.Or ? 'or' : 'and';
  return { kind: 'BooleanOperation', start, end: parser.previousEnd, operator, values };
}

function parseComparison(parser: Parser, start: number, left: Expression): Expression {
  const operators: ComparisonOperator[] = [];
  const comparators: Expression[] = [];
  while (PRECEDENCE[parser.kind] === Precedence.Comparison) {
    operators.push(takeComparison(parser));
    comparators.push(parseOperation(parser, Precedence.BitOr));
  }
  return { kind: 'Comparison', start, end: parser.previousEnd, left, operators, comparators };
}

const COMPARISONS: Readonly<Partial<Record<Token, ComparisonOperator>>> = {
  [Token.Less]: '<',
  [Token.Greater]: '>',
  [Token.LessEqual]: '<=',
  [Token.GreaterEqual]: '>=',
  [Token.EqualEqual]: '==',
  [Token.NotEqual]: '!=',
  [Token.In]: 'in',
};

function takeComparison(parser: Parser): ComparisonOperator {
  const token = parser.kind;
  parser.next();
  if (token === Token.Is) return parser.accept(Token.Not) ? 'is not' : 'is';
  if (token !== Token.Not) return COMPARISONS[token]!;
  parser.expect(Token.In, "expected 'in'");
  return 'not in';
}

/** `not` binds more loosely than its place behind an operator would allow: `a == not b` is an error. */
function parseNot(parser: Parser, minimum: Precedence): Expression {
  if (minimum > Precedence.Not) parser.report("'not' needs parentheses here");
  return parsePrefixed(parser, 'not');
}

const UNARY = setOf(Token.Minus, Token.Plus, Token.Tilde);

function parseUnary(parser: Parser): Expression {
  if (UNARY[parser.kind] === 0) return parsePower(parser);
  return parsePrefixed(parser, parser.kind === Token.Minus ? '-' : parser.kind === Token.Plus ? '+' : '~');
}

function parsePrefixed(parser: Parser, operator: UnaryOperation['operator']): Expression {
  if (parser.isDeep()) return parser.skipDeep();
  const { start } = parser;
  parser.next();
  parser.nesting++;
  const operand = operator === 'not' ? parseOperation(parser, Precedence.Not) : parseUnary(parser);
  parser.nesting--;
  return { kind: 'UnaryOperation', start, end: parser.previousEnd, operator, operand };
}

function parsePower(parser: Parser): Expression {
  const { start } = parser;
  const left = parser.kind === Token.Await ? parseAwait(parser) : parsePrimary(parser);
  if (parser.kind !== Token.DoubleStar) return left;
  parser.next();
  const right = parseExponent(parser);
  return { kind: 'BinaryOperation', start, end: parser.previousEnd, operator: '**', left, right };
}

function parseExponent(parser: Parser): Expression {
  if (parser.isDeep()) return parser.skipDeep();
  parser.nesting++;
  const exponent = parseUnary(parser);
  parser.nesting--;
  return exponent;
}

function parseAwait(parser: Parser): Expression {
  const { start } = parser;
  parser.next();
  const value = parsePrimary(parser);
  return { kind: 'Await', start, end: parser.previousEnd, value };
}
