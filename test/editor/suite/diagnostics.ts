/** Findings appear where the fault is, follow an edit, and are absent where all is well. */
import * as vscode from 'vscode';
import { equal, ok } from './assert.js';
import {
  awaitFindings,
  checked,
  closeAll,
  eventually,
  findings,
  open,
  openText,
  positionOf,
  ruleOf,
} from './editor.js';

const badNetwork = `import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(64, 64)
        self.head = nn.Linear(64, 10)
        nn.init.zeros_(self.hidden.weight)

    def forward(self, x):
        return self.head(self.hidden(x).relu())
`;

export function diagnostics(): void {
  afterEach(closeAll);

  it('underlines hidden weights of zero, and no bias', async () => {
    const document = await open('deep_relu.py');
    const zeros = (await awaitFindings(document)).filter(it => ruleOf(it) === 'zero-weight');
    const lines = zeros.map(it => document.lineAt(it.range.start.line).text.trim());
    equal(lines, ['nn.init.zeros_(layer.weight)'], 'lines with zero-weight');
  });

  it('stays silent on networks that start well', async () => {
    await awaitFindings(await open('deep_relu.py'));
    for (const name of ['convolutional.py', 'residual.py', 'transformer.py']) {
      const document = await open(name);
      await checked(document);
      equal(findings(document).map(ruleOf), [], name);
    }
  });

  it('follows an edit of a file that is not saved', async () => {
    const document = await openText(badNetwork);
    await awaitFindings(document);
    const edit = new vscode.WorkspaceEdit();
    const end = badNetwork.indexOf('        nn.init.zeros_');
    const line = document.lineAt(document.positionAt(end).line);
    edit.delete(document.uri, line.rangeIncludingLineBreak);
    ok(await vscode.workspace.applyEdit(edit), 'the edit is refused');
    await eventually(() => findings(document).length === 0, 'silence');
  });

  it('goes on beside a line that is half typed', async () => {
    const document = await openText(badNetwork);
    await awaitFindings(document);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, positionOf(document, '        self.head ='), '        self.body = nn.Linear(64, \n');
    ok(await vscode.workspace.applyEdit(edit), 'the edit is refused');
    // Until the findings of the new text come, those of the old one stand a line too high.
    const marked = () => findings(document).filter(it => ruleOf(it) === 'zero-weight');
    const lines = () => marked().map(it => document.lineAt(it.range.start.line).text.trim());
    await eventually(() => lines().join() === 'nn.init.zeros_(self.hidden.weight)', 'zero-weight in its new line');
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      positionOf(document, 'self.hidden =', 7),
    );
    ok(hovers.length > 0, 'no hover above the line');
  });

  it('goes with the document', async () => {
    const document = await openText(badNetwork);
    await awaitFindings(document);
    await closeAll();
    await eventually(() => findings(document).length === 0, 'silence');
  });
}
