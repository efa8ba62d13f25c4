/** `propagate`'s table as a person reads it. */
import type { SignalReport, SignalRow } from '../../features/signal/rows.js';
import { stdText } from '../../features/signal/wording.js';
import type { Colours } from '../colour.js';

const columns = ['layer', 'operation', 'shape', 'std', 'gradient', '', 'source'] as const;
const rightAligned: ReadonlySet<string> = new Set(['std', 'gradient']);

export function signalText({ rows, assumptions }: SignalReport, colours: Colours): string {
  const cells = rows.map(cellsOf);
  const widths = columns.map((title, at) => Math.max(title.length, ...cells.map(it => it[at]!.length)));
  const lines = [columns, ...cells].map(row =>
    row
      .map((cell, at) => (rightAligned.has(columns[at]!) ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!)))
      .join('  ')
      .trimEnd(),
  );
  const [head = '', ...body] = lines;
  const assumed =
    assumptions.length === 0 ? [] : [`taken for granted, since no --input says: ${assumptions.join(', ')}`];
  return [colours.bold(head), ...body, '', 'gradients are relative to those at the output', ...assumed, ''].join('\n');
}

function cellsOf({
  name,
  operation,
  shape,
  std,
  band,
  gradient,
  gradientBand,
  state,
  source,
}: SignalRow): readonly string[] {
  return [
    name,
    operation,
    shape === undefined ? '' : `[${shape.map(it => it ?? '?').join(', ')}]`,
    stdText(std, band),
    stdText(gradient, gradientBand),
    state ?? '',
    source,
  ];
}
