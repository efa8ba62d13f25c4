/** Deletes a statement or puts it under a condition. */
import type { Intent } from '../../../model/intent.js';
import type { Node, Statement } from '../../../syntax/tree.js';
import { nodeAt } from '../../../syntax/walk.js';
import type { Span } from '../../../text/span.js';
import type { Edit } from '../../framework.js';
import type { File } from './file.js';
import { spellTorch } from './imports.js';

interface Placed {
  readonly statement: Statement;
  /** The block that it stands in. */
  readonly block: readonly Statement[];
}

/** A statement that also binds a name is left alone: what reads the name would break. */
export function deleteStatement(file: File, site: Span): readonly Edit[] | undefined {
  const placed = statementAt(file, site);
  if (placed?.statement.kind !== 'Expression') return undefined;
  const { statement, block } = placed;
  const { start, end } = statement;
  if (block.length === 1 && block !== file.tree.body) return [{ start, end, text: 'pass' }];
  return [lineOrPart(file, statement)];
}

/** `for matrix in w.data:` around the call; the rows of a parameter itself refuse to be written. */
export function forEachSlice(file: File, { call, attribute }: Intent & { kind: 'for-each' }) {
  const statement = statementAt(file, call.site)?.statement;
  const { tensor } = call;
  if (statement?.kind !== 'Expression' || tensor === undefined || statement.start !== call.site.start) return undefined;
  const indent = file.indentAt(statement.start);
  if (file.text.slice(file.lineStart(statement.start), statement.start) !== indent) return undefined;
  const written = file.textOf(tensor);
  const data = written.endsWith('.data') ? written : `${written}.data`;
  const head = `for matrix in ${data}:${file.lineBreak}${indent}${file.indentUnit}`;
  const name = attribute === undefined ? 'matrix' : `matrix.${attribute}`;
  return [
    { start: statement.start, end: statement.start, text: head },
    { start: tensor.start, end: tensor.end, text: name },
  ];
}

/** Behind the last statement of the function; a `return` there stays the last. */
export function moveToEnd(file: File, site: Span): readonly Edit[] | undefined {
  const placed = statementAt(file, site);
  const last = placed?.block.at(-1);
  if (placed?.statement.kind !== 'Expression' || last === undefined || last === placed.statement) return undefined;
  if (!isBody(file, placed.block) || last.kind === 'Return') return undefined;
  const { statement } = placed;
  const line = lineOrPart(file, statement);
  const text = file.text.slice(statement.start, statement.end);
  const insertion = `${file.lineBreak}${file.indentAt(statement.start)}${text}`;
  return [line, { start: last.end, end: last.end, text: insertion }];
}

function isBody(file: File, block: readonly Statement[]): boolean {
  const around = nodeAt(file.tree, block[0]!.start)?.ancestors ?? [];
  return around.some(it => it.kind === 'FunctionDefinition' && it.body === block);
}

