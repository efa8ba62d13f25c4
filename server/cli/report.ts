/** What `check` found, as every format prints it. */
import type { Severity } from '../finding.js';
import type { Location } from '../text/lines.js';

/** Both from 1; a column counts code points. */
export type Place = Location;

export interface Report {
  readonly findings: readonly ReportedFinding[];
  /** How many files were checked. */
  readonly files: number;
  readonly errors: readonly ReportedError[];
}

export interface ReportedFinding {
  readonly rule: string;
  readonly severity: Severity;
  /** Relative to where the program was started. */
  readonly path: string;
  /** In a notebook, the cell, from 1. */
  readonly cell?: number;
  readonly start: Place;
  readonly end: Place;
  readonly message: string;
  readonly fix: ReportedFix | null;
  readonly related: readonly ReportedRelation[];
}

export interface ReportedFix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly ReportedEdit[];
}

export interface ReportedEdit {
  readonly cell?: number;
  readonly start: Place;
  readonly end: Place;
  readonly text: string;
}

export interface ReportedRelation {
  readonly path: string;
  readonly cell?: number;
  readonly start: Place;
  readonly end: Place;
  readonly message: string;
}

export interface ReportedError {
  readonly path: string;
  readonly message: string;
}

export function isLoud(finding: { readonly severity: Severity }): boolean {
  return finding.severity === 'error' || finding.severity === 'warning';
}

/** `net.py:3:9`, `net.ipynb:cell 3:2:9`. */
export function placeText({ path, cell, start }: Pick<ReportedFinding, 'path' | 'cell' | 'start'>): string {
  const file = cell === undefined ? path : `${path}:cell ${cell}`;
  return `${file}:${start.line}:${start.column}`;
}
