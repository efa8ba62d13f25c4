/** A unified diff of two versions of a text. */
import type { Colours } from './colour.js';

const context = 3;

/** Empty when nothing differs. */
export function unifiedDiff(path: string, before: string, after: string, colours: Colours): string {
  const old = linesOf(before);
  const now = linesOf(after);
  const hunks = hunksOf(changes(old, now), old, now, colours);
  if (hunks.length === 0) return '';
  return [colours.bold(`--- ${path}`), colours.bold(`+++ ${path}`), ...hunks, ''].join('\n');
}

/** Lines `old[start, end)` become `now[newStart, newEnd)`. */
interface Change {
  readonly start: number;
  readonly end: number;
  readonly newStart: number;
  readonly newEnd: number;
}

/** A carriage return stays with its line, and a missing last break is said as `diff` says it, so that `patch` works. */
function linesOf(text: string): readonly string[] {
  const lines = text.split('\n');
  const last = lines.pop();
  return last === '' ? lines : [...lines, `${last}\n\\ No newline at end of file`];
}

/** Fixes touch few lines: after each difference the nearest pair of equal lines is where both go on. */
function changes(old: readonly string[], now: readonly string[]): readonly Change[] {
  const found: Change[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && old[i] === now[j]) {
      i++;
      j++;
      continue;
    }
    const [end, newEnd] = resume(old, now, i, j);
    found.push({ start: i, end, newStart: j, newEnd });
    i = end;
    j = newEnd;
  }
  return found;
}

function resume(old: readonly string[], now: readonly string[], i: number, j: number): readonly [number, number] {
  const farthest = old.length - i + now.length - j;
  for (let distance = 1; distance <= farthest; distance++) {
    for (let skipped = 0; skipped <= distance; skipped++) {
      const a = i + skipped;
      const b = j + distance - skipped;
      if (a < old.length && b < now.length && old[a] === now[b]) return [a, b];
    }
  }
  return [old.length, now.length];
}

function hunksOf(
  found: readonly Change[],
  old: readonly string[],
  now: readonly string[],
  colours: Colours,
): readonly string[] {
  const groups: Change[][] = [];
  for (const change of found) {
    const last = groups.at(-1);
    const isNear = last !== undefined && change.start - (last.at(-1)?.end ?? 0) <= 2 * context;
    if (isNear) last.push(change);
    else groups.push([change]);
  }
  return groups.flatMap(group => hunk(group, old, now, colours));
}

function hunk(
  group: readonly Change[],
  old: readonly string[],
  now: readonly string[],
  colours: Colours,
): readonly string[] {
  const first = group[0]!;
  const last = group.at(-1)!;
  const start = Math.max(0, first.start - context);
  const end = Math.min(old.length, last.end + context);
  const newStart = first.newStart - (first.start - start);
  const newEnd = last.newEnd + (end - last.end);
  const lines = [colours.dim(`@@ -${range(start, end)} +${range(newStart, newEnd)} @@`)];
  let at = start;
  for (const change of group) {
    lines.push(...old.slice(at, change.start).map(it => ` ${it}`));
    lines.push(...old.slice(change.start, change.end).map(it => colours.removed(`-${it}`)));
    lines.push(...now.slice(change.newStart, change.newEnd).map(it => colours.added(`+${it}`)));
    at = change.end;
  }
  return [...lines, ...old.slice(at, end).map(it => ` ${it}`)];
}

function range(start: number, end: number): string {
  const length = end - start;
  const first = length === 0 ? start : start + 1;
  return length === 1 ? `${first}` : `${first},${length}`;
}
