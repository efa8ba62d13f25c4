/** Cells of a notebook as one text: a line of comment before each tells its number, so that edits keep them apart. */
import type { Source } from './source.js';

export interface Cell {
  /** Among all cells of the notebook, from 1. */
  readonly number: number;
  readonly text: string;
}

export interface PlacedCell extends Cell {
  /** Where its text begins in the joined one. */
  readonly start: number;
}

/** Nobody types a zero-width space into a comment. */
const separator = /^#\u200b%% (\d+)\n/gm;

export function isNotebook(path: string): boolean {
  return path.endsWith('.ipynb');
}

/** Each cell's text is followed by a line break of its own. */
export function joinCells(cells: readonly Cell[]): string {
  return cells.map(it => `#\u200b%% ${it.number}\n${it.text}\n`).join('');
}

/** The inverse. */
export function cellsOf(text: string): readonly PlacedCell[] {
  const heads = [...text.matchAll(separator)];
  return heads.map((head, index) => {
    const start = head.index + head[0].length;
    const end = (heads[index + 1]?.index ?? text.length) - 1;
    return { number: Number(head[1]), start, text: text.slice(start, Math.max(start, end)) };
  });
}

/** The cell of a notebook that holds the offset; undefined in other files. */
export function cellAt({ path, text }: Source, offset: number): PlacedCell | undefined {
  return isNotebook(path) ? cellsOf(text).findLast(it => it.start <= offset) : undefined;
}
