/** The extension in a browser: the server is a web worker, which is told what the files hold. */
import { type ExtensionContext, Uri } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { type Api, activate as activateShared } from '../extension.js';
import { shareFiles } from './files.js';

export function activate(context: ExtensionContext): Api {
  const script = Uri.joinPath(context.extensionUri, 'dist/web/server.js').toString(true);
  const api = activateShared(
    context,
    options => new LanguageClient('initlens', 'InitLens', async () => new Worker(script), options),
  );
  context.subscriptions.push(shareFiles(api.server));
  return api;
}
