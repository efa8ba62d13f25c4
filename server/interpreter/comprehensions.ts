/** Comprehensions and generator expressions. */
import type * as tree from '../syntax/tree.js';
import { assign } from './assign.js';
import { isWeighty } from './audit.js';
import { store } from './builtins/dict.js';
import { setOf } from './builtins/set.js';
import { evaluate } from './expressions.js';
import { Frame } from './frame.js';
import { isOpenEnded, noticing } from './iteration.js';
import type { Machine } from './machine.js';
import { Scope } from './scope.js';
import { enterTurn, leaveTurn } from './stand-ins.js';
import { Dict, Iterator, List, Unknown, type Value } from './values.js';

export function evaluateComprehension(m: Machine, frame: Frame, node: tree.Comprehension): Value {
  const source = evaluate(m, frame, node.clauses[0]!.iterable);
  const inner = innerFrame(frame);
  const elements = turns(m, inner, node.clauses, 0, source, () => evaluate(m, inner, node.element));
  if (node.result === 'generator') return new Iterator(within(m, inner, elements));
  const { result: items, more } = noticing(m, () => [...within(m, inner, elements)]);
  if (m.strict && source instanceof Unknown) return ofUnknown(m, source, items);
  const list = new List(items, more);
  return node.result === 'list' ? list : setOf(m, list);
}

/** Of items that are not known, not even their number is. */
function ofUnknown(m: Machine, source: Unknown, items: readonly Value[]): Unknown {
  if (items.some(it => isWeighty(m, it))) m.incomplete(source.reason);
  return source.derive();
}

export function evaluateDictComprehension(m: Machine, frame: Frame, node: tree.DictComprehension): Value {
  const source = evaluate(m, frame, node.clauses[0]!.iterable);
  const inner = innerFrame(frame);
  const dict = new Dict();
  const entry = () => {
    const key = evaluate(m, inner, node.key);
    store(m, dict, key, evaluate(m, inner, node.value));
    return null;
  };
  const { more } = noticing(m, () => {
    for (const _ of within(m, inner, turns(m, inner, node.clauses, 0, source, entry)));
  });
  if (more !== undefined) dict.more ??= more;
  return dict;
}

function innerFrame(frame: Frame): Frame {
  return new Frame(frame.module, new Scope('comprehension', frame.scope), frame, frame.func);
}

/** Pulls items with the comprehension's own frame in place, also when they are pulled later and from elsewhere. */
function* within(m: Machine, inner: Frame, items: globalThis.Iterator<Value>): Generator<Value, undefined> {
  for (;;) {
    const caller = m.frame;
    m.enter(inner);
    let step: IteratorResult<Value>;
    try {
      step = items.next();
    } finally {
      m.frame = caller;
    }
    if (step.done) return undefined;
    yield step.value;
  }
}

function* turns(
  m: Machine,
  frame: Frame,
  clauses: readonly tree.ComprehensionClause[],
  at: number,
  source: Value,
  element: () => Value,
): Generator<Value, void> {
  const clause = clauses[at]!;
  const open = isOpenEnded(source);
  if (open) enterTurn(m);
  try {
    for (const item of m.iterate(source)) {
      m.step();
      assign(m, frame, clause.target, item);
      if (!passes(m, frame, clause.conditions)) continue;
      const next = clauses[at + 1];
      if (next === undefined) yield element();
      else yield* turns(m, frame, clauses, at + 1, evaluate(m, frame, next.iterable), element);
    }
  } finally {
    if (open) leaveTurn(m);
  }
}

/** A condition that is not decided lets the item through: what may be there is not lost. */
function passes(m: Machine, frame: Frame, conditions: readonly tree.Expression[]): boolean {
  for (const condition of conditions) {
    const value = evaluate(m, frame, condition);
    frame.node = condition;
    const truth = m.truth(value);
    if (truth === undefined) {
      m.inexact('a condition of a comprehension is not decided');
      m.ends.note(m.unknown('a condition of a comprehension is not decided'));
    }
    if (truth === false) return false;
  }
  return true;
}
