/**
 * Imports that may not wait. Where all counts, what leads to a module that changes what others hold may wait; that module is
 * imported where Python would. Where it changes what code of the user's holds, others may have read that when they were imported:
 * what waits then is imported before, and what it imports itself does not wait.
 */
import { importModule } from './imports.js';
import { isInert } from './library/inert-packages.js';
import type { Machine } from './machine.js';
import { effectsOf } from './module-effects.js';
import { ModuleNames } from './module-names.js';
import type { SourceModule } from './modules.js';
import { Raised } from './raised.js';
import { make } from './registries.js';

/** Names that have been looked at, and whether they are packages. */
const lookedAt = new WeakMap<Machine, Map<string, boolean>>();

/** Imports, of what the modules of these names lead to, those that change others. */
export function importForEffects(m: Machine, names: Iterable<string>, importer: SourceModule): void {
  if (!m.strict) return;
  let seen = lookedAt.get(m);
  if (seen === undefined) {
    seen = new Map();
    lookedAt.set(m, seen);
  }
  for (const name of names)
    for (const changing of changingAmong(m, name, importer.path, seen)) importAtOnce(m, changing, importer);
}

/** In Python's order; the packages that a module lies in come first. */
function* changingAmong(m: Machine, name: string, importer: string, seen: Map<string, boolean>): Iterable<string> {
  for (let at = name.indexOf('.'); ; at = name.indexOf('.', at + 1)) {
    const part = at === -1 ? name : name.slice(0, at);
    const isPackage = seen.get(part) ?? (yield* changingIn(m, part, importer, seen));
    if (at === -1 || !isPackage) return;
  }
}

/** Answers whether the name is that of a package, so that there may be modules in it. */
function* changingIn(
  m: Machine,
  name: string,
  importer: string,
  seen: Map<string, boolean>,
): Generator<string, boolean> {
  seen.set(name, false);
  const found = m.isLibrary(name) ? undefined : m.finder.find(name, importer);
  if (found === undefined || ARE_QUIET.test(name) || (!found.isUserCode && isInert(name))) return false;
  seen.set(name, found.isPackage);
  const source = found.path === undefined ? undefined : m.finder.source(found.path);
  if (source === undefined) return found.isPackage;
  m.step();
  m.finder.noteImport(importer, source.path);
  const { imports, changes } = effectsOf(source);
  const around = found.isPackage ? name : parentOf(name);
  for (const imported of imports) yield* changingAmong(m, absolute(imported, around), source.path, seen);
  if (changes.size > 0 && !m.modules.imported.includes(name)) yield name;
  return found.isPackage;
}

/** Packages that have been read for it: importing them changes nothing but what they register. */
const ARE_QUIET = /^(?:torchvision|einops)(?:\.|$)/;

const parentOf = (name: string): string => name.slice(0, Math.max(name.lastIndexOf('.'), 0));

/** One dot is the package itself, every other one leads a package up. */
function absolute(name: string, around: string): string {
  const dots = /^\.*/.exec(name)![0].length;
  if (dots === 0) return name;
  let base = around;
  for (let up = 1; up < dots; up++) base = parentOf(base);
  return [base, name.slice(dots)].filter(it => it !== '').join('.');
}

/** What fails here fails where the import that leads to it is made. */
function importAtOnce(m: Machine, name: string, importer: SourceModule): void {
  try {
    importModule(m, name, importer);
  } catch (error) {
    if (!(error instanceof Raised)) throw error;
  }
}

/** Runs the body of a module that may change others. */
export function inPythonsOrder(m: Machine, module: SourceModule, run: () => void): void {
  if (!m.strict || !changesUserCode(m, module)) {
    run();
    return;
  }
  m.modules.importsAtOnce++;
  try {
    makeWaiting(m);
    run();
  } finally {
    m.modules.importsAtOnce--;
  }
}

function changesUserCode(m: Machine, module: SourceModule): boolean {
  const around = module.isPackage ? module.name : parentOf(module.name);
  for (const changed of effectsOf(module).changes) {
    const name = absolute(changed, around);
    if (name === '' || name === module.name || m.isLibrary(name)) continue;
    if (m.finder.find(name, module.path)?.isUserCode) return true;
  }
  return false;
}

function makeWaiting(m: Machine): void {
  for (const name of m.modules.imported) {
    const names = m.modules.get(name)?.scope.variables;
    if (names instanceof ModuleNames) for (const waiting of [...names.allWaiting()]) make(waiting);
  }
}
