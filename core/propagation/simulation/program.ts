/** A network as a simulation runs it: every step with the sizes it works on, inputs before users. */

export interface Program {
  readonly steps: readonly Step[];
  /** Where a random gradient of unit spread comes in. */
  readonly outputs: readonly number[];
}

export interface Step {
  readonly operation: StepOperation;
  /** Positions of other steps; those of a layer are its input, its weight and its bias. */
  readonly inputs: readonly number[];
  readonly shape: readonly number[];
  /** Absent: none. */
  readonly shortfall?: Shortfall;
}

/** By how much the sums of a narrow network are too small: √(terms of the whole network / terms here). */
export interface Shortfall {
  readonly forward: number;
  /** Of the gradient, summed over the columns of the result and, for a product of two tensors, over its rows. */
  readonly columns: number;
  readonly rows: number;
}

export const NO_SHORTFALL: Shortfall = { forward: 1, columns: 1, rows: 1 };

export type StepOperation =
  /** Standard normal numbers. */
  | { readonly kind: 'input' }
  /** What a parameter starts from; `index` is what its values are asked for by. */
  | { readonly kind: 'parameter'; readonly index: number }
  /** One number for all elements, or one for each. */
  | { readonly kind: 'constant'; readonly value: number | Float32Array }
  /** Over the last axis; a weight is (outputs, inputs), or the other way round where it is transposed. */
  | { readonly kind: 'linear'; readonly isTransposed?: boolean }
  | ConvolutionStep
  | { readonly kind: 'nonlinearity'; readonly name: string; readonly parameter?: number }
  | FunctionStep
  /** To mean 0 and variance 1 over the axes, or to mean square 1. */
  | {
      readonly kind: 'norm';
      readonly axes: readonly number[];
      readonly over: 'variance' | 'square';
      readonly eps: number;
    }
  | { readonly kind: 'add' }
  | { readonly kind: 'multiply' }
  | { readonly kind: 'scale'; readonly factor: number }
  | PoolStep
  | { readonly kind: 'concatenate'; readonly axis: number }
  | { readonly kind: 'reshape' }
  | ViewStep
  /** (…, rows, terms) by (…, terms, columns). */
  | { readonly kind: 'product' }
  | { readonly kind: 'softmax'; readonly axis: number }
  /** The value where the second input, which broadcasts, is not 0. */
  | { readonly kind: 'mask'; readonly value: number }
  | RecurrentStep
  | DropoutStep
  /** Rows of a table, picked at random. */
  | { readonly kind: 'embedding' }
  /** Rows of a table one after the other, and again from the first. */
  | { readonly kind: 'rows' };

/**
 * Over as many axes of space as there are strides; a weight is (outputs, inputs of a group, …kernel), of a transposed one
 * (inputs, outputs of a group, …kernel).
 */
export interface ConvolutionStep {
  readonly kind: 'convolution';
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
  readonly groups: number;
  readonly isTransposed?: boolean;
}

/** Of one number, with as many others as the function takes. */
export interface FunctionStep {
  readonly kind: 'function';
  readonly name: FunctionName;
  readonly parameters?: readonly number[];
}

export type FunctionName = 'exp' | 'log' | 'square' | 'power' | 'clamp';

/**
 * One layer in one direction over (positions, samples, features). Inputs: the sequence, the weights of what comes in and of
 * the hidden state, with a bias for each where there are some, then the states that it starts from, or none for zeros. The
 * result has the hidden state at every position, and of an LSTM the cell that it ends with behind them.
 */
export interface RecurrentStep {
  readonly kind: 'recurrent';
  readonly cell: CellName;
  readonly hasBias: boolean;
  /** From the last position to the first. */
  readonly isReversed: boolean;
}

export type CellName = 'lstm' | 'gru' | 'tanh' | 'relu';

/** Each element by itself, or by a mask that broadcasts to it; what is kept is divided by its probability, or multiplied. */
export interface DropoutStep {
  readonly kind: 'dropout';
  readonly probability: number;
  readonly mask?: readonly number[];
  readonly factor?: number;
  /** Drawn as uniform numbers that are rounded down, with what is kept added. */
  readonly isRounded?: boolean;
}

export interface PoolStep {
  readonly kind: 'pool';
  readonly over: 'max' | 'average';
  /** Per axis, for each place of the result: where its window starts and ends. */
  readonly windows: readonly (readonly Window[] | undefined)[];
  /** What a sum is divided by, padding counted; absent: the values in the window. */
  readonly divisor?: number;
}

export type Window = readonly [start: number, end: number];

/** Elements of the input in another order, some of them, or some more than once. */
export type ViewStep =
  | { readonly kind: 'permute'; readonly order: readonly number[] }
  | { readonly kind: 'slice'; readonly axis: number; readonly start: number; readonly stride: number }
  | { readonly kind: 'expand' }
  | TakeStep;

/** Along each axis the places in the input, in the order of the result; absent: all as they are. */
export interface TakeStep {
  readonly kind: 'take';
  readonly places: readonly (readonly number[] | undefined)[];
  /** What stands at the place −1; absent: 0. */
  readonly filling?: number;
}
