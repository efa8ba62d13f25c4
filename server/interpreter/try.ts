/** `try` and `with`. */
import type * as tree from '../syntax/tree.js';
import { assign, setName } from './assign.js';
import { evaluate } from './expressions.js';
import type { Frame } from './frame.js';
import type { Machine } from './machine.js';
import { Raised } from './raised.js';
import { type Completion, executeBlock } from './statements.js';
import { ClassValue, Tuple, Unknown, type Value } from './values.js';

export function executeTry(m: Machine, frame: Frame, node: tree.Try): Completion {
  let completion: Completion;
  try {
    completion = executeProtected(m, frame, node);
  } catch (error) {
    if (error instanceof Raised && executeBlock(m, frame, node.finalizer) === 'return') return 'return';
    throw error;
  }
  const last = executeBlock(m, frame, node.finalizer);
  return last === 'normal' ? completion : last;
}

function executeProtected(m: Machine, frame: Frame, node: tree.Try): Completion {
  const handlers = node.handlers.map(handler => ({ handler, types: typesOf(m, frame, handler) }));
  m.handlers.push(handlers.flatMap(it => it.types));
  const caller = m.frame;
  try {
    const completion = executeBlock(m, frame, node.body);
    m.handlers.pop();
    return completion === 'normal' ? executeBlock(m, frame, node.otherwise) : completion;
  } catch (error) {
    if (m.handlers.length > 0 && m.frame !== caller) m.frame = caller;
    m.handlers.pop();
    const caught = error instanceof Raised && handlers.find(it => it.types.some(type => isKindOf(error, type)));
    if (!caught) throw error;
    return executeHandler(m, frame, caught.handler, error);
  }
}

const isKindOf = (error: Raised, type: ClassValue) => error.exception.cls.mro.includes(type);

function executeHandler(m: Machine, frame: Frame, handler: tree.ExceptHandler, error: Raised): Completion {
  const before = m.current;
  m.current = error;
  if (handler.name !== undefined) setName(m, frame.scope, handler.name.name, error.exception);
  try {
    return executeBlock(m, frame, handler.body);
  } finally {
    m.current = before;
  }
}

/** The classes that a handler names; `except:` is every exception; what is unknown may be any. */
function typesOf(m: Machine, frame: Frame, handler: tree.ExceptHandler): readonly ClassValue[] {
  if (handler.type === undefined) return [m.builtins.exception('BaseException')];
  return classesOf(m, evaluate(m, frame, handler.type));
}

function classesOf(m: Machine, value: Value): readonly ClassValue[] {
  if (value instanceof ClassValue) return [value];
  if (value instanceof Tuple) return value.items.flatMap(it => classesOf(m, it));
  return value instanceof Unknown ? [m.builtins.exception('Exception')] : [];
}

// ── with ────────────────────────────────────────────────────────────────────────────────────────────────────────────

export function executeWith(m: Machine, frame: Frame, node: tree.With, at = 0): Completion {
  const item = node.items[at];
  if (item === undefined) return executeBlock(m, frame, node.body);
  const manager = evaluate(m, frame, item.context);
  frame.node = item.context;
  m.directCall = undefined;
  const enter = m.findMethod(manager, node.isAsync ? '__aenter__' : '__enter__');
  const entered = enter === undefined ? m.unknown('the context manager is not known') : m.call(enter, [manager]);
  if (item.target !== undefined) assign(m, frame, item.target, entered);
  let completion: Completion;
  try {
    completion = executeWith(m, frame, node, at + 1);
  } catch (error) {
    if (!(error instanceof Raised) || !leaves(m, manager, error)) throw error;
    return 'normal';
  }
  leaves(m, manager, undefined);
  return completion;
}

/** Calls `__exit__`; true when it swallows the exception. */
export function leaves(m: Machine, manager: Value, error: Raised | undefined): boolean {
  const exit = m.findMethod(manager, '__exit__');
  if (exit === undefined) return false;
  const args = error === undefined ? [null, null, null] : [error.exception.cls, error.exception, null];
  return m.truth(m.call(exit, [manager, ...args])) === true;
}
