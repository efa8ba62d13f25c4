/** The language server as the extension sees it: started, restarted after a crash, and what it says it is at. */
import { type Disposable, EventEmitter, type LogOutputChannel } from 'vscode';
import { type BaseLanguageClient, type LanguageClientOptions, State } from 'vscode-languageclient';
import { type StatusParams, statusNotification } from '../server/lsp/protocol.js';
import { CrashHandler } from './crashes.js';
import { clientOptions } from './options.js';

export type CreateClient = (options: LanguageClientOptions) => BaseLanguageClient;

export type ServerState = StatusParams | { readonly state: 'starting' | 'stopped' | 'crashed' };

export class Server implements Disposable {
  readonly #client: BaseLanguageClient;
  readonly #crashes: CrashHandler;
  readonly #changed = new EventEmitter<ServerState>();
  readonly #log: LogOutputChannel;
  #state: ServerState = { state: 'starting' };

  constructor(createClient: CreateClient, log: LogOutputChannel, version: string) {
    this.#log = log;
    this.#crashes = new CrashHandler(log, () => this.restart());
    this.#client = createClient(clientOptions(log, this.#crashes));
    this.#client.onDidChangeState(({ newState }) => this.#follow(newState));
    this.#client.onNotification(statusNotification, (params: StatusParams) => this.#become(params));
    log.info(`InitLens ${version}`);
  }

  readonly onDidChange = this.#changed.event;

  get state(): ServerState {
    return this.#state;
  }

  get client(): BaseLanguageClient {
    return this.#client;
  }

  start(): void {
    this.#client.start().catch(error => this.#failed(error));
  }

  async restart(): Promise<void> {
    this.#crashes.forget();
    if (this.#client.needsStop()) await this.#client.stop().catch(error => this.#log.error(error));
    await this.#client.start().catch(error => this.#failed(error));
  }

  dispose(): void {
    this.#changed.dispose();
    void this.#client.dispose().catch(() => {});
  }

  #failed(error: unknown): void {
    this.#log.error(error instanceof Error ? error : String(error));
    this.#become({ state: 'crashed' });
  }

  #follow(state: State): void {
    if (state === State.Starting) this.#become({ state: 'starting' });
    if (state === State.Stopped) this.#become({ state: this.#crashes.hasGivenUp ? 'crashed' : 'stopped' });
  }

  #become(state: ServerState): void {
    this.#state = state;
    this.#changed.fire(state);
  }
}
