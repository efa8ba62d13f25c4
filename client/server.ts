/** The language server as the extension sees it: started, restarted after a crash, asked, and what it says it is at. */
import { type CancellationToken, type Disposable, EventEmitter, type LogOutputChannel } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { StatusParams } from '../server/lsp/protocol.js';
import type { Connection, Owner } from './connection.js';
import { offerHelp } from './help.js';

/** Loads the library that speaks the protocol, which takes longer than everything else here. */
export type Connect = (owner: Owner) => Promise<Connection>;

export type ServerState = StatusParams | { readonly state: 'starting' | 'stopped' | 'crashed' };

export class Server implements Disposable {
  readonly #connect: () => Promise<Connection>;
  readonly #changed = new EventEmitter<ServerState>();
  readonly #log: LogOutputChannel;
  #connection: Promise<Connection> | undefined;
  #state: ServerState = { state: 'starting' };

  constructor(connect: Connect, log: LogOutputChannel) {
    this.#log = log;
    this.#connect = () => connect({ log, become: state => this.#become(state) });
  }

  readonly onDidChange = this.#changed.event;

  get state(): ServerState {
    return this.#state;
  }

  get client(): Promise<BaseLanguageClient> {
    return this.#connected().then(it => it.client);
  }

  async start(): Promise<void> {
    try {
      await (await this.client).start();
    } catch (error) {
      this.#failed(error);
    }
  }

  async restart(): Promise<void> {
    this.#log.info('the server is started again, as asked');
    const { client, crashes } = await this.#connected();
    crashes.forget();
    if (client.needsStop()) await client.stop().catch(error => this.#log.error(error));
    await this.start();
  }

  /** Null where the server does not run, or cannot answer; the log has the reason. */
  async request<T>(method: string, params: object, token?: CancellationToken): Promise<T | null> {
    const client = await this.client;
    if (!client.isRunning()) return null;
    // An argument that is there counts, also where it is undefined.
    const more = token === undefined ? [] : [token];
    return client.sendRequest<T | null>(method, params, ...more).catch(error => {
      if (token?.isCancellationRequested === true) return null;
      this.#log.warn(`${method}: ${error}`);
      return null;
    });
  }

  /** The same, telling meanwhile how far it is. */
  async longRequest<T>(
    method: string,
    params: object,
    token: CancellationToken,
    tell: (percentage: number) => void,
  ): Promise<T | null> {
    const workDoneToken = crypto.randomUUID();
    const listening = (await this.#connected()).onProgress(workDoneToken, tell);
    return this.request<T>(method, { ...params, workDoneToken }, token).finally(() => listening.dispose());
  }

  dispose(): void {
    this.#changed.dispose();
    void this.#connection?.then(({ client }) => client.dispose()).catch(() => {});
  }

  #connected(): Promise<Connection> {
    this.#connection ??= this.#connect();
    return this.#connection;
  }

  #failed(error: unknown): void {
    this.#log.error(error instanceof Error ? error : String(error));
    this.#become({ state: 'crashed' });
    void offerHelp(`The InitLens server could not be started: ${error instanceof Error ? error.message : error}.`);
  }

  #become(state: ServerState): void {
    this.#state = state;
    this.#changed.fire(state);
  }
}
