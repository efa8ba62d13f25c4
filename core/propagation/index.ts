/** How a signal travels through a network before training: forward, back, and how far the seed decides. */
import { forward } from './forward.js';
import { gradientsOf } from './gradients.js';
import type { SignalGraph } from './graph.js';
import { recalledSignal } from './recall.js';
import { roughnessOf } from './rough.js';
import { bandOf, bandOfStd, correlationOf, type Signal, varianceOfSignal } from './signal.js';

export interface SignalResult {
  /** One per node of the graph, in its order. */
  readonly nodes: readonly NodeSignal[];
  /** What makes the figures coarse, where something does: then a simulation says more. */
  readonly roughness?: string;
}

export interface NodeSignal {
  /** Absent where an unknown stands before. */
  readonly forward?: ForwardSignal;
  /** E[(∂L/∂x)²] where it is 1 at every output of the network; absent where an unknown stands behind. */
  readonly gradient?: number;
  /** Relative spread of the gradient's root mean square over seeds. */
  readonly gradientBand?: number;
}

export interface ForwardSignal {
  readonly meanSquare: number;
  readonly variance: number;
  readonly mean: number;
  /** E[x_a·x_b]/E[x²] of two samples: at 1 the network no longer tells them apart. */
  readonly correlation: number;
  /** Relative spread of the root mean square over seeds; above 0.3 only the order of magnitude is worth saying. */
  readonly band: number;
  /** The same of the standard deviation. */
  readonly bandOfStd: number;
  readonly isRough: boolean;
}

/** Mean-field theory with the seed's share: variance and batch correlation are carried together. */
export function propagate(graph: SignalGraph): SignalResult {
  const signals = forwardSignals(graph);
  const gradients = gradientsOf(graph, signals);
  const nodes = signals.map((signal, index) => {
    const gradient = gradients[index];
    return {
      ...(signal === undefined ? {} : { forward: described(signal) }),
      ...(gradient === undefined
        ? {}
        : { gradient: gradient.meanSquare, gradientBand: Math.sqrt(gradient.seedVariance) / 2 }),
    };
  });
  const roughness = roughnessOf(graph, signals);
  return { nodes, ...(roughness !== undefined && { roughness }) };
}

function forwardSignals(graph: SignalGraph): readonly (Signal | undefined)[] {
  const signals: (Signal | undefined)[] = [];
  for (const { operation, inputs, samples } of graph.nodes) {
    const given = inputs.map(index => signals[index]);
    const count = samples ?? given[0]?.samples ?? Number.POSITIVE_INFINITY;
    signals.push(recalledSignal(operation, given, count, () => forward(operation, given, count)));
  }
  return signals;
}

function described(signal: Signal): ForwardSignal {
  return {
    meanSquare: signal.meanSquare,
    variance: varianceOfSignal(signal),
    mean: signal.mean,
    correlation: correlationOf(signal),
    band: bandOf(signal),
    bandOfStd: bandOfStd(signal),
    isRough: signal.isRough,
  };
}

export type * from './graph.js';
export { insideShare } from './padding.js';
