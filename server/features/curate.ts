/** The findings of a file as its configuration and its comments leave them. */
import type { Finding } from '../analyze.js';
import type { Tree } from '../syntax/tree.js';
import type { Source } from '../text/source.js';
import { type Configuration, isEnabled } from './configuration/configuration.js';
import { ignoredRulesOf } from './configuration/patterns.js';
import { type Rulebook, suppress } from './suppressions/suppressions.js';

export interface CheckedFile {
  readonly path: string;
  readonly source: Source;
  readonly tree: Tree;
}

/** Of all that was found anywhere, what is to be reported in this file: by place, each once. */
export function curate(
  { path, source, tree }: CheckedFile,
  found: Iterable<Finding>,
  configuration: Configuration,
  rules: ReadonlySet<string>,
): readonly Finding[] {
  const book = rulebookFor(path, configuration, rules);
  const own = distinct(found).filter(it => it.path === path && book.isEnabled(it.rule));
  const { kept, unused } = suppress({ path, text: source.text, tree }, own, book);
  const findings = [...kept, ...unused.filter(it => book.isEnabled(it.rule))];
  return findings.map(it => graded(it, configuration)).sort(byPlace);
}

/** A helper that two files use is found at fault twice. */
function distinct(findings: Iterable<Finding>): readonly Finding[] {
  const byKey = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.rule} ${finding.path} ${finding.span.start} ${finding.span.end}`;
    if (!byKey.has(key)) byKey.set(key, finding);
  }
  return [...byKey.values()];
}

function rulebookFor(path: string, configuration: Configuration, rules: ReadonlySet<string>): Rulebook {
  const ignored = ignoredRulesOf(path, configuration);
  return {
    isKnown: rule => rules.has(rule),
    isEnabled: rule => !ignored.has(rule) && isEnabled(rule, configuration),
  };
}

function graded(finding: Finding, { severity }: Configuration): Finding {
  const grade = severity?.get(finding.rule);
  return grade === undefined || grade === 'off' ? finding : { ...finding, severity: grade };
}

function byPlace(a: Finding, b: Finding): number {
  return a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : 1);
}
