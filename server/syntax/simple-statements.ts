/** The statements of one line. */
import { checkDeleted, checkSingleTarget, checkTarget } from './checks.js';
import { parseExpression, parseList, parseNamed, parseTarget, parseYieldOrList } from './expressions.js';
import { parseImport, parseImportFrom } from './imports.js';
import { parseTypeParameters } from './parameters.js';
import type { Parser } from './parser.js';
import { startsExpression, Token } from './tokens.js';
import type { BinaryOperator, Expression, Identifier, Statement, TypeAlias } from './tree.js';

/** The statement at hand; the parser stands at something that can start one. */
export function parseSimpleStatement(parser: Parser): Statement {
  switch (parser.kind) {
    case Token.Return:
      return parseReturn(parser);
    case Token.Import:
      return parseImport(parser);
    case Token.From:
      return parseImportFrom(parser);
    case Token.Pass:
      return parseWord(parser, 'Pass');
    case Token.Break:
      return parseWord(parser, 'Break');
    case Token.Continue:
      return parseWord(parser, 'Continue');
    case Token.Raise:
      return parseRaise(parser);
    case Token.Del:
      return parseDelete(parser);
    case Token.Assert:
      return parseAssert(parser);
    case Token.Global:
      return parseScope(parser, 'Global');
    case Token.Nonlocal:
      return parseScope(parser, 'Nonlocal');
    default:
      return isTypeAlias(parser) ? parseTypeAlias(parser) : parseExpressionStatement(parser);
  }
}

function parseWord(parser: Parser, kind: 'Pass' | 'Break' | 'Continue'): Statement {
  const { start, end } = parser;
  parser.next();
  return { kind, start, end };
}

function parseReturn(parser: Parser): Statement {
  const { start } = parser;
  parser.next();
  if (!startsExpression(parser.kind)) return { kind: 'Return', start, end: parser.previousEnd };
  const value = parseList(parser);
  return { kind: 'Return', start, end: parser.previousEnd, value };
}

function parseRaise(parser: Parser): Statement {
  const { start } = parser;
  parser.next();
  if (!startsExpression(parser.kind)) return { kind: 'Raise', start, end: parser.previousEnd };
  const exception = parseExpression(parser);
  const cause = parser.accept(Token.From) ? parseExpression(parser) : undefined;
  return { kind: 'Raise', start, end: parser.previousEnd, exception, ...(cause !== undefined && { cause }) };
}

function parseDelete(parser: Parser): Statement {
  const { start } = parser;
  parser.next();
  const targets: Expression[] = [];
  do {
    const target = parseTarget(parser);
    checkDeleted(parser, target);
    targets.push(target);
  } while (parser.accept(Token.Comma) && startsExpression(parser.kind));
  return { kind: 'Delete', start, end: parser.previousEnd, targets };
}

function parseAssert(parser: Parser): Statement {
  const { start } = parser;
  parser.next();
  const test = parseNamed(parser);
  const message = parser.accept(Token.Comma) ? parseExpression(parser) : undefined;
  return { kind: 'Assert', start, end: parser.previousEnd, test, ...(message !== undefined && { message }) };
}

function parseScope(parser: Parser, kind: 'Global' | 'Nonlocal'): Statement {
  const { start } = parser;
  parser.next();
  const names: Identifier[] = [];
  do names.push(parser.expectIdentifier());
  while (parser.accept(Token.Comma));
  return { kind, start, end: parser.previousEnd, names };
}

// ── type aliases ────────────────────────────────────────────────────────────────────────────────────────────────────

/** No expression has two names side by side. */
function isTypeAlias(parser: Parser): boolean {
  return parser.isWord('type') && parser.peek() === Token.Name;
}

function parseTypeAlias(parser: Parser): TypeAlias {
  const { start } = parser;
  parser.next();
  const name = parser.expectIdentifier();
  const typeParameters = parseTypeParameters(parser);
  const value = parser.expect(Token.Equal, "expected '='") ? parseExpression(parser) : parser.missing();
  return { kind: 'TypeAlias', start, end: parser.previousEnd, name, typeParameters, value };
}

// ── assignments and expressions ─────────────────────────────────────────────────────────────────────────────────────

function parseExpressionStatement(parser: Parser): Statement {
  const { start } = parser;
  const value = parseYieldOrList(parser);
  if (parser.kind === Token.Equal) return parseAssign(parser, start, value);
  if (parser.kind === Token.AugmentedAssign) return parseAugmentedAssign(parser, start, value);
  if (parser.kind === Token.Colon) return parseAnnotatedAssign(parser, start, value);
  return { kind: 'Expression', start, end: parser.previousEnd, value };
}

function parseAssign(parser: Parser, start: number, first: Expression): Statement {
  const targets: Expression[] = [];
  let value = first;
  while (parser.kind === Token.Equal) {
    checkTarget(parser, value);
    targets.push(value);
    parser.next();
    value = parseYieldOrList(parser);
  }
  return { kind: 'Assign', start, end: parser.previousEnd, targets, value };
}

function parseAugmentedAssign(parser: Parser, start: number, target: Expression): Statement {
  checkSingleTarget(parser, target);
  const operator = parser.text.slice(parser.start, parser.end - 1) as BinaryOperator;
  parser.next();
  const value = parseYieldOrList(parser);
  return { kind: 'AugmentedAssign', start, end: parser.previousEnd, target, operator, value };
}

function parseAnnotatedAssign(parser: Parser, start: number, target: Expression): Statement {
  checkSingleTarget(parser, target);
  parser.next();
  const annotation = parseExpression(parser);
  const value = parser.accept(Token.Equal) ? parseYieldOrList(parser) : undefined;
  const end = parser.previousEnd;
  return { kind: 'AnnotatedAssign', start, end, target, annotation, ...(value !== undefined && { value }) };
}
