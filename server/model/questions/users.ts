/** The forward graph read forwards: who uses the result of an operation. */
import type { Graph, Operation } from '../graph.js';

export function usersOf(graph: Graph, operation: Operation): readonly Operation[] {
  return indexOf(graph).get(operation) ?? [];
}

export function isOutput(graph: Graph, operation: Operation): boolean {
  return graph.outputs.includes(operation);
}

const indices = new WeakMap<Graph, ReadonlyMap<Operation, readonly Operation[]>>();

function indexOf(graph: Graph): ReadonlyMap<Operation, readonly Operation[]> {
  const known = indices.get(graph);
  if (known !== undefined) return known;
  const index = new Map<Operation, Operation[]>();
  for (const user of graph.operations) {
    for (const input of new Set(user.inputs)) {
      const users = index.get(input);
      if (users === undefined) index.set(input, [user]);
      else users.push(user);
    }
  }
  indices.set(graph, index);
  return index;
}
