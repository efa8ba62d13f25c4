/** Finds what IPython takes out of a cell before Python sees it: magics, shell lines, questions for help. */
import type { Span } from './span.js';

/** Cell magics whose body is Python all the same. */
const transparent = /^%%(time|timeit|capture|prun|debug|memit|mprun)\b/;
const command = /^[ \t]*(%{1,2}[A-Za-z]|!|\?|[,;/][A-Za-z])/;
const help = /^[ \t]*%?[A-Za-z_][\w.]*\?{1,2}[ \t]*$/;
const assigned = /^[ \t]*[A-Za-z_][\w, ]*=[ \t]*(?=[!%])/;

/** Spans of the cell that are to be blanked. */
export function* magicsIn(cell: string): Iterable<Span> {
  if (/^\s*%%/.test(cell) && !transparent.test(cell.trimStart())) {
    yield { start: 0, end: cell.length };
    return;
  }
  let isContinued = false;
  for (const line of logicalLines(cell)) {
    const text = cell.slice(line.start, line.end);
    if (isContinued || command.test(text) || help.test(text)) {
      yield line;
      isContinued = text.endsWith('\\');
    } else {
      const head = assigned.exec(text)?.[0];
      if (head !== undefined) yield line;
    }
  }
}

/** Lines that begin a statement or go on after a backslash: not those within brackets and long strings. */
function* logicalLines(text: string): Iterable<Span> {
  const token = /#[^\n]*|("""|''')[\s\S]*?(?:\1|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|[([{]|[)\]}]|\n/g;
  let depth = 0;
  let start = 0;
  for (const { 0: found, index } of text.matchAll(token)) {
    if (/^[([{]$/.test(found) && !isCommand(text.slice(start, index))) depth++;
    else if (/^[)\]}]$/.test(found)) depth = Math.max(0, depth - 1);
    if (found !== '\n') continue;
    if (depth === 0 || isCommand(text.slice(start, index))) {
      yield { start, end: index };
      depth = 0;
      start = index + 1;
    }
  }
  yield { start, end: text.length };
}

function isCommand(line: string): boolean {
  return command.test(line);
}
