/** Colours for a terminal, or none. */
import type { Severity } from '../finding.js';

export interface Colours {
  bold(text: string): string;
  dim(text: string): string;
  path(text: string): string;
  added(text: string): string;
  removed(text: string): string;
  severity(severity: Severity, text: string): string;
}

/** As https://no-color.org and FORCE_COLOR ask. */
export function coloursFor(
  output: { readonly isTerminal: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): Colours {
  if (environment.NO_COLOR) return plain;
  if (environment.FORCE_COLOR && environment.FORCE_COLOR !== '0') return ansi;
  return output.isTerminal && environment.TERM !== 'dumb' ? ansi : plain;
}

const same = (text: string) => text;

export const plain: Colours = {
  bold: same,
  dim: same,
  path: same,
  added: same,
  removed: same,
  severity: (_, text) => text,
};

const severityCodes: Record<Severity, number> = { error: 31, warning: 33, information: 34, hint: 36 };

const ansi: Colours = {
  bold: text => paint(1, text),
  dim: text => paint(2, text),
  path: text => paint(35, text),
  added: text => paint(32, text),
  removed: text => paint(31, text),
  severity: (severity, text) => paint(1, paint(severityCodes[severity], text)),
};

function paint(code: number, text: string): string {
  return `\u001b[${code}m${text}\u001b[0m`;
}
