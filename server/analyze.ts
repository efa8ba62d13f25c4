/** One source in, everything known about it out: what the language server, the command line and the tests share. */
import { Budget } from './evaluation/budget.js';
import { type Choice, choicesIn } from './evaluation/choices.js';
import { withStartsElsewhere } from './evaluation/elsewhere.js';
import type { EntryPoint } from './evaluation/entries.js';
import type { Evaluation } from './evaluation/evaluate.js';
import {
  coveredBy,
  type Evaluated,
  type EvaluatedFile,
  entryProgram,
  evaluateBody,
  evaluateChoice,
  evaluateOthers,
  evaluatePoint,
  evaluateWhole,
  type Inputs,
  mergePrograms,
  modelOfSize,
} from './evaluation/file.js';
import { isUnfinished, ownSteps } from './evaluation/guarded.js';
import { helpersOf, unusedOf, usersOf } from './evaluation/helpers.js';
import { Memory, type Outcome, statementsOf } from './evaluation/memory.js';
import { oldNamesIn } from './evaluation/old-names.js';
import type { FileEdit, Finding, FindingFix } from './finding.js';
import type { Framework } from './frameworks/framework.js';
import { frameworks } from './frameworks/index.js';
import type { Intent } from './model/intent.js';
import type { Model, Program } from './model/model.js';
import { evenClassesIn } from './model/questions/axes.js';
import type { ParsedSource, Project } from './project.js';
import { rules } from './rules/registry.js';
import type { Fix, Report, Rule, Severity } from './rules/rule.js';
import type { Tree } from './syntax/tree.js';
import type { Source } from './text/source.js';
import { contains, type Site, type Span } from './text/span.js';

export type { FileEdit, Finding, FindingFix } from './finding.js';
export { createProject, Project, type ProjectOptions } from './project.js';
export { type EvaluatedTarget, evaluateTarget } from './target.js';

/** The one that files are written for. */
export const framework: Framework = frameworks[0]!;

export interface Analysis {
  readonly path: string;
  readonly source: Source;
  readonly tree: Tree;
  readonly findings: readonly Finding[];
  /** What evaluation left behind; evaluated whole when it is first asked for. */
  readonly program: Program;
  /** Forgets what can be evaluated again: networks take more memory than all that is said of them. */
  release(): void;
}

/** Callers have read the file: `project.read` says why one cannot be. */
export function analyze(project: Project, path: string, isCancelled?: () => boolean): Analysis {
  const file = sourceOf(project, path);
  const known: Evaluated = { entries: new Map() };
  const findings = findingsOfFileAndUsers(project, file, { evaluated: known, isCancelled });
  let program: Program | undefined;
  return {
    path,
    source: file.source,
    tree: file.tree,
    findings,
    get program() {
      program ??= evaluateWhole(project, file, known);
      return program;
    },
    release() {
      program = undefined;
      known.entries.clear();
      delete known.file;
    },
  };
}

function sourceOf(project: Project, path: string): ParsedSource {
  const file = project.source(path);
  if (file === undefined) throw new Error(`${path} cannot be read`);
  return file;
}

/** For who goes through many files: of this one nothing is kept, of what it imports as long as it is not much. */
export function findingsInPassing(project: Project, path: string): readonly Finding[] {
  const findings = findingsOfFileAndUsers(project, sourceOf(project, path), { isInPassing: true });
  memories.get(project)?.delete(path);
  project.letGo(path);
  project.trim();
  return findings;
}

/** A network of the file evaluated anew, with inputs of these shapes; undefined where the class cannot be built. */
export function sizedModel(project: Project, path: string, className: string, inputs: Inputs): Model | undefined {
  const file = project.source(path);
  return file && modelOfSize(project, file, className, inputs);
}

/** A file that imports nothing and names no weight has nothing to say about them. */
const concerns = (file: ParsedSource): boolean => /\b(import|torch|nn)\b/.test(file.text);

