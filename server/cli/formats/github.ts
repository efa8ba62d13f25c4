/** The report as workflow commands, which GitHub shows beside the changed lines. */
import type { Severity } from '../../finding.js';
import type { Report, ReportedFinding } from '../report.js';

export function githubReport(report: Report): string {
  const findings = report.findings.map(annotation);
  const errors = report.errors.map(it => `::error file=${property(it.path)}::${data(it.message)}`);
  return [...findings, ...errors].map(it => `${it}\n`).join('');
}

const commands: Record<Severity, string> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

function annotation({ rule, severity, path, start, end, message }: ReportedFinding): string {
  const properties = [
    `title=${property(`InitLens (${rule})`)}`,
    `file=${property(path)}`,
    `line=${start.line}`,
    `col=${start.column}`,
    `endLine=${end.line}`,
    `endColumn=${end.column}`,
  ];
  return `::${commands[severity]} ${properties.join(',')}::${data(`${path}:${start.line}:${start.column}: ${message}`)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
