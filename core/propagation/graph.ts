/** A network as its signal sees it: operations without a framework, inputs before users. */

export interface SignalGraph {
  /** A node names its inputs by their positions here; all lie before it. */
  readonly nodes: readonly SignalNode[];
  /** Where a gradient of mean square 1 comes in; absent: at every node that nothing uses. */
  readonly outputs?: readonly number[];
}

export interface SignalNode {
  readonly operation: SignalOperation;
  readonly inputs: readonly number[];
  /** Sets of features that come out: samples times positions; absent: as many as come in. */
  readonly samples?: number;
}

/** An absent number is unknown, unless its comment gives what it stands for. */
export type SignalOperation =
  | InputOperation
  | LinearOperation
  | { readonly kind: 'nonlinearity'; readonly name: string; readonly parameter?: number }
  | NormOperation
  /** A sum of all inputs, as at the end of a residual branch. */
  | { readonly kind: 'add' }
  /** The elementwise product of all inputs, taken as independent. */
  | { readonly kind: 'multiply' }
  | { readonly kind: 'scale'; readonly factor?: number }
  | PoolOperation
  | ConcatenateOperation
  | AttentionOperation
  /** Where scale ends: a softmax over `count` classes. */
  | { readonly kind: 'softmax'; readonly count: number }
  | DropoutOperation
  | IdentityOperation
  | { readonly kind: 'unknown' };

export interface InputOperation {
  readonly kind: 'input';
  /** Features of one sample. */
  readonly units: number;
  /** Absent: 1. */
  readonly meanSquare?: number;
  /** Absent: 0. */
  readonly mean?: number;
  /** E[x_a·x_b]/E[x²] of two samples; absent: 0 beyond the mean. */
  readonly correlation?: number;
}

/** Linear layer, convolution, projection, embedding of a dense input. */
export interface LinearOperation {
  readonly kind: 'linear';
  /** Terms that one output sums: of one group, the kernel counted. */
  readonly fanIn: number;
  /** Outputs that one input reaches: the kernel counted, divided by the stride. */
  readonly fanOut: number;
  /** Output features. */
  readonly units: number;
  readonly weightStd?: number | undefined;
  /** Absent: 0. */
  readonly weightMean?: number;
  /** Absent: 0. */
  readonly biasStd?: number;
  /** E[b⁴]/E[b²]² − 3 of the biases: 0 of normal numbers, which is assumed, −1.2 of uniform ones. */
  readonly biasExcess?: number;
  /** Absent: 0. */
  readonly biasMean?: number;
  /** Share of the terms that do not fall on zero padding; absent: 1. */
  readonly inside?: number;
}

export interface NormOperation {
  readonly kind: 'norm';
  /** Over the batch (each feature alone), over features (layer, group, instance), or by root mean square. */
  readonly over: 'batch' | 'features' | 'rms';
  /** Root mean square of the learned scale; absent: 1. */
  readonly scale?: number;
  /** Standard deviation of the learned shift; absent: 0. */
  readonly shift?: number;
  /** Samples of the batch, where their number is known. */
  readonly samples?: number;
  /** Added to the variance or mean square that it divides by; absent: 0. */
  readonly eps?: number;
}

/**
 * A mean of `count` tokens, weighted by a softmax. Inputs: values, then queries and keys where they are known; without
 * them the weights are equal.
 */
export interface AttentionOperation {
  readonly kind: 'attention';
  readonly count: number;
  /** Squared factor of the scores times the terms that each sums; absent: 1, for 1/√terms. */
  readonly contrast?: number;
  /** Every token hears itself and those before it alone. */
  readonly isCausal?: boolean;
  /** Share of the weights that are dropped, the others scaled up; absent: none. */
  readonly dropped?: number;
}

export interface PoolOperation {
  readonly kind: 'pool';
  readonly over: 'max' | 'average';
  /** Values per window. */
  readonly count: number;
  /** Windows that a value is in, on average; absent: 1, for windows side by side. */
  readonly reach?: number;
}

/** Each element by itself, unless only so many masks are drawn for all of them. */
export interface DropoutOperation {
  readonly kind: 'dropout';
  readonly probability: number;
  readonly masks?: number;
}

/** Tensors put side by side. */
export interface ConcatenateOperation {
  readonly kind: 'concatenate';
  /** Elements of each input, where they are joined along another axis than that of the features; absent: features. */
  readonly counts?: readonly number[];
}

/** Values stay as they are: views, indexing, copies, output. */
export interface IdentityOperation {
  readonly kind: 'identity';
  /** Elements of the result per element of the input: less than 1 for a cut, more for copies; absent: 1. */
  readonly reach?: number;
  /** Features of one sample, where the view changes them. */
  readonly units?: number;
}