function findingsOfFileAndUsers(project: Project, source: ParsedSource, asked: Asked): readonly Finding[] {
  if (!concerns(source)) return [];
  const budget = new Budget();
  const { findings, usersBut } = findingsOfFile(project, source, { ...asked, budget });
  const users = usersBut([]);
  const ofUsers = findingsOfUsers(users);
  // Square layers of the first tell nothing of axes.
  const ofOthers = users.length === 0 || ofUsers.length > 0 ? [] : findingsOfUsers(usersBut(users));
  return distinct([...findings, ...ofUsers, ...ofOthers.filter(it => AXES.has(it.rule))]);

  function findingsOfUsers(paths: readonly string[]): readonly Finding[] {
    const sources = paths.flatMap(it => project.source(it) ?? []);
    const found = sources.flatMap(
      it => findingsOfFile(project, it, { isCancelled: asked.isCancelled, budget }).findings,
    );
    return found.filter(it => it.path === source.path);
  }
}

const AXES: ReadonlySet<string> = new Set(rules.filter(it => it.tellsAxes).map(it => it.id));

interface Asked {
  /** Keeps what had to be evaluated. */
  readonly evaluated?: Evaluated;
  /** Nobody is going to ask for the file again: what its entries came to is not remembered. */
  readonly isInPassing?: boolean;
  readonly isCancelled?: (() => boolean) | undefined;
}

interface Given extends Asked {
  readonly budget: Budget;
}

interface Found {
  readonly findings: readonly Finding[];
  /** Files that use helpers of which nothing here tells what they reach, other than these. */
  readonly usersBut: (others: readonly string[]) => readonly string[];
}

function findingsOfFile(project: Project, source: ParsedSource, given: Given): Found {
  const { budget, isCancelled } = given;
  const file = evaluateBody(project, source, budget, isCancelled);
  if (given.evaluated !== undefined) given.evaluated.file = file;
  const memory = memoryOf(project, source.path);
  const covered = new Set(coveredBy(file.body, file.module));
  const findings = [...findingsOfEvaluation(project, file, file.body)];
  const helpers = [...helpersOf(file.body)];
  for (const entry of budget.inTurn(file.entries)) {
    if (covered.has(entry.name)) continue;
    const result = recalled(entry) ?? evaluated(entry);
    for (const name of result.covers) covered.add(name);
    findings.push(...result.findings);
    helpers.push(...result.helpers);
  }
  findings.push(...findingsOf(project, unusedOf(project, file, helpers)));
  findings.push(...findingsOf(project, oldNamesOf(file)));
  memory.forgetAllBut(new Set(file.entries.map(it => it.name)));
  return { findings, usersBut: others => usersOf(project, file, helpers, others) };

  function recalled(entry: EntryPoint): Result | undefined {
    const outcome = memory.recall(entry.name, file, budget.next());
    if (outcome === undefined) return undefined;
    budget.spend(outcome.steps);
    memory.keep(entry.name, outcome);
    return outcome;
  }

  function evaluated(entry: EntryPoint): Result {
    const evaluation = evaluatePoint(project, file, entry, budget, { isCancelled });
    given.evaluated?.entries.set(entry.name, entryProgram(file, evaluation));
    const result = resultOf(project, file, evaluation, entry);
    if (given.isInPassing !== true) memory.keep(entry.name, { ...result, ...basisOf(file, evaluation, entry) });
    return result;
  }
}

/** A program of which nothing is known but the old names in it. */
function oldNamesOf({ body, module }: EvaluatedFile): Program {
  return { ...mergePrograms(module.path, []), deprecations: oldNamesIn(body.machine, module) };
}

/** What an entry point came to. */
type Result = Pick<Outcome, 'findings' | 'covers' | 'helpers'>;

function resultOf(project: Project, file: EvaluatedFile, evaluation: Evaluation, entry: EntryPoint): Result {
  return {
    findings: [
      ...findingsOfEvaluation(project, file, evaluation),
      ...findingsOfChoices({ project, file, evaluation, entry }),
      ...findingsOfOthers({ project, file, evaluation, entry }),
    ],
    covers: coveredBy(evaluation, file.module),
    helpers: helpersOf(evaluation, entry.alone),
  };
}

