/** The statements that have blocks, and the blocks themselves. */
import { checkTarget } from './checks.js';
import { parseClass, parseDecorated, parseFunction } from './definitions.js';
import { parseList, parseNamed, parseTargets } from './expressions.js';
import { parseMatch, startsMatch } from './match.js';
import { NO_NODES, type Parser } from './parser.js';
import { parseSimpleStatement } from './simple-statements.js';
import { setOf, startsExpression, Token } from './tokens.js';
import type { Expression, If, Statement } from './tree.js';
import { parseTry } from './try.js';
import { parseWith } from './with.js';

/** Adds the statements up to the end of the block, or of the file, or to where one `ends`, to the list. */
export function parseStatements(parser: Parser, body: Statement[], ends: () => boolean = never): void {
  let unexpectedIndents = 0;
  for (;;) {
    if (parser.kind === Token.EndOfFile) return;
    if (unexpectedIndents === 0 && ends()) return;
    if (parser.kind === Token.Indent) {
      parser.reportUnlessExplained('unexpected indentation');
      unexpectedIndents++;
      parser.next();
    } else if (parser.kind === Token.Dedent) {
      if (unexpectedIndents === 0) return;
      unexpectedIndents--;
      parser.next();
    } else parseStatement(parser, body);
  }
}

const never = () => false;

/** Reads a compound statement, or a line of simple ones, and adds what it finds to the list. */
export function parseStatement(parser: Parser, body: Statement[]): void {
  parser.head = parser.kind;
  switch (parser.kind) {
    case Token.If:
      body.push(parseIf(parser));
      break;
    case Token.For:
      body.push(parseFor(parser, parser.start, false));
      break;
    case Token.While:
      body.push(parseWhile(parser));
      break;
    case Token.Try:
      body.push(parseTry(parser));
      break;
    case Token.With:
      body.push(parseWith(parser, parser.start, false));
      break;
    case Token.Def:
      body.push(parseFunction(parser, parser.start, NO_NODES, false));
      break;
    case Token.Class:
      body.push(parseClass(parser, NO_NODES));
      break;
    case Token.At:
      parseDecorated(parser, body);
      break;
    case Token.Async:
      parseAsync(parser, body);
      break;
    case Token.Elif:
    case Token.Else:
    case Token.Except:
    case Token.Finally:
      parseOrphan(parser, body);
      break;
    default:
      if (startsMatch(parser)) body.push(parseMatch(parser));
      else parseLine(parser, body);
  }
}

function parseAsync(parser: Parser, body: Statement[]): void {
  const { start } = parser;
  parser.next();
  if (parser.kind === Token.Def) body.push(parseFunction(parser, start, NO_NODES, true));
  else if (parser.kind === Token.For) body.push(parseFor(parser, start, true));
  else if (parser.kind === Token.With) body.push(parseWith(parser, start, true));
  else {
    parser.report("expected 'def', 'for' or 'with'");
    if (COMPOUND_STARTS[parser.kind] === 1) parser.skipLine();
    parseLine(parser, body);
  }
}

/** An `else` without its `if`: what it would guard is kept as plain statements. */
function parseOrphan(parser: Parser, body: Statement[]): void {
  parser.report('nothing stands before this that it could belong to');
  parser.skipTo(COLON);
  for (const statement of parseBlock(parser)) body.push(statement);
}

// ── lines ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const STATEMENT_STARTS = setOf(
  Token.Return,
  Token.Import,
  Token.From,
  Token.Pass,
  Token.Break,
  Token.Continue,
  Token.Raise,
  Token.Del,
  Token.Assert,
  Token.Global,
  Token.Nonlocal,
);

const COMPOUND_STARTS = setOf(
  Token.If,
  Token.For,
  Token.While,
  Token.Try,
  Token.With,
  Token.Def,
  Token.Class,
  Token.At,
  Token.Async,
);

const DEFINITIONS = setOf(Token.Def, Token.Class);

function startsSimpleStatement(token: Token): boolean {
  return startsExpression(token) || STATEMENT_STARTS[token] === 1;
}

