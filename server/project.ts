/** The files of a workspace as evaluation needs them: found, read, parsed once, and kept until they change. */

import { Dependencies } from './dependencies.js';
import { frameworks } from './frameworks/index.js';
import type { FileAccess } from './host.js';
import { type Builtins, createBuiltins } from './interpreter/builtins/index.js';
import { standardLibrary } from './interpreter/library/index.js';
import type { FoundModule, ModuleFinder, SourceFile, SourceModule } from './interpreter/modules.js';
import type { Library } from './interpreter/native.js';
import { Relay } from './interpreter/relay.js';
import { Mentions } from './mentions.js';
import { programOf, readNotebook } from './notebook.js';
import { SearchPath } from './search-path.js';
import { parse, parseLazily } from './syntax/parse.js';
import { type Read, reparse } from './syntax/reparse.js';
import type { Tree } from './syntax/tree.js';
import { isNotebook } from './text/cells.js';
import { decode } from './text/encoding.js';
import { Source } from './text/source.js';
import { Words } from './text/words.js';

export interface ProjectOptions {
  readonly files: FileAccess & { decodeUtf8(bytes: Uint8Array): string | undefined };
  /** Workspace folders, absolute. */
  readonly roots: readonly string[];
  /** Folders that Python would search besides. */
  readonly pythonPath: readonly string[];
  /** Folders of installed packages, nearest first. */
  readonly sitePackages?: readonly string[];
  readonly settings?: ReadonlyMap<string, string>;
  /** Told that questions to all files of the workspace wait for `mentions.search.work`; without it they are answered at once. */
  readonly later?: () => void;
}

/** A file that could not be read as Python source. */
export interface Unreadable {
  readonly error: string;
}

export interface ParsedSource extends SourceFile {
  readonly source: Source;
}

/** Longest file that is evaluated, in UTF-16 units; generated tables are longer, model code is not. */
const LONGEST = 3_000_000;

/** Texts that are kept with their trees, in UTF-16 units: trees take some thirty times that. */
const MOST_HELD = 12_000_000;

const BUILDS = ['setup.py', 'setup.cfg', 'pyproject.toml'];

export class Project implements ModuleFinder {
  readonly libraries: readonly Library[];
  readonly builtins: Builtins = createBuiltins();
  readonly settings: ReadonlyMap<string, string>;
  /** Modules that evaluations have loaded, by name; dropped when they, or what they import, change. */
  readonly loaded = new Map<string, SourceModule>();
  /** The same for evaluations in strict mode, in which faults end a module instead of leaving unknowns in it. */
  readonly strictlyLoaded = new Map<string, SourceModule>();
  /** Machines of the project share modules. */
  readonly relay = new Relay();
  private readonly files: ProjectOptions['files'];
  private readonly search: SearchPath;
  private readonly open = new Map<string, string>();
  private readonly dependencies = new Dependencies();
  /** Changes that may concern every file, and those of what each was evaluated with. */
  private version = 0;
  private readonly versions = new Map<string, number>();
  /** Files that have been read: one that has not may be what an import did not find. */
  private readonly known = new Set<string>();
  private readonly sources = new Map<string, ParsedSource | Unreadable>();
  /** The length of all texts that were read. */
  private held = 0;
  /** What open documents were before their last change. */
  private readonly earlier = new Map<string, Read>();
  /** Who names which function, in all of the workspace. */
  readonly mentions: Mentions;

  constructor(readonly options: ProjectOptions) {
    this.files = options.files;
    this.settings = options.settings ?? new Map();
    this.libraries = [...frameworks.map(it => it.createLibrary()), standardLibrary()];
    this.search = new SearchPath(options.files, options);
    this.mentions = new Mentions({
      files: options.files,
      roots: options.roots,
      later: options.later,
      text: it => this.open.get(it) ?? this.textOf(it),
      isThere: it => this.open.has(it) || this.files.status(it)?.kind === 'file',
      words: it => this.wordsOf(it),
      source: it => this.peek(it),
      find: (name, from) => this.search.find(name, from)?.path,
    });
  }

