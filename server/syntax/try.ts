/** The `try` statement and its handlers. */
import { parseBlock, parseElse } from './compound-statements.js';
import { parseExpression, parseListOf } from './expressions.js';
import { NO_NODES, type Parser } from './parser.js';
import { startsExpression, Token } from './tokens.js';
import type { ExceptHandler, Try } from './tree.js';

export function parseTry(parser: Parser): Try {
  const { start } = parser;
  parser.next();
  const body = parseBlock(parser);
  const handlers: ExceptHandler[] = [];
  let isStar = false;
  while (parser.kind === Token.Except) {
    const handlerStart = parser.start;
    parser.head = parser.kind;
    parser.next();
    if (parser.accept(Token.Star)) isStar = true;
    handlers.push(parseHandler(parser, handlerStart));
  }
  const otherwise = parseElse(parser);
  const hasFinalizer = parser.accept(Token.Finally);
  const finalizer = hasFinalizer ? parseBlock(parser) : NO_NODES;
  if (handlers.length === 0 && !hasFinalizer) parser.reportUnlessExplained("expected 'except' or 'finally'");
  return { kind: 'Try', start, end: parser.previousEnd, body, handlers, otherwise, finalizer, isStar };
}

/** Since Python 3.14 several types need no parentheses. */
function parseHandler(parser: Parser, start: number): ExceptHandler {
  const type = startsExpression(parser.kind) ? parseListOf(parser, parseExpression) : undefined;
  const name = parser.accept(Token.As) ? parser.expectIdentifier() : undefined;
  const body = parseBlock(parser);
  return {
    start,
    end: parser.previousEnd,
    ...(type !== undefined && { type }),
    ...(name !== undefined && { name }),
    body,
  };
}
