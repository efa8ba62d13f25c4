/** Bodies of functions that are read when they are first asked for: of a library, most never are. */
import { parseIndented } from './compound-statements.js';
import { Parser } from './parser.js';
import { blockExtent } from './skip.js';
import { parseStrings } from './strings.js';
import { Token } from './tokens.js';
import type { Statement } from './tree.js';

export interface Body {
  readonly body: readonly Statement[];
  readonly isGenerator: boolean;
}

/** Skips the block at hand, and answers how to read it; undefined where it has to be read now. */
export function leaveBody(parser: Parser): (() => Body) | undefined {
  if (!parser.isLazy || parser.kind !== Token.Colon || parser.peek() !== Token.Newline) return undefined;
  parser.next();
  const { text } = parser;
  const opening = parser.opening();
  let read: Body | undefined;
  skipBlock(parser);
  return () => {
    read ??= readBody(new Parser(text, false, opening));
    return read;
  };
}

function readBody(parser: Parser): Body {
  const body: Statement[] = [];
  parser.isLazy = true;
  parseIndented(parser, body);
  return { body, isGenerator: parser.isGenerator };
}

/** What is wrong in it is found when it is read, and its comments are left out. */
function skipBlock(parser: Parser): void {
  const extent = blockExtent(parser.codes, parser.length, parser.end, parser.indentation);
  if (extent === undefined) skipTokens(parser);
  else parser.goOnAt(extent.next, extent.end);
}

function skipTokens(parser: Parser): void {
  parser.next();
  if (!parser.accept(Token.Indent)) return;
  for (let depth = 1; depth > 0 && parser.kind !== Token.EndOfFile; ) depth += skipToken(parser);
}

/** Answers by how much the block that is being read lies deeper behind the token. */
function skipToken(parser: Parser): number {
  const { kind } = parser;
  if (kind === Token.FormatString) parseStrings(parser);
  else parser.next();
  return kind === Token.Indent ? 1 : kind === Token.Dedent ? -1 : 0;
}
