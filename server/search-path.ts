/** Where Python would find a module: beside the file, above it, in the workspace, in installed packages. */
import type { FileAccess } from './host.js';
import type { FoundModule } from './interpreter/modules.js';

export interface SearchOptions {
  readonly roots: readonly string[];
  readonly pythonPath: readonly string[];
  readonly sitePackages?: readonly string[];
}

/** Folders between a namespace package and the files that make it one. */
const DEEPEST_NAMESPACE = 3;

/** What tells how modules are named, and whether they are published. */
const ALWAYS_WANTED: ReadonlySet<string> = new Set(['__init__.py', 'setup.py', 'setup.cfg', 'pyproject.toml']);

const INSTALLED = /\/(site|dist)-packages(\/|$)/;

export class SearchPath {
  private readonly found = new Map<string, FoundModule | null>();
  /** Each part of every name that was looked for. */
  private readonly asked = new Set<string>();
  private readonly entries = new Map<string, ReadonlyMap<string, 'file' | 'folder' | 'link' | 'other'>>();

  constructor(
    private readonly files: FileAccess,
    private readonly options: SearchOptions,
  ) {}

  forget(): void {
    this.found.clear();
    this.entries.clear();
  }

  /**
   * Whether what was looked for may be found elsewhere, or no longer, as the file comes or goes: by its name, as what makes its
   * folder a package, or as the one file of Python there.
   */
  isWanted(path: string): boolean {
    if (!path.startsWith('/')) return false;
    const folder = folderOf(path);
    const name = path.slice(folder.length + 1);
    if (ALWAYS_WANTED.has(name) || this.asked.has(name.replace(/\..*$/, ''))) return true;
    return ![...this.list(folder).keys()].some(it => it !== name && it.endsWith('.py'));
  }

  /**
   * A folder without `__init__.py` is a package only where no folder has a module of the name. One with it may hold scripts
   * all the same, whose folder Python looks in first: what is found nowhere else is looked for beside the file, and in the
   * packages around it.
   */
  find(name: string, from: string | undefined): FoundModule | undefined {
    for (const part of name.split('.')) this.asked.add(part);
    const folders = [...this.foldersAround(from), ...this.options.roots, ...this.options.pythonPath];
    const beside = from?.startsWith('/') ? this.packagesAround(folderOf(from)) : [];
    let namespace: FoundModule | undefined;
    for (const folder of [...new Set([...folders, ...(this.options.sitePackages ?? []), ...beside])]) {
      const found = this.within(folder, name);
      if (found?.path !== undefined || found?.isCompiled) return found;
      namespace ??= found;
    }
    return namespace;
  }

  /** What lies in a folder that has modules or packages in it; undefined for any other. */
  folderOfCode(folder: string): ReadonlyMap<string, 'file' | 'folder'> | undefined {
    const names = [...this.list(folder)].filter(([, kind]) => kind !== 'other');
    if (
      !names.some(([name, kind]) => name.endsWith('.py') || (isFolder(kind) && this.holdsPython(`${folder}/${name}`)))
    )
      return undefined;
    return new Map(names.map(([name, kind]) => [name, isFolder(kind) && !name.endsWith('.py') ? 'folder' : 'file']));
  }

  isUserCode(path: string): boolean {
    if (INSTALLED.test(path)) return this.options.roots.some(it => INSTALLED.test(it) && path.startsWith(`${it}/`));
    return !(this.options.sitePackages ?? []).some(it => path.startsWith(`${it}/`));
  }

  /** The dotted name that an import from the folder above its packages would use. */
  nameOf(path: string): string {
    const folder = this.outsidePackages(folderOf(path));
    const relative = path.slice(folder.length + 1).replace(/\.pyi?$|\.ipynb$/, '');
    return relative
      .split('/')
      .join('.')
      .replace(/\.__init__$/, '');
  }

  /** The nearest folder above that is no package, then its parents up to the workspace folder. */
  private foldersAround(from: string | undefined): readonly string[] {
    if (from === undefined || !from.startsWith('/')) return [];
    const root = this.rootOf(from);
    const folders: string[] = [];
    for (let folder = this.outsidePackages(folderOf(from)); folder !== ''; folder = folderOf(folder)) {
      folders.push(folder);
      if (root === undefined || folder === root || !folder.startsWith(root)) break;
    }
    return folders;
  }

  /** The folder itself, and above it those that are packages. */
  private packagesAround(folder: string): readonly string[] {
    const packages = [folder];
    for (let it = folder; it !== '' && this.list(it).has('__init__.py'); it = folderOf(it)) packages.push(folderOf(it));
    return packages;
  }

  private rootOf(path: string): string | undefined {
    return this.options.roots.filter(it => path.startsWith(`${it}/`)).sort((a, b) => b.length - a.length)[0];
  }

  private outsidePackages(folder: string): string {
    let outside = folder;
    while (outside !== '' && this.list(outside).has('__init__.py')) outside = folderOf(outside);
    return outside;
  }

  private within(folder: string, name: string): FoundModule | undefined {
    const key = `${folder}\0${name}`;
    let found = this.found.get(key);
    if (found === undefined) {
      found = this.look(folder, name.split('.')) ?? null;
      this.found.set(key, found);
    }
    return found ?? undefined;
  }

  private look(folder: string, parts: readonly string[]): FoundModule | undefined {
    const parent = [folder, ...parts.slice(0, -1)].join('/');
    const last = parts.at(-1)!;
    if (parts.length > 1 && !this.isFolder(folder, parts[0]!)) return undefined;
    const here = this.list(parent);
    const path = `${parent}/${last}`;
    if (isFolder(here.get(last)) && this.list(path).has('__init__.py')) return this.module(`${path}/__init__.py`, true);
    if (here.has(`${last}.py`)) return this.module(`${path}.py`, false);
    if (isCompiled(here, last)) return { isPackage: false, isUserCode: false, isCompiled: true };
    if (isFolder(here.get(last)) && this.holdsPython(path))
      return { isPackage: true, isUserCode: this.isUserCode(path) };
    return undefined;
  }

  private module(path: string, isPackage: boolean): FoundModule {
    return { path, isPackage, isUserCode: this.isUserCode(path) };
  }

  private isFolder(folder: string, name: string): boolean {
    return isFolder(this.list(folder).get(name));
  }

  /** A namespace package: a folder with Python files in it or not far below it. */
  private holdsPython(folder: string, depth = DEEPEST_NAMESPACE): boolean {
    const names = [...this.list(folder)];
    if (names.some(([name]) => name.endsWith('.py'))) return true;
    if (depth === 0) return false;
    return names.some(([name, kind]) => isFolder(kind) && this.holdsPython(`${folder}/${name}`, depth - 1));
  }

  private list(folder: string): ReadonlyMap<string, 'file' | 'folder' | 'link' | 'other'> {
    let names = this.entries.get(folder);
    if (names === undefined) {
      const listed = this.files.list(folder);
      names = new Map('message' in listed ? [] : listed.map(it => [it.name, it.kind]));
      this.entries.set(folder, names);
    }
    return names;
  }
}

/** `_C.cpython-311-x86_64-linux-gnu.so`, `_C.abi3.so`, `_C.pyd`. */
function isCompiled(folder: ReadonlyMap<string, unknown>, name: string): boolean {
  return [...folder.keys()].some(it => it.startsWith(`${name}.`) && /\.(so|pyd)$/.test(it));
}

const isFolder = (kind: string | undefined) => kind === 'folder' || kind === 'link';

const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')));