/** Simple statements, separated by semicolons, to the end of their line. */
function parseLine(parser: Parser, body: Statement[]): void {
  do {
    if (COMPOUND_STARTS[parser.kind] === 1) {
      parser.report('this statement needs a line of its own');
      parseStatement(parser, body);
      return;
    }
    if (startsSimpleStatement(parser.kind)) body.push(parseSimpleStatement(parser));
    else skipSenseless(parser);
    endStatement(parser);
  } while (!parser.isAtEnd());
  parser.accept(Token.Newline);
}

/** Skips to a definition that stands behind what makes no sense, or to the end of the line. */
function skipSenseless(parser: Parser): void {
  parser.report('this starts no statement');
  if (!parser.skipTo(DEFINITIONS)) parser.skipLine();
}

/** Goes on behind a semicolon; what else stands there is skipped, unless another statement begins with it. */
function endStatement(parser: Parser): void {
  if (parser.accept(Token.Semicolon) || parser.isAtEnd()) return;
  parser.report('expected the end of the statement');
  if (!startsSimpleStatement(parser.kind) && DEFINITIONS[parser.kind] === 0) parser.skipLine();
}

// ── blocks ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const COLON = setOf(Token.Colon);

/** A colon and what it governs: an indented block, or the rest of the line. Empty where there is nothing. */
export function parseBlock(parser: Parser): Statement[] {
  const body: Statement[] = [];
  parseColon(parser);
  parser.nesting++;
  if (parser.kind === Token.Newline) parseIndented(parser, body);
  else if (parser.isDeep()) skipDeepLine(parser);
  else parseLine(parser, body);
  parser.nesting--;
  return body;
}

function parseColon(parser: Parser): void {
  if (parser.expect(Token.Colon, "expected ':'")) return;
  if (parser.skipTo(COLON)) parser.next();
  else parser.skipLine();
}

function skipDeepLine(parser: Parser): void {
  parser.report('this is nested too deeply');
  parser.skipLine();
  parser.accept(Token.Newline);
}

/** The indented block behind the line's end at hand. */
export function parseIndented(parser: Parser, body: Statement[]): void {
  parser.next();
  if (parser.kind !== Token.Indent) {
    parser.reportUnlessExplained('expected an indented block');
    return;
  }
  if (parser.isDeep()) skipIndented(parser);
  else {
    parser.next();
    parseStatements(parser, body);
  }
  parser.accept(Token.Dedent);
}

function skipIndented(parser: Parser): void {
  parser.report('this is nested too deeply');
  let depth = 0;
  do {
    if (parser.kind === Token.Indent) depth++;
    parser.next();
    if (parser.kind === Token.Dedent) depth--;
  } while (depth > 0 && parser.kind !== Token.EndOfFile);
}

// ── if, for, while ──────────────────────────────────────────────────────────────────────────────────────────────────

/** A long chain of `elif` nests deeply, so it is put together from its end. */
function parseIf(parser: Parser): If {
  const branches: { readonly start: number; readonly test: Expression; readonly body: Statement[] }[] = [];
  do {
    const { start } = parser;
    parser.head = parser.kind;
    parser.next();
    branches.push({ start, test: parseNamed(parser), body: parseBlock(parser) });
  } while (parser.kind === Token.Elif);
  const last = parseElse(parser);
  const end = parser.previousEnd;
  const whole = branches.reduceRight<readonly If[]>(
    (rest, branch) => [{ kind: 'If', ...branch, end, otherwise: rest.length > 0 ? rest : last }],
    [],
  );
  return whole[0]!;
}

export function parseElse(parser: Parser): readonly Statement[] {
  return parser.accept(Token.Else) ? parseBlock(parser) : NO_NODES;
}

function parseFor(parser: Parser, start: number, isAsync: boolean): Statement {
  parser.next();
  const target = parseTargets(parser);
  checkTarget(parser, target);
  const iterable = parser.expect(Token.In, "expected 'in'") ? parseList(parser) : parser.missing();
  const body = parseBlock(parser);
  const otherwise = parseElse(parser);
  return { kind: 'For', start, end: parser.previousEnd, target, iterable, body, otherwise, isAsync };
}

function parseWhile(parser: Parser): Statement {
  const { start } = parser;
  parser.next();
  const test = parseNamed(parser);
  const body = parseBlock(parser);
  const otherwise = parseElse(parser);
  return { kind: 'While', start, end: parser.previousEnd, test, body, otherwise };
}
