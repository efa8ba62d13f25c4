/** Files that exist in a test alone. */
import { type Entry, type FileAccess, FileFault } from '../../server/host.js';

/** Texts by absolute path. */
export function memoryFiles(
  texts: ReadonlyMap<string, string>,
): FileAccess & { decodeUtf8(bytes: Uint8Array): string } {
  const missing = new FileFault('missing', 'no such file or folder');
  const isFolder = (path: string) => [...texts.keys()].some(it => it.startsWith(`${path}/`));
  return {
    readFile(path) {
      const text = texts.get(path);
      return text === undefined ? missing : new TextEncoder().encode(text);
    },
    list: folder => (isFolder(folder) ? entriesOf(texts.keys(), folder) : missing),
    status(path) {
      const text = texts.get(path);
      if (text !== undefined) return { kind: 'file', size: text.length, modified: 0 };
      return isFolder(path) ? { kind: 'folder', size: 0, modified: 0 } : undefined;
    },
    realPath: path => (texts.has(path) || isFolder(path) ? path : undefined),
    decodeUtf8: bytes => new TextDecoder().decode(bytes),
  };
}

function entriesOf(paths: Iterable<string>, folder: string): readonly Entry[] {
  const entries = new Map<string, Entry>();
  for (const path of paths) {
    if (!path.startsWith(`${folder}/`)) continue;
    const [name, ...rest] = path.slice(folder.length + 1).split('/');
    entries.set(name!, { name: name!, kind: rest.length > 0 ? 'folder' : 'file' });
  }
  return [...entries.values()];
}
