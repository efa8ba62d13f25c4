/** A notebook as one program: its cells of Python in order, without magics, and without cells that Python would refuse. */
import { parse } from './syntax/parse.js';
import { type Cell, cellsOf, joinCells } from './text/cells.js';
import { magicsIn } from './text/magics.js';
import type { Span } from './text/span.js';

interface WrittenCell {
  readonly cell_type?: unknown;
  source?: unknown;
}

interface Written {
  readonly cells: WrittenCell[];
  readonly metadata?: { readonly language_info?: { name?: unknown }; readonly kernelspec?: { language?: unknown } };
}

/** The cells as they lie in the file, joined. */
export function readNotebook(json: string): { readonly text: string } | { readonly error: string } {
  const written = parseNotebook(json);
  return 'error' in written ? written : { text: joinCells(pythonCells(written)) };
}

/** The file with the cells of the joined text, undefined where nothing but they would stay as it is. */
export function writeNotebook(json: string, text: string): string | undefined {
  const written = parseNotebook(json);
  if ('error' in written) return undefined;
  const indent = /\n( +|\t+)"/.exec(json)?.[1] ?? '';
  const end = /\s*$/.exec(json)![0];
  const printed = () => JSON.stringify(written, undefined, indent) + end;
  if (printed() !== json) return undefined;
  for (const { number, text: source } of cellsOf(text)) {
    const cell = written.cells[number - 1]!;
    if (textOf(cell) !== source) cell.source = Array.isArray(cell.source) ? linesOf(source) : source;
  }
  return printed();
}

/** What is evaluated: as long as the joined text, with blanks for what is left out. */
export function programOf(text: string): string {
  let program = text;
  for (const cell of cellsOf(text)) program = blank(program, blanksIn(cell.text, cell.start));
  return program;
}

function blanksIn(cell: string, start: number): readonly Span[] {
  const magics = [...magicsIn(cell)];
  const isWrong = parse(blank(cell, magics)).problems.length > 0;
  const blanks = isWrong ? [{ start: 0, end: cell.length }] : magics;
  return blanks.map(it => ({ start: it.start + start, end: it.end + start }));
}

function blank(text: string, spans: readonly Span[]): string {
  let result = '';
  let at = 0;
  for (const { start, end } of spans) {
    result += text.slice(at, start) + text.slice(start, end).replace(/[^\r\n]/g, ' ');
    at = end;
  }
  return result + text.slice(at);
}

function parseNotebook(json: string): Written | { readonly error: string } {
  try {
    const written = JSON.parse(json) as Partial<Written> | null;
    if (Array.isArray(written?.cells)) return written as Written;
    return { error: 'not a notebook: there are no cells in it' };
  } catch (error) {
    return { error: `not a notebook: ${error instanceof Error ? error.message : error}` };
  }
}

function pythonCells({ cells, metadata }: Written): readonly Cell[] {
  const language = metadata?.language_info?.name ?? metadata?.kernelspec?.language ?? 'python';
  if (!/^i?python$/.test(String(language))) return [];
  return cells.flatMap((cell, index) =>
    cell?.cell_type === 'code' ? [{ number: index + 1, text: textOf(cell) }] : [],
  );
}

function textOf({ source }: WrittenCell): string {
  return Array.isArray(source) ? source.join('') : String(source ?? '');
}

/** As Jupyter writes them: every line with its break. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
