/** Convolutions as products: the patches of an image side by side, times the kernels. Transposed ones go the other way. */
import type { Multiplier } from '../../backends/multiplier.js';
import { chunksOf, eachMap, type Layout, layoutOf, movePatches, termsOf } from './patches.js';
import { addProduct, type Steps } from './product.js';
import type { ConvolutionStep } from './program.js';
import type { Rule } from './rule.js';
import { countOf } from './tensor.js';

/** Inputs: (images, channels, …space), the weight, and a bias where there is one. */
export const convolution: Rule<ConvolutionStep> = {
  *forward(operation, run) {
    const { inputs, shape } = run;
    const [input, weight, bias] = inputs;
    const { isTransposed } = operation;
    const layout = isTransposed
      ? layoutOf(operation, shape, weight!.shape, input!.shape)
      : layoutOf(operation, input!.shape, weight!.shape, shape);
    if (layout === undefined) return undefined;
    const work = { operation, layout, weight: weight!.data, multiplier: run.multiplier };
    const factor = run.shortfall.forward;
    const data = yield* isTransposed ? spread(work, input!.data, factor) : summed(work, input!.data, factor);
    if (bias !== undefined) addBias(data, bias.data, countOf(shape.slice(2)));
    return { data };
  },
  *backward(operation, back) {
    const { inputs, shape, gradient } = back;
    const [input, weight] = inputs;
    const { isTransposed } = operation;
    const layout = isTransposed
      ? layoutOf(operation, shape, weight!.shape, input!.shape)!
      : layoutOf(operation, input!.shape, weight!.shape, shape)!;
    const work = { operation, layout, weight: weight!.data, multiplier: back.multiplier };
    const factor = back.shortfall.columns;
    const data = yield* isTransposed ? summed(work, gradient, factor) : spread(work, gradient, factor);
    return [data, undefined, undefined];
  },
};

interface Work {
  readonly operation: ConvolutionStep;
  readonly layout: Layout;
  readonly weight: Float32Array;
  readonly multiplier: Multiplier;
}

/** From an image to the maps of the kernels. */
function* summed({ operation, layout, weight, multiplier }: Work, image: Float32Array, factor: number) {
  const { images, groups, outputs, places } = layout;
  const [terms, area] = [termsOf(layout), countOf(places)];
  const data = new Float32Array(images * groups * outputs * area);
  for (const chunk of chunksOf(layout)) {
    const { group, columns } = chunk;
    const patches = new Float32Array(terms * columns);
    movePatches(operation, layout, chunk, image, patches, 'gather');
    const kernels = { data: weight, offset: group * outputs * terms, down: terms, across: 1 };
    const sums = new Float32Array(outputs * columns);
    const right = { data: patches, down: columns, across: 1 };
    yield* addProduct(
      multiplier,
      kernels,
      right,
      { rows: outputs, terms, columns },
      { data: sums, down: columns },
      factor,
    );
    eachMap(layout, chunk, (at, from) => void data.set(sums.subarray(from, from + area), at));
    yield;
  }
  return data;
}

/** From maps back to where their kernels looked. */
function* spread(
  { operation, layout, weight, multiplier }: Work,
  maps: Float32Array,
  factor: number,
): Steps<Float32Array> {
  const { images, groups, channels, outputs, space, places } = layout;
  const [terms, area] = [termsOf(layout), countOf(places)];
  const data = new Float32Array(images * groups * channels * countOf(space));
  for (const chunk of chunksOf(layout)) {
    const { group, columns } = chunk;
    const arriving = new Float32Array(outputs * columns);
    eachMap(layout, chunk, (at, to) => void arriving.set(maps.subarray(at, at + area), to));
    const kernels = { data: weight, offset: group * outputs * terms, down: 1, across: terms };
    const patches = new Float32Array(terms * columns);
    const right = { data: arriving, down: columns, across: 1 };
    const sizes = { rows: terms, terms: outputs, columns };
    yield* addProduct(multiplier, kernels, right, sizes, { data: patches, down: columns }, factor);
    movePatches(operation, layout, chunk, data, patches, 'scatter');
    yield;
  }
  return data;
}

function addBias(data: Float32Array, bias: Float32Array, places: number): void {
  for (let i = 0; i < data.length; i++) data[i]! += bias[Math.floor(i / places) % bias.length]!;
}