/** What it stood on. */
function basisOf(file: EvaluatedFile, evaluation: Evaluation, entry: EntryPoint): Omit<Outcome, keyof Result> {
  const uses = new Set([...evaluation.uses, entry.name]);
  return {
    steps: ownSteps(evaluation.machine),
    maximumSteps: evaluation.machine.options.maximumSteps,
    isUnfinished: isUnfinished(evaluation.machine),
    basis: new Map([...uses].map(it => [it, file.fingerprintOf(it)])),
    starts: statementsOf(file),
  };
}

const memories = new WeakMap<Project, Map<string, { version: string; memory: Memory }>>();

/** Outcomes stand on the other files too: when any of those changes, nothing is recalled. */
function memoryOf(project: Project, path: string): Memory {
  const ofProject = memories.get(project) ?? new Map<string, { version: string; memory: Memory }>();
  memories.set(project, ofProject);
  const version = project.versionOfOthers(path);
  const known = ofProject.get(path);
  if (known?.version === version) return known.memory;
  const memory = new Memory();
  ofProject.set(path, { version, memory });
  return memory;
}

function findingsOfEvaluation(project: Project, file: EvaluatedFile, evaluation: Evaluation): readonly Finding[] {
  return [
    ...findingsOf(project, evaluation.program),
    ...findingsOfAxes(project, file, evaluation),
    ...findingsOfStarted(project, file, evaluation),
  ];
}

/** Of what methods write that code elsewhere calls: the network itself is judged as its constructor leaves it. */
function findingsOfStarted(project: Project, { module }: EvaluatedFile, { started }: Evaluation): readonly Finding[] {
  return started.flatMap(({ method: { definition }, model, calls, visits }) => {
    const program = { ...mergePrograms(module.path, []), models: [model], calls, visits };
    const found = findingsOf(project, program);
    return found.filter(
      it => it.path === module.path && definition.start <= it.span.start && it.span.end <= definition.end,
    );
  });
}

interface EvaluatedEntry {
  readonly project: Project;
  readonly file: EvaluatedFile;
  readonly evaluation: Evaluation;
  readonly entry: EntryPoint;
}

/** Of initializers that run where an option is chosen which nothing known decides: remarks, since it may never be. */
function findingsOfChoices({ project, file, evaluation, entry }: EvaluatedEntry): readonly Finding[] {
  const asked = rules.filter(it => it.judgesOptions);
  return choicesIn(evaluation).flatMap(({ decisions, starts }) => {
    const { program } = evaluateChoice(project, file, entry, evaluation, decisions);
    return findingsOf(project, program, asked).flatMap(found => {
      const start = starts.find(
        ({ callee }) => callee.path === found.path && found.span.start <= callee.start && callee.end <= found.span.end,
      );
      return start === undefined ? [] : [asRemark(found, start)];
    });
  });
}

/** Of initializers that run where an argument is given another value than its default. */
function findingsOfOthers({ project, file, evaluation, entry }: EvaluatedEntry): readonly Finding[] {
  const asked = rules.filter(it => it.judgesOptions);
  return evaluateOthers(project, file, entry, evaluation).flatMap(({ argument, value, test, branches, ...other }) => {
    const isWithin = ({ path, span }: Finding) =>
      branches.some(it => it.path === path && it.start <= span.start && span.end <= it.end);
    const related = { path: test.path, span: spanOf(test), message: `where \`${argument}\` is ${writtenAs(value)}` };
    return findingsOf(project, other.evaluation.program, asked)
      .filter(isWithin)
      .map(it => ({
        ...it,
        severity: lessOf(it.severity, 'information'),
        related: [...it.related, related],
      }));
  });
}

function writtenAs(value: boolean | string | undefined): string {
  if (value === undefined) return 'given';
  return typeof value === 'string' ? `'${value}'` : value ? 'True' : 'False';
}

function asRemark(found: Finding, { test, outcome }: Choice['starts'][number]): Finding {
  const { path } = test.site;
  const related = { path, span: spanOf(test.test), message: `where this ${outcome ? 'holds' : 'does not hold'}` };
  return { ...found, severity: lessOf(found.severity, 'information'), related: [...found.related, related] };
}

