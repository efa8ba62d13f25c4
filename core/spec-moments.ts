/** Mean, spread, bound and effective gain of a specification, before any value is drawn. */
import { type Fans, fanOf, type Shape } from './fans.js';
import type { InitSpec, TruncatedNormal, VarianceScaling } from './init-spec.js';
import { isKnown, product, type Size } from './size.js';
import { truncatedNormalMoments } from './truncated-normal.js';

/**
 * Standard deviation of the values around their own mean, before any is drawn. Orthogonal, identity and dirac need
 * the shape: without it an orthogonal weight is taken for a matrix of `fans`.
 */
export function stdOf(spec: InitSpec, fans?: Fans, shape?: Shape): number | undefined {
  switch (spec.kind) {
    case 'constant':
      return spec.value === undefined ? undefined : 0;
    case 'uniform':
      return times(minus(spec.high, spec.low), 1 / Math.sqrt(12));
    case 'truncated_normal':
      return momentsOfTruncated(spec)?.std;
    case 'variance_scaling':
      return stdOfScaling(spec, fans);
    case 'orthogonal':
      return stdOfOrthogonal(spec.gain, fans, shape);
    case 'identity':
    case 'dirac':
      return stdOfOnes(shareOfOnes(spec, shape), spec.kind === 'identity' ? spec.gain : 1);
    case 'sparse':
      return stdOfSparse(spec.sparsity, spec.std, shape);
    case 'normal':
    case 'data':
      return spec.std;
    case 'copy':
    case 'unknown':
      return undefined;
  }
}

/** `stdOf`, squared. */
export function varianceOf(spec: InitSpec, fans?: Fans, shape?: Shape): number | undefined {
  const std = stdOf(spec, fans, shape);
  return times(std, std);
}

/** Expected mean of the values; identity and dirac need the shape. Undefined where a number is missing. */
export function meanOf(spec: InitSpec, shape?: Shape): number | undefined {
  switch (spec.kind) {
    case 'constant':
      return spec.value;
    case 'uniform':
      return spec.low === undefined || spec.high === undefined ? undefined : (spec.low + spec.high) / 2;
    case 'truncated_normal':
      return momentsOfTruncated(spec)?.mean;
    case 'normal':
    case 'data':
      return spec.mean;
    case 'variance_scaling':
    case 'orthogonal':
    case 'sparse':
      return 0;
    case 'identity':
      return times(spec.gain, shareOfOnes(spec, shape));
    case 'dirac':
      return shareOfOnes(spec, shape);
    case 'copy':
    case 'unknown':
      return undefined;
  }
}

/** The largest absolute value that can be drawn; ∞ for an unbounded distribution, undefined where unknown. */
export function boundOf(spec: InitSpec, fans?: Fans): number | undefined {
  switch (spec.kind) {
    case 'constant':
      return spec.value === undefined ? undefined : Math.abs(spec.value);
    case 'uniform':
    case 'truncated_normal':
      return largest(spec.low, spec.high);
    case 'variance_scaling':
      return boundOfScaling(spec, fans);
    case 'normal':
    case 'sparse':
      return spec.std === 0 ? 0 : Infinity;
    case 'orthogonal':
    case 'identity':
      return spec.gain === undefined ? undefined : Math.abs(spec.gain);
    case 'dirac':
      return 1;
    case 'data':
      return largest(spec.min, spec.max);
    case 'copy':
    case 'unknown':
      return undefined;
  }
}

/** The effective gain, `std · √fan_in`: 1 keeps the variance of a linear layer, √2 that of a ReLU layer. */
export function gainOf(spec: InitSpec, fans: Fans, shape?: Shape): number | undefined {
  const std = stdOf(spec, fans, shape);
  const fanIn = fanOf('fan_in', fans);
  return std === undefined || fanIn === undefined ? undefined : std * Math.sqrt(fanIn);
}

