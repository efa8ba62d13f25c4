/** Makes ready what draws, once, when a file is open and nobody waits: the first hover then finds it compiled, and helped. */
import { warmUp } from '../features/hover/draw.js';
import type { Host } from '../host.js';
import { poolOn } from '../sampler.js';
import { hoverOptions } from './hover.js';
import type { Log } from './log.js';
import type { Schedule } from './schedule.js';
import type { Workspace } from './workspace.js';

export interface PreparationContext {
  readonly workspace: Workspace;
  readonly host: Host;
  readonly log: Log;
  readonly schedule: Pick<Schedule, 'isBusy'>;
}

/** Milliseconds without an edit: what is shown of files comes first. */
const QUIET = 150;

export class Preparation {
  readonly #context: PreparationContext;
  #isDone = false;
  #cancel = () => {};

  constructor(context: PreparationContext) {
    this.#context = context;
  }

  /** The file has been edited, or opened. */
  delay(path: string): void {
    if (this.#isDone) return;
    this.#cancel();
    this.#cancel = this.#context.host.schedule(QUIET, () => void this.#prepare(path));
  }

  async #prepare(path: string): Promise<void> {
    const { workspace, host, log, schedule } = this.#context;
    if (schedule.isBusy) return this.delay(path);
    this.#isDone = true;
    await warmUp(hoverOptions(path, workspace)).catch(error => log.failed(path, error));
    await host.turn();
    poolOn(host)?.warm(1);
  }
}
