/** A server that ends is started again, by itself or when asked. */
import * as vscode from 'vscode';
import { awaitFindings, closeAll, eventually, extensionApi, findings, open } from './editor.js';

export function recovery(): void {
  afterEach(closeAll);

  it('restarts on command', async () => {
    const document = await open('deep_relu.py');
    await awaitFindings(document);
    await vscode.commands.executeCommand('initlens.restart');
    await awaitFindings(document);
  });

  it('starts again after a crash and knows the open files', async function () {
    // A web worker that closes itself tells nobody.
    if (isInWebWorker()) this.skip();
    const document = await open('deep_relu.py');
    await awaitFindings(document);
    const { server } = await extensionApi();
    const states: string[] = [];
    const following = server.onDidChange(({ state }) => void states.push(state));
    await (await server.client).sendNotification('exit');
    await eventually(() => states.includes('starting') && states.at(-1) === 'ready', 'restart');
    following.dispose();
    await eventually(() => findings(document).length > 0, 'findings');
  });
}

function isInWebWorker(): boolean {
  return vscode.extensions.getExtension('initlens.initlens')!.extensionUri.scheme.startsWith('http');
}
