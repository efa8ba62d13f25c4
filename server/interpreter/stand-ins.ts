/**
 * What one turn of a loop made stands for any number of turns. Where code tells positions apart, it is there twice at the end of its
 * list: once for all but the last, once for the last.
 */
import type * as tree from '../syntax/tree.js';
import { walk } from '../syntax/walk.js';
import type { Machine } from './machine.js';
import type { Scope } from './scope.js';
import type { Value } from './values.js';

/** A loop of which one turn is evaluated for any number of them. */
export interface OpenLoop {
  /** A number that the turn began with is another one for the next: what the turn made has the sizes of the first. */
  changesNumbers?: true;
}

export function enterTurn(m: Machine): void {
  m.flags.repeated++;
  m.loops.push({});
}

/** Watches the numbers that a loop's body assigns; what it answers is to be called behind the turn. */
export function watchNumbers(m: Machine, { variables }: Scope, body: readonly tree.Statement[]): () => void {
  const numbers = body.flatMap(assignedIn).filter(it => typeof variables.get(it) === 'number');
  const before = numbers.map(it => variables.get(it));
  const loop = m.loops.at(-1);
  return () => {
    if (loop !== undefined && numbers.some((it, i) => variables.get(it) !== before[i])) loop.changesNumbers = true;
  };
}

function assignedIn(statement: tree.Statement): readonly string[] {
  if (statement.kind !== 'Assign') return [];
  return statement.targets.flatMap(it => (it.kind === 'Name' ? [it.name] : []));
}

export function leaveTurn(m: Machine): void {
  m.flags.repeated--;
  m.loops.pop();
}

/** The items with what a finished loop has left at their end a second time; itself where there is nothing of that kind. */
export function unrolled(m: Machine, items: readonly Value[]): readonly Value[] {
  const loop = m.strict ? undefined : loopBehind(m, items.at(-1));
  if (loop === undefined) return items;
  const start = items.findLastIndex(it => loopBehind(m, it) !== loop) + 1;
  const group = items.slice(start);
  if (new Set(group).size < group.length) return items;
  const { positions } = m.flags;
  if (positions?.isAsked) positions.from = Math.min(positions.from, items.length);
  return [...items, ...group];
}

function loopBehind(m: Machine, item: Value | undefined): object | undefined {
  const loop = item === undefined ? undefined : m.hooks.loopAround?.(item);
  return loop === undefined || m.loops.includes(loop) ? undefined : loop;
}

/** Whether the number of items is asked where it decides about positions. */
export const countsPositions = (m: Machine): boolean =>
  m.flags.positions !== undefined || m.flags.context === 'forward';

/** What a loop goes through where positions are told apart: turns from `from` on are for the last. */
export interface Positions {
  from: number;
  /** While what the loop goes through is being evaluated. */
  isAsked: boolean;
}

/** Runs a loop that asks for the position of its items: what it goes through is unrolled. */
export function positioned<T>(m: Machine, run: (positions: Positions) => T): T {
  const { positions } = m.flags;
  m.flags.positions = { from: Number.POSITIVE_INFINITY, isAsked: true };
  try {
    return run(m.flags.positions);
  } finally {
    m.flags.positions = positions;
  }
}

const known = new WeakMap<tree.For, boolean>();

/** `for i, layer in enumerate(layers): … if i < len(layers) - 1: …`. */
export function asksForPosition(node: tree.For): boolean {
  let answer = known.get(node);
  if (answer === undefined) {
    const name = positionIn(node);
    answer = name !== undefined && node.body.some(it => decidesBy(it, name));
    known.set(node, answer);
  }
  return answer;
}

function positionIn({ iterable, target }: tree.For): string | undefined {
  if (iterable.kind !== 'Call' || iterable.callee.kind !== 'Name') return undefined;
  if (iterable.callee.name === 'range') return target.kind === 'Name' ? target.name : undefined;
  if (iterable.callee.name !== 'enumerate' || target.kind !== 'Tuple') return undefined;
  const [first] = target.elements;
  return first?.kind === 'Name' ? first.name : undefined;
}

function decidesBy(statement: tree.Statement, name: string): boolean {
  let found = false;
  walk(statement, node => {
    if (node.kind === 'If' || node.kind === 'Conditional') found ||= names(node.test, name);
    return !found;
  });
  return found;
}

function names(expression: tree.Expression, name: string): boolean {
  let found = false;
  walk(expression, node => {
    found ||= node.kind === 'Name' && node.name === name;
    return !found;
  });
  return found;
}
