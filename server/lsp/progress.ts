/** Long work: it lets others have their turn, tells how far it is, and ends when nobody waits any more. */
import {
  type CancellationToken,
  type Connection,
  LSPErrorCodes,
  ResponseError,
  type WorkDoneProgressParams,
  type WorkDoneProgressReporter,
  type WorkDoneProgressServerReporter,
} from 'vscode-languageserver';
import type { Clock } from '../host.js';

/** Milliseconds at a time; what else waits has its turn in between, a cancellation too. */
const SLICE = 10;
/** What is done sooner is not worth telling of, nor is every step. */
const NOTABLE = 100;

/** Awaited now and then; the share is absent where it is not known. */
export type Look = (share?: number) => Promise<void>;

/** A request as it came: what may ask for progress, and whether anybody still waits. */
export interface Asked {
  readonly params: WorkDoneProgressParams;
  readonly token: CancellationToken;
}

export class Progress {
  readonly #connection: Connection;
  readonly #clock: Clock;

  constructor(connection: Connection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  /** Tells the client's own token where the request brings one, else a new one where the client shows such. */
  async during<T>(title: string, { params, token }: Asked, work: (look: Look) => Promise<T>): Promise<T> {
    const telling = new Telling(title, this.#clock, () => this.#reporterFor(params));
    let rested = this.#clock.now();
    const look: Look = async share => {
      if (this.#clock.now() - rested < SLICE) return;
      await this.#clock.turn();
      if (token.isCancellationRequested || telling.isCancelled) {
        throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
      }
      telling.tell(share);
      rested = this.#clock.now();
    };
    try {
      return await work(look);
    } finally {
      telling.end();
    }
  }

  async #reporterFor({ workDoneToken }: WorkDoneProgressParams): Promise<Reporter> {
    const { window } = this.#connection;
    return workDoneToken === undefined ? window.createWorkDoneProgress() : window.attachWorkDoneProgress(workDoneToken);
  }
}

/** One that the client was asked for can be cancelled by itself. */
type Reporter = WorkDoneProgressReporter & Partial<Pick<WorkDoneProgressServerReporter, 'token'>>;

/** Begins once the work has taken a while, and ends with it, also where the client answers late or not at all. */
class Telling {
  #told: number;
  #opening: Promise<void> | undefined;
  #reporter: Reporter | undefined;

  constructor(
    private readonly title: string,
    private readonly clock: Clock,
    private readonly open: () => Promise<Reporter>,
  ) {
    this.#told = clock.now();
  }

  get isCancelled(): boolean {
    return this.#reporter?.token?.isCancellationRequested === true;
  }

  tell(share: number | undefined): void {
    const now = this.clock.now();
    if (now - this.#told < NOTABLE) return;
    this.#told = now;
    const percentage = share === undefined ? undefined : Math.round(100 * share);
    this.#opening ??= this.#begin(percentage).catch(() => {});
    if (percentage !== undefined) this.#reporter?.report(percentage);
  }

  end(): void {
    void this.#opening?.then(() => this.#reporter?.done());
  }

  async #begin(percentage: number | undefined): Promise<void> {
    const reporter = await this.open();
    reporter.begin(this.title, percentage, undefined, true);
    this.#reporter = reporter;
  }
}
