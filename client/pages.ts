/** The rules' pages as documents of their own, so that a diagnostic's link opens without network, on every host. */
import { commands, type Disposable, type TextDocumentContentProvider, Uri, workspace } from 'vscode';

/** `package.json` tells the editor to open this scheme as a preview. */
const scheme = 'initlens';

/** Where the links of diagnostics point. */
export const rulePages = `${scheme}:/rules`;

export interface RulePage {
  readonly id: string;
  /** What it finds, in one sentence. */
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

  /** From the catalogue: extensions that come over the network have no folders to list. */
  async list(): Promise<readonly RulePage[]> {
    const catalogue = await this.provideTextDocumentContent(uriOf('README'));
    const rows = catalogue.matchAll(/^\| \[([a-z-]+)\]\([^)]*\) \| (.+?) \|/gm);
    return [...rows].map(([, id, summary]) => ({ id: id!, summary: summary! }));
  }

  async show(id: string): Promise<void> {
    await commands.executeCommand('vscode.openWith', uriOf(id), 'vscode.markdown.preview.editor');
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

function uriOf(id: string): Uri {
  return Uri.parse(`${rulePages}/${id}.md`);
}

function nameOf({ path }: Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
