/** What a simulation asks of every kind of step: its values, and the gradient that it hands back. */
import type { Multiplier } from '../../backends/multiplier.js';
import type { Mt19937 } from '../../random/index.js';
import type { Steps } from './product.js';
import type { Shortfall } from './program.js';
import type { Tensor } from './tensor.js';

/** One step as it is run. */
export interface Run {
  readonly inputs: readonly Tensor[];
  readonly shape: readonly number[];
  readonly multiplier: Multiplier;
  readonly generator: Mt19937;
  readonly shortfall: Shortfall;
}

export interface Back extends Run {
  readonly output: Tensor;
  readonly gradient: Float32Array;
  /** Which of the inputs wait for a gradient. */
  readonly wanted: readonly boolean[];
  /** What forward left for the way back. */
  readonly kept: unknown;
}

export interface Rule<Operation> {
  /** Undefined where the sizes do not fit together. */
  forward(operation: Operation, run: Run): Steps<Forward | undefined>;
  /** One gradient per wanted input. */
  backward(operation: Operation, back: Back): Steps<readonly (Float32Array | undefined)[]>;
}

export interface Forward {
  readonly data: Float32Array;
  readonly kept?: unknown;
}

/** A rule whose steps are short enough to be taken without a pause. */
export interface PlainRule<Operation> {
  forward(operation: Operation, run: Run): Forward | undefined;
  backward(operation: Operation, back: Back): readonly (Float32Array | undefined)[];
}

export function atOnce<Operation>(rule: PlainRule<Operation>): Rule<Operation> {
  return {
    *forward(operation, run) {
      yield;
      return rule.forward(operation, run);
    },
    *backward(operation, back) {
      yield;
      return rule.backward(operation, back);
    },
  };
}
