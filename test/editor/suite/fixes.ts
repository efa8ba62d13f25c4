/** Findings are repaired by a quick fix, all at once, or silenced. */
import * as vscode from 'vscode';
import { equal, ok } from './assert.js';
import { actionsAt, awaitFindings, closeAll, eventually, findings, open, ruleOf } from './editor.js';

export function fixes(): void {
  afterEach(closeAll);

  it('repairs a finding by its preferred quick fix', async () => {
    const document = await open('deep_relu.py');
    const zero = (await awaitFindings(document)).find(it => ruleOf(it) === 'zero-weight');
    ok(zero, 'no zero-weight');
    const preferred = (await actionsAt(document, zero.range)).filter(it => it.isPreferred);
    equal(preferred.length, 1, 'preferred fixes');
    ok(await vscode.workspace.applyEdit(preferred[0]!.edit!), 'the fix is refused');
    await eventually(() => !findings(document).some(it => ruleOf(it) === 'zero-weight'), 'end of zero-weight');
    ok(/kaiming_(normal|uniform)_\(layer\.weight/.test(document.getText()), 'Kaiming is not written');
  });

  it('silences a finding where it is asked to', async () => {
    const document = await open('deep_relu.py');
    const [finding] = await awaitFindings(document);
    ok(finding, 'no finding');
    const ignoring = (await actionsAt(document, finding.range)).find(it => it.title.startsWith('Ignore'));
    ok(ignoring?.edit, 'nothing offers to ignore');
    ok(await vscode.workspace.applyEdit(ignoring.edit), 'the edit is refused');
    const line = finding.range.start.line;
    await eventually(() => !findings(document).some(it => it.range.start.line === line), 'silence on the line');
  });

  it('repairs all that is safe at once', async () => {
    const document = await open('mistakes.py');
    await awaitFindings(document);
    await vscode.commands.executeCommand('initlens.fixAll');
    await eventually(() => findings(document).length === 0, 'end of all findings');
    for (const part of [
      'self.hidden.weight, ',
      'xavier_normal_(',
      'bias is not None:',
      'nn.init.ones_(self.norm.weight)',
    ]) {
      ok(document.getText().includes(part), `no ${part} in ${document.getText()}`);
    }
  });

  it('leaves what is not safe to a person', async () => {
    const document = await open('deep_relu.py');
    const before = (await awaitFindings(document)).length;
    const all = await actionsAt(document, new vscode.Range(0, 0, 0, 0), vscode.CodeActionKind.SourceFixAll);
    equal(
      all.map(it => it.title),
      [],
      'actions that fix all',
    );
    equal(findings(document).length, before, 'findings afterwards');
  });
}
