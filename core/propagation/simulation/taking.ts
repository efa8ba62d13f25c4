/** Steps that pick places along every axis: padding, rolling, flipping, lists of indices. */
import type { TakeStep } from './program.js';
import { atOnce } from './rule.js';
import { countOf, stridesOf } from './tensor.js';

export const take = atOnce<TakeStep>({
  forward({ places, filling = 0 }, { inputs: [input], shape }) {
    const from = takenFrom(places, input!.shape, shape);
    if (from === undefined) return undefined;
    const data = new Float32Array(from.length);
    for (let i = 0; i < data.length; i++) data[i] = from[i]! < 0 ? filling : input!.data[from[i]!]!;
    return { data };
  },
  backward({ places }, { inputs: [input], shape, gradient }) {
    const from = takenFrom(places, input!.shape, shape)!;
    const back = new Float32Array(input!.data.length);
    for (let i = 0; i < from.length; i++) if (from[i]! >= 0) back[from[i]!]! += gradient[i]!;
    return [back];
  },
});

/** Where each element of the result lies in the input; −1 for what is filled in. */
function takenFrom(
  places: TakeStep['places'],
  from: readonly number[],
  shape: readonly number[],
): Int32Array | undefined {
  const strides = stridesOf(from);
  let all = Int32Array.of(0);
  for (const [axis, stride] of strides.entries()) {
    const along = places[axis] ?? Array.from({ length: from[axis]! }, (_, i) => i);
    const next = new Int32Array(all.length * along.length);
    for (let i = 0, at = 0; i < all.length; i++) {
      for (const place of along) next[at++] = all[i]! < 0 || place < 0 ? -1 : all[i]! + place * stride;
    }
    all = next;
  }
  return all.length === countOf(shape) ? all : undefined;
}
