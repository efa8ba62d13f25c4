/** Specifications of initial values, as plain data. */

export type FanMode = 'fan_in' | 'fan_out' | 'fan_avg';
export type Distribution = 'uniform' | 'normal' | 'truncated_normal';

/** An absent number is unknown; it never stands for a default. */
export type InitSpec =
  | { readonly kind: 'constant'; readonly value?: number | undefined }
  | { readonly kind: 'uniform'; readonly low?: number | undefined; readonly high?: number | undefined }
  | { readonly kind: 'normal'; readonly mean?: number | undefined; readonly std?: number | undefined }
  | TruncatedNormal
  | VarianceScaling
  | { readonly kind: 'orthogonal'; readonly gain?: number | undefined }
  | { readonly kind: 'identity'; readonly gain?: number | undefined }
  | { readonly kind: 'dirac'; readonly groups?: number | undefined }
  | { readonly kind: 'sparse'; readonly sparsity?: number | undefined; readonly std?: number | undefined }
  | { readonly kind: 'copy'; readonly of?: string | undefined }
  | DataSummary
  | { readonly kind: 'unknown'; readonly reason: string };

/** N(mean, std²) cut to [low, high]; `std` is that of the normal before the cut. */
export interface TruncatedNormal {
  readonly kind: 'truncated_normal';
  readonly mean?: number | undefined;
  readonly std?: number | undefined;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}

/**
 * Mean 0, std `gain / √fan`: Glorot & Bengio 2010 (fan_avg), He et al. 2015, LeCun et al. 1998.
 * A truncated normal is cut at two of its own standard deviations and widened so that the std is kept.
 */
export interface VarianceScaling {
  readonly kind: 'variance_scaling';
  readonly gain?: number | undefined;
  readonly mode: FanMode;
  readonly distribution: Distribution;
  /** The scheme that wrote it, where one did. */
  readonly name?: 'xavier' | 'kaiming' | 'lecun';
}

/** Values that were computed, known by their moments only. */
export interface DataSummary {
  readonly kind: 'data';
  readonly mean?: number | undefined;
  readonly std?: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}
