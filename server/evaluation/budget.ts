/** How many steps the entry points of a file may take: together about a second's worth at most, whatever the code does. */

/** All entry points of a file together, and those of the files that use its helpers. */
const STEPS_PER_FILE = 125_000;
/** One of them; most take some thousands. */
const STEPS_PER_ENTRY = 85_000;
/** What each may take once the file's are used up, which is enough for a layer or a block. */
const LEAST_PER_ENTRY = 4000;
/** What those may take together. */
const STEPS_BEYOND = 40_000;

export class Budget {
  #left = STEPS_PER_FILE;

  /** Where nothing more may be evaluated. */
  get isUsedUp(): boolean {
    return this.#left <= -STEPS_BEYOND;
  }

  /** For the next entry point. */
  next(): number {
    return Math.max(LEAST_PER_ENTRY, Math.min(STEPS_PER_ENTRY, this.#left));
  }

  spend(steps: number): void {
    this.#left -= steps;
  }

  /**
   * As far as the steps go: from the front, where what comes first covers what it uses; once the file's are used up from the
   * other end, where many small ones stand that the large ones no longer cover.
   */
  *inTurn<T>(entries: readonly T[]): Generator<T> {
    const left = [...entries];
    while (left.length > 0 && !this.isUsedUp) yield this.#left > 0 ? left.shift()! : left.pop()!;
  }
}
