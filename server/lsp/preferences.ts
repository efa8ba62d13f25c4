/** The client's settings, fetched at the start and again whenever they change, for each workspace folder. */
import type { DidChangeConfigurationParams, WorkspaceFoldersChangeEvent } from 'vscode-languageserver';
import { DidChangeConfigurationNotification } from 'vscode-languageserver';
import type { Client } from './capabilities.js';
import { settingsSection } from './protocol.js';
import type { Shared } from './session.js';
import { readSettings, type Settings } from './settings.js';
import { pathOf, uriOf } from './uri.js';

/** Milliseconds after which a client that does not answer gets the defaults. */
const patience = 2000;

export class Preferences {
  readonly #shared: Shared;
  readonly #recheck: () => void;
  #roots: readonly string[] = [];
  #given: Settings = readSettings(undefined);
  #areKnown = false;

  constructor(shared: Shared, recheck: () => void) {
    this.#shared = shared;
    this.#recheck = recheck;
  }

  /** Until then nothing is checked: it might be told what it was asked not to tell. */
  get areKnown(): boolean {
    return this.#areKnown;
  }

  begin(client: Client): void {
    this.#roots = client.roots;
    this.#given = readSettings(client.options.settings);
    this.#shared.workspace.setFolders(client.roots, this.#given);
    this.#shared.scan.isPushing = !client.pullsDiagnostics;
  }

  listen(): void {
    const { connection, guard } = this.#shared;
    connection.onDidChangeConfiguration(guard.quietly('didChangeConfiguration', it => this.#changed(it)));
  }

  /** What can be asked for only once the client has said what it can. */
  register(): void {
    const { client, connection, guard } = this.#shared;
    const { registersConfiguration, changesFolders } = client();
    if (registersConfiguration) {
      const section = { section: settingsSection };
      void connection.client.register(DidChangeConfigurationNotification.type, section).catch(() => {});
    }
    if (changesFolders) {
      const changed = guard.quietly('workspaceFolders', (it: WorkspaceFoldersChangeEvent) => this.#foldersChanged(it));
      connection.workspace.onDidChangeWorkspaceFolders(changed);
    }
  }

  async fetch(): Promise<void> {
    const { client, host, log } = this.#shared;
    if (!client().answersConfiguration)
      return this.#use(
        this.#roots.map(() => this.#given),
        this.#given,
      );
    const giveUp = host.schedule(patience, () => this.#use([], this.#given));
    try {
      await this.#ask();
    } catch (error) {
      log.failed('workspace/configuration', error);
      this.#use([], this.#given);
    } finally {
      giveUp();
    }
  }

  /** For each folder, and once for what lies outside of all. */
  async #ask(): Promise<void> {
    const roots = this.#roots;
    const scopes = roots.map(it => ({ scopeUri: uriOf(it), section: settingsSection }));
    const answers = await this.#shared.connection.workspace.getConfiguration([...scopes, { section: settingsSection }]);
    const settings = answers.map(readSettings);
    const last = settings.pop() ?? this.#given;
    if (roots === this.#roots) this.#use(settings, last);
  }

  #changed({ settings }: DidChangeConfigurationParams): void {
    if (this.#shared.client().answersConfiguration) {
      void this.fetch();
      return;
    }
    const given = (settings as Record<string, unknown> | null | undefined)?.[settingsSection];
    this.#given = readSettings(given ?? settings);
    this.#use([], this.#given);
  }

  #foldersChanged({ added, removed }: WorkspaceFoldersChangeEvent): void {
    const gone = new Set(removed.map(it => pathOf(it.uri)));
    const come = added.map(it => pathOf(it.uri)).filter(it => !this.#roots.includes(it));
    this.#roots = [...this.#roots.filter(it => !gone.has(it)), ...come];
    this.#shared.workspace.setFolders(this.#roots, this.#given);
    if (this.#shared.client().answersConfiguration) void this.fetch();
    else this.#use([], this.#given);
  }

  #use(ofFolders: readonly Settings[], otherwise: Settings): void {
    const { workspace, status } = this.#shared;
    for (const [index, folder] of workspace.folders.entries()) folder.configure(ofFolders[index] ?? otherwise);
    workspace.configureOutside(otherwise);
    this.#areKnown = true;
    for (const folder of workspace.mainFolders) folder.logSurroundings();
    this.#recheck();
    status.settingsAreKnown();
  }
}
