/** Workers that the host starts, asked one task each. Nothing is shared with them: states go out, sums come back. */
import { type Answer, rehearsal, type Task } from './task.js';

/** A worker as its host hands it over; it answers every message with one, an `Answer` or a reason. */
export interface WorkerPort {
  /** What is transferred is the worker's from then on. */
  post(message: unknown, transferred?: readonly ArrayBufferLike[]): void;
  /** Called with every message; `failed` when the worker cannot run. */
  listen(received: (message: unknown) => void, failed: (reason: string) => void): void;
  stop(): void;
}

/** What a worker answers where a task went wrong; `ready` is what it says first. */
export type Reply = { readonly answer: Answer } | { readonly failure: string } | { readonly ready: true };

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: Error) => void;
}

/** What the pool asks of the machine. */
export interface WorkerHost {
  /** Throws where there can be no worker. */
  start(): WorkerPort;
  /** Calls back when what runs now has been answered. */
  later(callback: () => void): void;
}

/** Started when they are first needed, and stopped for good when one fails. */
export class WorkerPool {
  readonly #members: Member[] = [];
  #failure: string | undefined;

  constructor(
    readonly size: number,
    private readonly host: WorkerHost,
  ) {}

  /** Why there are no workers, where they were tried. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** How many workers have said that they can begin, and have rehearsed. */
  get ready(): number {
    return this.#members.filter(it => it.isReady).length;
  }

  /** As `warm`, but who waits for an answer now does not wait for that. */
  warmLater(): void {
    if (this.#members.length < this.size) this.host.later(() => this.warm());
  }

  /** Starts workers, in case somebody needs them soon: all of them, or so many. */
  warm(count = this.size): void {
    try {
      while (this.#failure === undefined && this.#members.length < Math.min(count, this.size)) {
        this.#members.push(new Member(this.host.start(), reason => this.#fail(reason)));
      }
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
    }
  }

  /** At most one task a worker that is ready. Rejects where one fails; then nobody is asked again. */
  async run(tasks: readonly Task[]): Promise<readonly Answer[]> {
    const members = this.#members.filter(it => it.isReady);
    if (members.length < tasks.length) throw new Error(this.#failure ?? 'there are not enough workers');
    return Promise.all(tasks.map((task, i) => members[i]!.ask(task)));
  }

  stop(): void {
    for (const member of this.#members.splice(0)) member.stop('the workers were stopped');
  }

  #fail(reason: string): void {
    this.#failure ??= reason;
    for (const member of this.#members.splice(0)) member.stop(reason);
  }
}

class Member {
  isReady = false;
  readonly #waiting: Waiting[] = [];

  constructor(
    private readonly port: WorkerPort,
    private readonly failed: (reason: string) => void,
  ) {
    port.listen(message => this.#receive(message as Reply), failed);
  }

  ask(task: Task): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.port.post(task);
    });
  }

  stop(reason: string): void {
    this.port.stop();
    for (const { reject } of this.#waiting.splice(0)) reject(new Error(reason));
  }

  async #rehearse(): Promise<void> {
    try {
      await this.ask(rehearsal);
      this.isReady = true;
    } catch (error) {
      this.failed((error as Error).message);
    }
  }

  /** Answers come in the order of the tasks. */
  #receive(reply: Reply): void {
    if ('ready' in reply) void this.#rehearse();
    else if ('answer' in reply) this.#waiting.shift()?.resolve(reply.answer);
    else this.#waiting.shift()?.reject(new Error(reply.failure));
  }
}
