/** Branches: what decides between them, and how they are joined where nothing does. */
import type * as tree from '../syntax/tree.js';
import { decisionOf } from './choices.js';
import { evaluate } from './expressions.js';
import type { Frame } from './frame.js';
import { jumps } from './jumps.js';
import { type Machine, STEPS_PER_FORK } from './machine.js';
import { doubtsKind, narrow } from './narrow.js';
import { matchPattern } from './patterns.js';
import { Raised } from './raised.js';
import { type Completion, executeBlock, recover } from './statements.js';
import { Unknown, type Value } from './values.js';

/** Forks that carry the rest of a block with them, nested deeper than this, are joined at once instead. */
const DEEPEST_CONTINUATION = 5;

/**
 * `rest-done` when an undecided condition made both branches carry the rest of the block with them: after
 * `if x: return y` the rest runs on the other branch only.
 */
export function executeIf(
  m: Machine,
  frame: Frame,
  node: tree.If,
  block: readonly tree.Statement[],
  next: number,
): Completion | 'rest-done' {
  let test: Value = null;
  let truth: boolean | undefined;
  try {
    m.step();
    test = evaluate(m, frame, node.test);
    frame.node = node.test;
    m.directCall = undefined;
    truth = m.truth(test);
  } catch (error) {
    recover(m, frame, node, error);
  }
  const [alternative] = node.otherwise;
  if (truth === false && alternative?.kind === 'If' && node.otherwise.length === 1) {
    return executeIf(m, frame, alternative, block, next);
  }
  truth ??= decisionOf(m, frame, node);
  if (truth !== undefined) return executeBlock(m, frame, truth ? node.body : node.otherwise);
  return executeUndecided(m, frame, node, test, block, next);
}

function executeUndecided(
  m: Machine,
  frame: Frame,
  node: tree.If,
  test: Value,
  block: readonly tree.Statement[],
  next: number,
): Completion | 'rest-done' {
  const carriesRest =
    block.length > next && m.forked < DEEPEST_CONTINUATION && (jumps(node.body) || jumps(node.otherwise));
  const isDoubted = doubtsKind(m, frame, node.test);
  const run = (outcome: boolean): Completion => {
    narrow(m, frame, node.test, outcome);
    if (outcome && isDoubted) return m.unseenKinds.during(() => executeBlock(m, frame, node.body));
    return executeBlock(m, frame, outcome ? node.body : node.otherwise);
  };
  let isRestDone = false;
  const rest = (): Completion => {
    isRestDone = true;
    return executeBlock(m, frame, block, next);
  };
  m.undecided = test instanceof Unknown ? test.reason : undefined;
  const completion = forkStatements(m, frame, [() => run(true), () => run(false)], carriesRest ? rest : undefined);
  return isRestDone && completion === 'normal' ? 'rest-done' : completion;
}

interface Outcome {
  readonly completion: Completion;
  readonly result: Value;
}

/**
 * Runs statements on both branches. Where one leaves and the other goes on, the latter takes the rest with it, or, without
 * one, the result of the former is kept as a possible one.
 */
export function forkStatements(
  m: Machine,
  frame: Frame,
  branches: readonly (() => Completion)[],
  rest?: () => Completion,
): Completion {
  m.step(STEPS_PER_FORK);
  const result = frame.result;
  let raised: unknown;
  let caught: Raised | undefined;
  const explored = (branch: () => Completion) => (): Outcome | undefined => {
    frame.result = result;
    try {
      return { completion: branch(), result: frame.result };
    } catch (error) {
      if (!(error instanceof Raised)) throw error;
      raised ??= error;
      if (m.wouldCatch(error.exception)) caught = error;
      return undefined;
    }
  };
  const outcomes = m.journal.fork<Outcome>(
    branches.map(explored),
    (a, b) => m.join(a, b),
    results => {
      const leaves = results.some(it => it !== undefined && it.completion !== 'normal');
      return results.map(it => (leaves && rest && it?.completion === 'normal' ? explored(rest) : undefined));
    },
  );
  if (outcomes.length === 0) throw raised;
  if (caught !== undefined) m.incomplete(`it is not known whether ${caught.exception.cls.name} is raised`);
  return joinOutcomes(m, frame, outcomes, result);
}

function joinOutcomes(m: Machine, frame: Frame, outcomes: readonly Outcome[], before: Value): Completion {
  const returned = outcomes.filter(it => it.completion === 'return');
  if (returned.length === outcomes.length) {
    frame.result = returned.map(it => it.result).reduce((a, b) => m.join(a, b)!);
    return 'return';
  }
  frame.result = before;
  if (outcomes.some(it => it.completion === 'break')) frame.mayBreak = true;
  if (returned.length > 0) frame.mayReturn(returned.map(it => it.result));
  const [first] = outcomes;
  return outcomes.every(it => it.completion === first!.completion) ? first!.completion : 'normal';
}

export function executeMatch(m: Machine, frame: Frame, node: tree.Match): Completion {
  const subject = evaluate(m, frame, node.subject);
  const open: (() => Completion)[] = [];
  for (const option of node.cases) {
    const matched = matchPattern(m, frame, option.pattern, subject);
    if (matched === false) continue;
    const guard = option.guard === undefined ? true : m.truth(evaluate(m, frame, option.guard));
    if (guard === false) continue;
    if (matched && guard && open.length === 0) return executeBlock(m, frame, option.body);
    open.push(() => executeBlock(m, frame, option.body));
    if (matched && guard) break;
  }
  return open.length === 0 ? 'normal' : forkStatements(m, frame, [...open, () => 'normal']);
}
