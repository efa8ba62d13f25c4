/** Generator functions: a second walker, lazy, for bodies in which a `yield` stands. */
import type * as tree from '../syntax/tree.js';
import { assign, setName } from './assign.js';
import { evaluate } from './expressions.js';
import type { Frame } from './frame.js';
import { isOpenEnded } from './iteration.js';
import type { Machine } from './machine.js';
import { matchPattern } from './patterns.js';
import { Raised } from './raised.js';
import { enterTurn, leaveTurn } from './stand-ins.js';
import { type Completion, executeBlock, executeStatement } from './statements.js';
import { leaves } from './try.js';
import { Iterator, Unknown, type Value } from './values.js';
import { expressionsOf, yieldsIn } from './yields.js';

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
  let resume = (it: typeof walk) => it.next(null);
  for (;;) {
    const caller = m.frame;
    const direct = m.directCall;
    m.enter(frame);
    m.directCall = undefined;
    let step: IteratorResult<Value, Value | undefined>;
    try {
      step = resume(walk);
    } finally {
      m.frame = caller;
      m.directCall = direct;
    }
    if (step.done) return step.value;
    let isLeft = true;
    try {
      const sent = (yield step.value) ?? null;
      resume = it => it.next(sent);
      isLeft = false;
    } catch (error) {
      resume = it => it.throw(error);
      isLeft = false;
    } finally {
      if (isLeft) close(m, frame, walk);
    }
  }
}

/** What `finally` and managers around the `yield` do when the generator is not wanted any more. */
function close(m: Machine, frame: Frame, walk: Walk<Value | undefined>): void {
  const caller = m.frame;
  m.enter(frame);
  try {
    walk.return(undefined);
  } finally {
    m.frame = caller;
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
  if (statement.kind !== 'While') yield* walkYields(m, frame, expressionsOf(statement));
  switch (statement.kind) {
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
    case 'Match':
      return yield* walkMatch(m, frame, statement);
    default:
      return executeStatement(m, frame, statement);
  }
}

/** Runs every `yield` of the expressions; when they are evaluated, they find what it came to. */
function* walkYields(m: Machine, frame: Frame, expressions: readonly tree.Expression[]): Walk<void> {
  for (const expression of expressions) {
    for (const { node, isFirst } of yieldsIn(expression)) {
      if (!isFirst) m.inexact('what runs before a `yield` inside of an expression is not followed in order');
      const value = yield* walkYield(m, frame, node);
      frame.sent ??= new Map();
      frame.sent.set(node, value);
    }
  }
}

function* walkYield(m: Machine, frame: Frame, node: tree.Yield | tree.YieldFrom): Walk<Value> {
  if (node.kind === 'Yield') return yield node.value ? evaluate(m, frame, node.value) : null;
  const source = evaluate(m, frame, node.value);
  if (source instanceof Iterator) return (yield* delegate(source.source)) ?? null;
  for (const item of m.iterate(source)) yield item;
  return null;
}

/** What is sent goes on to the inner generator, and what that returns is what `yield from` comes to. */
function* delegate(source: Iterator['source']): Walk<Value | undefined> {
  let step = source.next(null);
  while (!step.done) step = source.next(yield step.value);
  return step.value;
}

/** A generator cannot be forked: an undecided condition takes the branch that yields, else the first. */
function* walkIf(m: Machine, frame: Frame, node: tree.If): Walk<Completion> {
  const test = evaluate(m, frame, node.test);
  frame.node = node.test;
  const truth = m.truth(test);
  if (truth === undefined) m.inexact('a condition in a generator is not decided');
  return yield* walkBlock(m, frame, (truth ?? node.body.some(hasYield)) ? node.body : node.otherwise);
}

function* walkMatch(m: Machine, frame: Frame, node: tree.Match): Walk<Completion> {
  const subject = evaluate(m, frame, node.subject);
  for (const { pattern, guard, body } of node.cases) {
    let matches = matchPattern(m, frame, pattern, subject);
    if (matches === true && guard !== undefined) matches = m.truth(evaluate(m, frame, guard));
    if (matches === undefined) m.inexact('a condition in a generator is not decided');
    if (matches !== false) return yield* walkBlock(m, frame, body);
  }
  return 'normal';
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
    yield* walkYields(m, frame, [node.test]);
    const truth = m.truth(evaluate(m, frame, node.test));
    if (truth === false) return yield* walkBlock(m, frame, node.otherwise);
    if (truth === undefined) m.inexact('a condition in a generator is not decided');
    const completion = yield* walkBlock(m, frame, node.body);
    if (completion === 'return') return completion;
    if (completion === 'break' || truth === undefined) return 'normal';
  }
}

