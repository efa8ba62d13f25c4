/** The link of a rule opens its page without network. */
import * as vscode from 'vscode';
import { equal, ok } from './assert.js';
import { awaitFindings, closeAll, eventually, extensionApi, open } from './editor.js';

export function pages(): void {
  afterEach(closeAll);

  it('links every finding to a page that can be read', async () => {
    for (const { code } of await awaitFindings(await open('deep_relu.py'))) {
      ok(typeof code === 'object', 'no link');
      const page = await vscode.workspace.openTextDocument(code.target);
      ok(page.getText().includes(`# ${code.value}`), `${code.target} is not about ${code.value}`);
    }
  });

  it('shows a page as a preview', async () => {
    await vscode.commands.executeCommand('initlens.explainRule', 'zero-weight');
    await eventually(
      () => vscode.window.tabGroups.activeTabGroup.activeTab?.label.includes('zero-weight') === true,
      'page',
    );
    const { input } = vscode.window.tabGroups.activeTabGroup.activeTab!;
    equal((input as vscode.TabInputCustom).viewType, 'vscode.markdown.preview.editor', 'editor');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('knows every rule and what it finds', async () => {
    const rules = await (await extensionApi()).pages.list();
    ok(rules.length > 20, `${rules.length} rules`);
    const { summary } = rules.find(it => it.id === 'zero-weight')!;
    ok(summary.startsWith('Finds a hidden weight that starts constant'), summary);
  });
}
