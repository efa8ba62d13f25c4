/** The `match` statement; `match` and `case` are names everywhere else. */
import { parseBlock, parseStatement } from './compound-statements.js';
import { parseElement, parseListOf, parseNamed } from './expressions.js';
import type { Parser } from './parser.js';
import { parsePatterns } from './patterns.js';
import { setOf, startsExpression, Token } from './tokens.js';
import type { Match, MatchCase, Statement } from './tree.js';

/** Behind the name `match`, these could go on with an expression. */
const AMBIGUOUS = setOf(Token.LeftParen, Token.LeftBracket, Token.Minus, Token.Plus, Token.Star, Token.Not);

export function startsMatch(parser: Parser): boolean {
  if (!parser.isWord('match')) return false;
  const next = parser.peek();
  if (!startsExpression(next)) return false;
  return AMBIGUOUS[next] === 0 || parser.attempt(() => ({ result: readsAsMatch(parser), isKept: false }));
}

/** Whether a subject, a colon and the end of the line follow. */
function readsAsMatch(parser: Parser): boolean {
  parser.next();
  parseListOf(parser, parseElement);
  if (!parser.accept(Token.Colon)) return false;
  return parser.kind === Token.Newline;
}

export function parseMatch(parser: Parser): Match {
  const { start } = parser;
  parser.next();
  const subject = parseListOf(parser, parseElement);
  parser.expect(Token.Colon, "expected ':'");
  parser.skipLine();
  parser.accept(Token.Newline);
  const cases = parseCases(parser);
  return { kind: 'Match', start, end: parser.previousEnd, subject, cases };
}

function parseCases(parser: Parser): MatchCase[] {
  const cases: MatchCase[] = [];
  if (!parser.accept(Token.Indent)) {
    parser.reportUnlessExplained("expected an indented 'case'");
    return cases;
  }
  const strays: Statement[] = [];
  while (parser.kind !== Token.Dedent && parser.kind !== Token.EndOfFile) {
    if (parser.isWord('case')) cases.push(parseCase(parser));
    else parseStray(parser, strays);
  }
  parser.accept(Token.Dedent);
  return cases;
}

/** Only cases belong here; another statement is read and dropped. */
function parseStray(parser: Parser, strays: Statement[]): void {
  parser.report("expected 'case'");
  if (!parser.accept(Token.Indent)) parseStatement(parser, strays);
}

function parseCase(parser: Parser): MatchCase {
  const { start } = parser;
  parser.head = Token.If;
  parser.next();
  const pattern = parsePatterns(parser);
  const guard = parser.accept(Token.If) ? parseNamed(parser) : undefined;
  const body = parseBlock(parser);
  const end = parser.previousEnd;
  return guard === undefined ? { start, end, pattern, body } : { start, end, pattern, guard, body };
}
