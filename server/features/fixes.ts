/** Applies fixes to a text: those that may be applied, none over another, again until nothing changes. */
import type { Finding } from '../analyze.js';
import type { Span } from '../text/span.js';

export interface TextEdit extends Span {
  readonly text: string;
}

export type Fix = Finding['fixes'][number];

export interface Fixed {
  readonly text: string;
  /** How many fixes went in. */
  readonly applied: number;
}

/** More rounds than any file needs; two fixes that undo each other must end. */
const mostRounds = 10;

/** `check` answers for a text that is not on disk yet. */
export function fixAll(
  text: string,
  check: (text: string) => readonly Finding[],
  mayApply: (fix: Fix) => boolean,
): Fixed {
  let fixed: Fixed = { text, applied: 0 };
  for (let round = 0; round < mostRounds; round++) {
    const chosen = chooseFixes(check(fixed.text), mayApply);
    const next = applyEdits(
      fixed.text,
      chosen.flatMap(it => it.edits),
    );
    if (next === fixed.text) break;
    fixed = { text: next, applied: fixed.applied + chosen.length };
  }
  return fixed;
}

export function isSafe(fix: Fix): boolean {
  return fix.safe;
}

/** The first fitting fix of each finding, unless it would touch what an earlier one changes or another file. */
export function chooseFixes(findings: readonly Finding[], mayApply: (fix: Fix) => boolean): readonly Fix[] {
  const chosen: Fix[] = [];
  for (const { fixes, path } of findings) {
    const fix = fixes.find(mayApply);
    if (fix === undefined || fix.edits.some(it => it.path !== path)) continue;
    if (chosen.every(other => areApart(fix, other))) chosen.push(fix);
  }
  return chosen;
}

/** Edits that two fixes have in common, such as an added import, go in once. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  let result = '';
  let at = 0;
  for (const [index, edit] of sorted.entries()) {
    const before = sorted[index - 1];
    if (before !== undefined && sameEdit(before, edit)) continue;
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

function areApart(a: Fix, b: Fix): boolean {
  return a.edits.every(x => b.edits.every(y => sameEdit(x, y) || x.end < y.start || y.end < x.start));
}

function sameEdit(a: TextEdit, b: TextEdit): boolean {
  return a.start === b.start && a.end === b.end && a.text === b.text;
}
