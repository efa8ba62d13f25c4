/** Where the theory is known to be coarse, so that a simulation says more. */
import type { SignalGraph, SignalNode } from './graph.js';
import { sensitivity } from './nonlinearity.js';
import { bandOf, type Signal } from './signal.js';

/** Beyond this band a scale that the seed decides bends what a nonlinearity makes of it. */
const WIDE = 0.12;
/** Powers that differ from 1 by more do not keep a band as wide as it is. */
const BENT = 0.05;

/** Where more of a window's terms fall on zero padding, a maximum seldom lies at the border, and gradients neither. */
const PADDED = 0.97;

/** Why; undefined where theory is as good as any number of seeds. */
export function roughnessOf({ nodes }: SignalGraph, signals: readonly (Signal | undefined)[]): string | undefined {
  for (const [index, { operation, inputs }] of nodes.entries()) {
    const input = signals[inputs[0] ?? -1];
    if (operation.kind === 'norm' && operation.over === 'batch') return 'norms over the batch';
    if (hearsAnother(nodes, index)) return 'attention to another sequence';
    if (isMaximumOverPadding(nodes, index)) return 'maxima over padded maps';
    if (operation.kind === 'concatenate' && operation.counts === undefined) return 'joined branches';
    if (input === undefined) continue;
    if (signals[index] === undefined) return 'steps that theory has no rule for';
    if (operation.kind !== 'nonlinearity' || bandOf(input) < WIDE) continue;
    if (Math.abs(sensitivity(operation.name, operation.parameter, input) - 1) > BENT)
      return 'scales that the seed decides';
  }
  return undefined;
}

/** Queries and keys are projected from different signals: what comes back to the keys has seen few queries. */
function hearsAnother(nodes: readonly SignalNode[], index: number): boolean {
  const { operation, inputs } = nodes[index]!;
  const [, query, key] = inputs;
  if (operation.kind !== 'attention' || query === undefined || key === undefined) return false;
  return projectedFrom(nodes, query) !== projectedFrom(nodes, key);
}

const PASSING: ReadonlySet<string> = new Set(['identity', 'scale']);

function projectedFrom(nodes: readonly SignalNode[], index: number): number | undefined {
  let at: number | undefined = index;
  while (at !== undefined && PASSING.has(nodes[at]!.operation.kind)) at = nodes[at]!.inputs[0];
  return at !== undefined && nodes[at]!.operation.kind === 'linear' ? nodes[at]!.inputs[0] : at;
}

function isMaximumOverPadding(nodes: readonly SignalNode[], index: number): boolean {
  const { operation, inputs } = nodes[index]!;
  if (operation.kind !== 'pool' || operation.over !== 'max' || operation.count === 1) return false;
  let at = inputs[0];
  while (at !== undefined && nodes[at]!.operation.kind !== 'linear') {
    if (nodes[at]!.inputs.length !== 1) return false;
    at = nodes[at]!.inputs[0];
  }
  const layer = at === undefined ? undefined : nodes[at]!.operation;
  return layer?.kind === 'linear' && (layer.inside ?? 1) < PADDED;
}
