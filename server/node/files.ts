/** Files in Node. Paths go out with `/` also on Windows, where Node takes them in just as well. */
import {
  accessSync,
  closeSync,
  constants,
  type Dirent,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  watch,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Entry, type FileAccess, FileFault, type FileSink, type FileWriter, type Status } from '../host.js';

export const nodeFiles: FileAccess & FileWriter = {
  readFile: path => attempt(() => new Uint8Array(readFileSync(path))),
  list: folder => attempt(() => readdirSync(folder, { withFileTypes: true }).map(entryOf)),
  status: path => optional(() => statusOf(path)),
  realPath: path => optional(() => forwardSlashes(realpathSync(path))),
  writeFile(path, contents) {
    const sink = createFile(path);
    if (sink instanceof FileFault) return sink;
    const fault = attempt(() => sink.write(contents));
    if (!(fault instanceof FileFault)) return sink.commit();
    sink.discard();
    return fault;
  },
  createFile,
};

export function forwardSlashes(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}

export function watchFolders(folders: readonly string[], changed: (path: string) => void): () => void {
  const watchers = folders.map(folder =>
    watch(folder, { recursive: true }, (_, name) =>
      changed(forwardSlashes(name === null ? folder : join(folder, name))),
    ),
  );
  return () => {
    for (const watcher of watchers) watcher.close();
  };
}

/** Links are followed, so that the file behind one is replaced and not the link. */
function createFile(path: string): FileSink | FileFault {
  const target = optional(() => realpathSync(path)) ?? path;
  const beside = `${target}.${process.pid}.tmp`;
  const mode = optional(() => statSync(target).mode);
  if (mode !== undefined && !isWritable(target, mode)) return new FileFault('denied', 'the file is read-only');
  const file = attempt(() => openSync(beside, 'wx', mode));
  if (file instanceof FileFault) return file;
  return sinkOf(file, beside, target);
}

/** The bits count also for root, who would be let through. */
function isWritable(path: string, mode: number): boolean {
  const isAccessible = optional(() => accessSync(path, constants.W_OK) === undefined) ?? false;
  return isAccessible && (mode & 0o222) !== 0;
}

function sinkOf(file: number, beside: string, target: string): FileSink {
  return {
    write(bytes) {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    },
    commit() {
      const fault = attempt(() => {
        fsyncSync(file);
        closeSync(file);
        renameSync(beside, target);
      });
      if (!(fault instanceof FileFault)) return undefined;
      rmSync(beside, { force: true });
      return fault;
    },
    discard() {
      closeSync(file);
      rmSync(beside, { force: true });
    },
  };
}

function entryOf(entry: Dirent): Entry {
  if (entry.isSymbolicLink()) return { name: entry.name, kind: 'link' };
  if (entry.isDirectory()) return { name: entry.name, kind: 'folder' };
  return { name: entry.name, kind: entry.isFile() ? 'file' : 'other' };
}

function statusOf(path: string): Status {
  const stat = statSync(path);
  const kind = stat.isDirectory() ? 'folder' : stat.isFile() ? 'file' : 'other';
  return { kind, size: stat.size, modified: stat.mtimeMs };
}

function optional<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}

function attempt<T>(ask: () => T): T | FileFault {
  try {
    return ask();
  } catch (error) {
    return faultOf(error as NodeJS.ErrnoException);
  }
}

const words: Readonly<Record<string, readonly [FileFault['reason'], string]>> = {
  ENOENT: ['missing', 'no such file or folder'],
  ENOTDIR: ['missing', 'no such file or folder'],
  EACCES: ['denied', 'permission denied'],
  EPERM: ['denied', 'permission denied'],
  EROFS: ['denied', 'the file system is read-only'],
  EISDIR: ['folder', 'is a folder'],
  ELOOP: ['other', 'the links go in circles'],
  ENOSPC: ['other', 'the disk is full'],
};

function faultOf(error: NodeJS.ErrnoException): FileFault {
  const known = words[error.code ?? ''];
  return known ? new FileFault(...known) : new FileFault('other', error.message);
}
