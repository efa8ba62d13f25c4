/** The report as JSON, for programs. */
import type { Report } from '../report.js';
import type { Count } from './statistics.js';

export function jsonReport(report: Report & { readonly statistics?: readonly Count[] }): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
