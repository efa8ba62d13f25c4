/** What .gitignore files leave out, from the repository's root down. */
import type { Ignore } from 'ignore';
import { type Encoding, type FileAccess, FileFault } from '../../host.js';
import { foldersAbove, isInside, joinPath } from '../../text/paths.js';
import { createIgnore } from '../configuration/patterns.js';

/** Remembers the files it has read. */
export class GitIgnore {
  readonly #files: FileAccess & Encoding;
  readonly #byFolder = new Map<string, Ignore | undefined>();
  readonly #roots = new Map<string, readonly string[]>();

  constructor(files: FileAccess & Encoding) {
    this.#files = files;
  }

  /** Whether git leaves out this entry of `folder`. What lies in a folder that is left out must not be asked for. */
  ignores(folder: string, name: string, isFolder: boolean): boolean {
    const path = joinPath(folder, name);
    for (const above of this.#foldersOfRepository(folder)) {
      const answer = this.#in(above)?.test(relativeTo(above, path) + (isFolder ? '/' : ''));
      if (answer?.ignored) return true;
      if (answer?.unignored) return false;
    }
    return false;
  }

  /** The folder and those above it up to the repository's root, nearest first. */
  #foldersOfRepository(folder: string): readonly string[] {
    let folders = this.#roots.get(folder);
    if (folders === undefined) {
      const above = [...foldersAbove(folder)];
      const root = above.find(it => this.#files.status(joinPath(it, '.git')) !== undefined);
      folders = root === undefined ? above : above.filter(it => isInside(root, it));
      this.#roots.set(folder, folders);
    }
    return folders;
  }

  #in(folder: string): Ignore | undefined {
    if (!this.#byFolder.has(folder)) this.#byFolder.set(folder, this.#read(joinPath(folder, '.gitignore')));
    return this.#byFolder.get(folder);
  }

  #read(path: string): Ignore | undefined {
    const bytes = this.#files.readFile(path);
    if (bytes instanceof FileFault) return undefined;
    const text = this.#files.decodeUtf8(bytes);
    return text === undefined ? undefined : createIgnore().add(text);
  }
}

function relativeTo(folder: string, path: string): string {
  return path.slice(folder.endsWith('/') ? folder.length : folder.length + 1);
}
