/** The files that the client has told of, with the folders that their paths imply. */
import { type Entry, FileFault, type Status } from '../host.js';

export class GivenFiles {
  readonly #contents = new Map<string, Uint8Array>();
  /** The names in each folder. */
  readonly #folders = new Map<string, Map<string, Entry>>();

  put(path: string, contents: Uint8Array | undefined): void {
    if (contents === undefined) this.#remove(path);
    else this.#add(path, contents);
  }

  read(path: string): Uint8Array | FileFault {
    return this.#contents.get(path) ?? this.#fault(path);
  }

  list(folder: string): readonly Entry[] | FileFault {
    const entries = this.#folders.get(folder);
    return entries === undefined ? missing : [...entries.values()];
  }

  status(path: string): Status | undefined {
    const contents = this.#contents.get(path);
    if (contents !== undefined) return { kind: 'file', size: contents.length, modified: 0 };
    return this.#folders.has(path) ? { kind: 'folder', size: 0, modified: 0 } : undefined;
  }

  #add(path: string, contents: Uint8Array): void {
    this.#contents.set(path, contents);
    let kind: Entry['kind'] = 'file';
    for (let child = path; parentOf(child) !== undefined; child = parentOf(child)!) {
      const entry = { name: child.slice(child.lastIndexOf('/') + 1), kind };
      this.#entriesOf(parentOf(child)!).set(entry.name, entry);
      kind = 'folder';
    }
  }

  /** Folders that become empty stay: nothing asks whether they are. */
  #remove(path: string): void {
    this.#contents.delete(path);
    const name = path.slice(path.lastIndexOf('/') + 1);
    this.#folders.get(parentOf(path) ?? '')?.delete(name);
  }

  #entriesOf(folder: string): Map<string, Entry> {
    const known = this.#folders.get(folder) ?? new Map<string, Entry>();
    this.#folders.set(folder, known);
    return known;
  }

  #fault(path: string): FileFault {
    return this.#folders.has(path) ? new FileFault('folder', 'is a folder') : missing;
  }
}

const missing = new FileFault('missing', 'no such file or folder');

/** Paths of virtual file systems are URIs, `memfs:/models/net.py`; above their root there is nothing. */
function parentOf(path: string): string | undefined {
  const slash = path.lastIndexOf('/');
  if (slash < 0 || slash === path.length - 1) return undefined;
  const isTop = slash === 0 || path[slash - 1] === ':' || path[slash - 1] === '/';
  return isTop ? path.slice(0, slash + 1) : path.slice(0, slash);
}
