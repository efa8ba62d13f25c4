/** What running a program takes. */
import { cells } from './cells.js';
import type { Program, Step } from './program.js';
import { countOf } from './tensor.js';

export interface Cost {
  /** Multiplications, forward and back; what else is done to a number counts as so many of them. */
  readonly multiplications: number;
  /** Of memory, at once. */
  readonly bytes: number;
}

const PER_ELEMENT = 24;

/** Of one run, forward and back. */
export function costOf({ steps }: Program): Cost {
  let [multiplications, elements, weights] = [0, 0, 0];
  for (const step of steps) {
    const count = countOf(step.shape);
    if (step.operation.kind === 'parameter') {
      weights = Math.max(weights, count);
      multiplications += 2 * PER_ELEMENT * count;
      continue;
    }
    multiplications += 2 * count * (termsOf(step, steps) + PER_ELEMENT);
    elements += count;
  }
  // Values of every step, gradients of a few, and the largest weight.
  return { multiplications, bytes: 4 * (1.5 * elements + weights) };
}

/** That one number of the result sums. */
function termsOf({ operation, inputs, shape }: Step, steps: readonly Step[]): number {
  if (operation.kind === 'linear' || operation.kind === 'product') return steps[inputs[0]!]!.shape.at(-1)!;
  if (operation.kind === 'recurrent')
    return cells[operation.cell].gates * (shape.at(-1)! + steps[inputs[0]!]!.shape.at(-1)!);
  if (operation.kind !== 'convolution') return 0;
  const taps = countOf(steps[inputs[1]!]!.shape.slice(1));
  return operation.isTransposed ? (taps * countOf(steps[inputs[0]!]!.shape)) / countOf(shape) : taps;
}
