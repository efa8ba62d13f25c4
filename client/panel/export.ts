/** Asks where a file is to lie and writes it there. */
import { Uri, window, workspace } from 'vscode';

export async function saveFile(name: string, contents: Uint8Array): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const chosen = await window.showSaveDialog(folder ? { defaultUri: Uri.joinPath(folder, name) } : {});
  if (chosen === undefined) return;
  await workspace.fs.writeFile(chosen, contents);
  void window.showInformationMessage(`${chosen.path} is written.`);
}
