/** Elements of a small tensor, repeated to a larger shape. */
import { type Data, gather } from './data.js';

export function broadcastData(data: Data, from: readonly number[], to: readonly number[]): Data {
  if (from.length === to.length && from.every((size, i) => size === to[i])) return data;
  return gather(data, { offset: 0, shape: to, strides: broadcastStrides(from, to) });
}

/** Repeated axes have stride 0. */
export function broadcastStrides(from: readonly number[], to: readonly number[]): readonly number[] {
  const strides = to.map(() => 0);
  let stride = 1;
  for (let axis = from.length - 1; axis >= 0; axis--) {
    const size = from[axis]!;
    if (size !== 1) strides[axis + to.length - from.length] = stride;
    stride *= size;
  }
  return strides;
}
