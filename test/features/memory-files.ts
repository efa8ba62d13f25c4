/** Files that exist in a test only. */
import { type Encoding, type Entry, type FileAccess, FileFault } from '../../server/host.js';

const missing = new FileFault('missing', 'no such file or folder');

export function memoryFiles(texts: Readonly<Record<string, string>>): FileAccess & Encoding {
  const paths = Object.keys(texts);
  const isFolder = (path: string) => paths.some(it => it.startsWith(`${path === '/' ? '' : path}/`));
  return {
    readFile: path => (texts[path] === undefined ? missing : new TextEncoder().encode(texts[path])),
    list: folder => (isFolder(folder) ? entriesOf(folder, paths) : missing),
    status: path => statusOf(texts[path] !== undefined, isFolder(path)),
    realPath: path => path,
    decodeUtf8: bytes => new TextDecoder().decode(bytes),
    encodeUtf8: text => new TextEncoder().encode(text),
    sha256: () => {
      throw new Error('not needed');
    },
  };
}

function entriesOf(folder: string, paths: readonly string[]): readonly Entry[] {
  const prefix = folder === '/' ? '/' : `${folder}/`;
  const rests = paths.filter(it => it.startsWith(prefix)).map(it => it.slice(prefix.length));
  const entries = rests.map((rest): [string, Entry['kind']] => [
    rest.split('/')[0]!,
    rest.includes('/') ? 'folder' : 'file',
  ]);
  return [...new Map(entries)].map(([name, kind]) => ({ name, kind }));
}

function statusOf(isFile: boolean, isFolder: boolean) {
  if (isFile) return { kind: 'file' as const, size: 0, modified: 0 };
  return isFolder ? { kind: 'folder' as const, size: 0, modified: 0 } : undefined;
}
