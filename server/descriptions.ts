/** The hash and the numbers of values at hand; of many, in a worker, while the next ones are drawn. */

import type { WorkerPort } from '../core/backends/workers/pool.js';
import type { Values } from '../core/random/index.js';
import { type Spread, spreadOf } from '../core/summary.js';
import type { Digest, Encoding, Machine } from './host.js';

export interface Description {
  readonly sha256: string;
  /** Absent where there are no values. */
  readonly spread?: Spread;
}

export interface Described {
  /** Little-endian. */
  readonly bytes: Uint8Array;
  readonly values: Values;
}

export function describe({ bytes, values }: Described, digest: Digest): Description {
  digest.update(bytes);
  const spread = spreadOf(values);
  return { sha256: digest.finish(), ...(spread && { spread }) };
}

/** What a worker answers to `Described`. */
export type DescriptionReply =
  | { readonly description: Description }
  | { readonly failure: string }
  | { readonly ready: true };

/** Bytes: less is described here before a worker has it, and all in all less is done before one is there. */
const WORTH_SENDING = 2 ** 18;
const WORTH_A_WORKER = 2 ** 24;

interface Waiting {
  readonly size: number;
  readonly resolve: (description: Description) => void;
  readonly reject: (reason: Error) => void;
}

export class Descriptions {
  readonly #port: WorkerPort | undefined;
  readonly #waiting: Waiting[] = [];
  readonly #bound: number;
  #held = 0;
  #moved = (): void => {};

  /** `sizes`: in bytes, of all that there will be. */
  constructor(
    private readonly host: Encoding & Machine,
    sizes: readonly number[],
  ) {
    const total = sizes.reduce((a, b) => a + b, 0);
    this.#bound = 2 * Math.max(0, ...sizes);
    this.#port = total < WORTH_A_WORKER || host.workers < 2 ? undefined : startIn(host);
    this.#port?.listen(
      message => this.#received(message as DescriptionReply),
      reason => this.#fail(reason),
    );
  }

  /** Resolves once so many bytes more may be held: twice the largest part is, all in all. */
  async room(size: number): Promise<void> {
    while (this.#held > 0 && this.#held + size > this.#bound) {
      await new Promise<void>(resolve => {
        this.#moved = resolve;
      });
    }
  }

  /** The values are the worker's from here on. */
  async of(described: Described): Promise<Description> {
    const size = described.bytes.length;
    if (this.#port === undefined || size < WORTH_SENDING) return describe(described, this.host.sha256());
    const answer = new Promise<Description>((resolve, reject) => this.#waiting.push({ size, resolve, reject }));
    this.#held += size;
    this.#port.post(described, [...new Set([described.bytes.buffer, described.values.buffer])]);
    return answer;
  }

  stop(): void {
    this.#port?.stop();
  }

  #received(reply: DescriptionReply): void {
    if ('ready' in reply) return;
    if ('failure' in reply) {
      this.#fail(reply.failure);
      return;
    }
    const waiting = this.#waiting.shift();
    this.#held -= waiting?.size ?? 0;
    waiting?.resolve(reply.description);
    this.#moved();
  }

  #fail(reason: string): void {
    this.#held = 0;
    for (const { reject } of this.#waiting.splice(0)) reject(new Error(reason));
    this.#moved();
  }
}

function startIn(host: Machine): WorkerPort | undefined {
  try {
    return host.startWorker();
  } catch {
    return undefined;
  }
}
