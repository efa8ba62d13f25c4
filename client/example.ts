/** The example that the walkthrough opens: a copy that is a person's to change, without a file. */
import { Range, Uri, window, workspace } from 'vscode';

export async function openExample(extension: Uri): Promise<void> {
  const bytes = await workspace.fs.readFile(Uri.joinPath(extension, 'examples', 'deep_relu.py'));
  const content = new TextDecoder().decode(bytes);
  const document = await workspace.openTextDocument({ language: 'python', content });
  const first = document.positionAt(content.indexOf('nn.init.'));
  await window.showTextDocument(document, { selection: new Range(first, first) });
}