/** Of classes with sizes of any choosing; where all uses that the file has are even, nothing comes of it yet. */
function findingsOfAxes(project: Project, { module }: EvaluatedFile, { ofAnySize, program }: Evaluation): Finding[] {
  if (ofAnySize.length === 0) return [];
  const even = new Set(evenClassesIn(program.models));
  const asked = rules.filter(it => it.tellsAxes);
  const [latent, felt] = [true, false].map(isLatent => {
    const models = ofAnySize.filter(it => even.has(it.className) === isLatent);
    return findingsOf(project, { ...mergePrograms(module.path, []), models }, asked);
  });
  return [...felt!, ...latent!.map(asLatent)];
}

function asLatent(found: Finding): Finding {
  const message = `${found.message}; here they are equal`;
  return { ...found, severity: lessOf(found.severity, 'information'), message };
}

function findingsOf(project: Project, evaluated: Program, asked: readonly Rule[] = rules): Finding[] {
  if (saysNothing(evaluated)) return [];
  const program = withStartsElsewhere(project, evaluated);
  return asked.flatMap(rule => [...rule.check(program)].map(report => finding(project, rule, report)));
}

/** As the body of a file of classes does: no rule needs to be asked. */
const saysNothing = ({ models, calls, faults, deprecations, loads, visits, unused }: Program): boolean =>
  [models, calls, faults, deprecations, loads, visits, unused].every(it => it.length === 0);

function finding(project: Project, rule: Rule, report: Report): Finding {
  return {
    rule: rule.id,
    severity: report.severity ?? rule.severity,
    path: report.site.path,
    span: spanOf(report.site),
    message: report.message,
    fixes: (report.fixes ?? []).flatMap((fix, index) => fixOf(project, fix, index === 0)),
    related: (report.related ?? [])
      // What is underlined needs no pointing to.
      .filter(it => !contains(it.site, report.site))
      .map(it => ({ path: it.site.path, span: spanOf(it.site), message: it.message })),
    tags: report.tags ?? [],
  };
}

/** The fix as code; none where one of its changes cannot be written. */
function fixOf(project: Project, { title, safe, intents }: Fix, preferred: boolean): FindingFix[] {
  const edits = editsFor(project, intents);
  return edits === undefined ? [] : [{ title, safe, preferred, edits }];
}

/** Intents as code; undefined where one cannot be written, or lies in code that the user does not own. */
export function editsFor(project: Project, intents: readonly Intent[]): readonly FileEdit[] | undefined {
  const edits: FileEdit[] = [];
  for (const intent of intents) {
    const path = 'call' in intent ? intent.call.site.path : intent.site.path;
    const file = project.source(path);
    const written = file && project.isUserCode(path) ? framework.write(intent, file.source, file.tree) : undefined;
    if (written === undefined) return undefined;
    edits.push(...written.map(it => ({ ...it, path })));
  }
  return edits;
}

const spanOf = ({ start, end }: Site): Span => ({ start, end });

/** One statement may be reached many times; what it comes to is said once, of what is in sight if possible, in the order of the text. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  const kept = new Map<string, Finding>();
  for (const it of findings) {
    const key = `${it.rule}\0${it.path}\0${it.span.start}\0${it.span.end}`;
    const other = kept.get(key);
    if (other === undefined || saysMore(it, other)) kept.set(key, it);
  }
  return [...kept.values()].sort(byPlace);
}

/** Of two that weigh the same, the one that points to the weights that it is about. */
function saysMore(it: Finding, other: Finding): boolean {
  if (it.severity !== other.severity) return rank(it.severity) < rank(other.severity);
  return it.related.length > 0 && other.related.length === 0;
}

const lessOf = (a: Severity, b: Severity): Severity => (rank(a) < rank(b) ? b : a);

const rank = (severity: Severity) => ['error', 'warning', 'information', 'hint'].indexOf(severity);

const byPlace = (a: Finding, b: Finding) =>
  a.path === b.path ? a.span.start - b.span.start : a.path < b.path ? -1 : 1;
