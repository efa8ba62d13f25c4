/** Imports: libraries in TypeScript first, then files, in Python's order; what is not there is unknown. */
import type { ImportFrom } from '../syntax/tree.js';
import { Frame } from './frame.js';
import { inPythonsOrder } from './import-effects.js';
import { inertModule } from './inert-modules.js';
import { isInert } from './library/inert-packages.js';
import type { Machine } from './machine.js';
import { ModuleNames } from './module-names.js';
import type { FoundModule, SourceModule } from './modules.js';
import { BudgetExceeded, Cancelled, Raised } from './raised.js';
import { Scope } from './scope.js';
import { executeModule } from './statements.js';
import { List, ModuleValue, Tuple, Unknown, type Value } from './values.js';

/** The module of a dotted absolute name, as `import a.b.c` loads it; the last one is answered. */
export function importModule(m: Machine, name: string, importer: SourceModule | undefined): Value {
  const native = nativeModule(m, name);
  if (native !== undefined) return native;
  const isOutside = importer !== undefined && topOf(importer.name) !== topOf(name);
  return isOutside ? importPackage(m, name, importer) : importParts(m, name, importer);
}

const topOf = (name: string) => name.split('.')[0]!;

/** An installed package that cannot be evaluated, for its compiled parts say, is there all the same. */
function importPackage(m: Machine, name: string, importer: SourceModule): Value {
  const load = () => installed(m, name, importer, () => importParts(m, name, importer));
  const isInstalled = m.finder.find(topOf(name), importer.path)?.isUserCode === false;
  return isInstalled && !m.strict ? importInPassing(m, name, importer, load) : load();
}

/**
 * Installed packages are read for the networks in them, at their own expense: what they import from each other is
 * clients, parsers and certificates, and would leave nothing of the budget for the user's code.
 */
function importInPassing(m: Machine, name: string, importer: SourceModule, load: () => Value): Value {
  if (!importer.isUserCode) return m.unknown(`the package \`${topOf(name)}\` is not looked into`, { foreign: true });
  const { steps, maximumSteps } = m;
  m.maximumSteps = steps + STEPS_PER_PACKAGE;
  try {
    return load();
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error;
    return m.unknown(`the package \`${topOf(name)}\` takes too long to evaluate`, { foreign: true });
  } finally {
    m.maximumSteps = maximumSteps + (m.steps - steps);
  }
}

const STEPS_PER_PACKAGE = 300_000;

function installed<T>(m: Machine, name: string, importer: SourceModule | undefined, load: () => T): T | Unknown {
  try {
    return load();
  } catch (error) {
    if (!(error instanceof Raised) || m.finder.find(topOf(name), importer?.path)?.isUserCode !== false) throw error;
    return m.unknown(`the package \`${topOf(name)}\` cannot be evaluated`, { foreign: true });
  }
}

function importParts(m: Machine, name: string, importer: SourceModule | undefined): Value {
  const parts = name.split('.');
  let module: Value | undefined;
  for (let i = 1; i <= parts.length; i++) {
    const found = loadModule(m, parts.slice(0, i).join('.'), importer);
    if (found === undefined) return missingModule(m, parts.slice(0, i).join('.'));
    if (module instanceof ModuleValue && !isBound(module, parts[i - 1]!)) {
      m.touch(module);
      module.attributes.set(parts[i - 1]!, found);
      noteImport(m, module.source, found.source);
    }
    module = found;
  }
  return module!;
}

const isBound = ({ attributes }: ModuleValue, name: string): boolean =>
  attributes instanceof ModuleNames ? attributes.isBound(name) : attributes.has(name);

/** `import a.b`: binds `a`. */
export function importTop(m: Machine, name: string, importer: SourceModule): Value {
  const module = importModule(m, name, importer);
  const top = name.split('.')[0]!;
  if (top === name) return module;
  return nativeModule(m, top) ?? m.modules.get(top)?.value ?? importModule(m, top, importer);
}

/** The module that `from … import` names. */
export function importFromModule(m: Machine, node: ImportFrom, importer: SourceModule): Value {
  const name = moduleNameOf(node, importer);
  if (name === undefined) return missingModule(m, `${'.'.repeat(node.level)}${node.module?.name ?? ''}`);
  return importModule(m, name, importer);
}

/** The absolute name; undefined where the dots lead out of all packages. */
export function moduleNameOf(node: ImportFrom, importer: SourceModule): string | undefined {
  if (node.level === 0) return node.module?.name ?? '';
  const parent = packageOf(importer, node.level);
  return parent && [parent, node.module?.name].filter(it => it).join('.');
}

