/** The extension in a browser: the server is a web worker. */
import type { ExtensionContext } from 'vscode';
import { type Api, activate as activateShared } from '../extension.js';

export function activate(context: ExtensionContext): Api {
  return activateShared(context, async owner => {
    const { connectToWorker } = await import('./connection.js');
    return connectToWorker(context, owner);
  });
}
