/** What happens when the server ends by itself: it is started again, unless it keeps ending. */
import type { LogOutputChannel } from 'vscode';
import {
  CloseAction,
  type CloseHandlerResult,
  ErrorAction,
  type ErrorHandler,
  type ErrorHandlerResult,
} from 'vscode-languageclient';
import { offerHelp } from './help.js';

const mostRestarts = 5;
const withinMilliseconds = 3 * 60 * 1000;

export class CrashHandler implements ErrorHandler {
  readonly #log: LogOutputChannel;
  #crashes: readonly number[] = [];
  #hasGivenUp = false;

  constructor(log: LogOutputChannel) {
    this.#log = log;
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
    if (this.#crashes.length <= mostRestarts) {
      this.#log.warn('the server has ended by itself and is started again');
      return { action: CloseAction.Restart, handled: true };
    }
    this.#hasGivenUp = true;
    this.#log.error('the server keeps ending and stays stopped; the last file that was opened or edited may be why');
    void offerHelp(
      `The InitLens server ended ${mostRestarts + 1} times within three minutes and stays stopped. ` +
        'Close the file that was edited last, then restart; the log has what went before.',
    );
    return { action: CloseAction.DoNotRestart, handled: true };
  }
}
