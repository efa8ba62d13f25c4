/** Checks every file of the folders that want it, a file a turn. */
import { discoverFiles } from '../features/discovery/discover.js';
import type { Host } from '../host.js';
import { isNotebook } from '../text/cells.js';
import type { Diagnostics } from './diagnostics.js';
import type { Folder } from './folder.js';
import { type Log, seconds } from './log.js';
import type { Status } from './status.js';
import type { Workspace } from './workspace.js';

export interface ScanContext {
  readonly workspace: Workspace;
  readonly diagnostics: Diagnostics;
  readonly host: Host;
  readonly status: Status;
  readonly log: Log;
}

/** Files that are found between two turns. */
const atOnce = 32;

export class WorkspaceScan {
  readonly #context: ScanContext;
  /** Each start makes the scans before it stop. */
  #current = 0;
  #isPushing = true;
  #shown = new Set<string>();

  constructor(context: ScanContext) {
    this.#context = context;
  }

  /** Where the client pulls, it is the client that asks for the workspace. */
  set isPushing(isPushing: boolean) {
    this.#isPushing = isPushing;
  }

  start(): void {
    const scan = ++this.#current;
    if (this.#isPushing) void this.#run(scan).catch(error => this.#context.log.failed('workspace', error));
  }

  /** The files of a folder that is checked whole. */
  *files(): Iterable<string> {
    for (const folder of this.#context.workspace.folders) yield* this.#filesOf(folder);
  }

  async #run(scan: number): Promise<void> {
    const { diagnostics, host, log, status, workspace } = this.#context;
    const start = host.now();
    const paths = new Set<string>();
    for (const path of this.files()) {
      paths.add(path);
      if (paths.size % atOnce > 0) continue;
      status.progress('workspace', paths.size);
      await host.turn();
      if (scan !== this.#current) return;
    }
    let waiting = paths.size;
    for (const path of paths) {
      status.progress('workspace', waiting--);
      await host.turn();
      if (scan !== this.#current) return;
      diagnostics.push(path, false);
    }
    const gone = [...this.#shown].filter(it => !paths.has(it) && workspace.document(it) === undefined);
    for (const path of gone) diagnostics.clear(path);
    this.#shown = paths;
    if (paths.size > 0) log.info(`workspace: ${paths.size} files in ${seconds(host.now() - start)}`);
    status.progress('workspace', 0);
  }

  *#filesOf({ root, settings, configurations }: Folder): Iterable<string> {
    if (root === undefined || settings.scope !== 'workspace' || !settings.enable) return;
    const surroundings = {
      files: this.#context.host,
      configurationOf: (path: string) => configurations.of(path),
    };
    for (const { path, fault } of discoverFiles(root, surroundings)) {
      // Positions in a notebook are those of its cells, which are documents only while it is open.
      if (fault === undefined && !isNotebook(path)) yield path;
    }
  }
}
