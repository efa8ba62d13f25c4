/** The `with` statement, whose items may stand in parentheses. */
import { checkTarget } from './checks.js';
import { parseBlock } from './compound-statements.js';
import { parseExpression, parseTarget } from './expressions.js';
import type { Parser } from './parser.js';
import { Token } from './tokens.js';
import type { With } from './tree.js';

type Item = With['items'][number];

export function parseWith(parser: Parser, start: number, isAsync: boolean): With {
  parser.next();
  const items = parseBracketedItems(parser) ?? parseItems(parser);
  const body = parseBlock(parser);
  return { kind: 'With', start, end: parser.previousEnd, items, body, isAsync };
}

function parseItems(parser: Parser): Item[] {
  const items: Item[] = [];
  do items.push(parseItem(parser));
  while (parser.accept(Token.Comma));
  return items;
}

function parseItem(parser: Parser): Item {
  const context = parseExpression(parser);
  if (!parser.accept(Token.As)) return { context };
  const target = parseTarget(parser);
  checkTarget(parser, target);
  return { context, target };
}

/** Only what follows the closing parenthesis tells items from an expression that happens to start with one. */
function parseBracketedItems(parser: Parser): Item[] | undefined {
  if (parser.kind !== Token.LeftParen) return undefined;
  return parser.attempt(() => {
    const result = attemptItems(parser);
    return { result, isKept: result !== undefined };
  });
}

function attemptItems(parser: Parser): Item[] | undefined {
  const opener = parser.start;
  const items: Item[] = [];
  do {
    parser.next();
    if (parser.kind === Token.RightParen && items.length > 0) break;
    if (parser.kind === Token.Star || parser.kind === Token.Yield) return undefined;
    items.push(parseItem(parser));
  } while (parser.kind === Token.Comma);
  const hasTarget = items.some(item => item.target !== undefined);
  if (parser.kind !== Token.RightParen && !hasTarget) return undefined;
  parser.close(Token.RightParen, opener);
  return hasTarget || parser.kind === Token.Colon ? items : undefined;
}
