/** Where forward sums with a parameter, and what is done to the parameter before. */
import type { Graph, Operation } from '../graph.js';
import type { Parameter } from '../parameters.js';
import { isLayer } from './operations.js';
import { usersOf } from './users.js';

export interface Uses {
  /** Layers that sum over their input with the parameter as weight. */
  readonly layers: readonly Operation[];
  /** Everything else that reads it: norms, sums with a bias, gates. */
  readonly others: readonly Operation[];
  /** Scaled, normalized or otherwise computed with in forward: its own scale says little. */
  readonly isRescaled: boolean;
}

export function usesOf(graph: Graph, parameter: Parameter): Uses {
  const readers = readersOf(graph).get(parameter) ?? [];
  if (readers.length > 0) return follow(graph, readers);
  const { module } = parameter;
  const own = graph.operations.filter(it => it.module === module && it.parameters.length === 0);
  return { layers: own.filter(isLayer), others: own.filter(it => !isLayer(it)), isRescaled: false };
}

const readers = new WeakMap<Graph, ReadonlyMap<Parameter, readonly Operation[]>>();

function readersOf(graph: Graph): ReadonlyMap<Parameter, readonly Operation[]> {
  const known = readers.get(graph);
  if (known !== undefined) return known;
  const index = new Map<Parameter, Operation[]>();
  for (const operation of graph.operations) {
    for (const parameter of operation.parameters) index.set(parameter, [...(index.get(parameter) ?? []), operation]);
  }
  readers.set(graph, index);
  return index;
}

/** Through views of the parameter, and through what is computed from it alone, to the layers that use the result. */
function follow(graph: Graph, readers: readonly Operation[]): Uses {
  const layers = new Set<Operation>();
  const others: Operation[] = [];
  let isRescaled = false;
  const open = [...readers];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (isLayer(next) || next.kind === 'matmul') layers.add(next);
    else if (next.inputs.length > 0) others.push(next);
    else {
      isRescaled ||= next.kind !== 'shape';
      open.push(...usersOf(graph, next));
    }
  }
  return { layers: [...layers].sort((a, b) => a.id - b.id), others, isRescaled };
}
