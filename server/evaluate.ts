/** Evaluates a file: its body, every network that it defines, every factory, every initializer that nothing calls. */
import type { Session } from './frameworks/framework.js';
import { frameworks } from './frameworks/index.js';
import { makeModule, runModule } from './interpreter/imports.js';
import { Machine } from './interpreter/machine.js';
import type { SourceModule } from './interpreter/modules.js';
import { BudgetExceeded, Raised } from './interpreter/raised.js';
import { ClassValue, Descriptor, Func, type Instance, Unknown, type Value } from './interpreter/values.js';
import type { Fault, Model, Program } from './model/model.js';
import type { ParsedSource, Project } from './project.js';

/** Steps for one entry point and for a whole file: an ordinary model takes some thousands. */
const STEPS_PER_ENTRY = 300_000;
const STEPS_PER_FILE = 1_200_000;
/** Networks of one class that are looked at: factories make many that differ in their sizes alone. */
const MODELS_PER_CLASS = 3;
const MODELS_PER_FILE = 60;

export function evaluateFile(project: Project, file: ParsedSource, isCancelled?: () => boolean): Program {
  const machine = newMachine(project, {
    strict: false,
    maximumSteps: STEPS_PER_ENTRY,
    ...(isCancelled && { isCancelled }),
  });
  const session = frameworks[0]!.begin(machine);
  const module = moduleOf(project, file);
  return machine.journal.rehearse(() => {
    const entries = new Entries(machine, session, module);
    entries.run();
    const program = programOf(machine, session, file.path);
    keepLoaded(project, machine, module);
    return program;
  });
}

export function newMachine(
  project: Project,
  options: { strict: boolean; maximumSteps: number; isCancelled?: () => boolean },
): Machine {
  const { libraries, builtins, settings } = project;
  return new Machine({ libraries, builtins, settings, finder: project, loaded: project.loaded, ...options });
}

/** The file as a script: its `__main__` guard holds. It also answers to the name that other files import it by. */
function moduleOf(project: Project, file: ParsedSource): SourceModule {
  const isPackage = file.path.endsWith('/__init__.py');
  const name = project.nameOf(file.path);
  const packageName = isPackage ? name : name.split('.').slice(0, -1).join('.');
  return makeModule('__main__', { isPackage, isUserCode: true }, file, packageName);
}

/** Modules that were loaded for the first time serve the next evaluation too. */
function keepLoaded(project: Project, machine: Machine, main: SourceModule): void {
  for (const [name, module] of machine.modules) {
    if (module !== main && module.state === 'loaded') project.loaded.set(name, module);
  }
}

class Entries {
  private spent = 0;

  constructor(
    private readonly machine: Machine,
    private readonly session: Session,
    private readonly module: SourceModule,
  ) {}

  run(): void {
    this.machine.flags.context = 'script';
    this.enter(() => runModule(this.machine, this.module));
    this.machine.flags.context = 'construction';
    for (const func of this.functions()) this.enter(() => this.callUncalled(func));
    for (const cls of this.classes().toReversed()) this.enter(() => this.construct(cls));
    for (const network of this.networks()) this.enter(() => this.session.forward(network));
    for (const [network, method] of this.uncalledMethods()) this.enter(() => this.callUncalled(method, network));
  }

  /** Every entry point has a budget of its own, and ends for itself alone. */
  private enter(run: () => void): void {
    const { machine } = this;
    if (this.spent > STEPS_PER_FILE) return;
    const before = machine.steps;
    machine.maximumSteps = before + STEPS_PER_ENTRY;
    const { repeated, uncalled } = machine.flags;
    try {
      run();
    } catch (error) {
      if (!isEndOfEntry(error)) throw error;
      machine.inexact('the evaluation was not finished');
    } finally {
      machine.frame = undefined;
      machine.directCall = undefined;
      machine.handlers.length = 0;
      Object.assign(machine.flags, { repeated, uncalled });
      this.spent += machine.steps - before;
    }
  }

  private *definitions(): Iterable<Value> {
    for (const value of [...this.module.value.attributes.values()]) yield value;
  }

  private functions(): readonly Func[] {
    return [...this.definitions()].filter(
      (it): it is Func => it instanceof Func && it.module === this.module && !this.machine.entered.has(it.definition),
    );
  }

  private classes(): readonly ClassValue[] {
    return [...this.definitions()].filter(
      (it): it is ClassValue =>
        it instanceof ClassValue && it.definition?.module === this.module && this.session.isNetwork(it),
    );
  }

  private construct(cls: ClassValue): void {
    if (this.session.constructed.some(it => it.cls === cls || it.cls.mro.includes(cls))) return;
    const initialize = cls.mro.find(it => it.attributes.has('__init__'))?.attributes.get('__init__');
    this.machine.callWith(cls, argumentsFor(initialize, 1));
  }

  private networks(): readonly Instance[] {
    const perClass = new Map<ClassValue, number>();
    const contained = this.session.constructed.filter(it => it.cls.definition?.module === this.module);
    return [...new Set([...this.session.roots(), ...contained.toReversed()])].filter(({ cls }) => {
      const count = (perClass.get(cls) ?? 0) + 1;
      perClass.set(cls, count);
      return count <= MODELS_PER_CLASS;
    });
  }

  private *uncalledMethods(): Iterable<[Instance, Func]> {
    const seen = new Set<ClassValue>();
    for (const network of [...this.session.constructed]) {
      if (seen.has(network.cls) || network.cls.definition?.module !== this.module) continue;
      seen.add(network.cls);
      for (const value of network.cls.attributes.values()) {
        const method = value instanceof Descriptor ? undefined : value;
        if (method instanceof Func && !this.machine.entered.has(method.definition)) yield [network, method];
      }
    }
  }

  /** What nothing calls is evaluated for its calls alone: whatever it changes is undone. */
  private callUncalled(func: Func, self?: Instance): void {
    const { machine } = this;
    if (machine.entered.has(func.definition)) return;
    machine.flags.uncalled = true;
    const args = argumentsFor(func, self === undefined ? 0 : 1);
    const all = self === undefined ? args : { ...args, positional: [self, ...args.positional] };
    const run = () => machine.callWith(func, all);
    if (self === undefined) run();
    else machine.journal.rehearse(run);
  }
}

const isEndOfEntry = (error: unknown) =>
  error instanceof BudgetExceeded || error instanceof Raised || error instanceof RangeError;

/** Arguments of which nothing but the name is known, where there is no default. */
export function argumentsFor(
  callee: Value | undefined,
  skip: number,
): { positional: Value[]; keywords: Map<string, Value> } {
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

function programOf(machine: Machine, session: Session, path: string): Program {
  const perClass = new Map<string, number>();
  const models: Model[] = [];
  for (const root of session.roots().slice(0, MODELS_PER_FILE)) {
    const count = (perClass.get(root.cls.name) ?? 0) + 1;
    perClass.set(root.cls.name, count);
    if (count <= MODELS_PER_CLASS) models.push(session.modelOf(root));
  }
  const { faults, deprecations, loads } = machine;
  return { path, models, calls: session.calls(), faults: faults as readonly Fault[], deprecations, loads };
}
