/** How many steps the entry points of a file may take: together less than a second's worth, whatever the code does. */

/** All entry points of a file together, and those of the files that use its helpers. */
const STEPS_PER_FILE = 125_000;
/** One of them; most take some thousands. */
const STEPS_PER_ENTRY = 85_000;
/** What each may take once the file's are used up, so that a large network in front leaves something to small ones. */
const LEAST_PER_ENTRY = 10_000;
/** What those may take together. */
const STEPS_BEYOND = 20_000;

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
}
