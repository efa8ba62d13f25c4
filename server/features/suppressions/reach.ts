/** Which part of the file a suppressing comment covers. */
import type { Statement, Tree } from '../../syntax/tree.js';
import type { Span } from '../../text/span.js';
import type { Directive } from './directives.js';

/**
 * Behind code: that line, and the statement that begins or ends on it. Alone on its line: the statement that follows,
 * with its body; between brackets the line that follows. `ignore-file`: everything.
 */
export function reachOf(directive: Directive, tree: Tree, text: string): Span {
  if (directive.kind === 'ignore-file') return { start: 0, end: text.length + 1 };
  const line = lineAround(text, directive.start);
  const isAlone = text.slice(line.start, directive.comment.start).trim() === '';
  return isAlone ? reachBelow(directive, tree, text, line) : reachOfLine(tree, text, line);
}

function reachBelow(directive: Directive, tree: Tree, text: string, line: Span): Span {
  const around = statementsAround(tree.body, directive.start).at(-1);
  if (around !== undefined && isInHeader(around, directive, text)) return lineAround(text, line.end + 1);
  const block = around === undefined ? tree.body : blocksOf(around).flat();
  const next = [...block, ...tree.body].find(it => beginOf(it) > directive.start);
  return next === undefined ? line : { start: beginOf(next), end: next.end };
}

/** Before the colon of a compound statement, or anywhere in a simple one. */
function isInHeader(statement: Statement, directive: Directive, text: string): boolean {
  const first = blocksOf(statement)[0]?.[0];
  if (first === undefined) return true;
  const between = text.slice(directive.comment.end, beginOf(first));
  return directive.start < first.start && between.replaceAll(/#.*/g, '').trim() !== '';
}

function reachOfLine(tree: Tree, text: string, line: Span): Span {
  let reach = line;
  for (const statement of statementsTouching(tree.body, line)) {
    const header = { start: statement.start, end: headerEnd(statement, text) };
    const begins = header.start >= line.start && header.start <= line.end;
    const ends = header.end >= line.start && header.end <= line.end;
    if (begins || ends) reach = { start: Math.min(reach.start, header.start), end: Math.max(reach.end, header.end) };
  }
  return { start: reach.start, end: Math.max(reach.end, lineAround(text, reach.end).end) };
}

/** Where the line of a compound statement ends that opens its first block; the end of a simple one. */
function headerEnd(statement: Statement, text: string): number {
  const first = blocksOf(statement)[0]?.[0];
  if (first === undefined) return statement.end;
  const header = text.slice(statement.start, beginOf(first));
  return statement.start + header.replace(/(?:\s|#[^\r\n]*)*$/, '').length;
}

/** Decorators belong to it. */
function beginOf(statement: Statement): number {
  const decorator = 'decorators' in statement ? statement.decorators[0] : undefined;
  return decorator === undefined ? statement.start : decorator.start - 1;
}

function* statementsTouching(body: readonly Statement[], line: Span): Iterable<Statement> {
  for (const statement of body) {
    if (statement.end < line.start || statement.start > line.end) continue;
    yield statement;
    for (const block of blocksOf(statement)) yield* statementsTouching(block, line);
  }
}

/** From the outermost in. */
function statementsAround(body: readonly Statement[], offset: number): readonly Statement[] {
  const statement = body.find(it => it.start <= offset && offset < it.end);
  if (statement === undefined) return [];
  return [statement, ...statementsAround(blocksOf(statement).flat(), offset)];
}

function blocksOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case 'FunctionDefinition':
    case 'ClassDefinition':
    case 'With':
      return [statement.body];
    case 'For':
    case 'While':
    case 'If':
      return [statement.body, statement.otherwise];
    case 'Try':
      return [statement.body, ...statement.handlers.map(it => it.body), statement.otherwise, statement.finalizer];
    case 'Match':
      return statement.cases.map(it => it.body);
    default:
      return [];
  }
}

function lineAround(text: string, offset: number): Span {
  const start = Math.max(lastBreak(text, offset - 1), -1) + 1;
  const rest = text.slice(offset).search(/[\r\n]/);
  return { start, end: rest < 0 ? text.length : offset + rest };
}

function lastBreak(text: string, offset: number): number {
  return offset < 0 ? -1 : Math.max(text.lastIndexOf('\n', offset), text.lastIndexOf('\r', offset));
}
