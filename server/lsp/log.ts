/** What the server writes into the client's log: what it assumes, how long it took, and what went wrong. */
import type { Connection } from 'vscode-languageserver';
import type { Clock } from '../host.js';

/** Milliseconds from which a file counts as slow. */
const slow = 1000;
/** Milliseconds: who types waits for no line of the log. */
const LATER = 100;

export class Log {
  readonly #console: Connection['console'];
  readonly #clock: Pick<Clock, 'schedule'>;
  /** Lines for who looks closely, told together. */
  #lines: string[] = [];

  constructor({ console }: Pick<Connection, 'console'>, clock: Pick<Clock, 'schedule'>) {
    this.#console = console;
    this.#clock = clock;
  }

  info(text: string): void {
    this.#console.info(text);
  }

  analyzed(path: string, milliseconds: number): void {
    const text = `${path}: analysed in ${seconds(milliseconds)}`;
    if (milliseconds < slow) this.#later(text);
    else this.#console.info(`${text}; what is not yours to repair can be left out by \`exclude\` in initlens.toml`);
  }

  #later(text: string): void {
    this.#lines.push(text);
    if (this.#lines.length > 1) return;
    this.#clock.schedule(LATER, () => {
      this.#console.debug(this.#lines.join('\n'));
      this.#lines = [];
    });
  }

  /** The server goes on. */
  failed(what: string, error: unknown): void {
    const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const advice =
      'This one answer is missing; everything else goes on. If it happens again, please report these lines with the ' +
      'code that was open, and leave the file out by `exclude` in initlens.toml until it is repaired.';
    this.#console.error(`${what}: ${details}\n${advice}`);
  }
}

export function seconds(milliseconds: number): string {
  return milliseconds < 100 ? `${milliseconds.toFixed(1)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
}
