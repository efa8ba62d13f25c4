/** Mean, standard deviation and extremes of values at hand, in doubles. */
import type { Numbers } from './statistics.js';

export interface Spread {
  readonly mean: number;
  /** Over the population. */
  readonly std: number;
  readonly min: number;
  readonly max: number;
}

/** Undefined without values. Sums of differences from the first value, so that a large mean cancels nothing. */
export function spreadOf(values: Numbers): Spread | undefined {
  const count = values.length;
  if (count === 0) return undefined;
  const origin = values[0]!;
  let sum = 0;
  let squares = 0;
  let min = origin;
  let max = origin;
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    const difference = value - origin;
    sum += difference;
    squares += difference * difference;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const shift = sum / count;
  return { mean: origin + shift, std: Math.sqrt(Math.max(0, squares / count - shift * shift)), min, max };
}
