/** The report as a person reads it: place, rule, message, the line with carets. */
import { counted } from '../../text/counts.js';
import type { Colours } from '../colour.js';
import { isLoud, placeText, type Report, type ReportedFinding } from '../report.js';
import { displayWidth, printable } from './width.js';

/** The text of a line, from 1; undefined where the file cannot be read again. */
export type LineReader = (path: string, line: number, cell?: number) => string | undefined;

export function textReport(report: Report, lineOf: LineReader, colours: Colours): string {
  const findings = report.findings.map(it => `${findingText(it, lineOf, colours)}\n`);
  return [...findings, summary(report), ''].join('\n');
}

function findingText(finding: ReportedFinding, lineOf: LineReader, colours: Colours): string {
  const { rule, severity, message } = finding;
  const place = `${colours.path(placeText(finding))}`;
  const head = `${place} ${colours.severity(severity, `${severity}[${rule}]`)} ${colours.bold(printable(message))}`;
  return [head, ...excerpt(finding, lineOf, colours), ...notes(finding, colours)].join('\n');
}

function excerpt(finding: ReportedFinding, lineOf: LineReader, colours: Colours): readonly string[] {
  const { path, cell, start, end, severity } = finding;
  const line = lineOf(path, start.line, cell);
  if (line === undefined) return [];
  const characters = [...line];
  const last = end.line === start.line ? end.column - 1 : characters.length;
  const before = characters.slice(0, start.column - 1);
  const marked = characters.slice(start.column - 1, last);
  const indent = before.map(it => (it === '\t' ? '\t' : ' '.repeat(displayWidth(it)))).join('');
  const carets = '^'.repeat(Math.max(1, displayWidth(marked.join(''))));
  const number = String(start.line);
  return [
    `${colours.dim(`${number.padStart(5)} |`)} ${printable(line)}`,
    `${colours.dim('      |')} ${indent}${colours.severity(severity, carets)}`,
  ];
}

function notes({ related, fix }: ReportedFinding, colours: Colours): readonly string[] {
  const places = related.map(it => `${printable(placeText(it))} ${printable(it.message)}`);
  const cure = fix === null ? [] : [`fix: ${fix.title}${fix.safe ? '' : ' (changes how training starts)'}`];
  return [...places, ...cure].map(it => `      ${colours.dim('=')} ${it}`);
}

function summary({ findings, files }: Report): string {
  const checked = counted(files, 'file');
  if (findings.length === 0) return `Nothing to report in ${checked}.`;
  const fixable = findings.filter(it => it.fix !== null);
  const safe = fixable.filter(it => it.fix?.safe).length;
  const cures = [
    ...(safe > 0 ? [`${safe} can be fixed with --fix`] : []),
    ...(fixable.length > safe ? [`${fixable.length - safe} with --fix --unsafe-fixes`] : []),
  ];
  return `${[`${severityCounts(findings)} in ${checked}`, ...cures].join('; ')}.`;
}

const loudFirst = ['error', 'warning', 'information', 'hint'] as const;
const nouns = { error: 'error', warning: 'warning', information: 'note', hint: 'hint' } as const;

function severityCounts(findings: readonly ReportedFinding[]): string {
  const counts = loudFirst.flatMap(severity => {
    const count = findings.filter(it => it.severity === severity).length;
    return count === 0 ? [] : [counted(count, nouns[severity])];
  });
  const quiet = findings.some(isLoud) ? '' : ' (none is an error or a warning)';
  return counts.join(', ') + quiet;
}
