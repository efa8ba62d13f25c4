/** A line on the terminal that tells how far long work has come, and goes when it is done. */
import type { Terminal } from '../../host.js';

/** Work that takes less is not worth a word. */
const patience = 500;
const pause = 100;

export class Progress {
  readonly #terminal: Terminal;
  #next: number;
  #isShown = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.#next = terminal.now() + patience;
  }

  step(text: string): void {
    const { errors } = this.#terminal;
    if (!errors.isTerminal || this.#terminal.now() < this.#next) return;
    errors.write(`\r\u001b[K${text.slice(0, errors.columns - 1)}`);
    this.#isShown = true;
    this.#next = this.#terminal.now() + pause;
  }

  end(): void {
    if (this.#isShown) this.#terminal.errors.write('\r\u001b[K');
    this.#isShown = false;
  }
}
