/** Where the theory is known to be coarse, so that a simulation says more. */
import { sensitivity } from './forward.js';
import type { SignalGraph } from './graph.js';
import { bandOf, type Signal } from './signal.js';

/** Beyond this band a scale that the seed decides bends what a nonlinearity makes of it. */
const WIDE = 0.12;
/** Powers that differ from 1 by more do not keep a band as wide as it is. */
const BENT = 0.05;

/** Why; undefined where theory is as good as any number of seeds. */
export function roughnessOf({ nodes }: SignalGraph, signals: readonly (Signal | undefined)[]): string | undefined {
  for (const [index, { operation, inputs }] of nodes.entries()) {
    const input = signals[inputs[0] ?? -1];
    if (operation.kind === 'norm' && operation.over === 'batch') return 'norms over the batch';
    if (operation.kind === 'concatenate' && operation.counts === undefined) return 'joined branches';
    if (input === undefined) continue;
    if (signals[index] === undefined) return 'steps that theory has no rule for';
    if (operation.kind !== 'nonlinearity' || bandOf(input) < WIDE) continue;
    if (Math.abs(sensitivity(operation.name, operation.parameter, input) - 1) > BENT)
      return 'scales that the seed decides';
  }
  return undefined;
}
