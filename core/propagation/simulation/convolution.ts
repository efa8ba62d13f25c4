/** Convolutions as products: the patches of an image side by side, times the kernels. */
import { addProduct } from './product.js';
import type { ConvolutionStep } from './program.js';
import type { Rule } from './rule.js';
import { countOf, type Tensor } from './tensor.js';

/** Sizes of one group of one image. */
interface Layout {
  readonly images: number;
  readonly groups: number;
  /** Of a group. */
  readonly channels: number;
  readonly outputs: number;
  readonly space: readonly number[];
  readonly places: readonly number[];
  readonly kernel: readonly number[];
}

/** Inputs: (images, channels, …space), the weight, and a bias where there is one. */
export const convolution: Rule<ConvolutionStep> = {
  *forward(operation, run) {
    const { inputs, shape, multiplier } = run;
    const [input, weight, bias] = inputs;
    const layout = layoutOf(operation, input!, weight!, shape);
    if (layout === undefined) return undefined;
    const { outputs } = layout;
    const terms = termsOf(layout);
    const data = new Float32Array(countOf(shape));
    for (const chunk of chunksOf(layout)) {
      const { group, columns } = chunk;
      const patches = new Float32Array(terms * columns);
      movePatches(operation, layout, chunk, input!.data, patches, 'gather');
      const kernels = { data: weight!.data, offset: group * outputs * terms, down: terms, across: 1 };
      const sums = new Float32Array(outputs * columns);
      const sizes = { rows: outputs, terms, columns };
      const right = { data: patches, down: columns, across: 1 };
      yield* addProduct(multiplier, kernels, right, sizes, { data: sums, down: columns }, run.shortfall.forward);
      eachMap(layout, chunk, (at, from) => void data.set(sums.subarray(from, from + countOf(layout.places)), at));
      yield;
    }
    if (bias !== undefined) addBias(data, bias.data, countOf(layout.places));
    return { data };
  },
  *backward(operation, back) {
    const { inputs, shape, gradient, multiplier } = back;
    const [input, weight] = inputs;
    const layout = layoutOf(operation, input!, weight!, shape)!;
    const { outputs } = layout;
    const terms = termsOf(layout);
    const data = new Float32Array(input!.data.length);
    for (const chunk of chunksOf(layout)) {
      const { group, columns } = chunk;
      const arriving = new Float32Array(outputs * columns);
      eachMap(layout, chunk, (at, to) => void arriving.set(gradient.subarray(at, at + countOf(layout.places)), to));
      const kernels = { data: weight!.data, offset: group * outputs * terms, down: 1, across: terms };
      const patches = new Float32Array(terms * columns);
      const sizes = { rows: terms, terms: outputs, columns };
      const right = { data: arriving, down: columns, across: 1 };
      yield* addProduct(multiplier, kernels, right, sizes, { data: patches, down: columns }, back.shortfall.columns);
      movePatches(operation, layout, chunk, data, patches, 'scatter');
      yield;
    }
    return [data, undefined, undefined];
  },
};

function layoutOf(
  { stride, groups }: ConvolutionStep,
  input: Tensor,
  weight: Tensor,
  shape: readonly number[],
): Layout | undefined {
  const rank = stride.length;
  if (input.shape.length !== rank + 2 || weight.shape.length !== rank + 2) return undefined;
  const [images, all] = input.shape as [number, number];
  const [outputs, channels, ...kernel] = weight.shape as [number, number, ...number[]];
  if (channels * groups !== all || outputs % groups !== 0) return undefined;
  return {
    images,
    groups,
    channels,
    outputs: outputs / groups,
    space: input.shape.slice(2),
    places: shape.slice(2),
    kernel,
  };
}

const termsOf = ({ channels, kernel }: Layout): number => channels * countOf(kernel);

/** Neighbouring images of one group, whose patches stand side by side. */
interface Chunk {
  readonly group: number;
  readonly first: number;
  readonly end: number;
  readonly columns: number;
}

/** Small maps come several at once, so that kernels are not packed anew for each. */
const WIDEST = 512;

function* chunksOf({ images, groups, places }: Layout): Generator<Chunk> {
  const area = countOf(places);
  const most = Math.max(1, Math.floor(WIDEST / area));
  for (let first = 0; first < images; first += most) {
    const end = Math.min(images, first + most);
    for (let group = 0; group < groups; group++) yield { group, first, end, columns: (end - first) * area };
  }
}

