/**
 * The language client, wired to the extension. With the library behind it this is loaded only once the extension is active:
 * nothing else may import it, or what it imports, but for types.
 */
import type { Disposable, LogOutputChannel } from 'vscode';
import { type BaseLanguageClient, type LanguageClientOptions, State, WorkDoneProgress } from 'vscode-languageclient';
import { type StatusParams, statusNotification } from '../server/lsp/protocol.js';
import { CrashHandler } from './crashes.js';
import { clientOptions } from './options.js';
import type { ServerState } from './server.js';

/** Who is told of what becomes of the server. */
export interface Owner {
  readonly log: LogOutputChannel;
  become(state: ServerState): void;
}

export interface Connection {
  readonly client: BaseLanguageClient;
  readonly crashes: CrashHandler;
  /** Percentages that the server tells under a token. */
  onProgress(token: string, tell: (percentage: number) => void): Disposable;
}

export function connect(
  { log, become }: Owner,
  createClient: (options: LanguageClientOptions) => BaseLanguageClient,
): Connection {
  const crashes = new CrashHandler(log);
  const client = createClient(clientOptions(log, crashes));
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Starting) become({ state: 'starting' });
    if (newState === State.Stopped) become({ state: crashes.hasGivenUp ? 'crashed' : 'stopped' });
  });
  client.onNotification(statusNotification, (params: StatusParams) => become(params));
  return {
    client,
    crashes,
    onProgress: (token, tell) =>
      client.onProgress(WorkDoneProgress.type, token, told => {
        if (told.kind !== 'end' && told.percentage !== undefined) tell(told.percentage);
      }),
  };
}
