/** From a specification to the call of the generator that draws it, and to the range that a histogram of it needs. */
import { boundOf, type Fans, fansOf, type InitSpec, meanOf, resolved, stdOf } from './initializer.js';
import { type DrawRequest, type Dtype, isHalf } from './random/index.js';

/** Undefined where nothing is drawn (constants, identities) or a number is missing. */
export function drawOfSpec(
  spec: InitSpec,
  shape: readonly number[],
  dtype: Dtype,
  fans: Fans | undefined = fansOf(shape),
): DrawRequest | undefined {
  const count = shape.reduce((a, b) => a * b, 1);
  const drawn = resolved(spec, fans);
  switch (drawn.kind) {
    case 'uniform':
      if (drawn.low === undefined || drawn.high === undefined) return undefined;
      return { kind: 'uniform', low: drawn.low, high: drawn.high, count, dtype };
    case 'normal':
      if (drawn.mean === undefined || drawn.std === undefined) return undefined;
      return { kind: 'normal', mean: drawn.mean, std: drawn.std, count, dtype };
    case 'truncated_normal': {
      const { mean, std, low, high } = drawn;
      if (mean === undefined || std === undefined || low === undefined || high === undefined) return undefined;
      return { kind: 'truncated_normal', mean, std, low, high, count, dtype };
    }
    case 'sparse':
    case 'orthogonal':
      return matrixDraw(drawn, shape, count, dtype);
    default:
      return undefined;
  }
}

function matrixDraw(
  spec: Extract<InitSpec, { kind: 'sparse' | 'orthogonal' }>,
  [rows, ...rest]: readonly number[],
  count: number,
  dtype: Dtype,
): DrawRequest | undefined {
  if (rows === undefined || rows === 0 || rest.length === 0) return undefined;
  const matrix = { rows, columns: count / rows };
  if (spec.kind === 'orthogonal') {
    // Torch has no QR of halves, and raises.
    return spec.gain === undefined || isHalf(dtype)
      ? undefined
      : { kind: 'orthogonal', gain: spec.gain, ...matrix, dtype };
  }
  if (spec.sparsity === undefined || spec.std === undefined) return undefined;
  return { kind: 'sparse', sparsity: spec.sparsity, std: spec.std, ...matrix, dtype };
}

/** So many standard deviations of an unbounded distribution are shown. */
const SHOWN = 4;

/** Where the values lie, known before any is drawn; a constant gets a range around it. */
export function rangeOfSpec(
  spec: InitSpec,
  shape: readonly number[],
  fans: Fans | undefined = fansOf(shape),
): { readonly low: number; readonly high: number } {
  const mean = meanOf(spec, shape) ?? 0;
  const bound = boundOf(spec, fans) ?? Infinity;
  const reach = SHOWN * (stdOf(spec, fans, shape) ?? 0) || Math.abs(mean) || 1;
  return { low: Math.max(-bound, mean - reach), high: Math.min(bound, mean + reach) };
}
