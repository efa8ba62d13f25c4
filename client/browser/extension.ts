/** The extension in a browser: the server is a web worker, which is told what the files hold. */
import { type ExtensionContext, Uri } from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import { type Api, activate as activateShared } from '../extension.js';
import { shareFiles } from './files.js';

export function activate(context: ExtensionContext): Api {
  const script = Uri.joinPath(context.extensionUri, 'dist/web/server.js').toString(true);
  const api = activateShared(
    context,
    options => new LanguageClient('initlens', 'InitLens', async () => transportsOf(new Worker(script)), options),
  );
  context.subscriptions.push(shareFiles(api.server));
  return api;
}

/** The client would take a worker for one only by its class, and editors in browsers bring a `Worker` of their own. */
function transportsOf(worker: Worker): MessageTransports {
  return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
}