/** The whole line where the statement has it to itself, else the part between its semicolons. */
function lineOrPart(file: File, { start, end }: Span): Edit {
  const before = file.text.slice(file.lineStart(start), start);
  const lineEnd = file.lineEnd(end);
  const after = file.text.slice(end, lineEnd);
  if (before.trim() === '' && /^\s*(#.*)?$/.test(after.trimEnd())) {
    return { start: file.lineStart(start), end: lineEnd, text: '' };
  }
  const next = /^\s*;[ \t]*/.exec(after)?.[0];
  if (next !== undefined) return { start, end: end + next.length, text: '' };
  const previous = /\s*;\s*$/.exec(before)?.[0] ?? '';
  return { start: start - previous.length, end, text: '' };
}

export function guardStatement(file: File, site: Span, condition: string): readonly Edit[] | undefined {
  return under(file, site, `if ${condition}:`);
}

export function withoutGrad(file: File, site: Span): readonly Edit[] | undefined {
  const { text, edits } = spellTorch(file);
  const placed = under(file, site, `with ${text}.no_grad():`);
  return placed && [...edits, ...placed];
}

function under(file: File, site: Span, header: string): readonly Edit[] | undefined {
  const placed = statementAt(file, site);
  if (placed === undefined) return undefined;
  const { start, end } = placed.statement;
  const before = file.text.slice(file.lineStart(start), start);
  if (before.trim() !== '') return undefined;
  const lines = file.text.slice(start, end).split(/(?<=\n)/);
  const body = lines.map((line, i) => (i === 0 ? line : file.indentUnit + line)).join('');
  return [{ start, end, text: `${header}${file.lineBreak}${before}${file.indentUnit}${body}` }];
}

/** Undefined where the function ends on its own, or is written on one line. */
export function appendStatement(file: File, site: Span, text: string): readonly Edit[] | undefined {
  const { statement } = statementAt(file, site) ?? {};
  const body = statement?.kind === 'FunctionDefinition' ? statement.body : [];
  const [first] = body;
  const last = body.at(-1);
  if (first === undefined || last === undefined || last.kind === 'Return' || last.kind === 'Raise') return undefined;
  const indent = file.text.slice(file.lineStart(first.start), first.start);
  if (indent.trim() !== '') return undefined;
  const at = file.lineEnd(last.end);
  const isOpen = !/[\r\n]$/.test(file.text.slice(0, at));
  return [{ start: at, end: at, text: `${isOpen ? file.lineBreak : ''}${indent}${text}${file.lineBreak}` }];
}

/** Undefined unless both stand in one block, each with its lines to itself. */
export function moveStatement(file: File, site: Span, before: Span): readonly Edit[] | undefined {
  const moved = statementAt(file, site);
  const anchor = moved?.block.find(it => it.start <= before.start && before.end <= it.end);
  if (moved === undefined || anchor === undefined || anchor.end > moved.statement.start) return undefined;
  const lines = lineOrPart(file, moved.statement);
  const at = file.lineStart(anchor.start);
  const isWhole =
    lines.start === file.lineStart(moved.statement.start) && file.text.slice(at, anchor.start).trim() === '';
  if (!isWhole) return undefined;
  const text = file.text.slice(lines.start, lines.end);
  const needsBreak = !text.endsWith('\n');
  return [{ start: at, end: at, text: needsBreak ? text + file.lineBreak : text }, lines];
}

/** The innermost statement around a place, with its block. */
export function statementAt(file: File, site: Span): Placed | undefined {
  const place = nodeAt(file.tree, site.start);
  if (place === undefined) return undefined;
  const path: readonly Node[] = [...place.ancestors, place.node];
  const at = path.findLastIndex(it => isStatement(it) && it.start <= site.start && site.end <= it.end);
  if (at < 0) return undefined;
  const statement = path[at] as Statement;
  const parent = path.slice(0, at).findLast(isStatement);
  return { statement, block: blockOf(file, parent as Statement | undefined, statement) };
}

function blockOf(file: File, parent: Statement | undefined, statement: Statement): readonly Statement[] {
  if (parent === undefined) return file.tree.body;
  return blocksOf(parent).find(it => it.includes(statement)) ?? [statement];
}

function blocksOf(node: Statement): readonly (readonly Statement[])[] {
  switch (node.kind) {
    case 'FunctionDefinition':
    case 'ClassDefinition':
    case 'With':
      return [node.body];
    case 'For':
    case 'While':
    case 'If':
      return [node.body, node.otherwise];
    case 'Try':
      return [node.body, ...node.handlers.map(it => it.body), node.otherwise, node.finalizer];
    case 'Match':
      return node.cases.map(it => it.body);
    default:
      return [];
  }
}

const kinds: ReadonlySet<Node['kind']> = new Set<Node['kind']>([
  'FunctionDefinition',
  'ClassDefinition',
  'Return',
  'Delete',
  'Assign',
  'AugmentedAssign',
  'AnnotatedAssign',
  'TypeAlias',
  'For',
  'While',
  'If',
  'With',
  'Match',
  'Raise',
  'Try',
  'Assert',
  'Import',
  'ImportFrom',
  'Global',
  'Nonlocal',
  'Expression',
  'Pass',
  'Break',
  'Continue',
]);

const isStatement = (node: Node): boolean => kinds.has(node.kind);
