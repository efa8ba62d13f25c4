/** Workers that take files off the queue while this process does the same. */
import type { WorkerPort } from '../../../core/backends/workers/pool.js';
import type { Terminal } from '../../host.js';
import type { Arguments } from '../options.js';
import type { Item, Queue } from './queue.js';
import type { Checked, CheckSession } from './session.js';

/** Fewer files are done before a worker is there. */
const WORTH_A_WORKER = 200;
/** Files that go to a worker at once, and how often it is sent some before it has answered. */
const FILES = 4;
const AHEAD = 2;
/** Milliseconds between two looks at whether it was interrupted. */
const pause = 50;

export type Receive = (item: Item, checked: Checked) => void;

export class Helpers {
  readonly #helpers: readonly Helper[];

  constructor(
    queue: Queue,
    private readonly session: CheckSession,
    receive: Receive,
  ) {
    const { terminal, given } = session;
    const count = queue.holds(WORTH_A_WORKER) ? terminal.threads - 1 : 0;
    this.#helpers = Array.from({ length: Math.max(0, count) }, () => start(terminal, given)).flatMap(port =>
      port === undefined ? [] : [new Helper(port, queue, receive)],
    );
  }

  /** Resolves when none has anything left to do, or when it was interrupted. What one had that failed is in the queue. */
  async finish(isInterrupted: () => boolean): Promise<void> {
    const { terminal } = this.session;
    let isDone = false;
    const done = Promise.all(this.#helpers.map(it => it.end)).then(() => {
      isDone = true;
    });
    while (!isDone && !isInterrupted()) {
      await Promise.race([done, new Promise<void>(resolve => void terminal.schedule(pause, resolve))]);
    }
    for (const helper of this.#helpers) helper.stop();
  }
}

function start(terminal: Terminal, given: Arguments): WorkerPort | undefined {
  try {
    return terminal.startChecker(given);
  } catch {
    return undefined;
  }
}

class Helper {
  readonly end: Promise<void>;
  readonly #sent: (readonly Item[])[] = [];
  #finish = (): void => {};
  #isStopped = false;

  constructor(
    private readonly port: WorkerPort,
    private readonly queue: Queue,
    private readonly receive: Receive,
  ) {
    this.end = new Promise(resolve => {
      this.#finish = resolve;
    });
    port.listen(
      message => this.#received(message as readonly Checked[] | 'ready'),
      () => this.#failed(),
    );
  }

  stop(): void {
    this.#isStopped = true;
    this.port.stop();
    this.#finish();
  }

  #received(message: readonly Checked[] | 'ready'): void {
    if (message !== 'ready') {
      const items = this.#sent.shift() ?? [];
      for (const [at, item] of items.entries()) this.receive(item, message[at]!);
    }
    while (this.#sent.length < AHEAD && this.#send()) {}
    if (this.#sent.length === 0) this.stop();
  }

  #send(): boolean {
    const items = this.#isStopped ? [] : this.queue.take(FILES);
    if (items.length === 0) return false;
    this.#sent.push(items);
    this.port.post(items.map(it => it.path));
    return true;
  }

  #failed(): void {
    this.queue.giveBack(this.#sent.splice(0).flat());
    this.stop();
  }
}
