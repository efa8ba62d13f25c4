/** One version of a file: its module after the body has run, its entry points, and what each of its names stands on. */
import type { Machine } from '../interpreter/machine.js';
import type { SourceModule } from '../interpreter/modules.js';
import type { Model, Program } from '../model/model.js';
import { isRaw } from '../model/questions/raw.js';
import type { ParsedSource, Project } from '../project.js';
import type * as tree from '../syntax/tree.js';
import { Budget } from './budget.js';
import { type EntryPoint, entryPointsOf, moduleOf, runBody } from './entries.js';
import { type EntryOptions, type Evaluation, evaluateEntry, type Inputs } from './evaluate.js';
import { type Fingerprint, fingerprintsOf } from './fingerprints.js';
import { isUnfinished, ownSteps } from './guarded.js';
import type { OtherValue } from './other-defaults.js';

export type { Inputs };

export interface EvaluatedFile {
  readonly file: ParsedSource;
  readonly module: SourceModule;
  /** The body's own: networks that are built at module level, faults of the body. */
  readonly body: Evaluation;
  readonly entries: readonly EntryPoint[];
  /** What a name's value was made from: its statements' texts, and what those read. */
  fingerprintOf(name: string): Fingerprint;
}

export function evaluateBody(
  project: Project,
  file: ParsedSource,
  budget: Budget,
  isCancelled?: () => boolean,
): EvaluatedFile {
  const module = moduleOf(project, file);
  let reads: ReadonlyMap<tree.Statement, ReadonlySet<string>> = new Map();
  const run = (machine: Machine) => {
    reads = runBody(machine, module);
  };
  const body = evaluateEntry(project, module, run, { maximumSteps: budget.next(), isCancelled });
  budget.spend(ownSteps(body.machine));
  const entries = entryPointsOf(module, body.session);
  return { file, module, body, entries, fingerprintOf: fingerprintsOf(file, reads) };
}

export function evaluatePoint(
  project: Project,
  file: EvaluatedFile,
  entry: EntryPoint,
  budget: Budget,
  options: Pick<EntryOptions, 'isCancelled' | 'inputs'> = {},
): Evaluation {
  const evaluation = evaluateEntry(project, file.module, entry.run, { maximumSteps: budget.next(), ...options });
  budget.spend(ownSteps(evaluation.machine));
  return evaluation;
}

/** The same once more, as somebody may have decided what nothing known decides. */
export function evaluateChoice(
  project: Project,
  { module }: EvaluatedFile,
  entry: EntryPoint,
  evaluation: Evaluation,
  decisions: ReadonlyMap<string, boolean>,
): Evaluation {
  const { maximumSteps, isCancelled } = evaluation.machine.options;
  return evaluateEntry(project, module, entry.run, { maximumSteps, isCancelled, decisions });
}

/** The same for other values than the defaults; what takes long is not run again. */
export function evaluateOthers(
  project: Project,
  { module }: EvaluatedFile,
  { others = [] }: EntryPoint,
  { machine }: Evaluation,
): readonly (OtherValue & { readonly evaluation: Evaluation })[] {
  if (others.length === 0 || isUnfinished(machine) || ownSteps(machine) > MOST_STEPS_AGAIN) return [];
  const { maximumSteps, isCancelled } = machine.options;
  return others.map(({ run, ...other }) => ({
    ...other,
    evaluation: evaluateEntry(project, module, run, { maximumSteps, isCancelled }),
  }));
}

const MOST_STEPS_AGAIN = 8000;

/** What evaluating an entry point left behind. */
export interface EntryProgram {
  readonly program: Program;
  readonly covers: ReadonlySet<string>;
  readonly steps: number;
}

/** What is evaluated of a file so far. */
export interface Evaluated {
  file?: EvaluatedFile;
  readonly entries: Map<string, EntryProgram>;
}

/** Everything at once, for questions about the whole file; what was evaluated already is taken as it is. */
export function evaluateWhole(project: Project, source: ParsedSource, known: Evaluated): Program {
  const budget = new Budget();
  if (known.file !== undefined) budget.spend(ownSteps(known.file.body.machine));
  const file = known.file ?? evaluateBody(project, source, budget);
  const covered = new Set(coveredBy(file.body, file.module));
  const programs = [file.body.program];
  for (const entry of budget.inTurn(file.entries)) {
    if (covered.has(entry.name)) continue;
    const found = known.entries.get(entry.name);
    if (found !== undefined) budget.spend(found.steps);
    const { program, covers } = found ?? entryProgram(file, evaluatePoint(project, file, entry, budget));
    for (const name of covers) covered.add(name);
    programs.push(program);
  }
  return mergePrograms(file.file.path, programs);
}

/** The network of a class with inputs of these shapes: of the first entry point that has one. */
export function modelOfSize(
  project: Project,
  source: ParsedSource,
  className: string,
  inputs: Inputs,
): Model | undefined {
  const budget = new Budget();
  const file = evaluateBody(project, source, budget);
  const entries = [...file.entries].sort((a, b) => Number(b.name === className) - Number(a.name === className));
  for (const entry of budget.inTurn(entries)) {
    const { program } = evaluatePoint(project, file, entry, budget, { inputs });
    const model = program.models.find(it => it.className === className && it.site.path === source.path);
    if (model !== undefined) return model;
  }
  return undefined;
}

export function entryProgram({ module }: EvaluatedFile, evaluation: Evaluation): EntryProgram {
  const { program, machine } = evaluation;
  return { program, covers: coveredBy(evaluation, module), steps: ownSteps(machine) };
}

/**
 * Classes of the file whose instances were made, and functions of it that were called. What is made of raw memory and may stand in a
 * place, or another in its stead, is looked at for itself.
 */
export function coveredBy({ machine, session, program }: Evaluation, module: SourceModule): ReadonlySet<string> {
  const covered = new Set<string>();
  const doubtful = doubtfulIn(program);
  for (const { cls } of session.constructed) {
    if (cls.definition?.module === module && !doubtful.has(cls.name)) covered.add(cls.name);
  }
  for (const definition of machine.entered) {
    if (definition.kind === 'FunctionDefinition' && module.tree.body.includes(definition))
      covered.add(definition.name.name);
  }
  return covered;
}

function doubtfulIn({ models }: Program): ReadonlySet<string> {
  const parameters = models.flatMap(it => it.parameters);
  const doubtful = new Set(parameters.flatMap(it => (isRaw(it) && !it.certain ? [it.module.className] : [])));
  for (const it of doubtful.size === 0 ? [] : parameters) if (it.certain) doubtful.delete(it.module.className);
  return doubtful;
}

export function mergePrograms(path: string, programs: readonly Program[]): Program {
  return {
    path,
    models: programs.flatMap(it => it.models),
    calls: programs.flatMap(it => it.calls),
    faults: programs.flatMap(it => it.faults),
    deprecations: programs.flatMap(it => it.deprecations),
    loads: programs.flatMap(it => it.loads),
    visits: programs.flatMap(it => it.visits),
    unused: programs.flatMap(it => it.unused),
  };
}
