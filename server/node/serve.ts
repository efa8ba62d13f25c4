/** Serves an editor from a Node process. */
import type { Connection } from 'vscode-languageserver/node';
import type { Host } from '../host.js';
import { keepSmall } from './engine.js';

type Speak = (library: typeof import('vscode-languageserver/node')) => Connection;

/** Over the channel that the arguments of the process name: what an editor does that starts a module. */
export async function serveOnChannel(host: Host): Promise<void> {
  await serveOver(({ createConnection, ProposedFeatures }) => createConnection(ProposedFeatures.all), host);
}

/** Until the client leaves. */
export async function serveOnStandardStreams(host: Host): Promise<void> {
  const connection = await serveOver(
    ({ createConnection, ProposedFeatures }) => createConnection(ProposedFeatures.all, process.stdin, process.stdout),
    host,
  );
  await new Promise<void>(resolve => connection.onExit(resolve));
}

/** The protocol's library is loaded only where it is spoken. */
async function serveOver(speak: Speak, host: Host): Promise<Connection> {
  keepSmall();
  const connection = speak(await import('vscode-languageserver/node'));
  const { serve } = await import('../lsp/server.js');
  serve(connection, host);
  return connection;
}
