/** The extension on the desktop and on remote machines: the server is a process of its own. */
import type { ExtensionContext } from 'vscode';
import { type Api, activate as activateShared } from '../extension.js';

export function activate(context: ExtensionContext): Api {
  return activateShared(context, async owner => {
    const { connectToProcess } = await import('./connection.js');
    return connectToProcess(context, owner);
  });
}
