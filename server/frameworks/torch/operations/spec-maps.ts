/** What arithmetic on a draw makes of its distribution. */
import { clamped, type InitSpec, scaled, shifted } from '../../../../core/initializer.js';
import { erfinv64 } from '../../../../core/random/erfinv.js';
import type { MapOperation } from '../../../model/draws.js';

export function specAfter(spec: InitSpec, operation: MapOperation, operands: readonly number[]): InitSpec | undefined {
  const [a, b] = operands;
  switch (operation) {
    case 'multiply':
      return scaled(spec, a);
    case 'divide':
      return scaled(spec, a === undefined ? undefined : 1 / a);
    case 'negate':
      return scaled(spec, -1);
    case 'add':
      return shifted(spec, a);
    case 'clamp':
      return clamped(spec, a!, b!);
    case 'erfinv':
      return normalOfUniform(spec);
    default:
      return undefined;
  }
}

/** erfinv of a uniform draw is a normal one of std 1/√2, cut where the uniform ends: how truncated normals are made. */
function normalOfUniform(spec: InitSpec): InitSpec | undefined {
  if (spec.kind !== 'uniform' || spec.low === undefined || spec.high === undefined) return undefined;
  if (spec.low < -1 || spec.high > 1) return undefined;
  return { kind: 'truncated_normal', mean: 0, std: Math.SQRT1_2, low: cut(spec.low), high: cut(spec.high) };
}

/** The last float32 below 1: what a draw from all of (−1, 1) ends at. */
const LAST = 1 - 2 ** -24;

const cut = (bound: number): number => erfinv64(Math.min(LAST, Math.max(-LAST, bound)));
