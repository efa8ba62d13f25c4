/** What a norm makes of a signal, and how much an eps takes from it. */
import type { NormOperation } from './graph.js';
import { correlationOf, normalizedSize, positionsOf, type Signal, sharedVariance, varianceOfSignal } from './signal.js';

/** Of an unknown signal only the sharing between samples stays unknown; none is assumed. */
export function norm({ shift = 0, ...operation }: NormOperation, input: Signal | undefined, samples: number): Signal {
  const { over } = operation;
  const scale = (operation.scale ?? 1) * (input === undefined ? 1 : shareAfterEps(operation, input));
  const meanSquare = scale ** 2 + shift ** 2;
  const fixed = {
    seedVariance: 0,
    unitVariance: 0,
    units: input?.units ?? 1,
    samples,
    isRough: input?.isRough ?? true,
  };
  if (over === 'rms') {
    const mean = input === undefined ? 0 : (input.mean / Math.sqrt(input.meanSquare)) * scale;
    const correlation = input === undefined ? 0 : correlationOf(input);
    const positions = positionsOf([input], ([it]) => (it! / input!.meanSquare) * scale ** 2 + shift ** 2);
    return { ...fixed, meanSquare, mean, covariance: correlation * scale ** 2 + shift ** 2, ...positions };
  }
  const variance = input === undefined ? 0 : varianceOfSignal(input);
  const shared = over === 'batch' || input === undefined || variance === 0 ? 0 : sharedVariance(input) / variance;
  const positions = positionsOf(over === 'features' && variance > 0 ? [input] : [], ([it]) => {
    return ((it! - input!.mean ** 2) / variance) * scale ** 2 + shift ** 2;
  });
  return { ...fixed, meanSquare, mean: 0, covariance: shared * scale ** 2 + shift ** 2, ...positions };
}

/** What a signal that is small against eps keeps of its unit size. */
function shareAfterEps({ over, eps = 0 }: NormOperation, input: Signal): number {
  const size = normalizedSize(over, input);
  return size + eps === 0 ? 1 : Math.sqrt(size / (size + eps));
}
