/** Keeps a faulty request from ending the server: it is logged, answered with an error, and forgotten. */

import type { CancellationToken } from 'vscode-languageserver';
import { type Connection, ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Clock } from '../host.js';
import type { CellTranslation } from './cell-translation.js';

export class Guard {
  readonly #connection: Connection;
  readonly #clock: Clock;
  /** Requests that come earlier are refused. */
  isInitialized = false;
  /** For requests about cells of notebooks. */
  translation: CellTranslation | undefined;

  constructor(connection: Connection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  /** For notifications, which have no answer. */
  quietly<P>(name: string, handle: (params: P) => void): (params: P) => void {
    return params => {
      try {
        handle(params);
      } catch (error) {
        this.log(name, error);
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
        this.log(name, error);
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

  log(name: string, error: unknown): void {
    const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#connection.console.error(`${name}: ${details}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
