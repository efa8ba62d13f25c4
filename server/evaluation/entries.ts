/** The entry points of a file: its script, every factory, every network, every initializer that nothing calls. */
import type { Session } from '../frameworks/framework.js';
import { Frame } from '../interpreter/frame.js';
import { makeModule, runModule } from '../interpreter/imports.js';
import type { Machine } from '../interpreter/machine.js';
import type { SourceModule } from '../interpreter/modules.js';
import { executeBlock, executeStatement } from '../interpreter/statements.js';
import { ClassValue, Func, type Instance, Unknown, type Value } from '../interpreter/values.js';
import type { ParsedSource, Project } from '../project.js';
import type * as tree from '../syntax/tree.js';
import type { Site } from '../text/span.js';
import { guarded, type Run } from './evaluate.js';

export interface EntryPoint {
  /** Names it in the file; what covers it covers this name. */
  readonly name: string;
  readonly run: Run;
  /** Functions that nothing in the entry calls, and whose purpose is to initialize weights. */
  helpers?(session: Session): readonly Func[];
}

/** The module before its body has run, as a script: its `__main__` guard holds. */
export function moduleOf(project: Project, file: ParsedSource): SourceModule {
  const isPackage = file.path.endsWith('/__init__.py');
  const name = project.nameOf(file.path);
  const packageName = isPackage ? name : name.split('.').slice(0, -1).join('.');
  return makeModule('__main__', { isPackage, isUserCode: true }, file, packageName);
}

/** Runs the body, its `__main__` guards aside. Tells which names each of its statements read. */
export function runBody(machine: Machine, module: SourceModule): ReadonlyMap<tree.Statement, ReadonlySet<string>> {
  const reads = new Map<tree.Statement, ReadonlySet<string>>();
  machine.flags.context = 'script';
  runModule(machine, module, (m, frame, body) => {
    for (const statement of body) {
      if (isMainGuard(statement)) continue;
      const names = new Set<string>();
      module.scope.reads = names;
      reads.set(statement, names);
      if (executeStatement(m, frame, statement) !== 'normal') break;
    }
  });
  delete module.scope.reads;
  return reads;
}

/** In the order of evaluation: what comes first covers what it uses, and that is not evaluated with worse values. */
export function entryPointsOf(module: SourceModule, session: Session): readonly EntryPoint[] {
  const values = [...new Set(module.value.attributes.values())];
  const functions = values.filter((it): it is Func => it instanceof Func && it.module === module);
  const classes = values.filter((it): it is ClassValue => it instanceof ClassValue && it.definition?.module === module);
  return [
    ...module.tree.body.filter(isMainGuard).map((it, i) => script(module, it, i)),
    ...functions.map(functionEntry),
    ...classes
      .filter(it => session.isNetwork(it))
      .toReversed()
      .map(it => classEntry(it, module)),
    ...classes.filter(it => !session.isNetwork(it)).flatMap(it => hookEntry(it, session.hookOf(it)) ?? []),
  ];
}

function isMainGuard(statement: tree.Statement): statement is tree.If {
  if (statement.kind !== 'If' || statement.test.kind !== 'Comparison') return false;
  const { left } = statement.test;
  return left.kind === 'Name' && left.name === '__name__';
}

function script(module: SourceModule, guard: tree.If, index: number): EntryPoint {
  return {
    name: `__main__ ${index}`,
    run(machine) {
      machine.flags.context = 'script';
      const frame = new Frame(module, module.scope, undefined);
      machine.enter(frame);
      executeBlock(machine, frame, guard.body);
    },
  };
}

function functionEntry(func: Func): EntryPoint {
  return {
    name: nameOfDefinition(func),
    run(machine) {
      machine.flags.uncalled = true;
      machine.callWith(func, argumentsFor(func, 0));
    },
    helpers: session => (session.constructed.length === 0 && isHelper(func, session) ? [func] : []),
  };
}

const nameOfDefinition = ({ definition, name }: Func) =>
  definition.kind === 'FunctionDefinition' ? definition.name.name : name;

