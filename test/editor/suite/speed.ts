/** What a person waits for in the editor itself: a panel, a hover, the signal after an edit; on ResNet-50. */
import * as vscode from 'vscode';
import type { Panel } from '../../../client/panel/panels.js';
import { resnet50 } from '../../bench/common/resnet50.js';
import { ok } from './assert.js';
import { awaitFindings, closeAll, eventually, extensionApi, open, openText, positionOf } from './editor.js';

/** Milliseconds, within reason: `npm run bench -- editor` holds what is measured to what is aimed at. */
const budgets = { panel: 20_000, edit: 20_000, cold: 20_000, cached: 20_000 };

export function speed(): void {
  after(async () => {
    await closeAll();
    await vscode.commands.executeCommand('workbench.action.closeAllGroups');
  });

  it('draws a panel and draws it again after an edit', async () => {
    const document = await ready();
    const { panels } = await extensionApi();
    const panel = panels.show('signal', document.uri.toString(), 'ResNet50')!;
    await eventually(() => panel.drawnIn !== undefined, 'drawing');
    tell('panel drawn', panel.drawnIn!, budgets.panel);
    await eventually(() => isWhole(panel), 'signal of the repaired network');
    const times: number[] = [];
    for (let edit = 1; edit <= 7; edit++) {
      times.push(await redrawn(panel, document, edit));
      await eventually(() => isWhole(panel), 'signal of the repaired network');
    }
    tell('signal redrawn after an edit', Math.min(...times), budgets.edit);
  });

  it('answers hovers', async () => {
    const document = await ready();
    // The file has just been opened: it is evaluated first.
    const first = await hovered(document, positionOf(document, 'self.bn1 =', 6));
    tell('first hover of a file', first, budgets.cold);
    const times = { cold: [] as number[], cached: [] as number[] };
    for (const layer of ['self.conv1', 'self.conv2', 'self.conv3', 'self.fc']) {
      const position = positionOf(document, `${layer} =`, 6);
      for (const kind of ['cold', 'cached'] as const) times[kind].push(await hovered(document, position));
    }
    tell('slowest hover, cold', Math.max(...times.cold), budgets.cold);
    tell('slowest hover, cached', Math.max(...times.cached), budgets.cached);
  });
}

/** The network itself has nothing to be found. */
async function ready(): Promise<vscode.TextDocument> {
  await awaitFindings(await open('deep_relu.py'));
  return openText(resnet50);
}

/** The benchmark reads it. */
function tell(what: string, milliseconds: number, budget: number): void {
  console.log(`      ${what} in ${milliseconds.toFixed(1)} ms`);
  ok(milliseconds < budget, `${what} took ${milliseconds} ms`);
}

/** What is asked for when the typing pauses has come too. */
const isWhole = ({ latest }: Panel) => latest?.kind === 'signal' && latest.isLatest;

/** From the edit to the webview's word that it has drawn what came of it. */
async function redrawn(panel: Panel, document: vscode.TextDocument, edit: number): Promise<number> {
  const change = new vscode.WorkspaceEdit();
  const line = document.lineAt(positionOf(document, 'nn.init.xavier_normal_').line);
  change.replace(document.uri, line.range, `                nn.init.xavier_normal_(m.weight, ${1 + edit / 10})`);
  const before = panel.drawings;
  const start = performance.now();
  await vscode.workspace.applyEdit(change);
  while (panel.drawings === before) {
    if (performance.now() - start > 30_000) throw new Error('the panel was not drawn again');
    await new Promise(resolve => setTimeout(resolve, 2));
  }
  return performance.now() - start;
}

async function hovered({ uri }: vscode.TextDocument, position: vscode.Position): Promise<number> {
  const start = performance.now();
  const found = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
  ok(found.length > 0, 'no hover');
  return performance.now() - start;
}
