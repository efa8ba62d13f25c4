/** Functions and classes, with their decorators. */
import { parseBlock } from './compound-statements.js';
import { leaveBody } from './deferred.js';
import { parseExpression, parseNamed } from './expressions.js';
import { parseParameters, parseTypeParameters } from './parameters.js';
import type { Parser } from './parser.js';
import { parseArguments } from './primaries.js';
import { Token } from './tokens.js';
import type { ClassDefinition, Expression, FunctionDefinition, Keyword, Statement } from './tree.js';

/** Reads decorators and the definition that they stand before; without one they are dropped. */
export function parseDecorated(parser: Parser, body: Statement[]): void {
  const decorators = parseDecorators(parser);
  const { start } = parser;
  if (parser.kind === Token.Class) body.push(parseClass(parser, decorators));
  else if (parser.kind === Token.Def) body.push(parseFunction(parser, start, decorators, false));
  else if (parser.kind === Token.Async && parser.peek() === Token.Def) {
    parser.next();
    body.push(parseFunction(parser, start, decorators, true));
  } else parser.reportUnlessExplained('expected a function or a class');
}

function parseDecorators(parser: Parser): Expression[] {
  const decorators: Expression[] = [];
  while (parser.accept(Token.At)) {
    decorators.push(parseNamed(parser));
    if (parser.kind !== Token.Newline) parser.report('expected the end of the line');
    parser.skipLine();
    parser.accept(Token.Newline);
    parser.head = parser.kind;
  }
  return decorators;
}

export function parseFunction(
  parser: Parser,
  start: number,
  decorators: readonly Expression[],
  isAsync: boolean,
): FunctionDefinition {
  parser.next();
  const name = parser.expectIdentifier();
  const typeParameters = parseTypeParameters(parser);
  const parameters = parseParameters(parser);
  const returns = parser.accept(Token.Arrow) ? parseExpression(parser) : undefined;
  const later = leaveBody(parser);
  const header = { kind: 'FunctionDefinition', start, name, parameters, ...(returns && { returns }) } as const;
  if (later === undefined) {
    const { body, isGenerator } = parseBody(parser);
    return { ...header, end: parser.previousEnd, body, decorators, typeParameters, isAsync, isGenerator };
  }
  return {
    ...header,
    end: parser.previousEnd,
    get body() {
      return later().body;
    },
    decorators,
    typeParameters,
    isAsync,
    get isGenerator() {
      return later().isGenerator;
    },
  };
}

function parseBody(parser: Parser) {
  const outerIsGenerator = parser.isGenerator;
  parser.isGenerator = false;
  const body = parseBlock(parser);
  const { isGenerator } = parser;
  parser.isGenerator = outerIsGenerator;
  return { body, isGenerator };
}

export function parseClass(parser: Parser, decorators: readonly Expression[]): ClassDefinition {
  const { start } = parser;
  parser.next();
  const name = parser.expectIdentifier();
  const typeParameters = parseTypeParameters(parser);
  const bases: Expression[] = [];
  const keywords: Keyword[] = [];
  if (parser.kind === Token.LeftParen) parseArguments(parser, bases, keywords);
  const body = parseBlock(parser);
  const end = parser.previousEnd;
  return { kind: 'ClassDefinition', start, end, name, bases, keywords, body, decorators, typeParameters };
}
