/** Finds where a TOML text writes a key: enough for a diagnostic, with the file's start as the last resort. */
import type { Span } from '../../text/span.js';

/** The span of the value, or of the key, that `path` names; the longest part of the path that can be found. */
export function locateKey(text: string, path: readonly (string | number)[]): Span {
  const keys = path.filter(it => typeof it === 'string');
  const index = path.at(-1);
  for (let length = keys.length; length > 0; length--) {
    const line = assignments(text).find(it => samePath(it.path, keys.slice(0, length)));
    if (line === undefined) continue;
    if (typeof index === 'number' && length === keys.length) return elementOf(text, line, index);
    return { start: line.start, end: line.end };
  }
  return { start: 0, end: 0 };
}

interface Assignment extends Span {
  readonly path: readonly string[];
}

const header = /^[ \t]*\[+([^\]\n]+)\]+/;
const assignment = /^[ \t]*((?:"[^"\n]*"|'[^'\n]*'|[\w.-])+)[ \t]*=/;

/** Every table header and key at a line's start, with the keys that lead to it. */
function assignments(text: string): readonly Assignment[] {
  const found: Assignment[] = [];
  let table: readonly string[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const opened = header.exec(line)?.[1];
    const key = assignment.exec(line)?.[1];
    if (opened !== undefined) table = splitKey(opened);
    const at = start + line.length - line.trimStart().length;
    if (opened !== undefined) found.push({ path: table, start: at, end: start + line.trimEnd().length });
    else if (key !== undefined) found.push({ path: [...table, ...splitKey(key)], start: at, end: at + key.length });
    start += line.length + 1;
  }
  return found;
}

function splitKey(key: string): readonly string[] {
  const parts = key.match(/"[^"]*"|'[^']*'|[^.\s]+/g) ?? [];
  return parts.map(it => it.replace(/^["']|["']$/g, ''));
}

function samePath(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index]);
}

/** The n-th string after the key. */
function elementOf(text: string, key: Assignment, index: number): Span {
  const strings = text.slice(key.end).matchAll(/"[^"\n]*"|'[^'\n]*'/g);
  const found = [...strings][index];
  if (found === undefined) return { start: key.start, end: key.end };
  const start = key.end + found.index;
  return { start, end: start + found[0].length };
}
