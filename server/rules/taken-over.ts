/** What is said of weights that another network's may replace: how loudly, and what counts with them. */
import type { Program } from '../model/model.js';
import type { Parameter } from '../model/parameters.js';
import { isMixed } from '../model/questions/final-writes.js';
import type { Report } from './rule.js';

/**
 * Which weights of a way count for what is said of this one: those that the class loads by itself when it is asked to are another
 * network's then, and count among themselves alone.
 */
export function countedWith(parameter: Parameter, { filledWhenAsked }: Program): (other: Parameter) => boolean {
  if (filledWhenAsked === undefined || filledWhenAsked.has(parameter)) return () => true;
  return other => !filledWhenAsked.has(other);
}

/** A remark where the class loads some of them by itself when it is asked to, or the code puts others into its state. */
export function graded(report: Report, { filledWhenAsked }: Program, parameters: Iterable<Parameter>): Report {
  const isReplaced = [...parameters].some(it => filledWhenAsked?.has(it) || isMixed(it));
  return isReplaced && (report.severity ?? 'warning') === 'warning' ? { ...report, severity: 'information' } : report;
}
