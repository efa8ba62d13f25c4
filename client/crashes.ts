/** What happens when the server ends by itself: it is started again, unless it keeps ending. */
import { type LogOutputChannel, window } from 'vscode';
import {
  CloseAction,
  type CloseHandlerResult,
  ErrorAction,
  type ErrorHandler,
  type ErrorHandlerResult,
} from 'vscode-languageclient';

const mostRestarts = 5;
const withinMilliseconds = 3 * 60 * 1000;

export class CrashHandler implements ErrorHandler {
  readonly #log: LogOutputChannel;
  readonly #restart: () => Promise<void>;
  #crashes: readonly number[] = [];
  #hasGivenUp = false;

  constructor(log: LogOutputChannel, restart: () => Promise<void>) {
    this.#log = log;
    this.#restart = restart;
  }

  get hasGivenUp(): boolean {
    return this.#hasGivenUp;
  }

  /** A person asked for another try. */
  forget(): void {
    this.#crashes = [];
    this.#hasGivenUp = false;
  }

  /** A message that could not be sent or read says nothing of the next one. */
  error(error: Error): ErrorHandlerResult {
    this.#log.error(error);
    return { action: ErrorAction.Continue, handled: true };
  }

  closed(): CloseHandlerResult {
    const now = Date.now();
    this.#crashes = [...this.#crashes.filter(it => now - it < withinMilliseconds), now];
    if (this.#crashes.length <= mostRestarts) return { action: CloseAction.Restart, handled: true };
    this.#hasGivenUp = true;
    void this.#ask();
    return { action: CloseAction.DoNotRestart, handled: true };
  }

  async #ask(): Promise<void> {
    const text = `The InitLens server ended ${mostRestarts + 1} times within three minutes and is not started again.`;
    const answer = await window.showErrorMessage(text, 'Show Log', 'Restart');
    if (answer === 'Show Log') this.#log.show();
    if (answer === 'Restart') await this.#restart();
  }
}
