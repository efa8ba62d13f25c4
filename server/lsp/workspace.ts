/** The folders of the workspace and the documents that are open in them. */
import type { Host } from '../host.js';
import { isInside } from '../text/paths.js';
import type { Source } from '../text/source.js';
import { Folder } from './folder.js';
import type { Log } from './log.js';
import { readSettings, type Settings } from './settings.js';
import { pathOf, schemeOf, uriOf } from './uri.js';

export interface OpenDocument {
  readonly uri: string;
  readonly path: string;
  readonly version: number;
}

/** Schemes whose documents are copies of others: of another commit, of one side of a comparison. */
const copies: ReadonlySet<string> = new Set(['git', 'gitlens', 'git-index', 'review', 'vscode-local-history']);

export class Workspace {
  readonly host: Host;
  readonly #log: Log;
  /** Told that a folder has questions to all of its files. */
  later = () => {};
  #folders: readonly Folder[] = [];
  /** For what lies in no folder, and for copies: nothing around them is looked at. */
  readonly #outside: Folder;
  readonly #copies: Folder;
  readonly #documents = new Map<string, OpenDocument>();

  constructor(host: Host, log: Log) {
    this.host = host;
    this.#log = log;
    this.#outside = this.#createFolder(undefined, readSettings(undefined));
    this.#copies = this.#createFolder(undefined, readSettings(undefined));
  }

  get folders(): readonly Folder[] {
    return this.#folders;
  }

  /** What is open without a folder counts where there is no folder. */
  get mainFolders(): readonly Folder[] {
    return this.#folders.length > 0 ? this.#folders : [this.#outside];
  }

  /** With the place for documents outside of every folder. */
  get allFolders(): readonly Folder[] {
    return [...this.#folders, this.#outside, this.#copies];
  }

  get documents(): Iterable<OpenDocument> {
    return this.#documents.values();
  }

  /** Folders that stay keep what they know; open documents move to the folder that now holds them. */
  setFolders(roots: readonly string[], settings: Settings): void {
    const kept = new Map(this.#folders.map(it => [it.root, it]));
    const texts = [...this.#documents.values()].map(it => [it, this.sourceOf(it.path)?.text ?? ''] as const);
    for (const { path } of this.#documents.values()) this.folderOf(path).close(path);
    this.#folders = roots.map(root => kept.get(root) ?? this.#createFolder(root, settings));
    for (const [{ path }, text] of texts) this.folderOf(path).open(path, text);
  }

  #createFolder(root: string | undefined, settings: Settings): Folder {
    return new Folder(root, settings, this.host, this.#log, () => this.later());
  }

  configureOutside(settings: Settings): void {
    this.#outside.configure(settings);
    this.#copies.configure(settings);
  }

  /** The innermost folder that holds the path; the first one for what is not saved yet. */
  folderOf(path: string): Folder {
    if (copies.has(schemeOf(path))) return this.#copies;
    if (path.startsWith('untitled:')) return this.#folders[0] ?? this.#outside;
    const holding = this.#folders.filter(it => it.root !== undefined && isInside(it.root, path));
    return holding.sort((a, b) => (b.root?.length ?? 0) - (a.root?.length ?? 0))[0] ?? this.#outside;
  }

  open(uri: string, version: number, text: string): OpenDocument {
    const document = { uri, version, path: pathOf(uri) };
    this.#documents.set(document.path, document);
    this.folderOf(document.path).open(document.path, text);
    return document;
  }

  close(uri: string): void {
    const path = pathOf(uri);
    if (this.#documents.delete(path)) this.folderOf(path).close(path);
  }

  document(path: string): OpenDocument | undefined {
    return this.#documents.get(path);
  }

  sourceOf(path: string): Source | undefined {
    return this.folderOf(path).project.source(path)?.source;
  }

  /** As the client spells it. */
  uriOf(path: string): string {
    return this.#documents.get(path)?.uri ?? uriOf(path);
  }
}

/** Whether findings are to be shown on a document without being asked. */
export function isCopy(uri: string): boolean {
  return copies.has(schemeOf(uri));
}
