/** A draw of the log as the core takes it. */
import { type DrawRequest, type Dtype, isHalf } from '../../core/random/index.js';
import type { Draw } from '../model/draws.js';

/** Undefined where the size or the kind is not known. */
export function requestOf({ kind, args, count, shape, dtype, contiguous }: Draw): DrawRequest | undefined {
  if (count === undefined || args.some(Number.isNaN)) return undefined;
  const elements = { count, ...(dtype !== 'int64' && { dtype: dtype satisfies Dtype }) };
  const [a = 0, b = 0, c = 0, d = 0] = args;
  switch (kind) {
    case 'uniform_':
      return { kind: 'uniform', low: a, high: b, ...elements };
    case 'normal_':
      return { kind: 'normal', mean: a, std: b, contiguous, ...elements };
    case 'trunc_normal_':
      return { kind: 'truncated_normal', mean: a, std: b, low: c, high: d, ...elements };
    case 'log_normal_':
      return { kind: 'log_normal', mean: a, std: b, ...elements };
    case 'bernoulli_':
      return { kind: 'bernoulli', probability: a, ...elements };
    case 'geometric_':
      return { kind: 'geometric', probability: a, ...elements };
    case 'exponential_':
      return { kind: 'exponential', rate: args.length > 0 ? a : 1, ...elements };
    case 'cauchy_':
      return { kind: 'cauchy', median: a, sigma: b, ...elements };
    case 'randint':
    case 'random_':
      return args.length === 2 ? { kind: 'randint', low: a, high: b, count } : undefined;
    case 'randperm':
      return { kind: 'randperm', count };
    default:
      return matrixRequest(kind, args, shape, elements);
  }
}

function matrixRequest(
  kind: string,
  [a = 0, b = 0]: readonly number[],
  shape: Draw['shape'],
  { dtype }: { readonly dtype?: Dtype },
): DrawRequest | undefined {
  if (shape === undefined || shape.length < 2) return undefined;
  const rows = shape[0]!;
  const columns = shape.slice(1).reduce((product, size) => product * size, 1);
  // Torch has no QR of halves.
  const matrix = { rows, columns, ...(dtype && { dtype }) };
  if (kind === 'sparse_') return { kind: 'sparse', sparsity: a, std: b, ...matrix };
  return kind === 'orthogonal_' && !isHalf(dtype) ? { kind: 'orthogonal', gain: a, ...matrix } : undefined;
}
