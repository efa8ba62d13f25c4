/** A run over many repositories in words, and what is different from the run before. */
import type { Checked, Found } from './repositories.js';

export interface Run {
  readonly folder: string;
  readonly seconds: number;
  readonly checked: readonly Checked[];
}

const severities = ['error', 'warning', 'information', 'hint'] as const;
const mostListed = 40;

export function summaryOf({ checked, seconds }: Run): string {
  const files = checked.flatMap(it => it.files);
  const crashes = checked.flatMap(it => it.crashes);
  const faults = checked.flatMap(it => it.faults);
  const slowest = files.toSorted((a, b) => b.milliseconds - a.milliseconds).slice(0, 5);
  const fixes = checked.reduce((sum, it) => sum + it.fixes, 0);
  const busy = files.reduce((sum, it) => sum + it.milliseconds, 0) / 1000;
  return [
    `${checked.length} repositories, ${files.length} files, ${busy.toFixed(0)} s of analysis, ${seconds.toFixed(0)} s in all`,
    ...rulesTable(checked.flatMap(it => it.findings)),
    `slowest: ${slowest.map(it => `${it.path} ${it.milliseconds} ms`).join(', ')}`,
    `over 1 s: ${files.filter(it => it.milliseconds > 1000).length}`,
    `crashes: ${crashes.length}`,
    ...crashes.map(it => `  ${it.path}: ${it.message}`),
    ...(fixes === 0 ? [] : [`fixes tried: ${fixes}, wrong: ${faults.length}`]),
    ...faults.map(it => `  ${it.place}: “${it.title}”: ${it.message}`),
  ].join('\n');
}

function rulesTable(findings: readonly Found[]): readonly string[] {
  const rules = [...new Set(findings.map(it => it.rule))].sort();
  const width = Math.max(0, ...rules.map(it => it.length));
  const countOf = (rule: string, severity: string) =>
    findings.filter(it => it.rule === rule && it.severity === severity).length;
  return [
    `${''.padEnd(width)}  ${severities.map(it => it.padStart(11)).join('')}`,
    ...rules.map(rule => {
      const counts = severities.map(it => String(countOf(rule, it) || '·').padStart(11));
      return `${rule.padEnd(width)}  ${counts.join('')}`;
    }),
  ];
}

/** Findings that came, went, or changed their words or grade. */
export function differences(before: Run, now: Run): string {
  const old = keyed(before);
  const current = keyed(now);
  const gone = [...old].filter(([key]) => !current.has(key)).map(([, it]) => `- ${lineOf(it)}`);
  const come = [...current].filter(([key]) => !old.has(key)).map(([, it]) => `+ ${lineOf(it)}`);
  const all = [...gone, ...come].sort((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1));
  const head = `against the last run: ${come.length} findings more, ${gone.length} less`;
  const rest = all.length > mostListed ? [`  … and ${all.length - mostListed} others`] : [];
  return [head, ...all.slice(0, mostListed), ...rest].join('\n');
}

function keyed({ checked }: Run): ReadonlyMap<string, Found> {
  return new Map(checked.flatMap(it => it.findings).map(it => [lineOf(it), it]));
}

function lineOf({ place, rule, severity, message }: Found): string {
  return `${place} ${severity}[${rule}] ${message}`;
}
