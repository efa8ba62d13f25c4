/** Settings count at once. */
import * as vscode from 'vscode';
import { awaitFindings, closeAll, eventually, findings, open, ruleOf } from './editor.js';

export function settings(): void {
  afterEach(async () => {
    for (const name of ['enable', 'ignore', 'severity']) await change(name, undefined);
    await closeAll();
  });

  it('leaves out rules that are ignored', async () => {
    const document = await open('deep_relu.py');
    await awaitFindings(document);
    await change('ignore', ['zero-weight']);
    await eventually(() => !findings(document).some(it => ruleOf(it) === 'zero-weight'), 'silence');
  });

  it('grades rules as it is told', async () => {
    const document = await open('deep_relu.py');
    await awaitFindings(document);
    await change('severity', { 'zero-weight': 'hint' });
    const isGraded = (it: vscode.Diagnostic) =>
      ruleOf(it) === 'zero-weight' && it.severity === vscode.DiagnosticSeverity.Hint;
    await eventually(() => findings(document).some(isGraded), 'hint');
  });

  it('says nothing when it is switched off', async () => {
    const document = await open('deep_relu.py');
    await awaitFindings(document);
    await change('enable', false);
    await eventually(() => findings(document).length === 0, 'silence');
  });
}

async function change(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('initlens').update(name, value, vscode.ConfigurationTarget.Global);
}