/** Where each map of the result lies in the tensor, and where in the chunk. */
function eachMap(
  { groups, outputs, places }: Layout,
  { group, first, end, columns }: Chunk,
  visit: (at: number, from: number) => void,
): void {
  const area = countOf(places);
  for (let image = first; image < end; image++) {
    for (let output = 0; output < outputs; output++) {
      visit(((image * groups + group) * outputs + output) * area, output * columns + (image - first) * area);
    }
  }
}

function addBias(data: Float32Array, bias: Float32Array, places: number): void {
  for (let i = 0; i < data.length; i++) data[i]! += bias[Math.floor(i / places) % bias.length]!;
}

/** Copies what each tap sees to its row of the patches, or adds the rows' gradients to where they were seen. */
function movePatches(
  operation: ConvolutionStep,
  layout: Layout,
  { group, first, end, columns }: Chunk,
  image: Float32Array,
  patches: Float32Array,
  direction: 'gather' | 'scatter',
): void {
  const { channels, groups, kernel, space, places } = layout;
  const [area, taps, width, step] = [countOf(space), countOf(kernel), places.at(-1)!, operation.stride.at(-1)!];
  const lines = countOf(places) / width;
  const starts = startsOf(operation, layout, lines, taps);
  const inside = Array.from({ length: kernel.at(-1)! }, (_, tap) => insideAlongLast(operation, layout, tap));
  for (let at = first; at < end; at++) {
    for (let channel = 0; channel < channels; channel++) {
      const map = ((at * groups + group) * channels + channel) * area;
      for (let tap = 0; tap < taps; tap++) {
        const { first: left, end: right } = inside[tap % inside.length]!;
        const row = (channel * taps + tap) * columns + (at - first) * lines * width + left;
        for (let line = 0; line < lines; line++) {
          const start = starts[tap * lines + line]!;
          if (start === OUTSIDE) continue;
          const place = map + start + left * step;
          moveRun(image, place, step, patches, row + line * width, right - left, direction);
        }
      }
    }
  }
}

function moveRun(
  image: Float32Array,
  place: number,
  step: number,
  patches: Float32Array,
  at: number,
  count: number,
  direction: 'gather' | 'scatter',
): void {
  if (direction === 'gather') for (let i = 0; i < count; i++) patches[at + i] = image[place + i * step]!;
  else for (let i = 0; i < count; i++) image[place + i * step]! += patches[at + i]!;
}

/** No place lies so far before the first. */
const OUTSIDE = -(2 ** 31);

function startsOf(operation: ConvolutionStep, layout: Layout, lines: number, taps: number): Int32Array {
  const starts = new Int32Array(taps * lines);
  for (let tap = 0; tap < taps; tap++) {
    for (let line = 0; line < lines; line++) {
      starts[tap * lines + line] = startOf(operation, layout, line, tap) ?? OUTSIDE;
    }
  }
  return starts;
}

/** Which results along the last axis have this tap inside the image. */
function insideAlongLast({ stride, padding, dilation }: ConvolutionStep, { space, places }: Layout, tap: number) {
  const shift = tap * dilation.at(-1)! - padding.at(-1)!;
  const step = stride.at(-1)!;
  const width = places.at(-1)!;
  const first = Math.min(width, Math.max(0, Math.ceil(-shift / step)));
  const end = Math.min(width, Math.floor((space.at(-1)! - 1 - shift) / step) + 1);
  return { first, end: Math.max(first, end) };
}

/** Where in a channel the tap of a line's first result would lie; undefined where the whole line is padding. */
function startOf(
  { stride, padding, dilation }: ConvolutionStep,
  { space, places, kernel }: Layout,
  line: number,
  tap: number,
): number | undefined {
  let [left, taps, pitch, start] = [line, Math.floor(tap / kernel.at(-1)!), space.at(-1)!, 0];
  for (let axis = space.length - 2; axis >= 0; axis--) {
    const position = (left % places[axis]!) * stride[axis]! - padding[axis]! + (taps % kernel[axis]!) * dilation[axis]!;
    if (position < 0 || position >= space[axis]!) return undefined;
    start += position * pitch;
    pitch *= space[axis]!;
    left = Math.floor(left / places[axis]!);
    taps = Math.floor(taps / kernel[axis]!);
  }
  return start + (tap % kernel.at(-1)!) * dilation.at(-1)! - padding.at(-1)!;
}
