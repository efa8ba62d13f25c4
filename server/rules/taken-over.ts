/** Grades what is said of weights that another network's may replace. */
import type { Program } from '../model/model.js';
import type { Parameter } from '../model/parameters.js';
import type { Report } from './rule.js';

/** A remark where the class loads some of them by itself when it is asked to. */
export function graded(report: Report, { filledWhenAsked }: Program, parameters: Iterable<Parameter>): Report {
  const isReplaced = [...parameters].some(it => filledWhenAsked?.has(it));
  return isReplaced && (report.severity ?? 'warning') === 'warning' ? { ...report, severity: 'information' } : report;
}
