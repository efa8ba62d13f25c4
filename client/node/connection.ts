/** The server as a process of its own. */
import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { type Connection, connect, type Owner } from '../connection.js';

export function connectToProcess(context: ExtensionContext, owner: Owner): Connection {
  const server = { module: context.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc };
  return connect(owner, options => new LanguageClient('initlens', 'InitLens', { run: server, debug: server }, options));
}
