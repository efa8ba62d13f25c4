/** What the taps of a convolution see of an image, as a matrix: sizes, chunks of images, and the copying. */
import type { ConvolutionStep } from './program.js';
import { countOf } from './tensor.js';

/** Sizes of one group of one image. */
export interface Layout {
  readonly images: number;
  readonly groups: number;
  /** Of a group. */
  readonly channels: number;
  readonly outputs: number;
  readonly space: readonly number[];
  readonly places: readonly number[];
  readonly kernel: readonly number[];
}

/** Of images and the maps that a kernel makes of them; undefined where the sizes do not fit together. */
export function layoutOf(
  { stride, groups }: ConvolutionStep,
  image: readonly number[],
  weight: readonly number[],
  maps: readonly number[],
): Layout | undefined {
  const rank = stride.length;
  if (image.length !== rank + 2 || weight.length !== rank + 2) return undefined;
  const [images, all] = image as [number, number];
  const [outputs, channels, ...kernel] = weight as [number, number, ...number[]];
  if (channels * groups !== all || outputs % groups !== 0 || maps[1] !== outputs) return undefined;
  return { images, groups, channels, outputs: outputs / groups, space: image.slice(2), places: maps.slice(2), kernel };
}

export const termsOf = ({ channels, kernel }: Layout): number => channels * countOf(kernel);

/** Neighbouring images of one group, whose patches stand side by side. */
export interface Chunk {
  readonly group: number;
  readonly first: number;
  readonly end: number;
  readonly columns: number;
}

/** Small maps come several at once, so that kernels are not packed anew for each. */
const WIDEST = 512;

export function* chunksOf({ images, groups, places }: Layout): Generator<Chunk> {
  const area = countOf(places);
  const most = Math.max(1, Math.floor(WIDEST / area));
  for (let first = 0; first < images; first += most) {
    const end = Math.min(images, first + most);
    for (let group = 0; group < groups; group++) yield { group, first, end, columns: (end - first) * area };
  }
}

/** Where each map of the result lies in the tensor, and where in the chunk. */
export function eachMap(
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

/** Copies what each tap sees to its row of the patches, or adds the rows' gradients to where they were seen. */
export function movePatches(
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
