/** Applies the changes of a document as the client sends them. */
import type { Range, TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { LineMap } from '../text/lines.js';
import type { Source } from '../text/source.js';

/** Each change counts positions in the text that the one before left. */
export function applyChanges(source: Source, changes: readonly TextDocumentContentChangeEvent[]): string {
  let { text, lines } = source;
  for (const [index, change] of changes.entries()) {
    if (index > 0) lines = new LineMap(text);
    text = applyChange(text, lines, change);
  }
  return text;
}

function applyChange(text: string, lines: LineMap, change: TextDocumentContentChangeEvent): string {
  if (typeof change?.text !== 'string') throw new Error('a change without text');
  if (!('range' in change) || change.range === undefined) return change.text;
  if (!isRange(change.range)) throw new Error('a change whose range is none');
  const start = lines.offsetAt(change.range.start);
  const end = lines.offsetAt(change.range.end);
  return text.slice(0, Math.min(start, end)) + change.text + text.slice(Math.max(start, end));
}

function isRange(range: Partial<Range> | null): boolean {
  const numbers = [range?.start?.line, range?.start?.character, range?.end?.line, range?.end?.character];
  return numbers.every(it => Number.isInteger(it));
}
