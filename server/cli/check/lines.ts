/** Lines of a text, counted as people count: from 1, a column per code point. */
import type { Place } from '../report.js';

export class LineIndex {
  readonly text: string;
  /** Offsets at which lines start. */
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.text = text;
    this.#starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map(it => it.index + it[0].length)];
  }

  place(offset: number): Place {
    const line = this.#lineAt(offset);
    const start = this.#starts[line - 1]!;
    return { line, column: [...this.text.slice(start, offset)].length + 1 };
  }

  line(line: number): string | undefined {
    const start = this.#starts[line - 1];
    if (start === undefined) return undefined;
    return this.text.slice(start, this.#starts[line]).replace(/[\r\n]+$/, '');
  }

  /** The last line that starts at or before the offset. */
  #lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }
}
