/** The rules' pages as documents of their own, so that a diagnostic's link opens without network, on every host. */
import { commands, type Disposable, type TextDocumentContentProvider, Uri, workspace } from 'vscode';

/** `package.json` tells the editor to open this scheme as a preview. */
const scheme = 'initlens';

/** Where the links of diagnostics point. */
export const rulePages = `${scheme}:/rules`;

export interface RulePage {
  readonly id: string;
  /** The first sentence under the title. */
  readonly summary: string;
}

export class RulePages implements TextDocumentContentProvider, Disposable {
  readonly #folder: Uri;
  readonly #registration: Disposable;

  constructor(extension: Uri) {
    this.#folder = Uri.joinPath(extension, 'dist', 'rules');
    this.#registration = workspace.registerTextDocumentContentProvider(scheme, this);
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const bytes = await workspace.fs.readFile(Uri.joinPath(this.#folder, nameOf(uri)));
    return new TextDecoder().decode(bytes);
  }

  async list(): Promise<readonly RulePage[]> {
    const entries = await workspace.fs.readDirectory(this.#folder);
    const ids = entries.map(([name]) => /^([a-z-]+)\.md$/.exec(name)?.[1]).filter(it => it !== undefined);
    return Promise.all(ids.sort().map(async id => ({ id, summary: await this.#summaryOf(id) })));
  }

  async show(id: string): Promise<void> {
    await commands.executeCommand('vscode.openWith', uriOf(id), 'vscode.markdown.preview.editor');
  }

  dispose(): void {
    this.#registration.dispose();
  }

  async #summaryOf(id: string): Promise<string> {
    const page = await this.provideTextDocumentContent(uriOf(id));
    const behindTitle = page.slice(page.indexOf('## What it does')).split('\n').slice(1);
    return behindTitle.find(it => /^\w/.test(it)) ?? '';
  }
}

function uriOf(id: string): Uri {
  return Uri.parse(`${rulePages}/${id}.md`);
}

function nameOf({ path }: Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
