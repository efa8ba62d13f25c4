/** The entry points of a file: its script, every factory, every network, every initializer that nothing calls. */
import type { Session } from '../frameworks/framework.js';
import { Frame } from '../interpreter/frame.js';
import { makeModule, runModule } from '../interpreter/imports.js';
import type { Machine } from '../interpreter/machine.js';
import type { SourceModule } from '../interpreter/modules.js';
import { executeBlock, executeStatement } from '../interpreter/statements.js';
import { ClassValue, Func, Unknown } from '../interpreter/values.js';
import type { ParsedSource, Project } from '../project.js';
import type * as tree from '../syntax/tree.js';
import type { Run } from './evaluate.js';
import { raises } from './guarded.js';
import { type OtherValue, otherValuesOf } from './other-defaults.js';
import { anyArgumentsFor, argumentsFor } from './uncalled.js';

export interface EntryPoint {
  /** Names it in the file; what covers it covers this name. */
  readonly name: string;
  readonly run: Run;
  /** The function that is evaluated though nothing calls it. */
  readonly alone?: Func;
  /** Evaluates it as if arguments that have a default were given other values: those of a network that nothing builds. */
  readonly others?: readonly (OtherValue & { readonly run: Run })[];
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
  module.scope.reads = undefined;
  return reads;
}

/** In the order of evaluation: what comes first covers what it uses, and that is not evaluated with worse values. */
export function entryPointsOf(module: SourceModule, session: Session): readonly EntryPoint[] {
  const values = [...new Set(module.value.attributes.values())];
  const functions = values.filter((it): it is Func => it instanceof Func && it.module === module);
  const classes = values.filter((it): it is ClassValue => it instanceof ClassValue && it.definition?.module === module);
  const networks = classes.filter(it => session.isNetwork(it)).toReversed();
  return [
    ...module.tree.body.filter(isMainGuard).map((it, i) => script(module, it, i)),
    ...functions.map(functionEntry),
    // Less is known of those with a base that cannot be seen, and of what they make: others go before them.
    ...networks.filter(it => !hasUnseenBase(it)).map(classEntry),
    ...networks.filter(hasUnseenBase).map(classEntry),
    ...classes.filter(it => !session.isNetwork(it)).flatMap(it => hookEntry(it, session.hookOf(it)) ?? []),
  ];
}

const hasUnseenBase = ({ mro }: ClassValue): boolean => mro.some(it => it.unknownBase !== undefined);

/** What a test's file makes is made for tests. */
const isTest = (path: string): boolean => TEST.test(path);

const TEST = /\/(test_[^/]*|[^/]*_test)\.py$/;

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
      if (/^test/.test(func.name) || isTest(func.module.path)) machine.flags.context = 'test';
      machine.flags.uncalled = true;
      machine.callWith(func, anyArgumentsFor(func, 0));
    },
    alone: func,
  };
}

const nameOfDefinition = ({ definition, name }: Func) =>
  definition.kind === 'FunctionDefinition' ? definition.name.name : name;

function classEntry(cls: ClassValue): EntryPoint {
  return {
    name: cls.name,
    others: otherValuesOf(cls).map(other => ({ ...other, run: machine => buildWith(machine, cls, other) })),
    run(machine) {
      if (isTest(cls.definition!.module.path)) machine.flags.context = 'test';
      const initialize = cls.mro.find(it => it.attributes.has('__init__'))?.attributes.get('__init__');
      if (!raises(machine, () => machine.callWith(cls, argumentsFor(initialize, 1)))) return;
      // What it refuses to do without is given to it by who uses it.
      machine.callWith(
        cls,
        argumentsFor(initialize, 1, it => it !== null),
      );
    },
  };
}

function buildWith(machine: Machine, cls: ClassValue, { argument, value, test }: OtherValue): void {
  const { positional, keywords } = argumentsFor(cls.attributes.get('__init__'), 1);
  const given = value ?? new Unknown(`\`${argument}\` is a parameter`, test, argument);
  machine.callWith(cls, { positional, keywords: new Map([...keywords, [argument, given]]) });
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
