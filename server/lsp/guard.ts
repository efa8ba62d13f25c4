/** Keeps a faulty request from ending the server: it is logged, answered with an error, and forgotten. */
import type { CancellationToken } from 'vscode-languageserver';
import { ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Clock } from '../host.js';
import type { CellTranslation } from './cell-translation.js';
import type { Log } from './log.js';

export class Guard {
  readonly #log: Log;
  readonly #clock: Clock;
  /** Requests that come earlier are refused. */
  isInitialized = false;
  /** For requests about cells of notebooks. */
  translation: CellTranslation | undefined;

  constructor(log: Log, clock: Clock) {
    this.#log = log;
    this.#clock = clock;
  }

  /** For notifications, which have no answer. */
  quietly<P>(name: string, handle: (params: P) => void): (params: P) => void {
    return params => {
      try {
        handle(params);
      } catch (error) {
        this.#log.failed(name, error);
      }
    };
  }

  /** For requests. A turn lets a cancellation that has already arrived be heard. */
  answering<P, R>(
    name: string,
    handle: (params: P, token: CancellationToken) => R | Promise<R>,
  ): (params: P, token: CancellationToken) => Promise<R | ResponseError<never>> {
    return async (params, token) => {
      if (!this.isInitialized) return new ResponseError(ErrorCodes.ServerNotInitialized, 'not initialized');
      await this.#clock.turn();
      if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
      try {
        return await this.#answer(params, token, handle);
      } catch (error) {
        if (error instanceof ResponseError) return error as ResponseError<never>;
        this.#log.failed(name, error);
        return new ResponseError(ErrorCodes.InternalError, `${name}: ${messageOf(error)}`);
      }
    };
  }

  async #answer<P, R>(
    params: P,
    token: CancellationToken,
    handle: (params: P, token: CancellationToken) => R | Promise<R>,
  ): Promise<R> {
    const cell = this.translation?.cellOf(params);
    if (cell === undefined || this.translation === undefined) return handle(params, token);
    return this.translation.outward(await handle(this.translation.inward(params, cell), token), cell);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
