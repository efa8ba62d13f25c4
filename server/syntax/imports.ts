/** `import a.b as c` and `from .a import (b, c)`. */
import { NO_NODES, type Parser } from './parser.js';
import { Token } from './tokens.js';
import type { Identifier, Import, ImportAlias, ImportFrom } from './tree.js';

export function parseImport(parser: Parser): Import {
  const { start } = parser;
  parser.next();
  const names: ImportAlias[] = [];
  do names.push(parseAlias(parser, parseDottedName));
  while (parser.accept(Token.Comma));
  return { kind: 'Import', start, end: parser.previousEnd, names };
}

export function parseImportFrom(parser: Parser): ImportFrom {
  const { start } = parser;
  parser.next();
  const level = parseLevel(parser);
  const isNamed = parser.kind === Token.Name || level === 0;
  const module = isNamed ? parseDottedName(parser) : undefined;
  const names = parser.expect(Token.Import, "expected 'import'") ? parseNames(parser) : NO_NODES;
  const end = parser.previousEnd;
  return { kind: 'ImportFrom', start, end, ...(module !== undefined && { module }), level, names };
}

function parseLevel(parser: Parser): number {
  let level = 0;
  for (; ; parser.next()) {
    if (parser.kind === Token.Dot) level++;
    else if (parser.kind === Token.Ellipsis) level += 3;
    else return level;
  }
}

function parseNames(parser: Parser): readonly ImportAlias[] {
  const { start, end } = parser;
  if (parser.accept(Token.Star)) return [{ start, end, name: { start, end, name: '*' } }];
  const isBracketed = parser.accept(Token.LeftParen);
  const names = parseAliases(parser);
  if (isBracketed) parser.close(Token.RightParen, start);
  return names;
}

function parseAliases(parser: Parser): ImportAlias[] {
  const names: ImportAlias[] = [];
  do {
    if (parser.kind === Token.RightParen && names.length > 0) break;
    if (parser.kind === Token.Name) names.push(parseAlias(parser, takeIdentifier));
    else parser.report('expected a name');
  } while (parser.accept(Token.Comma));
  return names;
}

function takeIdentifier(parser: Parser): Identifier {
  return parser.takeIdentifier();
}

function parseAlias(parser: Parser, parseName: (parser: Parser) => Identifier): ImportAlias {
  const { start } = parser;
  const name = parseName(parser);
  if (!parser.accept(Token.As)) return { start, end: parser.previousEnd, name };
  const alias = parser.expectIdentifier();
  return { start, end: parser.previousEnd, name, alias };
}

function parseDottedName(parser: Parser): Identifier {
  const first = parser.expectIdentifier();
  if (parser.kind !== Token.Dot) return first;
  const names = [first.name];
  while (parser.accept(Token.Dot)) names.push(parser.expectIdentifier().name);
  return { start: first.start, end: parser.previousEnd, name: names.join('.') };
}
