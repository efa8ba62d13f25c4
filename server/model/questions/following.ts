/** What an operation's result meets first: the question that decides which gain a layer needs. */
import type { Graph, Operation, OperationKind } from '../graph.js';
import { constantOf } from './final-writes.js';
import { isLayer, isTransparent } from './operations.js';
import { isOutput, usersOf } from './users.js';

/** The first operation that is more than a passage, or the network's output. */
export type Follower =
  | { readonly kind: 'output' }
  | { readonly kind: Exclude<OperationKind, 'output'>; readonly operation: Operation };

/** Every follower, each once: a result may be used in many places. */
export function followersOf(graph: Graph, operation: Operation): readonly Follower[] {
  const known = memory.get(operation);
  if (known !== undefined) return known;
  const found = new Map<Operation | 'output', Follower>();
  visit(graph, operation, found, new Set());
  const followers = [...found.values()];
  memory.set(operation, followers);
  return followers;
}

const memory = new WeakMap<Operation, readonly Follower[]>();

function visit(
  graph: Graph,
  operation: Operation,
  found: Map<Operation | 'output', Follower>,
  seen: Set<Operation>,
): void {
  if (seen.has(operation)) return;
  seen.add(operation);
  if (isOutput(graph, operation)) found.set('output', { kind: 'output' });
  for (const user of usersOf(graph, operation)) {
    if (isTransparent(user)) visit(graph, user, found, seen);
    else if (user.kind === 'output') found.set('output', { kind: 'output' });
    else found.set(user, { kind: user.kind, operation: user });
  }
}

/** The layers that the result reaches through nonlinearities at most. */
export function nextLayers(graph: Graph, operation: Operation): readonly Operation[] {
  const layers = new Set<Operation>();
  for (const follower of followersOf(graph, operation)) {
    if (follower.kind === 'output') continue;
    if (isLayer(follower.operation)) layers.add(follower.operation);
    else if (follower.kind === 'nonlinearity') {
      for (const layer of nextLayers(graph, follower.operation)) layers.add(layer);
    }
  }
  return [...layers];
}

/** The same where norms that shift by nothing are passed as well: what zeros meet, for such a norm hands zeros on. */
export function followersOfZeros(graph: Graph, operation: Operation): readonly Follower[] {
  const found = followersOf(graph, operation).flatMap(it => {
    return it.kind === 'norm' && shiftsByNothing(it.operation) ? followersOfZeros(graph, it.operation) : [it];
  });
  return [...new Set(found)];
}

const shiftsByNothing = ({ module }: Operation): boolean =>
  module?.parameters.every(it => it.kind !== 'shift' || constantOf(it) === 0) === true;

/** The layers that zeros reach as zeros, through what hands them on. */
export function layersAtZero(graph: Graph, operation: Operation): readonly Operation[] {
  const layers = followersOfZeros(graph, operation).flatMap(it => {
    if (it.kind === 'nonlinearity') return layersAtZero(graph, it.operation);
    return it.kind !== 'output' && isLayer(it.operation) ? [it.operation] : [];
  });
  return [...new Set(layers)];
}

/**
 * Whether nothing is learned behind it: what it computes is the network's answer, reshaped, squashed or rescaled.
 * A rectifier behind it makes it a feature, not an answer.
 */
export function isHead(graph: Graph, operation: Operation): boolean {
  let reachesOutput = isOutput(graph, operation);
  const open = [operation];
  const seen = new Set(open);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const user of usersOf(graph, next)) {
      if (isLearned(user) || isRectifier(user)) return false;
      reachesOutput ||= user.kind === 'output' || isOutput(graph, user);
      if (!seen.has(user)) open.push(user);
      seen.add(user);
    }
  }
  return reachesOutput;
}

function isLearned(operation: Operation): boolean {
  return (operation.kind === 'opaque' && operation.name !== 'sum') || operation.kind === 'norm' || isLayer(operation);
}

function isRectifier({ kind, name }: Operation): boolean {
  return kind === 'nonlinearity' && !SQUASHING.has(name);
}

/** Functions that turn a number into an answer: a probability, an action, a positive scale. */
const SQUASHING: ReadonlySet<string> = new Set([
  'sigmoid',
  'logsigmoid',
  'tanh',
  'hardtanh',
  'hardsigmoid',
  'softsign',
  'softplus',
  'exp',
  'square',
  'abs',
  'sin',
  'cos',
]);
