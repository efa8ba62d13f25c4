/** Maxima and means over windows, and over whole axes. */
import type { PoolStep } from './program.js';
import { atOnce, type Run } from './rule.js';
import { countOf, stridesOf } from './tensor.js';

export const pool = atOnce<PoolStep>({
  forward(operation, run) {
    const [input] = run.inputs;
    const data = new Float32Array(countOf(run.shape));
    eachWindow(operation, run, (at, places) => {
      data[at] =
        operation.over === 'max'
          ? input!.data[largestOf(input!.data, places)]!
          : meanOf(input!.data, places, operation);
    });
    return { data };
  },
  backward(operation, back) {
    const [input] = back.inputs;
    const result = new Float32Array(input!.data.length);
    eachWindow(operation, back, (at, places) => {
      const gradient = back.gradient[at]!;
      if (operation.over === 'max') result[largestOf(input!.data, places)]! += gradient;
      else
        for (let i = 0; i < places.count; i++) result[places.at[i]!]! += gradient / (operation.divisor ?? places.count);
    });
    return [result];
  },
});

/** Where the values of one window lie. */
interface Places {
  readonly at: Int32Array;
  count: number;
}

function eachWindow(
  { windows }: PoolStep,
  { inputs: [input], shape }: Run,
  visit: (at: number, places: Places) => void,
): void {
  const strides = stridesOf(input!.shape);
  const places = { at: new Int32Array(largestCount(windows)), count: 0 };
  const index = shape.map(() => 0);
  for (let at = 0; at < countOf(shape); at++) {
    gather(windows, index, strides, places);
    visit(at, places);
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis]! === shape[axis]; axis--) index[axis] = 0;
  }
}

function gather(
  windows: PoolStep['windows'],
  index: readonly number[],
  strides: readonly number[],
  places: Places,
): void {
  places.at[0] = 0;
  places.count = 1;
  for (let axis = 0; axis < strides.length; axis++) {
    const [start, end] = windows[axis]?.[index[axis]!] ?? [index[axis]!, index[axis]! + 1];
    const { count } = places;
    for (let step = end - start - 1; step >= 0; step--) {
      for (let i = 0; i < count; i++) places.at[step * count + i] = places.at[i]! + (start + step) * strides[axis]!;
    }
    places.count = count * (end - start);
  }
}

const largestCount = (windows: PoolStep['windows']): number =>
  countOf(windows.map(it => Math.max(1, ...(it ?? []).map(([start, end]) => end - start))));

function largestOf(data: Float32Array, { at, count }: Places): number {
  let best = at[0]!;
  for (let i = 1; i < count; i++) if (data[at[i]!]! > data[best]!) best = at[i]!;
  return best;
}

function meanOf(data: Float32Array, { at, count }: Places, { divisor = count }: PoolStep): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += data[at[i]!]!;
  return sum / divisor;
}