function classEntry(cls: ClassValue, module: SourceModule): EntryPoint {
  const uncalled = new Set<Func>();
  return {
    name: cls.name,
    run(machine, session) {
      const initialize = cls.mro.find(it => it.attributes.has('__init__'))?.attributes.get('__init__');
      guarded(machine, () => machine.callWith(cls, argumentsFor(initialize, 1)));
      for (const [network, method] of uncalledMethods(machine, session, module)) {
        uncalled.add(method);
        callUncalled(machine, network, method);
      }
    },
    helpers: session => [...uncalled].filter(it => isOwn(it) && isHelper(it, session)),
  };
}

/** A network whose base cannot be seen is not built; what the base would call is evaluated for the calls in it. */
function hookEntry(cls: ClassValue, hook: Func | undefined): EntryPoint | undefined {
  if (hook === undefined) return undefined;
  return {
    name: cls.name,
    run(machine) {
      machine.flags.uncalled = true;
      const self = new Unknown(`the base of \`${cls.name}\` is not known`, undefined, 'self');
      const { positional, keywords } = argumentsFor(hook, 1);
      machine.callWith(hook, { positional: [self, ...positional], keywords });
    },
  };
}

/** A base class, seen or not, may call what it knows the name of. */
function isOwn({ owner, name }: Func): boolean {
  const [, ...bases] = owner?.mro ?? [];
  return (
    owner?.unknownBase === undefined && bases.every(it => !it.attributes.has(name) && it.unknownBase === undefined)
  );
}

/** It calls initializers on weights, by itself. What is decorated is known to whoever decorates. */
function isHelper({ definition, module, name }: Func, session: Session): boolean {
  if (definition.kind !== 'FunctionDefinition' || definition.decorators.length > 0 || EXPECTED.test(name)) return false;
  const isWithin = ({ path, start }: Site) =>
    path === module.path && definition.start <= start && start < definition.end;
  const calls = session.calls().filter(it => isWithin(it.callee));
  return calls.some(it => it.form === 'function' || (it.form === 'method' && /weight|bias|param/.test(it.written)));
}

/** Names that frameworks, test runners and Python itself call. */
const EXPECTED = /^(__\w+__|_?reset_parameters|test\w*|main|forward)$/;

/** Methods that nothing in the entry calls, each with a network to call it on. */
function* uncalledMethods(machine: Machine, session: Session, module: SourceModule): Iterable<[Instance, Func]> {
  const seen = new Set<ClassValue>();
  for (const network of session.constructed) {
    if (seen.has(network.cls) || network.cls.definition?.module !== module) continue;
    seen.add(network.cls);
    for (const method of network.cls.attributes.values()) {
      if (method instanceof Func && method.name !== 'forward' && !machine.entered.has(method.definition))
        yield [network, method];
    }
  }
}

/** Evaluated for the calls in it alone: whatever it changes is undone. */
function callUncalled(machine: Machine, network: Instance, method: Func): void {
  if (!mayInitialize(method)) return;
  guarded(machine, () => {
    machine.flags.uncalled = true;
    const { positional, keywords } = argumentsFor(method, 1);
    machine.journal.rehearse(() => machine.callWith(method, { positional: [network, ...positional], keywords }));
  });
}

/** Code without a call whose name ends in an underscore, or that names an initializer, changes no weight. */
function mayInitialize({ definition, module }: Func): boolean {
  return /init|_\(|reset|weight|bias/.test(module.text.slice(definition.start, definition.end));
}

/** Arguments of which nothing but the name is known, where there is no default. */
export function argumentsFor(
  callee: Value | undefined,
  skip: number,
): { readonly positional: readonly Value[]; readonly keywords: ReadonlyMap<string, Value> } {
  const keywords = new Map<string, Value>();
  const positional: Value[] = [];
  if (!(callee instanceof Func)) return { positional, keywords };
  for (const parameter of callee.definition.parameters.list.slice(skip)) {
    const { name } = parameter.name;
    if (parameter.passing === 'variadic' || parameter.passing === 'keywords' || callee.defaults.has(name)) continue;
    const site = { path: callee.module.path, start: parameter.start, end: parameter.end };
    const value = new Unknown(`\`${name}\` is a parameter`, site, name);
    if (parameter.passing === 'positionalOnly') positional.push(value);
    else keywords.set(name, value);
  }
  return { positional, keywords };
}
