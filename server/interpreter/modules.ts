/** Modules that are read from files. */
import type { Tree } from '../syntax/tree.js';
import type { Scope } from './scope.js';
import type { ModuleValue } from './values.js';

/** A Python file as the interpreter needs it. */
export interface SourceFile {
  /** Absolute path, or a URI. */
  readonly path: string;
  readonly text: string;
  readonly tree: Tree;
}

export interface SourceModule extends SourceFile {
  /** Dotted name, `__main__` for a script. */
  readonly name: string;
  readonly isPackage: boolean;
  /** Code that the user owns; findings point there, never into installed libraries. */
  readonly isUserCode: boolean;
  readonly scope: Scope;
  readonly value: ModuleValue;
  state: 'loading' | 'loaded' | 'failed';
  /** It, or what it imports, has given what libraries hold something else. */
  changesLibraries?: boolean;
}

/** Where a module was found. */
export interface FoundModule {
  /** Absent for a namespace package, which is a folder without `__init__.py`, and for compiled code. */
  readonly path?: string;
  /** True where there is no source to read. */
  readonly isCompiled?: boolean;
  readonly isPackage: boolean;
  readonly isUserCode: boolean;
}

/** Files, as imports see them. */
export interface ModuleFinder {
  /** Looks a dotted absolute name up, as seen from the file at `from`. */
  find(name: string, from: string | undefined): FoundModule | undefined;
  /** Reads, and parses when the tree is asked for; undefined when it cannot be read. */
  source(path: string): SourceFile | undefined;
  /** What lies in a folder of code; undefined for any other folder. */
  list?(folder: string): ReadonlyMap<string, 'file' | 'folder'> | undefined;
  /** What the file at `importer` comes to depends on the other one. */
  noteImport(importer: string, imported: string): void;
}
