/** The extension starts with a Python file and says what it is at. */
import * as vscode from 'vscode';
import { ok } from './assert.js';
import { awaitFindings, closeAll, eventually, extensionApi, open } from './editor.js';

/** Milliseconds on a machine that does other things meanwhile; what is aimed at on a quiet one is 30. */
const budget = 150;

export function activation(): void {
  after(closeAll);

  it('starts on a Python file', async () => {
    await open('deep_relu.py');
    await eventually(() => vscode.extensions.getExtension('initlens.initlens')!.isActive, 'activation');
  });

  it('holds the editor up for no longer than it must', async () => {
    const { activation } = await extensionApi();
    console.log(`      loaded and activated in ${activation.toFixed(1)} ms`);
    ok(activation < budget, `activation took ${activation} ms`);
  });

  it('says how much it has found', async () => {
    const { server } = await extensionApi();
    await awaitFindings(await open('deep_relu.py'));
    await eventually(() => server.state.state === 'ready' && server.state.findings > 0, 'status');
  });

  it('brings its commands', async () => {
    const commands = new Set(await vscode.commands.getCommands(true));
    for (const name of [
      'restart',
      'showLog',
      'explainRule',
      'fixAll',
      'showMenu',
      'openExample',
      'openWalkthrough',
      'openSettings',
    ]) {
      ok(commands.has(`initlens.${name}`), `initlens.${name} is missing`);
    }
  });
}
