/** Runs the checks that edits ask for: the document being typed in at once, what depends on it when there is time. */
import type { Clock } from '../host.js';

export interface Work {
  /** Checks one document and tells the client; `isActive` for the one that was edited. */
  check(path: string, isActive: boolean): void;
  /** All that may be affected by an edit of `path`. */
  dependents(path: string): Iterable<string>;
  /** How many documents are still to be checked. */
  progress(count: number): void;
  failed(path: string, error: unknown): void;
}

/** Milliseconds without an edit after which others are looked at. */
const quiet = 150;

export class Schedule {
  readonly #clock: Clock;
  readonly #work: Work;
  /** Edited and not checked yet, the last one edited at the end. */
  readonly #edited = new Set<string>();
  readonly #waiting = new Set<string>();
  #isRunning = false;
  #cancelIdle = () => {};

  constructor(clock: Clock, work: Work) {
    this.#clock = clock;
    this.#work = work;
  }

  /** Whether documents are still to be checked. */
  get isBusy(): boolean {
    return this.#edited.size + this.#waiting.size > 0;
  }

  edited(path: string): void {
    this.#edited.delete(path);
    this.#edited.add(path);
    for (const other of this.#work.dependents(path)) this.#waiting.add(other);
    this.#waiting.delete(path);
    void this.#run();
  }

  /** Checked when there is time. */
  later(paths: Iterable<string>): void {
    for (const path of paths) this.#waiting.add(path);
    this.#waitForQuiet();
  }

  forget(path: string): void {
    this.#edited.delete(path);
    this.#waiting.delete(path);
  }

  /** Two turns let an edit that has already arrived take the place of the one before. */
  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    while (this.#edited.size > 0) {
      await this.#clock.turn();
      await this.#clock.turn();
      this.#checkNext(this.#edited, true);
    }
    this.#isRunning = false;
    this.#waitForQuiet();
  }

  #waitForQuiet(): void {
    this.#cancelIdle();
    if (this.#waiting.size === 0) return;
    this.#cancelIdle = this.#clock.schedule(quiet, () => void this.#runIdle());
  }

  /** One document a turn, until an edit comes. */
  async #runIdle(): Promise<void> {
    while (this.#waiting.size > 0 && this.#edited.size === 0) {
      this.#checkNext(this.#waiting, false);
      await this.#clock.turn();
    }
  }

  #checkNext(paths: Set<string>, isActive: boolean): void {
    const path = [...paths].at(-1);
    if (path === undefined) return;
    this.#work.progress(this.#edited.size + this.#waiting.size);
    paths.delete(path);
    try {
      this.#work.check(path, isActive);
    } catch (error) {
      this.#work.failed(path, error);
    }
    this.#work.progress(this.#edited.size + this.#waiting.size);
  }
}
