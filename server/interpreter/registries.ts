/**
 * Registries: dictionaries of a module that other modules put something into when they are imported. Where such a one is asked
 * for a name that it lacks, the imports that wait are made whose modules mention the name.
 */
import type { Frame } from './frame.js';
import type { Machine } from './machine.js';
import { type Imported, ModuleNames, type Waiting } from './module-names.js';
import type { SourceModule } from './modules.js';
import { Raised } from './raised.js';
import { type Dict, Instance, type Key, type Value } from './values.js';

/** A shorter one is mentioned anywhere. */
const SHORTEST_NAME = 3;
/** What looking through a text costs. */
const CHARACTERS_PER_STEP = 8192;

/** Whether imports that waited have brought the entry; `at` is what the key is looked up by. */
export function isBroughtLate(m: Machine, dict: Dict, key: Value, at: Key): boolean {
  if (dict.born > 0 || typeof key !== 'string' || key.length < SHORTEST_NAME || isImporting(m.frame)) return false;
  const holder = holderOf(m, dict);
  if (holder === undefined) return false;
  const isNamed = new RegExp(key.replace(/[^\w]/g, '\\$&'), 'i');
  const asked = new Set<Waiting>();
  for (let before = -1; asked.size > before; ) {
    before = asked.size;
    for (const waiting of waitingIn(m, holder)) {
      if (asked.has(waiting)) continue;
      asked.add(waiting);
      const imported = waiting.imported();
      m.step(1 + Math.floor((imported?.text.length ?? 0) / CHARACTERS_PER_STEP));
      if (!mayBring(imported, isNamed)) continue;
      make(waiting);
      if (dict.entries.has(at)) return true;
    }
  }
  return false;
}

/** A package may import what mentions the name. */
const mayBring = (imported: Imported | undefined, isNamed: RegExp): boolean =>
  imported !== undefined && (imported.isPackage || isNamed.test(imported.text));

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

const holders = new WeakMap<Dict, SourceModule | null>();

/** The module that holds it, or an object with it. */
function holderOf(m: Machine, dict: Dict): SourceModule | undefined {
  let holder = holders.get(dict);
  if (holder === undefined) {
    holder = [...m.modules.values()].find(({ scope }) => isHeldBy(scope.variables, dict)) ?? null;
    holders.set(dict, holder);
  }
  return holder ?? undefined;
}

function isHeldBy(names: ReadonlyMap<string, Value>, dict: Dict): boolean {
  const values = names instanceof ModuleNames ? names.present.values() : names.values();
  for (const value of values) {
    if (value === dict) return true;
    if (value instanceof Instance && [...value.attributes.values()].includes(dict)) return true;
  }
  return false;
}