function* walkWith(m: Machine, frame: Frame, node: tree.With, at = 0): Walk<Completion> {
  const item = node.items[at];
  if (item === undefined) return yield* walkBlock(m, frame, node.body);
  yield* walkYields(m, frame, [item.context]);
  const manager = evaluate(m, frame, item.context);
  const enter = m.findMethod(manager, '__enter__');
  const entered = enter === undefined ? m.unknown('the context manager is not known') : m.call(enter, [manager]);
  if (item.target) assign(m, frame, item.target, entered);
  let isOver = false;
  try {
    return yield* walkWith(m, frame, node, at + 1);
  } catch (error) {
    isOver = true;
    if (!(error instanceof Raised) || !leaves(m, manager, error)) throw error;
    return 'normal';
  } finally {
    if (!isOver) leaves(m, manager, undefined);
  }
}

function* walkTry(m: Machine, frame: Frame, node: tree.Try): Walk<Completion> {
  let isOver = false;
  let completion: Completion;
  try {
    completion = yield* walkProtected(m, frame, node);
    isOver = true;
  } catch (error) {
    isOver = true;
    if (error instanceof Raised && (yield* walkBlock(m, frame, node.finalizer)) === 'return') return 'return';
    throw error;
  } finally {
    // The generator is closed, and Python lets none yield any more.
    if (!isOver) executeBlock(m, frame, node.finalizer);
  }
  const last = yield* walkBlock(m, frame, node.finalizer);
  return last === 'normal' ? completion : last;
}

function* walkProtected(m: Machine, frame: Frame, node: tree.Try): Walk<Completion> {
  try {
    const completion = yield* walkBlock(m, frame, node.body);
    if (completion !== 'normal') return completion;
  } catch (error) {
    if (!(error instanceof Raised)) throw error;
    const handler = node.handlers.find(it => catches(m, frame, it, error));
    if (handler === undefined) throw error;
    return yield* walkHandler(m, frame, handler, error);
  }
  return yield* walkBlock(m, frame, node.otherwise);
}

function* walkHandler(m: Machine, frame: Frame, handler: tree.ExceptHandler, error: Raised): Walk<Completion> {
  const before = m.current;
  m.current = error;
  if (handler.name) setName(m, frame.scope, handler.name.name, error.exception);
  try {
    return yield* walkBlock(m, frame, handler.body);
  } finally {
    m.current = before;
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
    answer = hasYieldInside(statement);
    yielding.set(statement, answer);
  }
  return answer;
}

function hasYieldInside(statement: tree.Statement): boolean {
  if (expressionsOf(statement).some(it => yieldsIn(it).length > 0)) return true;
  switch (statement.kind) {
    case 'If':
    case 'For':
    case 'While':
      return statement.body.some(hasYield) || statement.otherwise.some(hasYield);
    case 'With':
      return statement.items.some(it => yieldsIn(it.context).length > 0) || statement.body.some(hasYield);
    case 'Match':
      return statement.cases.some(it => it.body.some(hasYield));
    case 'Try':
      return [statement.body, statement.otherwise, statement.finalizer, ...statement.handlers.map(it => it.body)].some(
        it => it.some(hasYield),
      );
    default:
      return false;
  }
}
