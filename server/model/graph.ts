/** What forward does with its input: operations in order of evaluation. */
import type { Size } from '../../core/size.js';
import type { Site } from '../text/span.js';
import type { Module, Parameter } from './parameters.js';

export type OperationKind =
  | 'input'
  | 'constant' // a tensor that does not depend on the input
  | 'layer' // linear, convolution, embedding, recurrent, attention: `module` or `parameters` say which
  | 'nonlinearity'
  | 'norm'
  | 'add'
  | 'multiply' // elementwise, by a gate, a mask or another tensor
  | 'scale' // by a known number
  | 'matmul' // of two tensors, or by a parameter (then `parameters` has it)
  | 'concatenate'
  | 'shape' // view, reshape, permute, flatten, indexing, chunk: values stay as they are
  | 'pool'
  | 'softmax'
  | 'dropout'
  | 'normalize' // a weight or an activation divided by its norm
  | 'join' // of two branches of the code, one of which is taken
  | 'opaque' // something that could not be followed
  | 'output';

export interface Operation {
  readonly id: number;
  readonly kind: OperationKind;
  /** As torch names it: `relu`, `Conv2d`, `max_pool2d`, `cat`. */
  readonly name: string;
  readonly inputs: readonly Operation[];
  /** The module whose forward this is, for layers. */
  readonly module?: Module;
  /** Parameters that it reads directly. */
  readonly parameters: readonly Parameter[];
  /** Shape of the result where it is known; an absent size is unknown. */
  readonly shape?: readonly (Size | undefined)[];
  /** Arguments that matter to the numbers: negative_slope, approximate, factor, kernel_size, p, dim. */
  readonly settings: ReadonlyMap<string, number | string | boolean | null>;
  readonly site?: Site;
  /** What it was given, in the order of the call; absent: its inputs, then its parameters. */
  readonly operands?: readonly Operand[];
}

export type Operand =
  | { readonly kind: 'operation'; readonly operation: Operation }
  | {
      readonly kind: 'parameter';
      readonly parameter: Parameter;
      /** Where its elements lie in the parameter; undefined where that is not known. */
      readonly view:
        | { readonly shape: readonly number[]; readonly strides: readonly number[]; readonly offset: number }
        | undefined;
    }
  /** Of the code alone. */
  | {
      readonly kind: 'constant';
      readonly shape?: readonly (Size | undefined)[];
      /** In the order of their indices; undefined where they are not known, or too many. */
      values(): ArrayLike<number> | undefined;
      /** Normal numbers that forward draws. */
      readonly noise?: { readonly mean: number; readonly std: number };
    };

/** Operations in order of evaluation, inputs before users; cycles cannot occur. */
export interface Graph {
  readonly operations: readonly Operation[];
  readonly outputs: readonly Operation[];
  /** False when an unknown stands between input and output. */
  readonly complete: boolean;
}
