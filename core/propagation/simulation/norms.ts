/** Norms and softmax: steps in which all numbers along some axes meet. */
import type { StepOperation } from './program.js';
import { atOnce } from './rule.js';
import { countOf, placesOf, stridesOf } from './tensor.js';

type Of<Kind extends StepOperation['kind']> = Extract<StepOperation, { kind: Kind }>;

/** Each start with the same offsets from it: the elements that meet. */
interface Groups {
  readonly starts: Int32Array;
  readonly offsets: Int32Array;
}

function groupsOf(shape: readonly number[], axes: readonly number[]): Groups {
  const strides = stridesOf(shape);
  const rest = [...shape.keys()].filter(axis => !axes.includes(axis));
  const along = (some: readonly number[]) =>
    placesOf(
      some.map(axis => shape[axis]!),
      some.map(axis => strides[axis]!),
    );
  return { starts: along(rest), offsets: along(axes) };
}

/** Keeps 1/σ of every group. */
export const norm = atOnce<Of<'norm'>>({
  forward({ axes, over, eps }, { inputs: [input], shape }) {
    const { starts, offsets } = groupsOf(shape, axes);
    const data = new Float32Array(countOf(shape));
    const kept = new Float64Array(starts.length);
    for (let group = 0; group < starts.length; group++) {
      const start = starts[group]!;
      const mean = over === 'variance' ? meanAt(input!.data, start, offsets) : 0;
      const rate = 1 / Math.sqrt(meanSquareAt(input!.data, start, offsets, mean) + eps);
      for (let i = 0; i < offsets.length; i++) {
        const at = start + offsets[i]!;
        data[at] = (input!.data[at]! - mean) * rate;
      }
      kept[group] = rate;
    }
    return { data, kept };
  },
  /** What goes with the mean and with the output itself changes nothing, and is taken out. */
  backward({ axes, over }, { output: { data }, shape, gradient, kept }) {
    const { starts, offsets } = groupsOf(shape, axes);
    const rates = kept as Float64Array;
    const back = new Float32Array(data.length);
    for (let group = 0; group < starts.length; group++) {
      const start = starts[group]!;
      const mean = over === 'variance' ? meanAt(gradient, start, offsets) : 0;
      const along = meanProductAt(gradient, data, start, offsets);
      for (let i = 0; i < offsets.length; i++) {
        const at = start + offsets[i]!;
        back[at] = (gradient[at]! - mean - along * data[at]!) * rates[group]!;
      }
    }
    return [back];
  },
});

function meanAt(data: Float32Array, start: number, offsets: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < offsets.length; i++) sum += data[start + offsets[i]!]!;
  return sum / offsets.length;
}

function meanSquareAt(data: Float32Array, start: number, offsets: Int32Array, center: number): number {
  let sum = 0;
  for (let i = 0; i < offsets.length; i++) {
    const deviation = data[start + offsets[i]!]! - center;
    sum += deviation * deviation;
  }
  return sum / offsets.length;
}

function meanProductAt(a: Float32Array, b: Float32Array, start: number, offsets: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < offsets.length; i++) {
    const at = start + offsets[i]!;
    sum += a[at]! * b[at]!;
  }
  return sum / offsets.length;
}

export const softmax = atOnce<Of<'softmax'>>({
  forward({ axis }, { inputs: [input], shape }) {
    const { starts, offsets } = groupsOf(shape, [axis]);
    const data = new Float32Array(countOf(shape));
    for (const start of starts) {
      let top = Number.NEGATIVE_INFINITY;
      for (const offset of offsets) top = Math.max(top, input!.data[start + offset]!);
      let sum = 0;
      for (const offset of offsets) sum += data[start + offset] = Math.exp(input!.data[start + offset]! - top);
      for (const offset of offsets) data[start + offset]! /= sum;
    }
    return { data };
  },
  backward({ axis }, { output: { data }, shape, gradient }) {
    const { starts, offsets } = groupsOf(shape, [axis]);
    const back = new Float32Array(data.length);
    for (const start of starts) {
      const along = offsets.length * meanProductAt(gradient, data, start, offsets);
      for (const offset of offsets) {
        const at = start + offset;
        back[at] = (gradient[at]! - along) * data[at]!;
      }
    }
    return [back];
  },
});
