/** The server as a web worker, which is told what the files hold. */
import { type ExtensionContext, Uri } from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import { type Connection, connect, type Owner } from '../connection.js';
import { shareFiles } from './files.js';

export function connectToWorker(context: ExtensionContext, owner: Owner): Connection {
  const script = Uri.joinPath(context.extensionUri, 'dist/program.js').toString(true);
  const connection = connect(
    owner,
    options => new LanguageClient('initlens', 'InitLens', async () => transportsOf(new Worker(script)), options),
  );
  context.subscriptions.push(shareFiles(connection.client));
  return connection;
}

/** The client would take a worker for one only by its class, and editors in browsers bring a `Worker` of their own. */
function transportsOf(worker: Worker): MessageTransports {
  return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
}
