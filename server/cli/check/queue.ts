/** The files of a check, handed out by the few to whoever has nothing to do; each knows its place in the order of all. */
import type { Discovered } from '../../features/discovery/discover.js';
import type { FileFault } from '../../host.js';

export interface Item {
  readonly index: number;
  readonly path: string;
}

export class Queue {
  /** What was met that cannot be checked. */
  readonly faults: (Item & { readonly fault: FileFault })[] = [];
  readonly #files: Iterator<Discovered>;
  readonly #ahead: Item[] = [];
  #count = 0;

  constructor(files: Iterable<Discovered>) {
    this.#files = files[Symbol.iterator]();
  }

  /** At most so many, in order; none at the end. */
  take(count: number): readonly Item[] {
    this.#fill(count);
    return this.#ahead.splice(0, count);
  }

  holds(count: number): boolean {
    this.#fill(count);
    return this.#ahead.length >= count;
  }

  giveBack(items: readonly Item[]): void {
    this.#ahead.unshift(...items);
  }

  #fill(count: number): void {
    while (this.#ahead.length < count) {
      const { value, done } = this.#files.next();
      if (done) return;
      const { path, fault } = value;
      const index = this.#count++;
      if (fault === undefined) this.#ahead.push({ index, path });
      else this.faults.push({ index, path, fault });
    }
  }
}
