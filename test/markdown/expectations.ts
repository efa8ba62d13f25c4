/** What comments in a block say must be found there, and the code without them. */

export interface Expectation {
  /** From 0, of the line that is meant. */
  readonly line: number;
  /** Columns of the carets; absent for a trailing comment, which means the line. */
  readonly columns?: readonly [start: number, end: number];
  readonly kind: 'finding' | 'reveal';
  /** `warning[gain-mismatch]`; empty for `reveal`. */
  readonly label: string;
  /** Part of the message, or of what is revealed. */
  readonly text: string;
}

const LABEL = String.raw`((?:error|warning|information|hint)\[[\w-]+\]|reveal)(?:: ?(.*))?`;
const CARETS = new RegExp(String.raw`^(\s*# *)(\^+) ${LABEL}$`);
const TRAILING = new RegExp(String.raw`\s*# ${LABEL}$`);

export function expectationsOf(code: string): readonly Expectation[] {
  const found: Expectation[] = [];
  let meant = 0;
  for (const [line, text] of code.split('\n').entries()) {
    const carets = CARETS.exec(text);
    if (carets === null) meant = line;
    const label = carets?.slice(3) ?? TRAILING.exec(text)?.slice(1);
    if (label !== undefined) found.push({ line: meant, ...columnsOf(carets), ...meaningOf(label) });
  }
  return found;
}

function columnsOf(carets: RegExpExecArray | null): Pick<Expectation, 'columns'> {
  if (carets === null) return {};
  const start = carets[1]!.length;
  return { columns: [start, start + carets[2]!.length] };
}

function meaningOf([label, text]: readonly (string | undefined)[]): Pick<Expectation, 'kind' | 'label' | 'text'> {
  const kind = label === 'reveal' ? 'reveal' : 'finding';
  return { kind, label: label ?? '', text: text?.trim() ?? '' };
}

export function withoutExpectations(code: string): string {
  const lines = code.split('\n').filter(it => !CARETS.test(it));
  return lines.map(it => it.replace(TRAILING, '')).join('\n');
}
