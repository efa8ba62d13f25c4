/** Arithmetic on a draw: what `mul_`, `add_` and `clamp_` make of the distribution that was there. */
import type { InitSpec } from './init-spec.js';

/** Every value times `factor`; an unknown factor leaves the numbers unknown and the kind known. */
export function scaled(spec: InitSpec, factor: number | undefined): InitSpec {
  switch (spec.kind) {
    case 'constant':
      return { kind: 'constant', value: times(spec.value, factor) };
    case 'uniform':
      return { kind: 'uniform', ...interval(times(spec.low, factor), times(spec.high, factor)) };
    case 'normal':
      return { kind: 'normal', mean: times(spec.mean, factor), std: spread(spec.std, factor) };
    case 'truncated_normal': {
      const bounds = interval(times(spec.low, factor), times(spec.high, factor));
      return { kind: spec.kind, mean: times(spec.mean, factor), std: spread(spec.std, factor), ...bounds };
    }
    case 'variance_scaling':
    case 'orthogonal':
      return { ...spec, gain: spread(spec.gain, factor) };
    case 'identity':
      return { kind: 'identity', gain: times(spec.gain, factor) };
    case 'sparse':
      return { kind: 'sparse', sparsity: spec.sparsity, std: spread(spec.std, factor) };
    case 'data': {
      const { low, high } = interval(times(spec.min, factor), times(spec.max, factor));
      const moments = { mean: times(spec.mean, factor), std: spread(spec.std, factor) };
      return { kind: 'data', ...moments, min: low, max: high };
    }
    case 'dirac':
    case 'copy':
      return factor === 1 ? spec : { kind: 'unknown', reason: `a scaled ${spec.kind}` };
    case 'unknown':
      return spec;
  }
}

/** Every value plus `offset`. */
export function shifted(spec: InitSpec, offset: number | undefined): InitSpec {
  switch (spec.kind) {
    case 'constant':
      return { kind: 'constant', value: plus(spec.value, offset) };
    case 'uniform':
      return { kind: 'uniform', low: plus(spec.low, offset), high: plus(spec.high, offset) };
    case 'normal':
      return { kind: 'normal', mean: plus(spec.mean, offset), std: spec.std };
    case 'truncated_normal': {
      const bounds = { low: plus(spec.low, offset), high: plus(spec.high, offset) };
      return { kind: spec.kind, mean: plus(spec.mean, offset), std: spec.std, ...bounds };
    }
    case 'data': {
      const bounds = { min: plus(spec.min, offset), max: plus(spec.max, offset) };
      return { kind: 'data', mean: plus(spec.mean, offset), std: spec.std, ...bounds };
    }
    case 'unknown':
      return spec;
    default:
      return offset === 0 ? spec : { kind: 'unknown', reason: `a shifted ${spec.kind}` };
  }
}

/**
 * Every value moved into [low, high]. Clamping a normal puts mass on the bounds where truncation draws anew,
 * so only what the clamp cannot change, or turns into one value, keeps its kind.
 */
export function clamped(spec: InitSpec, low: number, high: number): InitSpec {
  if (spec.kind === 'constant') {
    const value = spec.value === undefined ? undefined : Math.min(high, Math.max(low, spec.value));
    return { kind: 'constant', value };
  }
  const reach = reachOf(spec);
  if (reach !== undefined && low <= reach.low && reach.high <= high) return spec;
  return { kind: 'unknown', reason: `a clamped ${spec.kind}` };
}

/** Ten standard deviations hold every float32 normal that torch can draw. */
const REACH_OF_NORMAL = 10;

function reachOf(spec: InitSpec): { readonly low: number; readonly high: number } | undefined {
  if (spec.kind === 'normal' && spec.mean !== undefined && spec.std !== undefined) {
    const reach = REACH_OF_NORMAL * spec.std;
    return { low: spec.mean - reach, high: spec.mean + reach };
  }
  const isBounded = spec.kind === 'uniform' || spec.kind === 'truncated_normal';
  if (!isBounded || spec.low === undefined || spec.high === undefined) return undefined;
  return { low: spec.low, high: spec.high };
}

/** A negative factor swaps the ends. */
function interval(a: number | undefined, b: number | undefined) {
  if (a === undefined || b === undefined) return { low: undefined, high: undefined };
  return { low: Math.min(a, b), high: Math.max(a, b) };
}

/** Widths do not feel the sign. */
function spread(value: number | undefined, factor: number | undefined): number | undefined {
  const product = times(value, factor);
  return product === undefined ? undefined : Math.abs(product);
}

function times(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a * b + 0;
}

function plus(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}
