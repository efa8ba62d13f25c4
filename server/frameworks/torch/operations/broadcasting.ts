/** Elements of a small tensor, repeated to a larger shape. */
import { gather, MOST_ELEMENTS } from './data.js';
import type { Data } from './elements.js';

/** Undefined where the result is too large to be computed. */
export function broadcastData(data: Data, from: readonly number[], to: readonly number[]): Data | undefined {
  return to.reduce((a, b) => a * b, 1) > MOST_ELEMENTS ? undefined : broadcastTo(data, from, to);
}

/** The same, for who knows that it is not too large. */
export function broadcastTo(data: Data, from: readonly number[], to: readonly number[]): Data {
  if (from.length === to.length && from.every((size, i) => size === to[i])) return data;
  return gather(data, { offset: 0, shape: to, strides: broadcastStrides(from, to) });
}

/** Repeated axes have stride 0. */
function broadcastStrides(from: readonly number[], to: readonly number[]): readonly number[] {
  const strides = to.map(() => 0);
  let stride = 1;
  for (let axis = from.length - 1; axis >= 0; axis--) {
    const size = from[axis]!;
    if (size !== 1) strides[axis + to.length - from.length] = stride;
    stride *= size;
  }
  return strides;
}