  /** An open document's text stands for the file until it is closed; a notebook's is that of its joined cells. */
  openDocument(path: string, text: string): void {
    const read = this.sources.get(path);
    this.open.set(path, text);
    if (read === undefined || 'error' in read || read.text !== text) this.changed(path);
  }

  closeDocument(path: string): void {
    const text = this.open.get(path);
    this.open.delete(path);
    if (text === undefined || this.textOf(path) !== text) this.changed(path);
    else this.earlier.delete(path);
  }

  /** Forgets what was known of the file and of every module that may have been evaluated with it. */
  changed(path: string): void {
    const source = this.sources.get(path);
    if (!this.open.has(path)) this.earlier.delete(path);
    else if (source instanceof LazilyParsed && source.lastRead !== undefined) this.earlier.set(path, source.lastRead);
    this.sources.delete(path);
    this.search.forget();
    this.relay.failed.clear();
    if (this.isNews(path)) this.everythingChanged();
    else this.forgetEvaluated(path);
    this.answered(this.mentions.fileChanged(path));
  }

  /** A file that comes or goes changes what imports find, where any has asked for its name. */
  private isNews(path: string): boolean {
    const isThere = this.open.has(path) || this.files.status(path) !== undefined;
    if (isThere && this.known.has(path)) return false;
    if (!isThere) this.known.delete(path);
    return this.search.isWanted(path);
  }

  private everythingChanged(): void {
    this.version++;
    for (const loaded of this.loadedModules) loaded.clear();
  }

  /** Lets go of what can be read and evaluated again, once it is more than most workspaces have. */
  trim(): void {
    if (this.held < MOST_HELD) return;
    this.held = 0;
    for (const path of this.sources.keys()) if (!this.open.has(path)) this.sources.delete(path);
    for (const loaded of this.loadedModules) loaded.clear();
    this.relay.failed.clear();
  }

  /** A file that was looked at by itself: unless another has imported it, it is not asked for again. */
  letGo(path: string): void {
    const source = this.sources.get(path);
    if (source === undefined || this.open.has(path)) return;
    for (const loaded of this.loadedModules) {
      for (const module of loaded.values()) if (module.path === path) return;
    }
    if (!('error' in source)) this.held -= source.text.length;
    this.sources.delete(path);
  }

  /** Modules that the file imports may hold what it has put into them: a registry, a patched class. */
  private forgetEvaluated(path: string): void {
    const concerned = this.dependencies.leadingTo(path);
    this.answered([...concerned].filter(it => it !== path));
    const written = [...this.dependencies.behind(path)].filter(it => this.isUserCode(it));
    drop(this.loaded, new Set(['', ...concerned, ...written]));
    // What others have put into those modules, they put into them again.
    drop(this.strictlyLoaded, new Set(['', ...this.dependencies.leadingTo(path, ...written)]));
  }

  private get loadedModules(): readonly Map<string, SourceModule>[] {
    return [this.loaded, this.strictlyLoaded];
  }

  /** What was found in these files without the answers to questions about others may be out of date. */
  answered(paths: Iterable<string>): void {
    for (const path of paths) this.versions.set(path, (this.versions.get(path) ?? 0) + 1);
  }

  /** Changes whenever a file does that this one was evaluated with, and when files come or go that imports may find. */
  versionOfOthers(path: string): string {
    return `${this.version}.${this.versions.get(path) ?? 0}`;
  }

  /** The files, and all that were evaluated with one of them. */
  leadingTo(paths: readonly string[]): ReadonlySet<string> {
    return this.dependencies.leadingTo(...paths);
  }

  noteImport(importer: string, imported: string): void {
    this.dependencies.note(importer, imported);
  }

  find(name: string, from: string | undefined): FoundModule | undefined {
    return this.search.find(name, from);
  }

  list(folder: string): ReadonlyMap<string, 'file' | 'folder'> | undefined {
    return this.search.folderOfCode(folder);
  }

  /** Where a file stands among packages: the dotted name that imports would use. */
  nameOf(path: string): string {
    return this.search.nameOf(path);
  }

