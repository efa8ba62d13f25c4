/** Who in the workspace names a function, or starts a parameter: what is named nowhere is called by nobody. */
import type { FileAccess } from './host.js';
import type { ParsedSource } from './project.js';
import type { Site } from './text/span.js';

export interface Workspace {
  readonly files: FileAccess;
  readonly roots: readonly string[];
  /** Anything but a string where it cannot be read. */
  text(path: string): unknown;
  source(path: string): ParsedSource | undefined;
}

/** Names by what is known of them: the file that names one first, or that none did. */
type Answer = { readonly foundIn: string } | { readonly foundIn: undefined; readonly changes: number };

export class Mentions {
  private readonly answers = new Map<string, Answer>();
  /** Files that changed, in order. */
  private readonly changed: string[] = [];
  private paths: readonly string[] | undefined;

  constructor(private readonly workspace: Workspace) {}

  /** Answers that stood on the file are asked for again. */
  fileChanged(path: string): void {
    this.changed.push(path);
    for (const [key, { foundIn }] of this.answers) if (foundIn === path) this.answers.delete(key);
  }

  allChanged(): void {
    this.answers.clear();
    this.paths = undefined;
  }

  /** Whether code outside the definition names it; true where the workspace is too large to tell. */
  isMentioned(name: string, definition: Site): boolean {
    if (this.isNamedIn(definition.path, name, definition)) return true;
    if (!isImportable(definition.path)) return false;
    const key = `${name}()\0${definition.path}`;
    return this.isFound(key, definition.path, it => it !== definition.path && this.isNamedIn(it, name));
  }

  /** Whether code of the workspace starts an attribute of that name on an object that is not its own `self`. */
  isStarted(attribute: string, path: string): boolean {
    return this.isFound(`.${attribute}\0${path}`, path, it => this.isStartedIn(it, attribute));
  }

  /** Whether code asks for the class to start it, or another file that knows it goes through parameters to start them all. */
  isStartedWhole(className: string, path: string): boolean {
    const stem = /\/(\w+)\.pyi?$/.exec(path)?.[1] ?? '(?!)';
    const isNamed = new RegExp(`\\b${className}\\b|\\b(?:from|import)\\s+[\\w.]*\\b${stem}\\b`);
    const isAsked = new RegExp(
      `isinstance\\([^\\n]*\\b${className}\\b[^\\n]*:(?:[^\\n]*\\n){1,8}?[^\\n]*(?:init|\\w_\\()`,
    );
    return this.isFound(`${className}\0${path}`, path, it => {
      const text = this.textOf(it);
      if (text === undefined || !text.includes(className)) return it !== path && isBulk(text);
      return isAsked.test(text) || (it !== path && isBulk(text));
    });

    function isBulk(text: string | undefined): boolean {
      return text !== undefined && isNamed.test(text) && STARTING_ALL.test(text);
    }
  }

  private isStartedIn(path: string, attribute: string): boolean {
    const text = this.textOf(path);
    if (text === undefined || !text.includes(`.${attribute}`)) return false;
    const pattern = new RegExp(`^(?!\\s*#).*(?<!\\bself)\\.${attribute}\\b.*$`, 'gm');
    return [...text.matchAll(pattern)].some(([line]) => STARTING.test(line));
  }

  /** A test gives a model values of its own, which say nothing of training. */
  private textOf(path: string): string | undefined {
    const text = TEST.test(path) ? undefined : this.workspace.text(path);
    return typeof text === 'string' ? text : undefined;
  }

  /** Asks every file once, and then those that have changed; true where the workspace is too large to tell. */
  private isFound(key: string, path: string, holds: (path: string) => boolean): boolean {
    const known = this.answers.get(key);
    const isNew = known === undefined || known.foundIn !== undefined;
    const candidates = isNew ? this.pathsFrom(path) : this.changed.slice(known.changes);
    if (known?.foundIn !== undefined || candidates === undefined) return true;
    const foundIn = candidates.find(holds);
    this.answers.set(key, { foundIn, changes: this.changed.length });
    return foundIn !== undefined;
  }

  private isNamedIn(path: string, name: string, definition?: Site): boolean {
    const raw = this.workspace.text(path);
    const source = typeof raw === 'string' && raw.includes(name) ? this.workspace.source(path) : undefined;
    if (source === undefined) return false;
    const { text, tree } = source;
    const isAside = (at: number) => tree.comments.some(it => it.start <= at && at < it.end);
    const isWithin = (at: number) => definition !== undefined && definition.start <= at && at < definition.end;
    return [...text.matchAll(new RegExp(`(?<!\\bdef\\s+)\\b${name}\\b`, 'g'))].some(
      ({ index }) => !isWithin(index) && !isAside(index),
    );
  }

  /** Those of the definition's own folder first: most callers are near. */
  private pathsFrom(path: string): readonly string[] | undefined {
    this.paths ??= this.workspace.roots.flatMap(it => [...pythonFilesIn(it, this.workspace.files)]);
    if (this.paths.length > MOST_FILES) return undefined;
    const folder = folderOf(path);
    const isNear = (it: string) => folderOf(it) === folder;
    return [...this.paths.filter(isNear), ...this.paths.filter(it => !isNear(it))];
  }
}

/** A call of an initializer or of a helper named like one, an in-place method, another tensor in its place. */
const STARTING = /init\w*\(|\w_\(|\.data\b|Parameter\(/i;

/** A loop over parameters whose body initializes. */
const STARTING_ALL = /\bfor\b[^\n]*parameters\(\)[^\n]*:(?:[^\n]*\n){1,10}?[^\n]*(?:init|\w_\()/;

const TEST = /\/tests?\/|\/test_[^/]*$/;

const MOST_FILES = 10_000;

const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/'));

/** No import statement can name `2-train.py`, or a notebook. */
const isImportable = (path: string) => /\/[A-Za-z_]\w*\.pyi?$/.test(path);

/** Folders of caches and of other people's code. */
const FOREIGN = /^(\..*|node_modules|site-packages|venv|env|__pycache__|build|dist)$/;

function* pythonFilesIn(root: string, files: FileAccess): Iterable<string> {
  const open = [root];
  for (let folder = open.pop(), count = 0; folder !== undefined && count <= MOST_FILES; folder = open.pop()) {
    const entries = files.list(folder);
    if ('message' in entries) continue;
    for (const { name, kind } of entries) {
      if (kind === 'folder' && !FOREIGN.test(name)) open.push(`${folder}/${name}`);
      if (kind !== 'file' || !/\.(py|ipynb)$/.test(name)) continue;
      count++;
      yield `${folder}/${name}`;
    }
  }
}
