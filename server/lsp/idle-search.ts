/** Looks through the files of folders for what findings ask about them, when the client wants nothing else. */
import type { Clock } from '../host.js';
import type { Log } from './log.js';
import type { Workspace } from './workspace.js';

export interface SearchContext {
  readonly workspace: Workspace;
  readonly host: Clock;
  readonly log: Log;
  /** Findings of these files may be others now. */
  readonly answered: (paths: ReadonlySet<string>) => void;
}

/** Milliseconds without a change before it begins, and at a stretch. */
const quiet = 200;
const stretch = 8;

export class IdleSearch {
  readonly #context: SearchContext;
  /** Each delay makes the run before it stop. */
  #current = 0;
  #cancel = () => {};

  constructor(context: SearchContext) {
    this.#context = context;
  }

  /** Waits for quiet, also where it has begun: the client is at work. */
  delay(): void {
    const run = ++this.#current;
    this.#cancel();
    if (!this.#context.workspace.allFolders.some(it => it.isAsking)) return;
    this.#cancel = this.#context.host.schedule(quiet, () => {
      void this.#run(run).catch(error => this.#context.log.failed('workspace', error));
    });
  }

  async #run(run: number): Promise<void> {
    const { workspace, host, answered } = this.#context;
    for (const folder of workspace.allFolders) {
      while (folder.isAsking) {
        const end = host.now() + stretch;
        const news = folder.answer(() => host.now() < end);
        if (news !== undefined && news.size > 0) answered(news);
        await host.turn();
        if (run !== this.#current) return;
      }
    }
  }
}
