/** Records which modules code came by that treats modules by their kind. */
import { siteOf } from '../../../interpreter/frame.js';
import type { Machine } from '../../../interpreter/machine.js';
import { BoundMethod, Func, type Value } from '../../../interpreter/values.js';
import type { Building } from '../../../model/building.js';
import type { ClassTest, Visit } from '../../../model/visits.js';
import type { Expression } from '../../../syntax/tree.js';
import type { Site } from '../../../text/span.js';
import { torchOf } from '../state.js';
import { ModuleInstance } from './instance.js';
import { rowOf } from './layer-row.js';

export interface RecordedVisit extends Omit<Visit, 'module'> {
  readonly instance: ModuleInstance;
  /** Set when the model is built. */
  module?: Visit['module'];
}

/** More than the largest networks have; code that asks again and again is about something else. */
const MOST = 5_000;

/**
 * The class of a module was asked for: by `isinstance`, or by a comparison with `kinds`. Of modules that are no layers, those count
 * that a branch is for, or that may hold some.
 */
export function recordTest(machine: Machine, value: Value, holds: boolean | undefined, kinds?: Expression): void {
  if (!(value instanceof ModuleInstance) || !hasRoom(machine)) return;
  if (holds !== true && !isLayer(value) && !isContainerGiven(machine, value)) return;
  const { frame } = machine;
  const question = kinds === undefined ? asCall(machine) : asComparison(machine, kinds);
  if (question === undefined || frame === undefined || machine.flags.uncalled) return;
  const written = frame.module.text.slice(question.classes.start, question.classes.end);
  visit(machine, value, frame.func, machine.chain(), { ...question, written, holds });
}

function asCall(machine: Machine): Question | undefined {
  const call = machine.callSite();
  const classes = call?.positional[1];
  return call && classes && { site: call.site, classes, takesMany: true };
}

function asComparison(machine: Machine, kinds: Expression): Question | undefined {
  const site = machine.site();
  return site && { site, classes: siteOf(machine.frame!.module, kinds), takesMany: false };
}

type Question = Pick<ClassTest, 'site' | 'classes' | 'takesMany'>;

/** A module with others in it, asked by code that initializes. */
function isContainerGiven({ frame }: Machine, value: ModuleInstance): boolean {
  return value.slots._modules.size > 0 && frame?.func !== undefined && initializes(frame.func);
}

/** `apply` hands a module to a function. */
export function recordApplied(machine: Machine, module: ModuleInstance, fn: Value): void {
  const site = machine.site();
  if (site !== undefined && isRecorded(machine, module))
    visit(machine, module, functionOf(fn), [site, ...machine.chain()]);
}

function functionOf(value: Value): Func | undefined {
  const callee = value instanceof BoundMethod ? value.callee : value;
  return callee instanceof Func ? callee : undefined;
}

const isRecorded = (machine: Machine, value: Value): value is ModuleInstance =>
  value instanceof ModuleInstance && isLayer(value) && hasRoom(machine);

const hasRoom = (machine: Machine): boolean => torchOf(machine).visits.length <= MOST;

function visit(
  machine: Machine,
  instance: ModuleInstance,
  func: Func | undefined,
  chain: readonly Site[],
  test?: ClassTest,
): void {
  const helper = func && siteOf(func.module, func.definition);
  const visit: Building<RecordedVisit> = { instance, chain };
  if (helper !== undefined) visit.helper = helper;
  if (func !== undefined && initializes(func)) visit.initializes = true;
  if (test !== undefined) visit.test = test;
  torchOf(machine).visits.push(visit);
}

/** Read once for each function: thousands of visits share it. */
function initializes({ module, definition }: Func): boolean {
  let known = initializing.get(definition);
  if (known === undefined) {
    known = INITIALIZER.test(module.text.slice(definition.start, definition.end));
    initializing.set(definition, known);
  }
  return known;
}

const initializing = new WeakMap<Func['definition'], boolean>();

const INITIALIZER = /^[^#\n]*\b(init\.\w+|(weight|bias)(\.data)?\.(normal|uniform|fill|zero))_\(/m;

const isLayer = ({ cls }: ModuleInstance) =>
  (rowOf(cls)?.parameters?.length ?? 0) > 0 || rowOf(cls)?.stacked !== undefined;
