/** Residual branches: where a result is added to what it was computed from. */
import type { Graph, Operation } from '../graph.js';
import { followersOf } from './following.js';
import { dataInputs, isLayer } from './operations.js';

export interface Residual {
  readonly add: Operation;
  /** The longer way from the fork to the sum. */
  readonly branch: ReadonlySet<Operation>;
  /** Layers on that way. */
  readonly layers: number;
}

/** The innermost residual branch that an operation is on. */
export function residualOf(graph: Graph, operation: Operation): Residual | undefined {
  const around = residualsOf(graph).filter(it => it.branch.has(operation));
  return around.sort((a, b) => a.branch.size - b.branch.size)[0];
}

/** Whether it is the last layer or norm of a residual branch: the one that may start at zero. */
export function isLastOfBranch(graph: Graph, operation: Operation): boolean {
  const sums = new Set(residualsOf(graph).map(it => it.add));
  const followers = followersOf(graph, operation);
  return followers.length > 0 && followers.every(it => it.kind !== 'output' && sums.has(it.operation));
}

export function residualsOf(graph: Graph): readonly Residual[] {
  const known = memory.get(graph);
  if (known !== undefined) return known;
  const residuals = graph.operations.flatMap(it => residualAt(it) ?? []);
  memory.set(graph, residuals);
  return residuals;
}

const memory = new WeakMap<Graph, readonly Residual[]>();

/** A sum whose two sides come from one fork, one of them by way of more layers than the other. */
function residualAt(add: Operation): Residual | undefined {
  if (add.kind !== 'add') return undefined;
  const [first, second] = dataInputs(add);
  if (first === undefined || second === undefined) return undefined;
  const { left, right, meets } = sidesOf(first, second);
  const [ofLeft, ofRight] = [layersOn(left, first).size, layersOn(right, second).size];
  if (!meets || ofLeft === ofRight) return undefined;
  const branch = ofLeft > ofRight ? left : right;
  return { add, branch, layers: Math.max(ofLeft, ofRight) };
}

/** Layers on the way to its end; where one of several ways is taken, on the one that has fewest. */
function layersOn(side: ReadonlySet<Operation>, end: Operation): ReadonlySet<Operation> {
  const known = new Map<Operation, ReadonlySet<Operation>>();
  // Operations made earlier come first: when one is looked at, what leads to it is known.
  for (const operation of [...side].sort((a, b) => a.id - b.id)) {
    const ways = operation.inputs.map(it => known.get(it) ?? NONE);
    known.set(operation, behind(operation, ways));
  }
  return known.get(end) ?? NONE;
}

const NONE: ReadonlySet<Operation> = new Set();

function behind(operation: Operation, ways: readonly ReadonlySet<Operation>[]): ReadonlySet<Operation> {
  if (operation.kind === 'join' && ways.length > 1) return ways.reduce((a, b) => (b.size < a.size ? b : a));
  const all = new Set(ways.flatMap(it => [...it]));
  if (isLayer(operation)) all.add(operation);
  return all;
}

/** Walks back from both sides at once, latest operation first, and stops where the ways have met. */
function sidesOf(first: Operation, second: Operation) {
  const reached = new Map<Operation, number>();
  const frontier = new Set<Operation>();
  const reach = (operation: Operation, side: number): void => {
    const before = reached.get(operation) ?? 0;
    reached.set(operation, before | side);
    if (before === 0) frontier.add(operation);
  };
  reach(first, LEFT);
  reach(second, RIGHT);
  while ([...frontier].some(it => reached.get(it) !== BOTH)) {
    const latest = [...frontier].reduce((a, b) => (a.id > b.id ? a : b));
    frontier.delete(latest);
    const side = reached.get(latest)!;
    if (side === BOTH) continue;
    for (const input of latest.inputs) reach(input, side);
  }
  return {
    left: behindFork(reached, LEFT),
    right: behindFork(reached, RIGHT),
    meets: [...reached.values()].includes(BOTH),
  };
}

/** Of one side, what lies behind the fork: what only joins it on the way comes from elsewhere. */
function behindFork(reached: ReadonlyMap<Operation, number>, side: number): ReadonlySet<Operation> {
  const behind = new Set<Operation>();
  const ofSide = [...reached].filter(([, it]) => it === side).map(([it]) => it);
  for (const operation of ofSide.sort((a, b) => a.id - b.id)) {
    if (operation.inputs.some(it => behind.has(it) || reached.get(it) === BOTH)) behind.add(operation);
  }
  return behind;
}

const LEFT = 1;
const RIGHT = 2;
const BOTH = 3;
