/** Class creation: method resolution order, `__set_name__`, `__init_subclass__`, hooks of native bases. */
import type * as tree from '../syntax/tree.js';
import { findInClass } from './attributes.js';
import { bounded } from './bounded.js';
import type { Machine } from './machine.js';
import type { SourceModule } from './modules.js';
import { ClassValue, Descriptor, Dict, Func, Instance, Super, Tuple, Unknown, type Value } from './values.js';

export interface ClassBlueprint {
  /** Functions of the class body, whatever decorators made of them. */
  readonly methods?: readonly Func[];
  readonly name: string;
  readonly bases: readonly Value[];
  readonly attributes: Map<string, Value>;
  readonly moduleName: string;
  readonly keywords: ReadonlyMap<string, Value>;
  readonly definition?: { readonly node: tree.ClassDefinition; readonly module: SourceModule };
}

/** What a class statement comes to: a metaclass written in Python makes the class, and is told of it. */
export function makeClass(m: Machine, blueprint: ClassBlueprint): Value {
  const bases = blueprint.bases.filter((it): it is ClassValue => it instanceof ClassValue);
  const meta = metaclassOf(bases, blueprint.keywords.get('metaclass'));
  const [create, initialize] = ['__new__', '__init__'].map(it => meta && written(findInClass(meta, it)));
  if (meta === undefined || (create === undefined && initialize === undefined)) return createClass(m, blueprint);
  const given = [blueprint.name, new Tuple(blueprint.bases), Dict.of(blueprint.attributes)];
  const rest = withoutMetaclass(blueprint.keywords);
  m.blueprint = blueprint;
  const made = create === undefined ? createClass(m, blueprint) : m.call(create, [meta, ...given], rest);
  m.blueprint = undefined;
  if (initialize !== undefined && made instanceof ClassValue) m.call(initialize, [made, ...given], rest);
  return made instanceof ClassValue || m.strict ? made : createClass(m, blueprint);
}

const written = (method: Value | undefined): Value | undefined => {
  const plain = method instanceof Descriptor ? method.get : method;
  return plain instanceof Func ? plain : undefined;
};

const withoutMetaclass = (keywords: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> =>
  new Map([...keywords].filter(([name]) => name !== 'metaclass'));

export function createClass(m: Machine, blueprint: ClassBlueprint): Value {
  const unknownBase = blueprint.bases.find((it): it is Unknown => it instanceof Unknown);
  const assumed = unknownBase && m.hooks.baseUnseen?.(m, blueprint);
  const bases = [...blueprint.bases, assumed].filter(it => it instanceof ClassValue);
  const cls = new ClassValue(
    blueprint.name,
    bases,
    blueprint.attributes,
    blueprint.moduleName,
    blueprint.definition,
    metaclassOf(bases, blueprint.keywords.get('metaclass')),
  );
  cls.mro = [cls, ...linearize(m, bases)];
  if (bases.length === 0 || cls.mro.at(-1) !== m.builtins.objectClass) {
    cls.mro = [...cls.mro.filter(it => it !== m.builtins.objectClass), m.builtins.objectClass];
  }
  if (unknownBase !== undefined) {
    cls.unknownBase = unknownBase;
    const inFront = blueprint.bases.slice(0, blueprint.bases.indexOf(unknownBase));
    cls.basesInFront = inFront.filter(it => it instanceof ClassValue);
  }
  const lookup = findInClass(cls, '__getattribute__');
  if (lookup instanceof Func) cls.lookup = lookup;
  for (const method of blueprint.methods ?? []) method.owner ??= cls;
  adopt(m, cls);
  return notifyBases(m, cls, blueprint.keywords);
}

function metaclassOf(bases: readonly ClassValue[], given: Value | undefined): ClassValue | undefined {
  return given instanceof ClassValue ? given : bases.find(it => it.metaclass)?.metaclass;
}

/** C3; where it fails, as it does for Python, a depth-first order without duplicates. */
function linearize(m: Machine, bases: readonly ClassValue[]): readonly ClassValue[] {
  if (bases.length === 1) return bases[0]!.mro;
  const merged = merge([...bases.map(it => [...it.mro]), [...bases]]);
  if (merged !== undefined) return merged;
  m.fault({ code: 'exception', exception: 'TypeError', message: 'Cannot create a consistent method resolution order' });
  return [...new Set(bases.flatMap(it => it.mro))];
}

function merge(sequences: ClassValue[][]): ClassValue[] | undefined {
  const order: ClassValue[] = [];
  let open = sequences.filter(it => it.length > 0);
  while (open.length > 0) {
    const head = open.map(it => it[0]!).find(candidate => !open.some(it => it.indexOf(candidate) > 0));
    if (head === undefined) return undefined;
    order.push(head);
    open = open.map(it => it.filter(cls => cls !== head)).filter(it => it.length > 0);
  }
  return order;
}

function adopt(m: Machine, cls: ClassValue): void {
  let hasInstances = false;
  for (const value of cls.attributes.values()) {
    if (value instanceof Func) value.owner ??= cls;
    else for (const func of functionsOf(value)) func.owner ??= cls;
    hasInstances ||= value instanceof Instance;
  }
  if (hasInstances) tellNames(m, cls);
}

function tellNames(m: Machine, cls: ClassValue): void {
  for (const [name, value] of [...cls.attributes]) {
    const setName = value instanceof Instance ? findInClass(value.cls, '__set_name__') : undefined;
    if (setName !== undefined) m.call(setName, [value, cls, name]);
  }
}

function functionsOf(value: Value | undefined): readonly Func[] {
  if (value instanceof Func) return [value];
  if (value instanceof Descriptor) return [value.get, value.set, value.remove].flatMap(functionsOf);
  return [];
}

function notifyBases(m: Machine, cls: ClassValue, keywords: ReadonlyMap<string, Value>): Value {
  const derived = cls.mro.slice(1).find(it => it.derived)?.derived;
  const answer = derived === undefined ? cls : derived(m, cls, keywords);
  const parent = cls.mro.slice(1).find(it => it.attributes.has('__init_subclass__'));
  if (parent !== undefined && parent !== m.builtins.objectClass) notifyBase(m, cls, parent, keywords);
  return answer;
}

/** What a base does to every class that derives from it is done again and again: it may take no longer than decorators. */
const STEPS_PER_NOTICE = 2000;

function notifyBase(m: Machine, cls: ClassValue, parent: ClassValue, keywords: ReadonlyMap<string, Value>): void {
  const rest = withoutMetaclass(keywords);
  const hook = m.getAttribute(new Super(cls, cls, cls), '__init_subclass__');
  const call = () => (hook instanceof Func ? m.call(hook, [cls], rest) : m.call(hook, [], rest));
  const [func] = functionsOf(parent.attributes.get('__init_subclass__'));
  if (func === undefined || m.strict) call();
  else bounded(m, func, STEPS_PER_NOTICE, call);
}
