/** A rule's name inside a suppression: what the rule finds, and whether anything is suppressed by it here. */
import type { Analysis } from '../../analyze.js';
import { touches } from '../../text/span.js';
import { allRules } from '../rulebook.js';
import { directivesOf } from '../suppressions/directives.js';
import type { Subject } from './subject.js';

export function ruleSubject({ tree }: Analysis, offset: number): Subject | undefined {
  const names = directivesOf(tree)
    .filter(it => it.kind !== 'noqa')
    .flatMap(it => it.rules ?? []);
  const named = names.find(it => touches(it, offset));
  return named && { kind: 'rule', span: { start: named.start, end: named.end }, id: named.id };
}

/** Leads to the rule's page where there is an address of it. */
export function ruleText(id: string, page: string | undefined): string {
  const rule = allRules.find(it => it.id === id);
  if (rule === undefined) return `**\`${id}\`**: InitLens has no rule of this name, so nothing is suppressed`;
  const fix = { safe: 'fixed safely', unsafe: 'fixed on request', none: 'not fixed by itself' }[rule.fix];
  const why = page === undefined ? `\`initlens explain ${id}\` tells why it matters` : `[why it matters](${page})`;
  return [`**\`${id}\`** (${rule.severity}): ${rule.summary}`, `${fix[0]!.toUpperCase()}${fix.slice(1)}; ${why}.`].join(
    '\n\n',
  );
}
