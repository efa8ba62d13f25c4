/** Files that change outside of the editor, also many at once when a branch is switched. */
import {
  DidChangeWatchedFilesNotification,
  type DidChangeWatchedFilesParams,
  FileChangeType,
  NotificationType,
} from 'vscode-languageserver';
import { configurationNames } from '../features/configuration/read.js';
import { lockFiles } from '../features/versions/pins.js';
import { nameOf } from '../text/paths.js';
import { type FilesParams, filesNotification } from './protocol.js';
import type { Shared } from './session.js';
import { pathOf } from './uri.js';

/** What decides about everything in a folder. */
const decisive: ReadonlySet<string> = new Set([
  ...configurationNames,
  ...lockFiles.map(([name]) => name),
  '.gitignore',
]);

const patterns = ['**/*.py', ...[...decisive].map(it => `**/${it}`)];

/** Milliseconds without another change after which a batch is complete. */
const settled = 60;

export class Watching {
  readonly #shared: Shared;
  readonly #recheck: () => void;
  readonly #changed = new Set<string>();
  #cancel = () => {};

  constructor(shared: Shared, recheck: () => void) {
    this.#shared = shared;
    this.#recheck = recheck;
  }

  listen(): void {
    const { connection, guard } = this.#shared;
    connection.onDidChangeWatchedFiles(guard.quietly('didChangeWatchedFiles', it => this.#note(it)));
    connection.onNotification(
      new NotificationType<FilesParams>(filesNotification),
      guard.quietly('files', it => this.#receive(it)),
    );
  }

  /** Taken in with everything else that changes soon after. */
  changed(path: string): void {
    this.#changed.add(path);
    this.#waitUntilSettled();
  }

  register(): void {
    const { connection, client } = this.#shared;
    if (!client().registersWatchedFiles) return;
    const watchers = patterns.map(globPattern => ({ globPattern }));
    void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(() => {});
  }

  #note({ changes }: DidChangeWatchedFilesParams): void {
    for (const { uri, type } of changes) {
      const path = pathOf(uri);
      this.#changed.add(path);
      if (type === FileChangeType.Deleted && !this.#shared.workspace.document(path))
        this.#shared.diagnostics.clear(path);
    }
    this.#waitUntilSettled();
  }

  /** Hosts without a disk are told what the files hold. */
  #receive({ files }: FilesParams): void {
    const { host } = this.#shared;
    for (const { uri, text } of files) {
      const path = pathOf(uri);
      host.putFile?.(path, text === undefined ? undefined : host.encodeUtf8(text));
      this.#changed.add(path);
    }
    this.#waitUntilSettled();
  }

  #waitUntilSettled(): void {
    this.#cancel();
    const settle = this.#shared.guard.quietly('changes', () => this.#settle());
    this.#cancel = this.#shared.host.schedule(settled, () => settle(undefined));
  }

  #settle(): void {
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const folder of this.#shared.workspace.allFolders) {
      if (changed.some(it => decisive.has(nameOf(it)))) folder.configure(folder.settings);
      else folder.changed(changed);
    }
    this.#shared.configurationDiagnostics.push();
    this.#recheck();
  }
}
