/** How often each rule found something. */
import type { Severity } from '../../finding.js';
import type { ReportedFinding } from '../report.js';

export interface Count {
  readonly rule: string;
  readonly count: number;
  /** The most severe that was met. */
  readonly severity: Severity;
  readonly fixable: number;
}

export function statisticsOf(findings: readonly ReportedFinding[]): readonly Count[] {
  const byRule = new Map<string, ReportedFinding[]>();
  for (const finding of findings) byRule.set(finding.rule, [...(byRule.get(finding.rule) ?? []), finding]);
  return [...byRule].map(countOf).sort((a, b) => b.count - a.count || a.rule.localeCompare(b.rule));
}

export function statisticsText(counts: readonly Count[]): string {
  const width = Math.max(0, ...counts.map(it => String(it.count).length));
  const names = Math.max(0, ...counts.map(it => it.rule.length));
  const lines = counts.map(({ rule, count, severity, fixable }) => {
    const cures = fixable === 0 ? '' : `  ${fixable} fixable`;
    return `${String(count).padStart(width)}  ${rule.padEnd(names)}  ${severity}${cures}`.trimEnd();
  });
  return lines.map(it => `${it}\n`).join('');
}

const order: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

function countOf([rule, findings]: readonly [string, readonly ReportedFinding[]]): Count {
  const severities = findings.map(it => order.indexOf(it.severity));
  return {
    rule,
    count: findings.length,
    severity: order[Math.min(...severities)] ?? 'hint',
    fixable: findings.filter(it => it.fix !== null).length,
  };
}
