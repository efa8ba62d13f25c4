/** The names of a module's body, among them imports that are made when somebody first asks for them. */
import type { SourceFile } from './modules.js';
import type { Value } from './values.js';

/** Answers the value that the import binds. */
export type Import = () => Value;
/** What an import reads, as far as that can be told before it is made. */
export interface Imported {
  readonly isPackage: boolean;
  readonly source: SourceFile;
}
/** An import that has not been made. */
export interface Waiting {
  readonly imported: () => Imported | undefined;
  readonly make: () => void;
}
/** Answers what a star import brings under a name. */
export interface StarImport {
  readonly imported: () => Imported | undefined;
  names(): readonly string[];
  /** A guess that is only wrong in saying yes. */
  mayBring(name: string): boolean;
  get(name: string): Value | undefined;
}

export class ModuleNames extends Map<string, Value> {
  private readonly imports = new Map<string, Import>();
  private readonly waitingFor = new Map<string, Waiting>();
  private readonly stars: StarImport[] = [];
  private readonly waitingStars: Waiting[] = [];
  private readonly loading = new Set<string>();
  /** Names that are being looked for, and in which of the star imports. */
  private readonly searching = new Map<string, number>();
  /** What imports have brought, whatever stands under their names now. */
  private readonly brought = new Map<string, Value>();
  /** Names that no star import brings. */
  private readonly absent = new Set<string>();

  /** From here on the name is what the import will answer. */
  defer(name: string, load: Import, imported: Waiting['imported'] = () => undefined): void {
    super.delete(name);
    this.imports.set(name, load);
    this.waitingFor.set(name, { imported, make: () => void this.load(name) });
  }

  deferStar(star: StarImport): void {
    this.absent.clear();
    this.stars.push(star);
    this.waitingStars.push({ imported: star.imported, make: () => void star.names() });
  }

  /** Imports that nothing has asked for by name; those of a star may have been made. */
  *allWaiting(): Iterable<Waiting> {
    for (const [name, waiting] of this.waitingFor) if (!super.has(name)) yield waiting;
    yield* this.waitingStars;
  }

  /** The import that waits under the name. */
  waiting(name: string): Import | undefined {
    return super.has(name) ? undefined : this.imports.get(name);
  }

  /** Without asking star imports. */
  isBound(name: string): boolean {
    return super.has(name) || this.imports.has(name);
  }

  /** What an import has brought under the name. */
  imported(name: string): Value | undefined {
    return this.brought.get(name);
  }

  override get(name: string): Value | undefined {
    const value = super.get(name);
    return value === undefined ? this.load(name) : value;
  }

  override has(name: string): boolean {
    return super.has(name) || this.load(name) !== undefined;
  }

  override delete(name: string): boolean {
    const isImport = this.imports.delete(name);
    return super.delete(name) || isImport;
  }

  override keys(): MapIterator<string> {
    this.loadAll();
    return super.keys();
  }

  override values(): MapIterator<Value> {
    this.loadAll();
    return super.values();
  }

  override entries(): MapIterator<[string, Value]> {
    this.loadAll();
    return super.entries();
  }

  override [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }

  override get size(): number {
    this.loadAll();
    return super.size;
  }

  /** The names that have values already, for forks: what is imported later is the same on every branch. */
  get present(): Map<string, Value> {
    return new Map({ [Symbol.iterator]: () => super.entries() });
  }

  private load(name: string): Value | undefined {
    if (this.stars.length === 0 && !this.imports.has(name)) return undefined;
    // `from . import name` in the package itself asks for the name again, and means the submodule. A module that a star
    // import runs may ask for what the star imports before it have brought.
    if (this.loading.has(name)) return this.broughtBefore(name);
    this.loading.add(name);
    try {
      const load = this.imports.get(name);
      const value = load === undefined ? this.fromStars(name) : load();
      if (value !== undefined) {
        super.set(name, value);
        this.brought.set(name, value);
      }
      return value;
    } finally {
      this.loading.delete(name);
    }
  }

  /** The last star import that brings the name wins; private names come only where `__all__` says so. */
  private fromStars(name: string): Value | undefined {
    if (this.stars.length === 0 || name.startsWith('__') || this.absent.has(name)) return undefined;
    const value = this.lastBringing(name, this.stars.length);
    if (value === undefined) this.absent.add(name);
    return value;
  }

  private broughtBefore(name: string): Value | undefined {
    const at = this.searching.get(name);
    return at === undefined ? undefined : this.lastBringing(name, at);
  }

  /** Asks the star imports below an index, the last one first. */
  private lastBringing(name: string, below: number): Value | undefined {
    const outer = this.searching.get(name);
    try {
      for (let at = below - 1; at >= 0; at--) {
        this.searching.set(name, at);
        const star = this.stars[at]!;
        const value = star.mayBring(name) ? star.get(name) : undefined;
        if (value !== undefined) return value;
      }
      return undefined;
    } finally {
      if (outer === undefined) this.searching.delete(name);
      else this.searching.set(name, outer);
    }
  }

  private loadAll(): void {
    for (const star of this.stars) for (const name of star.names()) if (!super.has(name)) this.load(name);
    for (const name of this.imports.keys()) if (!super.has(name)) this.load(name);
  }
}
