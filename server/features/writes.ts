/** Where the values of a parameter come from: the write that wins, and all that were made. */
import type { Analysis } from '../analyze.js';
import type { Write } from '../model/parameters.js';
import { finalWrites } from '../model/questions/final-writes.js';
import type { Site } from '../text/span.js';
import { subjectAt } from './hover/subject.js';

/** The writes that decide what the parameters at the offset start from. */
export function winningWrites(analysis: Analysis, offset: number): readonly Site[] {
  return sitesOf(parametersAt(analysis, offset).flatMap(finalWrites));
}

/** Every write, overwritten ones and the framework's defaults among them, in order. */
export function allWrites(analysis: Analysis, offset: number): readonly Site[] {
  const writes = parametersAt(analysis, offset).flatMap(it => it.writes);
  return sitesOf(writes.toSorted((a, b) => a.order - b.order));
}

function parametersAt(analysis: Analysis, offset: number) {
  const subject = subjectAt(analysis, offset);
  if (subject?.kind !== 'parameters' && subject?.kind !== 'call') return [];
  return [...new Set(subject.reached.map(it => it.parameter))];
}

/** Each place once. */
function sitesOf(writes: readonly Write[]): readonly Site[] {
  const sites = writes.map(it => (it.origin === 'default' ? it.site : it.callee));
  return [...new Map(sites.map(it => [`${it.path} ${it.start} ${it.end}`, it])).values()];
}
