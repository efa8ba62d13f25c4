/** Keeps a changed call within the width that the file's author writes, laid out as formatters do. */
import type { Call } from '../../../syntax/tree.js';
import type { Edit } from '../../framework.js';
import type { File } from './file.js';

/** Where the call's line would become too wide, the call goes over several lines. */
export function withinWidth(file: File, call: Call, edits: readonly Edit[]): readonly Edit[] {
  const before = file.text.slice(file.lineStart(call.start), call.start);
  const old = file.text.slice(call.start, call.end);
  const rest = /^[^\r\n#]*/.exec(file.text.slice(call.end))![0].trimEnd();
  const isInside = (it: Edit) => it.start >= call.start && it.end <= call.end;
  const text = applied(old, edits.filter(isInside), call.start);
  const width = widthOf(file);
  const isOneLine = !/[\r\n]/.test(old) && !/[\r\n]/.test(text);
  if (!isOneLine || before.length + text.length + rest.length <= width) return edits;
  const broken = brokenUp(file, text, call, width);
  const whole = { start: call.start, end: call.end, text: broken };
  return broken === text ? edits : [...edits.filter(it => !isInside(it)), whole];
}

/** The narrowest of the usual widths that holds the file's lines. */
function widthOf({ text }: File): number {
  const longest = text.split(/\r\n|\n|\r/).reduce((most, line) => Math.max(most, line.length), 0);
  return usual.find(it => longest <= it) ?? usual.at(-1)!;
}

/** What Black writes, what many projects allow, and what most of them allow at most. */
const usual = [88, 100, 120] as const;

function applied(text: string, edits: readonly Edit[], from: number): string {
  const last = [...edits].sort((a, b) => b.start - a.start);
  return last.reduce((all, it) => all.slice(0, it.start - from) + it.text + all.slice(it.end - from), text);
}

/** Arguments on a line of their own, or one to a line where even that is too wide. */
function brokenUp(file: File, text: string, { start }: Call, width: number): string {
  const open = text.indexOf('(');
  const args = splitArguments(text.slice(open + 1, -1));
  if (open < 0 || !text.endsWith(')') || args.length === 0) return text;
  const indent = file.indentAt(start);
  const inner = indent + file.indentUnit;
  const { lineBreak } = file;
  const together = args.join(', ');
  const body =
    inner.length + together.length <= width ? inner + together : args.map(it => `${inner}${it},`).join(lineBreak);
  return text.slice(0, open + 1) + lineBreak + body + lineBreak + indent + text.slice(-1);
}

/** At commas outside of brackets and strings. */
function splitArguments(text: string): readonly string[] {
  const args: string[] = [];
  let depth = 0;
  let quote = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (quote !== '') {
      if (character === '\\') at++;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    else if (character === ',' && depth === 0) {
      args.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  const last = text.slice(from).trim();
  return last === '' ? args : [...args, last];
}
