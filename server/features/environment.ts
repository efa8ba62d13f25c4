/** Where Python would find installed packages: the project's environment, then the machine's. */
import { type Entry, type FileAccess, FileFault } from '../host.js';
import { joinPath } from '../text/paths.js';

export interface Machine {
  readonly files: FileAccess;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Folders that exist, nearest first: the active environment, those in the project, the system's. */
export function packageFolders(roots: readonly string[], machine: Machine): readonly string[] {
  return [...environmentFolders(roots, machine), ...systemFolders(machine.files)];
}

/** Without the system's, which know nothing of the project. */
export function environmentFolders(roots: readonly string[], { files, environment }: Machine): readonly string[] {
  const active = [environment.VIRTUAL_ENV, environment.CONDA_PREFIX].filter(it => it !== undefined);
  const local = roots.flatMap(root => ['.venv', 'venv', 'env', '.env'].map(name => joinPath(root, name)));
  return [...active, ...local].flatMap(prefix => sitePackages(prefix, files));
}

/** `lib/python3.11/site-packages`, on Windows `Lib/site-packages`. */
function sitePackages(prefix: string, files: FileAccess): readonly string[] {
  const folders = [...versionFolders(`${prefix}/lib`, files), `${prefix}/Lib`];
  return folders.map(it => `${it}/site-packages`).filter(it => isFolder(it, files));
}

/** Debian's and other Linux distributions' places, and Homebrew's. */
function systemFolders(files: FileAccess): readonly string[] {
  const prefixes = ['/usr/local', '/usr', '/opt/homebrew'];
  const versioned = prefixes.flatMap(prefix => versionFolders(`${prefix}/lib`, files));
  const candidates = [
    ...versioned.flatMap(it => [`${it}/dist-packages`, `${it}/site-packages`]),
    '/usr/lib/python3/dist-packages',
  ];
  return candidates.filter(it => isFolder(it, files));
}

/** `python3.12` before `python3.11`. */
function versionFolders(folder: string, files: FileAccess): readonly string[] {
  const entries = files.list(folder);
  if (entries instanceof FileFault) return [];
  const versions = entries.filter(isVersion).map(it => it.name);
  return versions.sort((a, b) => minorOf(b) - minorOf(a)).map(name => joinPath(folder, name));
}

function isVersion({ name, kind }: Entry): boolean {
  return kind !== 'file' && /^python3\.\d+$/.test(name);
}

function minorOf(name: string): number {
  return Number(name.slice('python3.'.length));
}

function isFolder(path: string, files: FileAccess): boolean {
  return files.status(path)?.kind === 'folder';
}
