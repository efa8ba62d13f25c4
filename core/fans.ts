/** Fans: how many terms an output of a weight sums, and how many outputs an input reaches. */
import type { FanMode } from './init-spec.js';
import { add, isKnown, multiply, product, type Size } from './size.js';

/** How many inputs one output sums over, and how many outputs one input reaches. */
export interface Fans {
  readonly fanIn: Size;
  readonly fanOut: Size;
}

export type Shape = readonly Size[];

/** Torch's rule: axis 0 counts outputs, axis 1 inputs, the rest is the receptive field. Undefined below rank 2. */
export function fansOf(shape: Shape): Fans | undefined {
  const [outputs, inputs] = shape;
  if (outputs === undefined || inputs === undefined) return undefined;
  const receptiveField = product(shape.slice(2));
  return { fanIn: multiply(inputs, receptiveField), fanOut: multiply(outputs, receptiveField) };
}

/** The fan that `mode` names, where it is a number; `fan_avg` is their mean. */
export function fanOf(mode: FanMode, fans: Fans): number | undefined {
  if (mode === 'fan_avg') {
    const sum = add(fans.fanIn, fans.fanOut);
    return isKnown(sum) ? sum / 2 : undefined;
  }
  const fan = mode === 'fan_in' ? fans.fanIn : fans.fanOut;
  return isKnown(fan) ? fan : undefined;
}
