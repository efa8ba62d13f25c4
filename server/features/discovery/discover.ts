/** Finds the Python files and notebooks below folders, as git and the configuration see them. */
import { type Encoding, type FileAccess, FileFault } from '../../host.js';
import { isNotebook } from '../../text/cells.js';
import { joinPath } from '../../text/paths.js';
import type { Configuration } from '../configuration/configuration.js';
import { isExcluded } from '../configuration/patterns.js';
import { GitIgnore } from './gitignore.js';

export interface Discovered {
  readonly path: string;
  /** Present when the file or folder cannot be read. */
  readonly fault?: FileFault;
}

export interface Surroundings {
  readonly files: FileAccess & Encoding;
  configurationOf(path: string): Configuration;
}

/** Folders that hold no code of the project, as ruff leaves them out, and caches. */
const usualExcludes: ReadonlySet<string> = new Set([
  '.bzr',
  '.direnv',
  '.eggs',
  '.git',
  '.git-rewrite',
  '.hg',
  '.ipynb_checkpoints',
  '.mypy_cache',
  '.nox',
  '.pants.d',
  '.pytest_cache',
  '.pytype',
  '.ruff_cache',
  '.svn',
  '.tox',
  '.venv',
  '__pycache__',
  '__pypackages__',
  '_build',
  'buck-out',
  'build',
  'dist',
  'node_modules',
  'site-packages',
  'venv',
]);

/** Lazily and sorted by name; links to folders are not followed. */
export function* discoverFiles(folder: string, surroundings: Surroundings): Iterable<Discovered> {
  yield* below(folder, surroundings, new GitIgnore(surroundings.files));
}

function* below(folder: string, surroundings: Surroundings, git: GitIgnore): Iterable<Discovered> {
  const entries = surroundings.files.list(folder);
  if (entries instanceof FileFault) {
    yield { path: folder, fault: entries };
    return;
  }
  for (const { name, kind } of entries.toSorted(byName)) {
    const path = joinPath(folder, name);
    const isFolder = kind === 'folder';
    if (isFolder ? isForeign(path, name, surroundings.files) : !isPython(name)) continue;
    if (git.ignores(folder, name, isFolder) || isExcluded(path, surroundings.configurationOf(path))) continue;
    if (isFolder) yield* below(path, surroundings, git);
    else if (kind === 'file' || surroundings.files.status(path)?.kind === 'file') yield { path };
  }
}

/** A virtual environment of any name has a `pyvenv.cfg`. */
function isForeign(path: string, name: string, files: FileAccess): boolean {
  return usualExcludes.has(name) || files.status(joinPath(path, 'pyvenv.cfg')) !== undefined;
}

export function isPython(name: string): boolean {
  return name.endsWith('.py') || isNotebook(name);
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}