function packageOf(importer: SourceModule, level: number): string | undefined {
  const parts = (importer.value.attributes.get('__package__') as string | undefined)?.split('.') ?? [];
  const kept = parts.length - (level - 1);
  return kept > 0 ? parts.slice(0, kept).join('.') : undefined;
}

/** A name out of a module: an attribute, else a submodule. */
export function importName(m: Machine, module: Value, name: string): Value {
  if (!(module instanceof ModuleValue)) return m.getAttribute(module, name);
  const found = m.findAttribute(module, name);
  if (found !== undefined) return found;
  if (m.wouldCatch(m.exception('ImportError', ''))) {
    return m.raise('ImportError', `cannot import name '${name}' from '${module.name}'`);
  }
  return m.unknown(`\`${name}\` is not found in \`${module.name}\``, { foreign: true });
}

/** A submodule that is asked for as an attribute or by `from package import submodule`. */
export function loadSubmodule(m: Machine, module: ModuleValue, name: string): Value | undefined {
  const { source } = module;
  if (source === undefined) return nativeSubmodule(m, module, name);
  return source.isPackage ? loadFrom(m, module, source, name) : undefined;
}

function nativeSubmodule(m: Machine, module: ModuleValue, name: string): ModuleValue | undefined {
  const known = m.nativeSubmodules.get(module);
  const submodule = known?.get(name) ?? nativeModule(m, `${module.name}.${name}`);
  if (submodule === undefined) return undefined;
  if (known === undefined) m.nativeSubmodules.set(module, new Map([[name, submodule]]));
  else known.set(name, submodule);
  return submodule;
}

function loadFrom(m: Machine, module: ModuleValue, source: SourceModule, name: string): Value | undefined {
  const load = () => loadModule(m, `${source.name}.${name}`, source);
  const importer = m.frame?.module;
  const isOutside = importer !== undefined && topOf(importer.name) !== topOf(source.name);
  const found = isOutside ? installed(m, source.name, importer, load) : load();
  if (found !== undefined) module.attributes.set(name, found);
  return found;
}

export function importStar(m: Machine, module: Value, scope: Scope): void {
  if (!(module instanceof ModuleValue)) {
    scope.unknownNames ??= module instanceof Unknown ? module : m.unknown('a star import');
    return;
  }
  m.touch(scope.owner);
  for (const name of publicNames(module)) {
    const value = m.findAttribute(module, name);
    if (value !== undefined) scope.variables.set(name, value);
  }
  if (module.source?.scope.unknownNames) scope.unknownNames ??= module.source.scope.unknownNames;
  if (module.lookup !== undefined) scope.unknownNames ??= m.unknown(`a star import from \`${module.name}\``);
}

export function publicNames(module: ModuleValue): readonly string[] {
  const all = module.attributes.get('__all__') ?? null;
  if (all instanceof List || all instanceof Tuple)
    return [...all.items].filter((it): it is string => typeof it === 'string');
  return [...module.attributes.keys()].filter(it => !it.startsWith('_'));
}

export function nativeModule(m: Machine, name: string): ModuleValue | undefined {
  const known = m.nativeModules.get(name);
  if (known !== undefined) return known;
  for (const library of m.options.libraries) {
    const module = library.module(name, m);
    if (module === undefined) continue;
    m.nativeModules.set(name, module);
    return module;
  }
  return undefined;
}

function loadModule(m: Machine, name: string, importer: SourceModule | undefined): ModuleValue | undefined {
  const native = nativeModule(m, name);
  if (native !== undefined) return native;
  const loaded = loadedModule(m, name, importer);
  noteImport(m, importer, loaded);
  if (loaded !== undefined) return loaded.value;
  const found = m.finder.find(name, importer?.path);
  noteImport(m, importer, found);
  return found && loadFound(m, name, found);
}

/** What another evaluation has loaded under the name may be another folder's module: for the first importer it is looked up. */
function loadedModule(m: Machine, name: string, importer: SourceModule | undefined): SourceModule | undefined {
  const loaded = m.modules.get(name);
  if (loaded === undefined || !m.modules.take(name) || !loaded.isUserCode || importer === undefined) return loaded;
  if (m.finder.find(name, importer.path)?.path === (loaded.path || undefined)) return loaded;
  m.modules.delete(name);
  return undefined;
}

function noteImport(m: Machine, importer: SourceModule | undefined, imported: { readonly path?: string } | undefined) {
  if (importer?.path && imported?.path) m.finder.noteImport(importer.path, imported.path);
}

