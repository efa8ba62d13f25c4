/** The signal of a model: activations forward and gradients backward, operation by operation. */
import { type NodeSignal, propagate } from '../../../core/propagation/index.js';
import type { Operation } from '../../model/graph.js';
import type { Model } from '../../model/model.js';
import type { MomentsOf } from './linear.js';
import { momentsOf as momentsAsWritten } from './moments.js';
import { networkOf } from './network.js';

export interface ModelSignal {
  /** In order of evaluation. */
  readonly operations: readonly OperationSignal[];
  /** What was taken for granted where the input's size is not known. */
  readonly assumptions: readonly string[];
  /** What makes the theory coarse, where something does. */
  readonly roughness?: string;
}

export interface OperationSignal extends NodeSignal {
  readonly operation: Operation;
}

/** Undefined for a model whose forward was not evaluated. */
export function signalOf({ graph }: Model, momentsOf: MomentsOf = momentsAsWritten): ModelSignal | undefined {
  if (graph === undefined) return undefined;
  const network = networkOf(graph, momentsOf);
  const { nodes, roughness } = propagate(network.graph);
  const operations = graph.operations.flatMap(operation => {
    const node = network.nodeOf.get(operation);
    return node === undefined ? [] : [{ operation, ...nodes[node]! }];
  });
  return { operations, assumptions: [...network.assumptions], ...(roughness !== undefined && { roughness }) };
}
