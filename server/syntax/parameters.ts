/** The parameters of functions and lambdas, and those of PEP 695. */
import { checkParameter } from './checks.js';
import { parseElement, parseExpression } from './expressions.js';
import { NO_NODES, type Parser } from './parser.js';
import { setOf, Token } from './tokens.js';
import type { Expression, Parameter, Parameters, TypeParameter } from './tree.js';

/** `(a, /, b: int = 1, *, c, **d)`, brackets included. */
export function parseParameters(parser: Parser): Parameters {
  const opener = parser.start;
  if (!parser.expect(Token.LeftParen, "expected '('")) return noParameters(parser);
  const list = parseParameterList(parser, Token.RightParen, true);
  parser.close(Token.RightParen, opener);
  return { start: opener, end: parser.previousEnd, list };
}

export function parseLambdaParameters(parser: Parser): Parameters {
  if (parser.kind === Token.Colon) return noParameters(parser);
  const { start } = parser;
  const list = parseParameterList(parser, Token.Colon, false);
  return { start, end: parser.previousEnd, list };
}

function noParameters(parser: Parser): Parameters {
  return { start: parser.previousEnd, end: parser.previousEnd, list: NO_NODES };
}

function parseParameterList(parser: Parser, closer: Token, isAnnotated: boolean): Parameter[] {
  const list: Parameter[] = [];
  let passing: Parameter['passing'] = 'any';
  while (parser.kind !== closer && !parser.isAtEnd()) {
    if (parser.kind === Token.Slash) parseSlash(parser, list);
    else if (parser.accept(Token.Star)) {
      if (passing === 'keywordOnly') parser.report('a second star');
      passing = 'keywordOnly';
      if (parser.kind === Token.Name) addParameter(parser, list, 'variadic', isAnnotated);
    } else if (parser.accept(Token.DoubleStar)) addParameter(parser, list, 'keywords', isAnnotated);
    else if (parser.kind === Token.Name) addParameter(parser, list, passing, isAnnotated);
    else if (!skipToParameter(parser, closer)) break;
    if (!takeComma(parser, closer)) break;
  }
  return list;
}

/** Behind `/`, what came before it is positional only. */
function parseSlash(parser: Parser, list: Parameter[]): void {
  if (list.length === 0 || list.some(({ passing }) => passing !== 'any')) parser.report("'/' is out of place");
  parser.next();
  list.forEach((parameter, index) => {
    if (parameter.passing === 'any') list[index] = { ...parameter, passing: 'positionalOnly' };
  });
}

function addParameter(parser: Parser, list: Parameter[], passing: Parameter['passing'], isAnnotated: boolean): void {
  const parameter = parseParameter(parser, passing, isAnnotated);
  checkParameter(parser, parameter, list);
  list.push(parameter);
}

function parseParameter(parser: Parser, passing: Parameter['passing'], isAnnotated: boolean): Parameter {
  const name = parser.expectIdentifier();
  const annotation = isAnnotated && parser.accept(Token.Colon) ? parseAnnotation(parser, passing) : undefined;
  const end = parser.previousEnd;
  const initial = parser.accept(Token.Equal) ? parseExpression(parser) : undefined;
  const parameter = { start: name.start, end, name, passing };
  if (annotation === undefined) return initial === undefined ? parameter : { ...parameter, default: initial };
  return initial === undefined ? { ...parameter, annotation } : { ...parameter, annotation, default: initial };
}

/** `*args: *Ts` (PEP 646). */
function parseAnnotation(parser: Parser, passing: Parameter['passing']): Expression {
  return passing === 'variadic' ? parseElement(parser) : parseExpression(parser);
}

function takeComma(parser: Parser, closer: Token): boolean {
  if (parser.accept(Token.Comma)) return true;
  if (parser.kind === closer || parser.isAtEnd()) return false;
  parser.report("expected ','");
  return startsParameter(parser.kind) || skipToParameter(parser, closer);
}

/** Skips what is no parameter; false where the list cannot go on. */
function skipToParameter(parser: Parser, closer: Token): boolean {
  parser.report('expected a parameter');
  return parser.skipTo(closer === Token.Colon ? LAMBDA_STOPS : PARAMETER_STARTS) && parser.kind !== closer;
}

const PARAMETER_STARTS = setOf(Token.Name, Token.Star, Token.DoubleStar, Token.Comma);
const LAMBDA_STOPS = setOf(Token.Name, Token.Star, Token.DoubleStar, Token.Comma, Token.Colon);

function startsParameter(token: Token): boolean {
  return PARAMETER_STARTS[token] === 1;
}

// ── type parameters ─────────────────────────────────────────────────────────────────────────────────────────────────

/** `[T: int = str, *Ts, **P]`, if it is there. */
export function parseTypeParameters(parser: Parser): readonly TypeParameter[] {
  const opener = parser.start;
  if (!parser.accept(Token.LeftBracket)) return NO_NODES;
  const list: TypeParameter[] = [];
  while (parser.kind !== Token.RightBracket && !parser.isAtEnd()) {
    if (startsParameter(parser.kind) && parser.kind !== Token.Comma) list.push(parseTypeParameter(parser));
    else if (!skipToParameter(parser, Token.RightBracket)) break;
    if (!takeComma(parser, Token.RightBracket)) break;
  }
  parser.close(Token.RightBracket, opener);
  return list;
}

function parseTypeParameter(parser: Parser): TypeParameter {
  const { start } = parser;
  const kind = parser.accept(Token.Star) ? 'TypeVarTuple' : parser.accept(Token.DoubleStar) ? 'ParamSpec' : 'TypeVar';
  const name = parser.expectIdentifier();
  const bound = parser.accept(Token.Colon) ? parseExpression(parser) : undefined;
  const initial = parser.accept(Token.Equal) ? parseElement(parser) : undefined;
  return {
    kind,
    start,
    end: parser.previousEnd,
    name,
    ...(bound !== undefined && { bound }),
    ...(initial !== undefined && { default: initial }),
  };
}
