/** Generator functions: a second walker, lazy, for bodies in which a `yield` stands. */
import type * as tree from '../syntax/tree.js';
import { assign, setName } from './assign.js';
import { evaluate } from './expressions.js';
import type { Frame } from './frame.js';
import { isOpenEnded } from './iteration.js';
import type { Machine } from './machine.js';
import { Raised } from './raised.js';
import { enterTurn, leaveTurn } from './stand-ins.js';
import { type Completion, executeStatement } from './statements.js';
import { Iterator, Unknown, type Value } from './values.js';

type Walk<T> = Generator<Value, T, Value>;

export function runGenerator(m: Machine, frame: Frame, definition: tree.FunctionDefinition): Value {
  return new Iterator(within(m, frame, walkBody(m, frame, definition.body)));
}

function* walkBody(m: Machine, frame: Frame, body: readonly tree.Statement[]): Walk<Value | undefined> {
  yield* walkBlock(m, frame, body);
  return frame.result;
}

/** Every pull enters the generator's frame and leaves it again. */
function* within(m: Machine, frame: Frame, walk: Walk<Value | undefined>): Walk<Value | undefined> {
  let sent: Value = null;
  for (;;) {
    const caller = m.frame;
    const direct = m.directCall;
    m.enter(frame);
    m.directCall = undefined;
    let step: IteratorResult<Value, Value | undefined>;
    try {
      step = walk.next(sent);
    } finally {
      m.frame = caller;
      m.directCall = direct;
    }
    if (step.done) return step.value;
    sent = (yield step.value) ?? null;
  }
}

function* walkBlock(m: Machine, frame: Frame, body: readonly tree.Statement[]): Walk<Completion> {
  for (const statement of body) {
    const completion: Completion = hasYield(statement)
      ? yield* walkStatement(m, frame, statement)
      : executeStatement(m, frame, statement);
    if (completion !== 'normal') return completion;
  }
  return 'normal';
}

function* walkStatement(m: Machine, frame: Frame, statement: tree.Statement): Walk<Completion> {
  m.step();
  switch (statement.kind) {
    case 'Expression':
      yield* walkExpression(m, frame, statement.value);
      return 'normal';
    case 'Assign': {
      const value = yield* walkExpression(m, frame, statement.value);
      for (const target of statement.targets) assign(m, frame, target, value);
      return 'normal';
    }
    case 'Return':
      frame.result = statement.value ? yield* walkExpression(m, frame, statement.value) : null;
      return 'return';
    case 'If':
      return yield* walkIf(m, frame, statement);
    case 'For':
      return yield* walkFor(m, frame, statement);
    case 'While':
      return yield* walkWhile(m, frame, statement);
    case 'With':
      return yield* walkWith(m, frame, statement);
    case 'Try':
      return yield* walkTry(m, frame, statement);
    default:
      return executeStatement(m, frame, statement);
  }
}

function* walkExpression(m: Machine, frame: Frame, node: tree.Expression): Walk<Value> {
  if (node.kind === 'Yield') return yield node.value ? evaluate(m, frame, node.value) : null;
  if (node.kind === 'YieldFrom') {
    const source = evaluate(m, frame, node.value);
    for (const item of m.iterate(source)) yield item;
    return null;
  }
  return evaluate(m, frame, node);
}

/** A generator cannot be forked: an undecided condition takes the branch that yields, else the first. */
function* walkIf(m: Machine, frame: Frame, node: tree.If): Walk<Completion> {
  const test = evaluate(m, frame, node.test);
  frame.node = node.test;
  const truth = m.truth(test);
  if (truth === undefined) m.inexact('a condition in a generator is not decided');
  return yield* walkBlock(m, frame, (truth ?? node.body.some(hasYield)) ? node.body : node.otherwise);
}

function* walkFor(m: Machine, frame: Frame, node: tree.For): Walk<Completion> {
  const iterable = evaluate(m, frame, node.iterable);
  const open = isOpenEnded(iterable);
  for (const item of m.iterate(iterable)) {
    assign(m, frame, node.target, item);
    if (open) enterTurn(m);
    const completion = yield* walkBlock(m, frame, node.body);
    if (open) leaveTurn(m);
    if (completion === 'return') return completion;
    if (completion === 'break') return 'normal';
  }
  return yield* walkBlock(m, frame, node.otherwise);
}

function* walkWhile(m: Machine, frame: Frame, node: tree.While): Walk<Completion> {
  for (;;) {
    m.step();
    const truth = m.truth(evaluate(m, frame, node.test));
    if (truth === false) return yield* walkBlock(m, frame, node.otherwise);
    const completion = yield* walkBlock(m, frame, node.body);
    if (completion === 'return') return completion;
    if (completion === 'break' || truth === undefined) return 'normal';
  }
}

function* walkWith(m: Machine, frame: Frame, node: tree.With): Walk<Completion> {
  const managers: Value[] = [];
  for (const item of node.items) {
    const manager = evaluate(m, frame, item.context);
    const enter = m.findMethod(manager, '__enter__');
    const entered = enter === undefined ? m.unknown('the context manager is not known') : m.call(enter, [manager]);
    if (item.target) assign(m, frame, item.target, entered);
    managers.push(manager);
  }
  try {
    return yield* walkBlock(m, frame, node.body);
  } finally {
    for (const manager of managers.toReversed()) {
      const exit = m.findMethod(manager, '__exit__');
      if (exit !== undefined) m.call(exit, [manager, null, null, null]);
    }
  }
}

function* walkTry(m: Machine, frame: Frame, node: tree.Try): Walk<Completion> {
  try {
    const completion = yield* walkBlock(m, frame, node.body);
    return completion === 'normal' ? yield* walkBlock(m, frame, node.otherwise) : completion;
  } catch (error) {
    if (!(error instanceof Raised)) throw error;
    const handler = node.handlers.find(it => catches(m, frame, it, error));
    if (handler === undefined) throw error;
    if (handler.name) setName(m, frame.scope, handler.name.name, error.exception);
    return yield* walkBlock(m, frame, handler.body);
  } finally {
    yield* walkBlock(m, frame, node.finalizer);
  }
}

function catches(m: Machine, frame: Frame, handler: tree.ExceptHandler, error: Raised): boolean {
  if (handler.type === undefined) return true;
  const type = evaluate(m, frame, handler.type);
  return type instanceof Unknown || m.isInstance(error.exception, type) === true;
}

const yielding = new WeakMap<tree.Statement, boolean>();

/** Whether the statement has a `yield` of this function where the walker looks for one. */
function hasYield(statement: tree.Statement): boolean {
  let answer = yielding.get(statement);
  if (answer === undefined) {
    answer = yieldsIn(statement);
    yielding.set(statement, answer);
  }
  return answer;
}

const isYield = (node: tree.Expression | undefined) => node?.kind === 'Yield' || node?.kind === 'YieldFrom';

function yieldsIn(statement: tree.Statement): boolean {
  switch (statement.kind) {
    case 'Expression':
    case 'Assign':
    case 'Return':
      return isYield(statement.value);
    case 'If':
    case 'For':
    case 'While':
      return statement.body.some(hasYield) || statement.otherwise.some(hasYield);
    case 'With':
      return statement.body.some(hasYield);
    case 'Try':
      return [statement.body, statement.otherwise, statement.finalizer, ...statement.handlers.map(it => it.body)].some(
        it => it.some(hasYield),
      );
    default:
      return false;
  }
}
