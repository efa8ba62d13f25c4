/** `propagate`'s table as a person reads it. */
import type { SignalReport, SignalRow } from '../../features/signal/rows.js';
import { stdText } from '../../features/signal/wording.js';
import type { Colours } from '../colour.js';
import { type Column, left, right, tableLines } from '../columns.js';

const columns: readonly Column<SignalRow>[] = [
  left('layer', it => it.name),
  left('operation', it => it.operation),
  left('shape', ({ shape }) => (shape === undefined ? '' : `[${shape.map(it => it ?? '?').join(', ')}]`)),
  right('std', it => stdText(it.std, it.band)),
  right('gradient', it => stdText(it.gradient, it.gradientBand)),
  left('', it => it.state ?? ''),
  left('source', it => it.source),
];

export function signalText({ rows, assumptions }: SignalReport, colours: Colours): string {
  const assumed =
    assumptions.length === 0 ? [] : [`taken for granted, since no --input says: ${assumptions.join(', ')}`];
  const notes = ['gradients are relative to those at the output', ...assumed];
  return [...tableLines(columns, rows, colours), '', ...notes, ''].join('\n');
}
