/** Executes statements without a block of their own: imports, assignments with an operator or a type, raise, assert. */
import type * as tree from '../syntax/tree.js';
import { assign, setName } from './assign.js';
import { deferImport, deferImportFrom } from './deferred-imports.js';
import { evaluate } from './expressions.js';
import type { Frame } from './frame.js';
import { importFromModule, importModule, importName, importStar, importTop } from './imports.js';
import type { Machine } from './machine.js';
import { narrow } from './narrow.js';
import { augmented } from './operators.js';
import { Raised } from './raised.js';
import type { Completion } from './statements.js';
import { ClassValue, Instance } from './values.js';

export function executeImport(m: Machine, frame: Frame, node: tree.Import): Completion {
  if (deferImport(m, frame, node)) return 'normal';
  for (const { name, alias } of node.names) {
    frame.node = name;
    const value = alias ? importModule(m, name.name, frame.module) : importTop(m, name.name, frame.module);
    setName(m, frame.scope, alias?.name ?? name.name.split('.')[0]!, value);
  }
  return 'normal';
}

export function executeImportFrom(m: Machine, frame: Frame, node: tree.ImportFrom): Completion {
  frame.node = node;
  if (deferImportFrom(m, frame, node)) return 'normal';
  const module = importFromModule(m, node, frame.module);
  for (const { name, alias } of node.names) {
    frame.node = name;
    if (name.name === '*') importStar(m, module, frame.scope);
    else setName(m, frame.scope, alias?.name ?? name.name, importName(m, module, name.name));
  }
  return 'normal';
}

export function executeAugmented(m: Machine, frame: Frame, node: tree.AugmentedAssign): Completion {
  const current = evaluate(m, frame, node.target);
  const value = evaluate(m, frame, node.value);
  frame.node = node;
  m.directCall = undefined;
  assign(m, frame, node.target, augmented(m, node.operator, current, value));
  return 'normal';
}

export function executeAnnotated(m: Machine, frame: Frame, node: tree.AnnotatedAssign): Completion {
  if (frame.scope.kind === 'class' && node.target.kind === 'Name')
    annotate(m, frame, node.target.name, node.annotation);
  if (node.value !== undefined) assign(m, frame, node.target, evaluate(m, frame, node.value));
  return 'normal';
}

/** Dataclasses and named tuples read their fields from `__annotations__`, in order. */
function annotate(m: Machine, frame: Frame, name: string, annotation: tree.Expression): void {
  const annotations = frame.scope.variables.get('__annotations__') ?? m.call(m.builtins.dictClass);
  frame.scope.variables.set('__annotations__', annotations);
  const type = m.attempt('Exception', () => evaluate(m, frame, annotation)) ?? m.unknown('an annotation');
  m.setItem(annotations, name, type);
}

export function executeRaise(m: Machine, frame: Frame, node: tree.Raise): Completion {
  frame.node = node;
  const site = m.site();
  if (node.exception === undefined)
    throw m.current ?? new Raised(m.exception('RuntimeError', 'no active exception'), frame, site);
  const value = evaluate(m, frame, node.exception);
  const exception = value instanceof ClassValue ? m.call(value) : value;
  if (node.cause !== undefined && exception instanceof Instance) {
    exception.attributes.set('__cause__', evaluate(m, frame, node.cause));
  }
  frame.node = node;
  throw new Raised(exception instanceof Instance ? exception : m.exception('Exception', ''), frame, site);
}

/** What InitLens passes in may not be what the code asserts; only strict evaluation stops there. */
export function executeAssert(m: Machine, frame: Frame, node: tree.Assert): Completion {
  const test = evaluate(m, frame, node.test);
  frame.node = node.test;
  const truth = m.truth(test);
  if (truth === undefined) narrow(m, frame, node.test, true);
  const failed = truth === false && (m.strict || m.wouldCatch(m.exception('AssertionError', '')));
  if (failed) {
    const message = node.message && m.toText(evaluate(m, frame, node.message));
    m.raise('AssertionError', message ?? '');
  }
  return 'normal';
}
