/** Findings appear where the fault is, follow an edit, and are absent where all is well. */
import * as vscode from 'vscode';
import { equal, ok } from './assert.js';
import { awaitFindings, closeAll, eventually, extensionApi, findings, open, openText, ruleOf } from './editor.js';

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

  it('goes with the document', async () => {
    const document = await openText(badNetwork);
    await awaitFindings(document);
    await closeAll();
    await eventually(() => findings(document).length === 0, 'silence');
  });
}

/** An answer about a document comes after its findings. */
async function checked(document: vscode.TextDocument): Promise<void> {
  const { server } = await extensionApi();
  const textDocument = { uri: (await server.client).code2ProtocolConverter.asUri(document.uri) };
  await (await server.client).sendRequest('textDocument/hover', { textDocument, position: { line: 0, character: 0 } });
}
