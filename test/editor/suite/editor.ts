/** What the tests ask of the editor: files opened, findings awaited, actions found. */
import * as vscode from 'vscode';
import type { Api } from '../../../client/extension.js';

export async function open(name: string): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders![0]!.uri;
  return show(await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, name)));
}

export async function openText(content: string): Promise<vscode.TextDocument> {
  return show(await vscode.workspace.openTextDocument({ language: 'python', content }));
}

async function show(document: vscode.TextDocument): Promise<vscode.TextDocument> {
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

/** What was changed is given up, also where a panel takes the focus back. */
export async function closeAll(): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    const changed = vscode.workspace.textDocuments.find(it => it.isDirty);
    if (changed === undefined) break;
    await show(changed);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  while (vscode.window.activeTextEditor !== undefined) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
}

export async function extensionApi(): Promise<Api> {
  return vscode.extensions.getExtension<Api>('initlens.initlens')!.activate();
}

export function findings(document: vscode.TextDocument): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter(it => it.source === 'initlens');
}

export async function awaitFindings(document: vscode.TextDocument): Promise<vscode.Diagnostic[]> {
  await eventually(() => findings(document).length > 0, 'findings');
  return findings(document);
}

/** An answer about a document comes after its findings. */
export async function checked(document: vscode.TextDocument): Promise<void> {
  const { server } = await extensionApi();
  const textDocument = { uri: (await server.client).code2ProtocolConverter.asUri(document.uri) };
  await (await server.client).sendRequest('textDocument/hover', { textDocument, position: { line: 0, character: 0 } });
}

export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

export async function actionsAt(
  document: vscode.TextDocument,
  range: vscode.Range,
  kind: vscode.CodeActionKind = vscode.CodeActionKind.QuickFix,
): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand('vscode.executeCodeActionProvider', document.uri, range, kind.value);
}

export function positionOf(document: vscode.TextDocument, text: string, character = 0): vscode.Position {
  const start = document.getText().indexOf(text);
  if (start < 0) throw new Error(`${text} is not in ${document.uri.path}`);
  return document.positionAt(start + character);
}

export async function eventually(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const patience = 30_000;
  const start = Date.now();
  while (!(await isSo())) {
    if (Date.now() - start > patience) throw new Error(`no ${what} within ${patience / 1000} seconds`);
    await new Promise(resolve => setTimeout(resolve, 25));
  }
}
