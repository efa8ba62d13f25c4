/** Asks the files of a workspace for something: at once, or in steps where an answer cannot wait for thousands of files. */
import type { FileAccess } from './host.js';

export interface Files {
  readonly files: FileAccess;
  readonly roots: readonly string[];
  /** Told that questions wait for `work`; without it they are answered at once. */
  readonly later?: (() => void) | undefined;
}

/** Asked on behalf of the file at `path`; `holds` looks at one file. */
export interface Question {
  readonly key: string;
  readonly path: string;
  readonly holds: (path: string) => boolean;
}

interface Answer {
  readonly question: Question;
  /** The file where it holds first, or that it holds in none. */
  readonly foundIn: string | undefined;
}

export class Search {
  readonly #files: Files;
  readonly #answers = new Map<string, Answer>();
  readonly #waiting = new Map<string, Question>();
  /** Files that changed since the search began that goes on. */
  readonly #changed = new Set<string>();
  #paths: Set<string> | undefined;
  #isTooLarge = false;

  constructor(files: Files) {
    this.#files = files;
  }

  /** What holds nowhere may hold in the file now; what was found there alone is asked for again. Tells who had asked. */
  fileChanged(path: string): ReadonlySet<string> {
    this.#changed.add(path);
    if (PYTHON.test(path)) this.#paths?.add(path);
    const askers = new Set<string>();
    for (const { question, foundIn } of [...this.#answers.values()]) {
      const isLost = foundIn === path && !question.holds(path);
      if (isLost) this.#answers.delete(question.key);
      if (isLost || (foundIn === undefined && this.#isFoundIn(path, question))) askers.add(question.path);
    }
    return askers;
  }

  /** Asks every file once; true as long as it is not known, or for good where there are too many. */
  isFound(question: Question): boolean {
    const known = this.#answers.get(question.key);
    if (known !== undefined) return known.foundIn !== undefined;
    if (this.#isTooLarge) return true;
    if (this.#files.later !== undefined) return this.#postpone(question, this.#files.later);
    this.#paths ??= new Set(this.#list());
    return this.#isTooLarge || this.#conclude(question, nearest([...this.#paths], question.path));
  }

  /** The nearest file where it holds; undefined also as long as it is not known. */
  foundIn(question: Question): string | undefined {
    return this.isFound(question) ? this.#answers.get(question.key)?.foundIn : undefined;
  }

  /** Questions wait, so that answers come when who asked has gone on. */
  get answersLater(): boolean {
    return this.#files.later !== undefined;
  }

  #conclude(question: Question, paths: readonly string[]): boolean {
    const foundIn = paths.find(question.holds);
    this.#answers.set(question.key, { question, foundIn });
    return foundIn !== undefined;
  }

  #postpone(question: Question, later: () => void): true {
    this.#waiting.set(question.key, question);
    later();
    return true;
  }

  get isWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  /** Answers what waits, in steps of one file; in the end, the files whose questions hold nowhere: there is news for them. */
  *work(): Generator<undefined, ReadonlySet<string>> {
    const questions = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#changed.clear();
    const paths = new Set<string>();
    for (const path of this.#paths ?? this.#list()) {
      paths.add(path);
      yield;
    }
    if (this.#isTooLarge) return new Set();
    this.#paths = paths;
    const open = new Set(questions);
    for (const path of paths) {
      for (const question of open) if (this.#isFoundIn(path, question)) open.delete(question);
      if (open.size === 0) break;
      yield;
    }
    for (const question of open) this.#conclude(question, [...this.#changed]);
    return new Set([...open].map(it => it.path));
  }

  #isFoundIn(path: string, question: Question): boolean {
    if (!question.holds(path)) return false;
    this.#answers.set(question.key, { question, foundIn: path });
    return true;
  }

  *#list(): Iterable<string> {
    let count = 0;
    for (const root of this.#files.roots) {
      for (const path of pythonFilesIn(root, this.#files.files)) {
        if (++count > MOST_FILES) {
          this.#isTooLarge = true;
          return;
        }
        yield path;
      }
    }
  }
}

const MOST_FILES = 10_000;

const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/'));

/** Those of the file's own folder first: most answers are near. */
function nearest(paths: readonly string[], path: string): readonly string[] {
  const folder = folderOf(path);
  const isNear = (it: string) => folderOf(it) === folder;
  return [...paths.filter(isNear), ...paths.filter(it => !isNear(it))];
}

const PYTHON = /\.(py|ipynb)$/;

/** Folders of caches and of other people's code. */
const FOREIGN = /^(\..*|node_modules|site-packages|venv|env|__pycache__|build|dist)$/;

function* pythonFilesIn(root: string, files: FileAccess): Iterable<string> {
  const open = [root];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const entries = files.list(folder);
    if ('message' in entries) continue;
    for (const { name, kind } of entries) {
      if (kind === 'folder' && !FOREIGN.test(name)) open.push(`${folder}/${name}`);
      if (kind === 'file' && PYTHON.test(name)) yield `${folder}/${name}`;
    }
  }
}
