/**
 * Imports at the top of a module that are made when their names are first asked for. A large package imports everything
 * from everywhere, and a network needs little of it; what an import binds is the same whenever it is made.
 */
import type { Assign, Attribute, Expression, Import, ImportFrom } from '../syntax/tree.js';
import type { Frame } from './frame.js';
import { importForEffects } from './import-effects.js';
import { importFromModule, importModule, importName, importTop, moduleNameOf, publicNames } from './imports.js';
import { importAsBefore, importLate } from './late-imports.js';
import type { Machine } from './machine.js';
import { rootOf } from './module-effects.js';
import { type Imported, type Import as Load, ModuleNames, type StarImport } from './module-names.js';
import type { SourceModule } from './modules.js';
import type { Scope } from './scope.js';
import { List, ModuleValue, Tuple, type Value } from './values.js';

/** True when the import waits; where handlers are in reach, or on one branch only, it is made at once. */
export function deferImport(m: Machine, frame: Frame, node: Import): boolean {
  const names = namesThatWait(m, frame.module, frame.scope);
  if (names === undefined) return false;
  importForEffects(
    m,
    node.names.map(it => it.name.name),
    frame.module,
  );
  for (const { name, alias } of node.names) {
    const load = alias ? importModule : importTop;
    names.defer(
      alias?.name ?? name.name.split('.')[0]!,
      () => later(m, () => load(m.relay.machine, name.name, frame.module)),
      () => importedFrom(m, name.name, frame.module),
    );
  }
  return true;
}

export function deferImportFrom(m: Machine, frame: Frame, node: ImportFrom): boolean {
  const names = namesThatWait(m, frame.module, frame.scope);
  if (names === undefined) return false;
  const from = moduleNameOf(node, frame.module);
  if (from !== undefined) importForEffects(m, [from, ...node.names.map(it => `${from}.${it.name.name}`)], frame.module);
  const module = () => later(m, () => importFromModule(m.relay.machine, node, frame.module));
  if (node.names.some(it => it.name.name === '*')) {
    const path = pathOf(m, node, frame.module);
    if (path === undefined) return false;
    const imported = () => importedFrom(m, from, frame.module);
    names.deferStar(starOf(module, imported));
    return true;
  }
  for (const { name, alias } of node.names) {
    names.defer(
      alias?.name ?? name.name,
      () => later(m, () => importName(m.relay.machine, module(), name.name)),
      () => importedFrom(m, `${from}.${name.name}`, frame.module) ?? importedFrom(m, from, frame.module),
    );
  }
  return true;
}

/** What is read for a module of that name, unless it comes from our tables or cannot be seen. */
function importedFrom(m: Machine, name: string | undefined, importer: SourceModule): Imported | undefined {
  if (name === undefined || m.isLibrary(name)) return undefined;
  const found = m.finder.find(name, importer.path);
  const source = found?.path === undefined ? undefined : m.finder.source(found.path);
  if (source !== undefined) m.finder.noteImport(importer.path, found!.path!);
  return source && { isPackage: found!.isPackage, source };
}

/** `NAME = module.attribute`, where `module` waits, is an import by another name. */
export function deferAlias(m: Machine, frame: Frame, { targets, value }: Assign): boolean {
  const [target] = targets;
  if (targets.length !== 1 || target!.kind !== 'Name' || value.kind !== 'Attribute') return false;
  const names = namesThatWait(m, frame.module, frame.scope);
  const load = names && attributeOfWaiting(m, names, value);
  if (load === undefined) return false;
  names?.defer(target!.name, laterOf(m, load));
  return true;
}

const laterOf =
  (m: Machine, load: Load): Load =>
  () =>
    later(m, load);

/** How a default is looked up that names what a waiting import will bind, or an attribute of it. */
export function lateDefault(m: Machine, frame: Frame, node: Expression): Load | undefined {
  if (node.kind !== 'Name' && node.kind !== 'Attribute') return undefined;
  const { scope } = frame;
  const isHidden = scope.kind === 'class' && scope.variables.has(rootOf(node));
  const names = isHidden ? undefined : namesThatWait(m, frame.module, scope.kind === 'class' ? scope.parent : scope);
  const load = names && attributeOfWaiting(m, names, node);
  return load && laterOf(m, load);
}

function attributeOfWaiting(m: Machine, names: ModuleNames, node: Expression): Load | undefined {
  if (node.kind === 'Name') return names.waiting(node.name);
  const object = node.kind === 'Attribute' ? attributeOfWaiting(m, names, node.value) : undefined;
  return object && (() => m.relay.machine.getAttribute(object(), (node as Attribute).attribute.name));
}

function namesThatWait(m: Machine, module: SourceModule, scope: Scope | undefined): ModuleNames | undefined {
  const mayWait =
    m.defersImports &&
    (m.strict || module.name !== '__main__') &&
    m.handlers.length === 0 &&
    m.forked === 0 &&
    m.modules.importsAtOnce === 0;
  return mayWait && scope?.kind === 'module' && scope.variables instanceof ModuleNames ? scope.variables : undefined;
}

/** Where the module is read: only one that has source is known to bring its names and no others. */
function pathOf(m: Machine, node: ImportFrom, importer: SourceModule): string | undefined {
  const name = moduleNameOf(node, importer);
  if (name === undefined || m.isLibrary(name)) return undefined;
  const path = m.finder.find(name, importer.path)?.path;
  if (path !== undefined) m.finder.noteImport(importer.path, path);
  return path;
}

function later<T>(m: Machine, load: () => T): T {
  const { machine } = m.relay;
  return machine.strict ? importAsBefore(machine, load) : importLate(machine, load);
}

function starOf(module: () => Value, imported: StarImport['imported']): StarImport {
  let text: string | undefined;
  let bringsAnything: boolean | undefined;
  const source = () => {
    const value = module();
    return value instanceof ModuleValue ? value : undefined;
  };
  return {
    imported,
    names() {
      const value = source();
      return value === undefined ? [] : publicNames(value);
    },
    mayBring(name) {
      text ??= imported()?.source.text ?? '';
      bringsAnything ??= text === '' || /import \*|\bglobals\(|\bsetattr\b/.test(text);
      return bringsAnything || text.includes(name);
    },
    get(name) {
      const value = source();
      return value !== undefined && isPublic(value, name) ? value.attributes.get(name) : undefined;
    },
  };
}

function isPublic(module: ModuleValue, name: string): boolean {
  const all = module.attributes.get('__all__');
  return all instanceof List || all instanceof Tuple ? all.items.includes(name) : !name.startsWith('_');
}
