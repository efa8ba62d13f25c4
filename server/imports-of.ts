/** Where the imports of a file lead, as its text has them: for questions about code that nothing evaluates. */

export interface Modules {
  /** Anything but a string where it cannot be read. */
  text(path: string): unknown;
  isThere(path: string): boolean;
  /** The file of a module as the file at `from` would find it. */
  find(name: string, from: string): string | undefined;
}

/** Where each file leads, found out once: many questions are about the same few files. */
export class ImportsOf {
  readonly #reached = new Map<string, ReadonlySet<string>>();
  readonly #imported = new Map<string, ReadonlySet<string>>();

  constructor(private readonly modules: Modules) {}

  /** Whether the imports of one file lead to another; a package that imports all that it has leads nowhere. */
  leadTo(from: string, to: string): boolean {
    const reached = this.#reached.get(from) ?? this.#reachedFrom(from);
    this.#reached.set(from, reached);
    return reached.has(to);
  }

  /** The files that one imports itself. */
  importedBy(path: string): ReadonlySet<string> {
    const imported = this.#imported.get(path) ?? new Set(importedBy(this.modules, path));
    this.#imported.set(path, imported);
    return imported;
  }

  /** A file has changed, come or gone. */
  forget(): void {
    this.#reached.clear();
    this.#imported.clear();
  }

  #reachedFrom(from: string): ReadonlySet<string> {
    const reached = new Set([from]);
    for (const path of reached) {
      if (reached.size < MOST_FILES) for (const next of this.importedBy(path)) reached.add(next);
    }
    return reached;
  }
}

const MOST_FILES = 100;

function* importedBy(modules: Modules, path: string): Iterable<string> {
  const text = modules.text(path);
  if (typeof text !== 'string') return;
  for (const [, name] of text.matchAll(IMPORT)) yield* found(modules, name!, path);
  for (const [, dots, name, members] of text.matchAll(FROM)) {
    const names = [name!, ...membersOf(members!).map(it => [name, it].filter(Boolean).join('.'))];
    for (const it of names) yield* dots === '' ? found(modules, it, path) : beside(modules, dots!.length, it, path);
  }
}

const IMPORT = /^[ \t]*import[ \t]+([\w.]+)/gm;
const FROM = /^[ \t]*from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+(\([^)]*|.*)/gm;

const membersOf = (list: string): readonly string[] => [...list.matchAll(/(?<!\bas\s+)\b\w+/g)].map(([it]) => it);

function found(modules: Modules, name: string, from: string): readonly string[] {
  const path = modules.find(name, from);
  return path === undefined || path.endsWith('/__init__.py') ? [] : [path];
}

/** One dot is the file's own folder, every other the one above. */
function beside(modules: Modules, dots: number, name: string, from: string): readonly string[] {
  const folder = from.split('/').slice(0, -dots);
  const target = [...folder, ...name.split('.').filter(it => it !== '')].join('/');
  return modules.isThere(`${target}.py`) ? [`${target}.py`] : [];
}
