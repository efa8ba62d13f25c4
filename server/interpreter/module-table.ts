/** The modules that a machine knows by name: those that it has loaded, and those that other evaluations hand on to it. */
import type { SourceModule } from './modules.js';

export class ModuleTable {
  /** Loaded by this machine. */
  readonly own = new Map<string, SourceModule>();
  /** How many have their bodies run around what is being evaluated. */
  running = 0;
  /** How many of these may change what others read when they are imported: no import waits meanwhile. */
  importsAtOnce = 0;
  /** Handed on, and found not to be what this machine's imports mean. */
  private readonly refused = new Set<string>();
  /** Handed on, and imported since. */
  private readonly taken = new Set<string>();

  /** `handedOn` is looked at where it lies: a package has thousands of modules, and most evaluations import a few. */
  constructor(private readonly handedOn: ReadonlyMap<string, SourceModule> = new Map()) {}

  get(name: string): SourceModule | undefined {
    return this.own.get(name) ?? (this.refused.has(name) ? undefined : this.handedOn.get(name));
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  *keys(): Iterable<string> {
    for (const name of this.handedOn.keys()) if (!this.refused.has(name)) yield name;
    for (const name of this.own.keys()) if (this.refused.has(name) || !this.handedOn.has(name)) yield name;
  }

  /** What it knows, whether or not it has imported it. */
  *values(): Iterable<SourceModule> {
    yield* this.own.values();
    for (const [name, module] of this.handedOn) if (!this.own.has(name) && !this.refused.has(name)) yield module;
  }

  /** Grows with every module that is loaded. */
  get count(): number {
    return this.own.size + this.handedOn.size;
  }

  /** Names of those that it has imported. */
  get imported(): readonly string[] {
    return [...this.own.keys(), ...this.taken];
  }

  set(name: string, module: SourceModule): void {
    this.own.set(name, module);
  }

  delete(name: string): void {
    this.own.delete(name);
    this.refused.add(name);
  }

  /** Whether it was handed on, and is now imported for the first time. */
  take(name: string): boolean {
    if (this.own.has(name) || this.refused.has(name) || this.taken.has(name) || !this.handedOn.has(name)) return false;
    this.taken.add(name);
    return true;
  }
}
