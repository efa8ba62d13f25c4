/** `path/to/file.py::Call(args)` or `package.module::Call(args)`: the one network that a person names. */
import { keepLoaded, newMachine } from './evaluation/evaluate.js';
import { argumentsFor } from './evaluation/uncalled.js';
import type { Session } from './frameworks/framework.js';
import { frameworks } from './frameworks/index.js';
import { evaluate } from './interpreter/expressions.js';
import { Frame } from './interpreter/frame.js';
import { importModule } from './interpreter/imports.js';
import type { Machine } from './interpreter/machine.js';
import type { SourceModule } from './interpreter/modules.js';
import { BudgetExceeded, Raised } from './interpreter/raised.js';
import { ClassValue, Instance, ModuleValue, Tuple, Union, type Value } from './interpreter/values.js';
import type { DrawLog } from './model/draws.js';
import type { Foresight } from './model/foresight.js';
import type { Model } from './model/model.js';
import type { Project } from './project.js';
import { parse } from './syntax/parse.js';
import type { Call, ExpressionStatement } from './syntax/tree.js';

export type { Model, Reason } from './model/model.js';
export type { Parameter, Write } from './model/parameters.js';

/** Steps for a whole model with all that it imports: the largest of torchvision takes 160,000. */
const MAXIMUM_STEPS = 50_000_000;

export interface EvaluatedTarget {
  readonly model: Model;
  readonly draws: DrawLog;
  /** Number of draws before the point where a seed would be set: after the imports, before the call. */
  readonly firstDraw: number;
  readonly machine: Machine;
  readonly root: Instance;
}

export type TargetResult = EvaluatedTarget | { readonly error: string };

export interface TargetOptions {
  /** Evaluates forward too: on inputs of these shapes, of others nothing is known. */
  readonly inputs?: readonly (readonly number[])[];
  /** Arguments that the call has to give and does not are symbols of their names, where Python would raise. */
  readonly symbols?: boolean;
  /** What a seed draws, for a generator that is seeded behind so many draws: code may look at values then. */
  readonly foresight?: (firstDraw: number) => Foresight;
}

export function evaluateTarget(project: Project, target: string, options: TargetOptions = {}): TargetResult {
  const at = target.indexOf('::');
  if (at < 0) return { error: `\`${target}\` has no \`::\`: write path/to/file.py::Net() or package.module::Net()` };
  const machine = newMachine(project, { strict: true, maximumSteps: MAXIMUM_STEPS });
  const session = frameworks[0]!.begin(machine);
  try {
    const asked = { where: target.slice(0, at), call: target.slice(at + 2), ...options };
    return machine.journal.rehearse(() => evaluateCall(project, machine, session, asked));
  } catch (error) {
    return { error: explain(project, error) };
  } finally {
    keepLoaded(project, machine);
  }
}

interface Asked extends TargetOptions {
  readonly where: string;
  readonly call: string;
}

function evaluateCall(project: Project, machine: Machine, session: Session, asked: Asked): TargetResult {
  const { where, call, inputs, symbols = false, foresight } = asked;
  const module = importTarget(project, machine, where);
  if (typeof module === 'string') return { error: module };
  const text = call.includes('(') ? call : `${call}()`;
  const firstDraw = session.draws().draws.length;
  machine.beginAudit();
  if (foresight !== undefined) session.foresee(foresight(firstDraw));
  const value = networkIn(machine, session, evaluateText(machine, module, text, symbols));
  if (!(value instanceof Instance) || !session.isNetwork(value.cls))
    return { error: notANetwork(machine, text, value) };
  const draws = session.draws();
  if (inputs !== undefined) session.forward(value, inputs);
  return { model: session.modelOf(value), draws, firstDraw, machine, root: value };
}

/** Of several that it may be, the first. */
function networkIn(machine: Machine, session: Session, value: Value): Value {
  if (!(value instanceof Union)) return value;
  const network = value.alternatives.find(it => it instanceof Instance && session.isNetwork(it.cls));
  if (network === undefined) return value;
  machine.incomplete('which of several networks it is is not known');
  return network;
}

/** The module, or why it cannot be had. */
function importTarget(project: Project, machine: Machine, where: string): SourceModule | string {
  const isPath = where.endsWith('.py');
  const name = isPath ? where.replace(/^\.\//, '').replace(/\.py$/, '').split('/').join('.') : where;
  if (project.find(name, undefined) === undefined) return `${where}: there is no such ${isPath ? 'file' : 'module'}`;
  const module = importModule(machine, name, undefined);
  if (module instanceof ModuleValue && module.source) return module.source;
  return `${where}: the module cannot be evaluated`;
}

function evaluateText(machine: Machine, module: SourceModule, text: string, symbols: boolean): Value {
  const tree = parse(text);
  const statement = tree.body[0] as ExpressionStatement | undefined;
  if (tree.problems.length > 0 || tree.body.length !== 1 || statement?.kind !== 'Expression') {
    return machine.raise('SyntaxError', `\`${text}\` is not an expression`);
  }
  const frame = new Frame({ ...module, text, isUserCode: false, path: '<target>' }, module.scope, undefined);
  machine.enter(frame);
  return symbols && statement.value.kind === 'Call'
    ? callWithSymbols(machine, frame, statement.value)
    : evaluate(machine, frame, statement.value);
}

function callWithSymbols(machine: Machine, frame: Frame, call: Call): Value {
  if (call.args.some(it => it.kind === 'Starred') || call.keywords.some(it => it.name === undefined))
    return machine.raise('SyntaxError', 'what a star gives cannot be told from what it leaves out');
  const callee = evaluate(machine, frame, call.callee);
  const positional = call.args.map(it => evaluate(machine, frame, it));
  const keywords = call.keywords.map(it => [it.name!.name, evaluate(machine, frame, it.value)] as const);
  const missing = argumentsFor(initializerOf(callee), positional.length + (callee instanceof ClassValue ? 1 : 0));
  return machine.callWith(callee, {
    positional: [...positional, ...missing.positional],
    keywords: new Map([...missing.keywords, ...keywords]),
  });
}

/** What a call of the value binds its arguments to. */
function initializerOf(callee: Value): Value | undefined {
  if (!(callee instanceof ClassValue)) return callee;
  return callee.mro.find(it => it.attributes.has('__init__'))?.attributes.get('__init__');
}

function notANetwork(machine: Machine, text: string, value: Value): string {
  return `\`${text}\` is no module: it is ${'reason' in Object(value) ? `not known (${(value as { reason: string }).reason})` : `of class ${machine.classOf(value).name}`}`;
}

function explain(project: Project, error: unknown): string {
  if (error instanceof BudgetExceeded) return error.reason;
  if (!(error instanceof Raised)) throw error;
  const args = error.exception.attributes.get('args');
  const message = args instanceof Tuple && typeof args.items[0] === 'string' ? args.items[0] : '';
  return `${error.exception.cls.name}: ${message}${placeOf(project, error)}`;
}

function placeOf(project: Project, { site }: Raised): string {
  const source = site && project.source(site.path)?.source;
  return source ? ` (${site.path}:${source.lines.locationAt(site.start).line})` : '';
}
