/** Workers that the host starts, asked one task each. Nothing is shared with them: states go out, sums come back. */
import type { Answer, Task } from './task.js';

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

/** Started when they are first needed, and stopped for good when one fails. */
export class WorkerPool {
  readonly #members: Member[] = [];
  #failure: string | undefined;

  constructor(
    readonly size: number,
    private readonly start: () => WorkerPort,
  ) {}

  /** Why there are no workers, where they were tried. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** True once every worker has said that it can begin. */
  get isReady(): boolean {
    return this.#members.length === this.size && this.#members.every(it => it.isReady);
  }

  /** Starts the workers, in case somebody needs them soon. */
  warm(): void {
    if (this.#members.length > 0 || this.#failure !== undefined) return;
    try {
      for (let i = 0; i < this.size; i++) this.#members.push(new Member(this.start(), reason => this.#fail(reason)));
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
    }
  }

  /** At most one task a worker. Rejects where one fails; then nobody is asked again. */
  async run(tasks: readonly Task[]): Promise<readonly Answer[]> {
    this.warm();
    const members = [...this.#members];
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
    failed: (reason: string) => void,
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

  /** Answers come in the order of the tasks. */
  #receive(reply: Reply): void {
    if ('ready' in reply) this.isReady = true;
    else if ('answer' in reply) this.#waiting.shift()?.resolve(reply.answer);
    else this.#waiting.shift()?.reject(new Error(reply.failure));
  }
}
