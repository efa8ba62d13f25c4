/** A table as a terminal shows it: a bold head, then a line for each row. */
import type { Colours } from './colour.js';

export interface Column<Row> {
  readonly title: string;
  readonly align: 'left' | 'right';
  textOf(row: Row): string;
}

export const left = <Row>(title: string, textOf: (row: Row) => string): Column<Row> => ({
  title,
  align: 'left',
  textOf,
});

export const right = <Row>(title: string, textOf: (row: Row) => string): Column<Row> => ({
  title,
  align: 'right',
  textOf,
});

export function tableLines<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  colours: Colours,
): readonly string[] {
  const padded = columns.map(({ title, align, textOf }) => {
    const cells = [title, ...rows.map(textOf)];
    const width = Math.max(...cells.map(it => it.length));
    return cells.map(it => (align === 'right' ? it.padStart(width) : it.padEnd(width)));
  });
  const lines = [-1, ...rows.keys()].map(row =>
    padded
      .map(cells => cells[row + 1]!)
      .join('  ')
      .trimEnd(),
  );
  return lines.map((line, at) => (at === 0 ? colours.bold(line) : line));
}
