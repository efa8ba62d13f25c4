/**
 * Registries: containers of a module that other modules put something into when they are imported. Where such a one is asked
 * for a name that it lacks, the imports that wait are made whose modules mention the name and the registry; where somebody goes
 * through it and every entry counts, those of all modules that mention the registry.
 */
import type { Frame } from './frame.js';
import type { Machine } from './machine.js';
import { type Imported, ModuleNames, type Waiting } from './module-names.js';
import type { SourceFile, SourceModule } from './modules.js';
import { Raised } from './raised.js';
import { ClassValue, Dict, Instance, type Key, List, SetValue, type Value } from './values.js';

export type Container = Dict | List | SetValue;

/** A shorter one is mentioned anywhere. */
const SHORTEST_NAME = 3;

/** Whether imports that waited have brought the entry; `at` is what the key is looked up by. */
export function isBroughtLate(m: Machine, dict: Dict, key: Value, at: Key): boolean {
  if (dict.born > 0 || typeof key !== 'string' || key.length < SHORTEST_NAME) return false;
  const registry = registryOf(m, dict);
  if (registry === undefined || isBeingFilled(m, registry) || !registry.isFilled) return false;
  const lacking = lackingIn(m, registry);
  if (lacking.get(key) === m.modules.count) return false;
  const isNamed = new RegExp(key.replace(/[^\w]/g, '\\$&'), 'i');
  const isBrought = bring(
    m,
    registry,
    imported => mayBring(imported, registry, isNamed),
    () => dict.entries.has(at),
  );
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

/** Makes the imports that wait of all who put something into it, where somebody counts what is in it. */
export function completeRegistry(m: Machine, container: Container): void {
  if (!m.strict || container.born > 0) return;
  const registry = registryOf(m, container);
  if (registry === undefined || isBeingFilled(m, registry) || !registry.isFilled) return;
  const lacking = lackingIn(m, registry);
  if (lacking.get(ANYTHING) === m.modules.count) return;
  bring(
    m,
    registry,
    imported => mayBring(imported, registry),
    () => false,
  );
  lacking.set(ANYTHING, m.modules.count);
}

/** The same, where somebody goes through it: imports that wait may have been made in another order than Python's. */
export function completeInOrder(m: Machine, container: Container): void {
  if (!m.strict || container.born > 0) return;
  completeRegistry(m, container);
  const modules = fillers.get(container);
  if (modules === undefined || modules.size < 2) return;
  const registry = registryOf(m, container);
  if (registry === undefined || isBeingFilled(m, registry)) return;
  if (modules.size > (modules.has(registry.module) ? 2 : 1))
    m.inexact('several modules fill a registry, and in which order is not followed');
}

/** The modules that have put something into what outlives their import. */
const fillers = new WeakMap<object, Set<SourceModule>>();

/** Called while a module is imported. */
export function noteFiller(object: object, innermost: Frame | undefined): void {
  if (!(object instanceof Dict || object instanceof List || object instanceof SetValue)) return;
  let frame = innermost;
  while (frame && !isBodyOfLoading(frame)) frame = frame.parent;
  if (frame === undefined) return;
  const modules = fillers.get(object);
  if (modules === undefined) fillers.set(object, new Set([frame.module]));
  else modules.add(frame.module);
}

/** No name. */
const ANYTHING = '';

/** Makes imports until it is there. */
function bring(
  m: Machine,
  { module }: Registry,
  isWanted: (imported: Imported) => boolean,
  isThere: () => boolean,
): boolean {
  const asked = new Set<Waiting>();
  for (let before = -1; asked.size > before; ) {
    before = asked.size;
    for (const waiting of waitingIn(m, module)) {
      if (asked.has(waiting)) continue;
      asked.add(waiting);
      m.step();
      const imported = waiting.imported();
      if (imported === undefined || !isWanted(imported)) continue;
      make(waiting);
      if (isThere()) return true;
    }
  }
  return false;
}

/** Who puts something into a registry names it, or the module with a function that does; a package may import such a one. */
const mayBring = ({ isPackage, source }: Imported, registry: Registry, isNamed?: RegExp): boolean =>
  isPackage || (isKnownIn(source, registry) && isNamed?.test(source.text) !== false);

function isKnownIn(source: SourceFile, { known, isKnown }: Registry): boolean {
  let answer = known.get(source);
  if (answer === undefined) {
    answer = isKnown.test(source.text);
    known.set(source, answer);
  }
  return answer;
}

/** Python would have failed long before. */
export function make({ make }: Waiting): void {
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

/**
 * While a module is imported, a registry is what it has come to so far; not so while the program itself runs, around all, unless
 * that is a module of the registry's package, which somebody asked for by its name.
 */
function isBeingFilled(m: Machine, { module }: Registry): boolean {
  for (let frame = m.frame; frame; frame = frame.parent)
    if (isBodyOfLoading(frame))
      return frame.parent !== undefined || packageOf(frame.module.name) === packageOf(module.name);
  return false;
}

/** Whether it runs the body of a module that is being imported. */
export const isBodyOfLoading = ({ scope, module }: Frame): boolean =>
  scope.kind === 'module' && module.state === 'loading';

class Registry {
  /** In the text of who puts something into it. */
  readonly isKnown: RegExp;
  /** The texts in which it was looked for. */
  readonly known = new WeakMap<SourceFile, boolean>();
  private filled: boolean | undefined;

  constructor(
    readonly module: SourceModule,
    readonly name: string,
    /** What the name itself stands for, if that is it. */
    private readonly plain: Container | undefined,
  ) {
    const stem = module.name.split('.').at(-1)!;
    this.isKnown = new RegExp(`\\b(?:${stem}|${name})\\b`);
  }

  /**
   * By code that runs after it is written. A table that nothing is put into then is no registry; what other modules write into
   * it is done at once.
   */
  get isFilled(): boolean {
    this.filled ??= this.plain === undefined || isEmpty(this.plain) || fillingOf(this.name).test(this.module.text);
    return this.filled;
  }
}

function isEmpty(container: Container): boolean {
  if (container instanceof List) return container.items.length === 0;
  return (container instanceof Dict ? container.entries : container.items).size === 0;
}

const fillingOf = (name: string): RegExp =>
  new RegExp(`^[^\\S\\n]+.*\\b${name}(?:\\[.*\\]\\s*=(?!=)|\\.(?:${FILLING.join('|')})\\()`, 'm');

const FILLING = ['update', 'setdefault', 'append', 'extend', 'insert', 'add'];

/** Of the modules that were loaded when somebody asked last. */
class Registries {
  private readonly read = new Set<SourceModule>();
  private readonly held = new Map<Container, Registry>();
  private count = -1;

  of(m: Machine, container: Container): Registry | undefined {
    if (this.count !== m.modules.count) this.readAll(m.modules);
    return this.held.get(container);
  }

  private readAll(modules: Machine['modules']): void {
    this.count = modules.count;
    for (const module of modules.values())
      if (module.state === 'loading') this.count = -1;
      else if (!this.read.has(module)) this.readModule(module);
  }

  private readModule(module: SourceModule): void {
    this.read.add(module);
    for (const [name, value] of namesOf(module.scope.variables))
      if (!name.startsWith('__'))
        for (const container of containersIn(value)) this.note(module, name, container, value === container);
  }

  /** Several modules know it by a name; the one that defines it tells what it is. */
  private note(module: SourceModule, name: string, container: Container, isPlain: boolean): void {
    const isKnown = this.held.has(container);
    if (isKnown && !isDefinedIn(module, name)) return;
    const isOwn = isPlain && (isKnown || isDefinedIn(module, name));
    this.held.set(container, new Registry(module, name, isOwn ? container : undefined));
  }
}

const isDefinedIn = ({ text }: SourceModule, name: string): boolean =>
  new RegExp(`^(?:class )?${name}\\b\\s*(?:[:(][^=\\n]*)?[:=]`, 'm').test(text);

const registriesBy = new WeakMap<Machine, Registries>();

function registryOf(m: Machine, container: Container): Registry | undefined {
  let registries = registriesBy.get(m);
  if (registries === undefined) {
    registries = new Registries();
    registriesBy.set(m, registries);
  }
  return registries.of(m, container);
}

const namesOf = (names: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> =>
  names instanceof ModuleNames ? names.present : names;

/** It, what it holds as an object or a class, or what it is besides being an object. */
function* containersIn(value: Value): Iterable<Container> {
  if (isContainer(value)) yield value;
  if (!(value instanceof Instance || value instanceof ClassValue)) return;
  for (const held of value.attributes.values()) if (isContainer(held)) yield held;
  if (value instanceof Instance && isContainer(value.payload)) yield value.payload;
}

const isContainer = (value: Value | undefined): value is Container =>
  value instanceof Dict || value instanceof List || value instanceof SetValue;
