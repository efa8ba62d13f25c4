/** The extension on the desktop and on remote machines: the server is a process of its own. */
import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { type Api, activate as activateShared } from '../extension.js';

export function activate(context: ExtensionContext): Api {
  const server = { module: context.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc };
  return activateShared(
    context,
    options => new LanguageClient('initlens', 'InitLens', { run: server, debug: server }, options),
  );
}
