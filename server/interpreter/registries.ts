/**
 * Registries: dictionaries of a module that other modules put something into when they are imported. Where such a one is asked
 * for a name that it lacks, the imports that wait are made whose modules mention the name and the registry.
 */
import type { Frame } from './frame.js';
import type { Machine } from './machine.js';
import { type Imported, ModuleNames, type Waiting } from './module-names.js';
import type { SourceFile, SourceModule } from './modules.js';
import { Raised } from './raised.js';
import { type Dict, Instance, type Key, type Value } from './values.js';

/** A shorter one is mentioned anywhere. */
const SHORTEST_NAME = 3;

/** Whether imports that waited have brought the entry; `at` is what the key is looked up by. */
export function isBroughtLate(m: Machine, dict: Dict, key: Value, at: Key): boolean {
  if (dict.born > 0 || typeof key !== 'string' || key.length < SHORTEST_NAME || isImporting(m.frame)) return false;
  const registry = registryOf(m, dict);
  if (registry === undefined) return false;
  const lacking = lackingIn(m, registry);
  if (lacking.get(key) === m.modules.count) return false;
  const isBrought = bring(m, registry, key, () => dict.entries.has(at));
  if (!isBrought) lacking.set(key, m.modules.count);
  return isBrought;
}

const lackingBy = new WeakMap<Machine, Map<Registry, Map<string, number>>>();

/** Names that the evaluation has found it to lack, and how many modules there were then. */
function lackingIn(m: Machine, registry: Registry): Map<string, number> {
  const known = lackingBy.get(m) ?? new Map<Registry, Map<string, number>>();
  const lacking = known.get(registry) ?? new Map<string, number>();
  lackingBy.set(m, known.set(registry, lacking));
  return lacking;
}

/** Makes imports until it is there. */
function bring(m: Machine, registry: Registry, key: string, isThere: () => boolean): boolean {
  const isNamed = new RegExp(key.replace(/[^\w]/g, '\\$&'), 'i');
  const asked = new Set<Waiting>();
  for (let before = -1; asked.size > before; ) {
    before = asked.size;
    for (const waiting of waitingIn(m, registry.module)) {
      if (asked.has(waiting)) continue;
      asked.add(waiting);
      const imported = waiting.imported();
      m.step();
      if (!mayBring(imported, registry, isNamed)) continue;
      make(waiting);
      if (isThere()) return true;
    }
  }
  return false;
}

/** Who puts something into a registry names it, or the module with a function that does; a package may import such a one. */
const mayBring = (imported: Imported | undefined, registry: Registry, isNamed: RegExp): boolean =>
  imported !== undefined &&
  (imported.isPackage || (isKnownIn(imported.source, registry) && isNamed.test(imported.source.text)));

function isKnownIn(source: SourceFile, { known, isKnown }: Registry): boolean {
  let answer = known.get(source);
  if (answer === undefined) {
    answer = isKnown.test(source.text);
    known.set(source, answer);
  }
  return answer;
}

/** Python would have failed long before. */
function make({ make }: Waiting): void {
  try {
    make();
  } catch (error) {
    if (!(error instanceof Raised)) throw error;
  }
}

/** In the packages of which something is imported, that of the registry among them. */
function* waitingIn(m: Machine, holder: SourceModule): Iterable<Waiting> {
  const packages = new Set([holder.name, ...m.modules.imported, ...namesAround(m.frame)].map(packageOf));
  for (const { name, scope } of [...m.modules.values()])
    if (packages.has(packageOf(name)) && scope.variables instanceof ModuleNames)
      yield* [...scope.variables.allWaiting()];
}

function* namesAround(innermost: Frame | undefined): Iterable<string> {
  for (let frame = innermost; frame; frame = frame.parent) yield frame.module.name;
}

const packageOf = (name: string): string => name.split('.', 1)[0]!;

/** While a module is imported, a registry is what it has come to so far; not so while the program itself runs, around all. */
function isImporting(innermost: Frame | undefined): boolean {
  for (let frame = innermost; frame?.parent; frame = frame.parent)
    if (frame.scope.kind === 'module' && frame.module.state === 'loading') return true;
  return false;
}

interface Registry {
  readonly module: SourceModule;
  /** In the text of who puts something into it. */
  readonly isKnown: RegExp;
  /** The texts in which it was looked for. */
  readonly known: WeakMap<SourceFile, boolean>;
}

const registries = new WeakMap<Dict, Registry | null>();

/** Of a dictionary that a module holds, or an object that a module holds. */
function registryOf(m: Machine, dict: Dict): Registry | undefined {
  let registry = registries.get(dict);
  if (registry === undefined) {
    registry = registryIn(m.modules.values(), dict) ?? null;
    registries.set(dict, registry);
  }
  return registry ?? undefined;
}

function registryIn(modules: Iterable<SourceModule>, dict: Dict): Registry | undefined {
  for (const module of modules) {
    const name = nameIn(module.scope.variables, dict);
    if (name === undefined) continue;
    const stem = module.name.split('.').at(-1)!;
    return { module, isKnown: new RegExp(`\\b(?:${stem}|${name})\\b`), known: new WeakMap() };
  }
  return undefined;
}

function nameIn(names: ReadonlyMap<string, Value>, dict: Dict): string | undefined {
  for (const [name, value] of names instanceof ModuleNames ? names.present : names) {
    if (value === dict) return name;
    if (value instanceof Instance && [...value.attributes.values()].includes(dict)) return name;
  }
  return undefined;
}