  isUserCode(path: string): boolean {
    return this.search.isUserCode(path);
  }

  /** Whether the file is in a package, and its workspace is built to be installed. */
  isPublished(path: string): boolean {
    const isInPackage = this.files.status(`${path.slice(0, path.lastIndexOf('/'))}/__init__.py`) !== undefined;
    const root = this.options.roots.find(it => path.startsWith(`${it}/`));
    return isInPackage && root !== undefined && BUILDS.some(it => this.files.status(`${root}/${it}`) !== undefined);
  }

  source(path: string): ParsedSource | undefined {
    const source = this.read(path);
    return 'error' in source ? undefined : source;
  }

  /** The file's source and tree, or why there is none. */
  read(path: string): ParsedSource | Unreadable {
    let source = this.sources.get(path);
    if (source === undefined) {
      source = this.load(path);
      this.earlier.delete(path);
      this.sources.set(path, source);
      if (!('error' in source)) {
        this.known.add(path);
        this.held += source.text.length;
      }
    }
    return source;
  }

  /** A source that is looked at once: kept only where it was kept before, or is open. */
  private peek(path: string): ParsedSource | undefined {
    const source = this.open.has(path) ? this.read(path) : (this.sources.get(path) ?? this.load(path));
    return 'error' in source ? undefined : source;
  }

  private load(path: string): ParsedSource | Unreadable {
    const text = this.open.get(path) ?? this.textOf(path);
    if (typeof text !== 'string') return text;
    const source = new Source(path, text);
    return this.isUserCode(path)
      ? new LazilyParsed(source, parse, this.earlier.get(path))
      : new LazilyParsed(source, parseLazily);
  }

  private wordsOf(path: string): Words | undefined {
    const isAsItLies = !this.open.has(path) && !isNotebook(path);
    const contents = isAsItLies ? this.files.readFile(path) : (this.open.get(path) ?? this.textOf(path));
    if (contents instanceof Uint8Array) return new Words(contents);
    return typeof contents === 'string' ? Words.of(contents) : undefined;
  }

  private textOf(path: string): string | Unreadable {
    const bytes = this.files.readFile(path);
    if (!(bytes instanceof Uint8Array)) return { error: bytes.message };
    const decoded = decode(bytes, it => this.files.decodeUtf8(it));
    if ('error' in decoded) return { error: decoded.error };
    if (!isNotebook(path)) return decoded.text;
    const notebook = readNotebook(decoded.text);
    return 'error' in notebook ? notebook : notebook.text;
  }
}

/** Of some files only the text is asked for. */
class LazilyParsed implements ParsedSource {
  #tree: Tree | undefined;

  constructor(
    readonly source: Source,
    private readonly parse: (text: string) => Tree,
    /** What the file was before. */
    private earlier?: Read,
  ) {}

  get path(): string {
    return this.source.path;
  }

  get text(): string {
    return this.source.text;
  }

  get tree(): Tree {
    this.#tree ??= this.text.length > LONGEST ? emptyTree(this.text.length) : this.#parsed();
    return this.#tree;
  }

  /** What was read last, of this or of what was before. */
  get lastRead(): Read | undefined {
    return this.#tree === undefined ? this.earlier : { text: this.#program, tree: this.#tree };
  }

  #parsed(): Tree {
    const { earlier } = this;
    delete this.earlier;
    return earlier === undefined ? this.parse(this.#program) : reparse(earlier, this.#program);
  }

  get #program(): string {
    return isNotebook(this.path) ? programOf(this.text) : this.text;
  }
}

/** A file that is too long is left alone, and says so. */
function emptyTree(length: number): Tree {
  const message = 'the file is too long to be evaluated';
  return { body: [], comments: [], problems: [{ message, start: 0, end: 0 }], faultyUpTo: 0, length };
}

export function createProject(options: ProjectOptions): Project {
  return new Project(options);
}

function drop(loaded: Map<string, SourceModule>, stale: ReadonlySet<string>): void {
  for (const [name, module] of loaded) if (stale.has(module.path)) loaded.delete(name);
}
