/** A notebook in the editor: its cells are one program, findings stand in their cells, fixes and hovers work there. */
import * as vscode from 'vscode';
import { notebookOf } from '../notebook.mjs';
import { equal, ok } from './assert.js';
import { actionsAt, awaitFindings, checked, closeAll, eventually, findings, positionOf, ruleOf } from './editor.js';

const cells = [
  '%matplotlib inline\nimport torch.nn as nn',
  'net = nn.Linear(64, 10)',
  'nn.init.xavier_uniform(net.weight)',
  'nn.init.zeros_(net.bias)',
];

export function notebooks(): void {
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await closeAll();
  });

  it('underlines in the cell where the fault is, and nowhere else', async () => {
    const [imports, layer, call] = await openCells();
    const [finding] = await awaitFindings(call!);
    equal(ruleOf(finding!), 'deprecated-initializer', 'rule');
    equal([finding!.range.start.line, finding!.range.start.character], [0, 8], 'place');
    equal([...findings(imports!), ...findings(layer!)].map(ruleOf), [], 'findings in other cells');
  });

  it('knows in a cell what the cells before have built', async () => {
    const [, , call] = await openCells();
    await awaitFindings(call!);
    const position = positionOf(call!, 'xavier_uniform', 3);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      call!.uri,
      position,
    );
    const text = hovers
      .flatMap(it => it.contents)
      .map(it => (typeof it === 'string' ? it : it.value))
      .join('\n');
    for (const part of ['fan_in 64, fan_out 10', 'data:image/svg+xml'])
      ok(text.includes(part), `no ${part} in ${text}`);
  });

  it('repairs a cell with a quick fix', async () => {
    const [, , call] = await openCells();
    const [finding] = await awaitFindings(call!);
    const fix = (await actionsAt(call!, finding!.range)).find(it => it.isPreferred && it.edit !== undefined);
    ok(fix?.edit, 'nothing repairs it');
    ok(await vscode.workspace.applyEdit(fix.edit), 'the edit is refused');
    ok(call!.getText().includes('xavier_uniform_('), call!.getText());
    await eventually(() => findings(call!).length === 0, 'silence');
  });

  it('offers to fix a whole notebook, and no cell of it alone', async () => {
    const [, , call] = await openCells();
    await awaitFindings(call!);
    const whole = new vscode.Range(0, 0, call!.lineCount, 0);
    const kind = vscode.CodeActionKind.Notebook.append('source').append('fixAll').append('initlens');
    const all = await actionsAt(call!, whole, kind);
    equal(
      all.map(it => it.kind?.value),
      ['notebook.source.fixAll.initlens'],
      'kinds',
    );
    ok(await vscode.workspace.applyEdit(all[0]!.edit!), 'the edit is refused');
    await eventually(() => findings(call!).length === 0, 'silence');
    ok(call!.getText().includes('xavier_uniform_('), call!.getText());
    const ofCell = await actionsAt(call!, whole, vscode.CodeActionKind.SourceFixAll);
    equal(
      ofCell.map(it => it.title),
      [],
      'actions that fix one cell',
    );
  });

  it('leaves the Interactive window alone', async () => {
    await awaitFindings((await openCells())[2]!);
    await vscode.commands.executeCommand('interactive.open', { preserveFocus: false });
    const isInput = (it: vscode.TextDocument) => it.uri.scheme.startsWith('vscode-interactive');
    await eventually(() => vscode.workspace.textDocuments.some(isInput), 'Interactive window');
    const input = vscode.workspace.textDocuments.find(isInput)!;
    await vscode.languages.setTextDocumentLanguage(input, 'python');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(input.uri, new vscode.Position(0, 0), cells.slice(1).join('\n'));
    ok(await vscode.workspace.applyEdit(edit), 'the edit is refused');
    await checked(input);
    equal(findings(input).map(ruleOf), [], 'findings there');
  });

  it('goes on where a cell is broken', async () => {
    const [, layer, call] = await openCells();
    await awaitFindings(call!);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(call!.uri, new vscode.Position(0, 0), 'def (:\n');
    await vscode.workspace.applyEdit(edit);
    await eventually(() => findings(call!).every(it => ruleOf(it) !== 'deprecated-initializer'), 'silence in the cell');
    ok(layer!.getText().includes('nn.Linear'), 'the others are as they were');
  });
}

let opened = 0;

/** From a file of its own, as a person opens it. */
async function openCells(): Promise<readonly vscode.TextDocument[]> {
  const folder = vscode.workspace.workspaceFolders![0]!.uri;
  const uri = vscode.Uri.joinPath(folder, `net-${++opened}.ipynb`);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(notebookOf(cells)));
  const document = await vscode.workspace.openNotebookDocument(uri);
  await vscode.window.showNotebookDocument(document);
  return document.getCells().map(it => it.document);
}