function loadFound(m: Machine, name: string, found: FoundModule): ModuleValue | undefined {
  if (found.isCompiled) return compiledModule(m, name);
  if (!found.isUserCode && isInert(name)) return inertModule(m, name);
  if (found.path === undefined) return register(m, name, found, { path: '', text: '', tree: emptyTree }).value;
  const file = m.finder.source(found.path);
  if (file === undefined) return undefined;
  const failure = m.strict ? undefined : m.relay.failed.get(name);
  if (failure !== undefined && failure.times >= MOST_FAILURES) throw failure.error;
  const module = register(m, name, found, file);
  if (m.strict) runModule(m, module);
  else runInPassing(m, module);
  return module.value;
}

/** At its own expense; a module that takes too long is left as far as it came, and what it would bind is unknown. */
function runInPassing(m: Machine, module: SourceModule): void {
  const { steps, maximumSteps, stepsOfImports } = m;
  m.maximumSteps = steps + STEPS_PER_MODULE;
  m.importsInPassing++;
  try {
    runModule(m, module);
  } catch (error) {
    if (error instanceof Raised) noteFailure(m, module, error);
    if (!(error instanceof BudgetExceeded)) throw error;
    module.state = 'loaded';
    module.scope.unknownNames ??= m.unknown(`the module \`${module.name}\` takes too long to evaluate`);
  } finally {
    m.importsInPassing--;
    m.maximumSteps = maximumSteps + (m.steps - steps);
    m.stepsOfImports = stepsOfImports + (m.steps - steps);
  }
}

const STEPS_PER_MODULE = 100_000;

/** The first time, modules that import each other in a circle may have been the reason. */
const MOST_FAILURES = 2;

function noteFailure({ relay: { failed } }: Machine, { name }: SourceModule, error: Raised): void {
  failed.set(name, { times: (failed.get(name)?.times ?? 0) + 1, error });
}

function compiledModule(m: Machine, name: string): ModuleValue {
  const module = new ModuleValue(name, () => m.unknown(`\`${name}\` is compiled`, { foreign: true }));
  m.nativeModules.set(name, module);
  return module;
}

const emptyTree = { body: [], comments: [], problems: [], faultyUpTo: 0, length: 0 };

function register(
  m: Machine,
  name: string,
  found: FoundModule,
  file: Pick<SourceModule, 'path' | 'text' | 'tree'>,
): SourceModule {
  const module = makeModule(name, found, file);
  m.modules.set(name, module);
  return module;
}

const unseenSpec = new Unknown('how a module was found is not known', undefined);

export function makeModule(
  name: string,
  { isPackage, isUserCode }: Pick<FoundModule, 'isPackage' | 'isUserCode'>,
  { path, text, tree }: Pick<SourceModule, 'path' | 'text' | 'tree'>,
  packageName = isPackage ? name : name.split('.').slice(0, -1).join('.'),
): SourceModule {
  const module: { -readonly [K in keyof SourceModule]?: SourceModule[K] } = {
    name,
    path,
    text,
    tree,
    isPackage,
    isUserCode,
  };
  const value = new ModuleValue(name, undefined, module as SourceModule, new ModuleNames());
  module.value = value;
  module.scope = new Scope('module', undefined, value.attributes, value);
  module.state = 'loading';
  value.attributes.set('__name__', name).set('__file__', path).set('__package__', packageName);
  value.attributes.set('__doc__', null).set('__spec__', unseenSpec).set('__loader__', unseenSpec);
  if (isPackage) value.attributes.set('__path__', new List([path.replace(/\/[^/]*$/, '')]));
  return module as SourceModule;
}

/** Runs a module's body; a module whose body fails is forgotten, as Python forgets it. */
export function runModule(m: Machine, module: SourceModule, execute = executeModule): void {
  const caller = m.frame;
  const direct = m.directCall;
  m.enter(new Frame(module, module.scope, caller));
  m.directCall = undefined;
  m.modules.running++;
  try {
    inPythonsOrder(m, module, () => m.journal.aside(() => execute(m, m.frame!, module.tree.body)));
    module.state = 'loaded';
  } catch (error) {
    module.state = 'failed';
    if (!(error instanceof BudgetExceeded || error instanceof Cancelled)) m.modules.delete(module.name);
    throw error;
  } finally {
    m.modules.running--;
    m.frame = caller;
    m.directCall = direct;
  }
}

function missingModule(m: Machine, name: string): Value {
  if (m.wouldCatch(m.exception('ModuleNotFoundError', ''))) {
    return m.raise('ModuleNotFoundError', `No module named '${name}'`);
  }
  return m.unknown(`the module \`${name}\` is not found`, { foreign: true });
}
