/** Takes away the findings that comments suppress, and reports the suppressions that suppress nothing. */
import type { Finding } from '../../analyze.js';
import type { Tree } from '../../syntax/tree.js';
import type { Span } from '../../text/span.js';
import { type Directive, directivesOf, mentionsDirective, type RuleName } from './directives.js';
import { reachOf } from './reach.js';
import { unusedSuppression } from './unused.js';

export interface Suppressed {
  readonly kept: readonly Finding[];
  readonly suppressed: readonly Finding[];
  /** Findings of the rule `unused-suppression`. */
  readonly unused: readonly Finding[];
}

export interface Rulebook {
  isKnown(rule: string): boolean;
  isEnabled(rule: string): boolean;
}

interface Suppression {
  readonly directive: Directive;
  readonly reach: Span;
  readonly used: Set<string>;
}

export function suppress(
  file: { readonly path: string; readonly text: string; readonly tree: Tree },
  findings: readonly Finding[],
  rules: Rulebook,
): Suppressed {
  if (findings.length === 0 && !mentionsDirective(file.text)) return { kept: [], suppressed: [], unused: [] };
  const directives = directivesOf(file.tree);
  if (directives.length === 0) return { kept: findings, suppressed: [], unused: [] };
  const suppressions = directives.map(directive => ({
    directive,
    reach: reachOf(directive, file.tree, file.text),
    used: new Set<string>(),
  }));
  const suppressed = findings.filter(it => isSuppressed(it, suppressions));
  const unused = suppressions.flatMap(it => unusedOf(it, file, rules));
  return { kept: findings.filter(it => !suppressed.includes(it)), suppressed, unused };
}

/** Every suppression that would do counts as used. */
function isSuppressed(finding: Finding, suppressions: readonly Suppression[]): boolean {
  const matching = suppressions.filter(it => covers(it, finding));
  for (const { used } of matching) used.add(finding.rule);
  return matching.length > 0;
}

function covers({ directive, reach }: Suppression, { rule, span }: Finding): boolean {
  if (span.start < reach.start || span.start > reach.end) return false;
  return directive.rules === undefined || directive.rules.some(it => it.id === rule);
}

function unusedOf(
  { directive, used }: Suppression,
  file: { readonly path: string; readonly text: string },
  rules: Rulebook,
): readonly Finding[] {
  if (directive.kind === 'noqa') return [];
  if (directive.rules === undefined) return used.size > 0 ? [] : [unusedSuppression(file, directive)];
  const idle = directive.rules.filter(it => isIdle(it, used, rules));
  if (idle.length === 0 && directive.rules.length > 0) return [];
  return [unusedSuppression(file, directive, idle, rules)];
}

/** A rule that is switched off might suppress something where it is on. */
function isIdle(name: RuleName, used: ReadonlySet<string>, rules: Rulebook): boolean {
  return !used.has(name.id) && (!rules.isKnown(name.id) || rules.isEnabled(name.id));
}
