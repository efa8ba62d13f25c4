/** The edit that suppresses a finding where it is reported. */
import type { Finding } from '../../analyze.js';
import type { Tree } from '../../syntax/tree.js';
import type { Source } from '../../text/source.js';
import type { TextEdit } from '../fixes.js';
import { directivesOf } from './directives.js';

interface File {
  readonly source: Source;
  readonly tree: Tree;
}

/** Behind the code of its line, into the brackets that are there already, or above a line that takes no comment. */
export function suppressionEdit({ rule, span }: Finding, { source, tree }: File): TextEdit {
  const { lines, text } = source;
  const line = lines.lineAt(span.start);
  const end = lines.endOf(line);
  const existing = directivesOf(tree).find(it => it.kind === 'ignore' && lines.lineAt(it.start) === line);
  const last = existing?.rules?.at(-1);
  if (last !== undefined) return insertion(last.end, `, ${rule}`);
  const comment = `# initlens: ignore[${rule}]`;
  if (takesComment(line, { source, tree })) return insertion(endOfCode(text, lines.startOf(line), end), `  ${comment}`);
  const start = lines.startOf(line);
  const indent = /^[ \t]*/.exec(text.slice(start, end))?.[0] ?? '';
  return insertion(start, `${indent}${comment}${breakOf(text)}`);
}

function insertion(at: number, text: string): TextEdit {
  return { start: at, end: at, text };
}

/** Not within a string that goes on, nor before a backslash: both show in the text itself. */
function takesComment(line: number, { source, tree }: File): boolean {
  const end = source.lines.endOf(line);
  const hasComment = tree.comments.some(it => it.end === end);
  return hasComment || !/\\$|"""|'''/.test(source.lines.textOf(line));
}

function endOfCode(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && (text[at - 1] === ' ' || text[at - 1] === '\t')) at--;
  return at;
}

function breakOf(text: string): string {
  return /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
}