/** The same distribution in numbers: a variance-scaling spec becomes the uniform or normal that is drawn. */
export function resolved(spec: InitSpec, fans?: Fans): InitSpec {
  if (spec.kind !== 'variance_scaling') return spec;
  const std = stdOf(spec, fans);
  if (std === undefined) return spec;
  if (spec.distribution === 'normal') return { kind: 'normal', mean: 0, std };
  if (spec.distribution === 'uniform') return { kind: 'uniform', low: -Math.sqrt(3) * std, high: Math.sqrt(3) * std };
  const wide = std / TRUNCATED_AT_TWO;
  return { kind: 'truncated_normal', mean: 0, std: wide, low: -2 * wide, high: 2 * wide };
}

/** Std of N(0, 1) cut at ±2. */
const TRUNCATED_AT_TWO = truncatedNormalMoments(0, 1, -2, 2).std;

function momentsOfTruncated({ mean, std, low, high }: TruncatedNormal) {
  if (mean === undefined || std === undefined || low === undefined || high === undefined) return undefined;
  return truncatedNormalMoments(mean, std, low, high);
}

/** Evaluated in the order in which torch does, so that the last bit agrees. */
function stdOfScaling({ gain, mode }: VarianceScaling, fans: Fans | undefined): number | undefined {
  const fan = fans === undefined ? undefined : fanOf(mode, fans);
  if (fan === undefined || gain === undefined) return undefined;
  return mode === 'fan_avg' ? gain * Math.sqrt(1 / fan) : gain / Math.sqrt(fan);
}

function boundOfScaling(spec: VarianceScaling, fans: Fans | undefined): number | undefined {
  if (spec.distribution === 'normal') return spec.gain === 0 ? 0 : Infinity;
  const drawn = resolved(spec, fans);
  return drawn.kind === 'variance_scaling' ? undefined : boundOf(drawn);
}

/** The smaller of rows and columns are orthonormal, so that the squares sum to it (Saxe et al. 2013). */
function stdOfOrthogonal(gain: number | undefined, fans?: Fans, shape?: Shape): number | undefined {
  const [rows, columns] = matrixOf(shape) ?? [fans?.fanOut, fans?.fanIn];
  if (rows === undefined || columns === undefined || !isKnown(rows) || !isKnown(columns)) return undefined;
  return times(gain, 1 / Math.sqrt(Math.max(rows, columns)));
}

function matrixOf(shape: Shape | undefined): readonly [Size, Size] | undefined {
  const [rows, ...rest] = shape ?? [];
  return rows === undefined || rest.length === 0 ? undefined : [rows, product(rest)];
}

/** `share` of the values are `value`, the others 0. */
function stdOfOnes(share: number | undefined, value: number | undefined): number | undefined {
  if (share === undefined || value === undefined) return undefined;
  return Math.abs(value) * Math.sqrt(share * (1 - share));
}

function shareOfOnes(spec: InitSpec, shape: Shape | undefined): number | undefined {
  const [outputs, inputs] = shape ?? [];
  const count = shape === undefined ? undefined : product(shape);
  if (outputs === undefined || inputs === undefined || count === undefined) return undefined;
  if (!isKnown(outputs) || !isKnown(inputs) || !isKnown(count)) return undefined;
  const groups = spec.kind === 'dirac' ? spec.groups : 1;
  return groups === undefined ? undefined : (groups * Math.min(outputs / groups, inputs)) / count;
}

/** Each column has ⌈sparsity · rows⌉ zeros; without a shape the share is taken as it was asked for. */
function stdOfSparse(sparsity?: number, std?: number, shape?: Shape): number | undefined {
  if (sparsity === undefined) return undefined;
  const rows = shape?.[0];
  const zeros = rows === undefined || !isKnown(rows) ? sparsity : Math.ceil(sparsity * rows) / rows;
  return times(std, Math.sqrt(1 - zeros));
}

function minus(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a - b;
}

function times(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a * b;
}

function largest(low: number | undefined, high: number | undefined): number | undefined {
  return low === undefined || high === undefined ? undefined : Math.max(Math.abs(low), Math.abs(high));
}
