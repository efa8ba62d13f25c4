/** The findings of a file as its configuration and its comments leave them. */
import { type Analysis, analyze, type Finding, type Project } from '../analyze.js';
import { type Configuration, isEnabled } from './configuration/configuration.js';
import { ignoredRulesOf } from './configuration/patterns.js';
import { type Rulebook, suppress } from './suppressions/suppressions.js';

export interface Checked {
  readonly analysis: Analysis;
  /** By place. */
  readonly findings: readonly Finding[];
}

export function check(
  project: Project,
  path: string,
  configuration: Configuration,
  rules: ReadonlySet<string>,
): Checked {
  const analysis = analyze(project, path);
  const book = rulebookFor(path, configuration, rules);
  const own = analysis.findings.filter(it => it.path === path && book.isEnabled(it.rule));
  const { kept, unused } = suppress({ path, text: analysis.source.text, tree: analysis.tree }, own, book);
  const findings = [...kept, ...unused.filter(it => book.isEnabled(it.rule))];
  return { analysis, findings: findings.map(it => graded(it, configuration)).sort(byPlace) };
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
