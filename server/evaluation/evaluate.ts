/** Evaluates one entry point of a file on a machine of its own, so that no entry knows of another. */
import type { Session } from '../frameworks/framework.js';
import { frameworks } from '../frameworks/index.js';
import { Machine, type MachineOptions } from '../interpreter/machine.js';
import type { SourceModule } from '../interpreter/modules.js';
import { type ClassValue, Func, type Instance } from '../interpreter/values.js';
import type { Model, Program } from '../model/model.js';
import type { Project } from '../project.js';
import { modelsOfAnySize } from './any-size.js';
import { guarded, isUnfinished, SHARE_OF_RUN } from './guarded.js';
import { modelsStarted, type Started } from './started.js';
import { callUncalledMethods } from './uncalled.js';

/** Networks of one class that are looked at: factories make many that differ in their sizes alone. */
const MODELS_PER_CLASS = 3;
const MODELS_PER_ENTRY = 24;

/** What an entry point does with its machine. */
export type Run = (machine: Machine, session: Session) => void;

export interface Evaluation {
  readonly program: Program;
  readonly machine: Machine;
  readonly session: Session;
  /** Names of the file's own that were read, and classes and functions that were used. */
  readonly uses: ReadonlySet<string>;
  /** Classes whose axes the entry does not tell apart, with sizes of any choosing. */
  readonly ofAnySize: readonly Model[];
  /** Methods of networks that nothing in the entry called. */
  readonly uncalled: readonly Func[];
  /** Networks that those of them start which are there for it, and which code elsewhere calls. */
  readonly started: readonly Started[];
}

export function newMachine(
  project: Project,
  options: Pick<MachineOptions, 'strict' | 'maximumSteps' | 'defersImports' | 'decisions'> & {
    isCancelled?: (() => boolean) | undefined;
  },
): Machine {
  const { libraries, builtins, settings } = project;
  const { isCancelled, ...others } = options;
  return new Machine({
    libraries,
    builtins,
    settings,
    finder: project,
    loaded: loadedIn(project, options.strict),
    relay: project.relay,
    ...others,
    ...(isCancelled && { isCancelled }),
  });
}

/** Shapes of what forward is given; absent: nothing is known of them. */
export type Inputs = readonly (readonly number[])[];

export interface EntryOptions {
  /** For all of it. */
  readonly maximumSteps: number;
  readonly isCancelled?: (() => boolean) | undefined;
  readonly inputs?: Inputs | undefined;
  readonly decisions?: ReadonlyMap<string, boolean>;
}

/** Whatever the entry changes in the module is undone: the next one finds it as the body left it. */
export function evaluateEntry(
  project: Project,
  module: SourceModule,
  run: Run,
  { maximumSteps, isCancelled, inputs, decisions }: EntryOptions,
): Evaluation {
  const machine = newMachine(project, { strict: false, maximumSteps, isCancelled, ...(decisions && { decisions }) });
  const session = frameworks[0]!.begin(machine);
  const uses = new Set<string>();
  module.scope.reads = uses;
  let uncalled: readonly Func[] = [];
  let ofAnySize: readonly Model[] = [];
  let started: readonly Started[] = [];
  const program = machine.journal.rehearse(() => {
    guarded(machine, () => run(machine, session), SHARE_OF_RUN);
    const networks = networksIn(session, module, machine, inputs);
    for (const network of networks) guarded(machine, () => session.forward(network, inputs));
    uncalled = callUncalledMethods(machine, session, module);
    const program = programOf(machine, session, module.path, networks);
    ofAnySize = modelsOfAnySize(machine, session, module, program.models);
    started = modelsStarted(machine, session, uncalled, it => isMentioned(project, it));
    return program;
  });
  module.scope.reads = undefined;
  for (const cls of session.constructed.flatMap(it => it.cls.mro)) {
    if (cls.definition?.module === module) uses.add(cls.definition.node.name.name);
  }
  keepLoaded(project, machine, module);
  return { program, machine, session, uses, uncalled, ofAnySize, started };
}

/** Something in the workspace names it beside its definition. */
function isMentioned({ mentions }: Project, { definition, module, name, owner }: Func): boolean {
  const { start, end } = definition;
  return mentions.isMentioned(name, { path: module.path, start, end }, owner !== undefined);
}

const loadedIn = (project: Project, strict: boolean) => (strict ? project.strictlyLoaded : project.loaded);

/** Modules that were loaded for the first time serve the next evaluation too. */
export function keepLoaded(project: Project, machine: Machine, main?: SourceModule): void {
  const loaded = loadedIn(project, machine.strict);
  const changing = [...machine.modules.own.values()].filter(it => it.changesLibraries);
  const evaluatedAgain = changing.length === 0 ? undefined : project.leadingTo(changing.map(it => it.path));
  for (const [name, module] of machine.modules.own) {
    if (module !== main && module.state === 'loaded' && !evaluatedAgain?.has(module.path)) loaded.set(name, module);
  }
}

/** Networks that no other holds, then those held ones of this file whose forward nobody reached, or that nothing known came of. */
function networksIn(
  session: Session,
  module: SourceModule,
  machine: Machine,
  inputs: Inputs | undefined,
): readonly Instance[] {
  const roots = fewOfEach(session.roots());
  for (const root of roots) guarded(machine, () => session.forward(root, inputs));
  let lost: ReadonlySet<Instance> = new Set();
  if (!isUnfinished(machine)) {
    guarded(machine, () => {
      lost = session.lost();
    });
  }
  const unreached = session.constructed.filter(
    it => !roots.includes(it) && (isUnreached(it.cls, module, machine) || (lost.has(it) && isOf(it.cls, module))),
  );
  return [...roots, ...fewOfEach(unreached)].slice(0, MODELS_PER_ENTRY);
}

function isUnreached(cls: ClassValue, module: SourceModule, machine: Machine): boolean {
  const forward = cls.attributes.get('forward');
  return isOf(cls, module) && forward instanceof Func && !machine.entered.has(forward.definition);
}

const isOf = (cls: ClassValue, module: SourceModule): boolean => cls.definition?.module === module;

function fewOfEach(networks: readonly Instance[]): readonly Instance[] {
  const perClass = new Map<ClassValue, number>();
  return networks.filter(({ cls }) => {
    const count = (perClass.get(cls) ?? 0) + 1;
    perClass.set(cls, count);
    return count <= MODELS_PER_CLASS;
  });
}

function programOf(machine: Machine, session: Session, path: string, networks: readonly Instance[]): Program {
  const models: Model[] = [];
  // What is left of the budget may be nothing, and a model asks its modules for this and that.
  for (const it of networks) guarded(machine, () => models.push(session.modelOf(it)));
  const { faults, deprecations, loads } = machine;
  return { path, models, calls: session.calls(), faults, deprecations, loads, visits: session.visits(), unused: [] };
}
