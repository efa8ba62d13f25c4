/** The report as workflow commands, which GitHub shows beside the changed lines. */
import type { Severity } from '../../finding.js';
import { placeText, type Report, type ReportedFinding } from '../report.js';

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

function annotation(finding: ReportedFinding): string {
  const { rule, severity, path, start, end, message } = finding;
  const properties = [
    `title=${property(`InitLens (${rule})`)}`,
    `file=${property(path)}`,
    `line=${start.line}`,
    `col=${start.column}`,
    `endLine=${end.line}`,
    `endColumn=${end.column}`,
  ];
  return `::${commands[severity]} ${properties.join(',')}::${data(`${placeText(finding)}: ${message}`)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
