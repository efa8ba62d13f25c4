/** Norms that take a scale away, behind more than what only passes it on. */
import type { Graph, Operation, OperationKind } from '../graph.js';
import { followersOf } from './following.js';

/** Whether all that is computed of the result is scaled as it is until a norm takes the scale away. */
export function isScaledAway(graph: Graph, operation: Operation, seen = new Set<Operation>()): boolean {
  const followers = followersOf(graph, operation);
  return (
    followers.length > 0 &&
    followers.every(it => {
      if (it.kind === 'output') return false;
      if (it.kind === 'norm' || it.kind === 'normalize' || seen.has(it.operation)) return true;
      seen.add(it.operation);
      return isProportional(it.operation) && isScaledAway(graph, it.operation, seen);
    })
  );
}

const isProportional = ({ kind, name }: Operation): boolean => PROPORTIONAL.has(kind) || SUMMING.test(name);

const PROPORTIONAL: ReadonlySet<OperationKind> = new Set(['multiply', 'scale', 'dropout', 'shape']);

const SUMMING = /^(sum|mean|avg_pool\dd|AvgPool\dd)$/;
