/**
 * A graphics processor as a backend. It draws with Philox, keyed by the generator's next two words: the same
 * distribution as torch's, not the same values.
 */
import type { Backend, Watch, WeightRequest } from '../../backend.js';
import { drawOfSpec, rangeOfSpec } from '../../draw-of-spec.js';
import { erf } from '../../erf.js';
import { binsPerUnit, type Measured, Statistics } from '../../statistics.js';
import { isStreamed, type StreamedDraw } from '../blocks.js';
import { centerOf } from '../wasm/calls.js';
import type { OpenedGpu } from './device.js';
import { type Dispatch, GpuProgram, type MeasuredDispatch, MOST_MEASURED, MOST_STORED } from './program.js';
import { PARTIAL } from './shader.js';

/** About a tenth of a second of a small graphics card; larger layers are sampled, which the processor does. */
const MOST_AT_A_GLANCE = 2 ** 28;

/** Thrown for what the device has no program for; another backend takes over. */
export class NotOnGpu extends Error {
  constructor() {
    super('the graphics processor draws uniform, normal and truncated normal float32 numbers only');
  }
}

/** Rejects where the device cannot run the shader. */
export async function webgpuBackend({ device, name }: OpenedGpu): Promise<Backend> {
  const program = await GpuProgram.create(device);
  const pace = new Pace();
  return {
    name: 'webgpu',
    draw: request => drawOn(program, request),
    summarize: async (request, watch = async () => {}) => {
      const statistics = await measureOn(program, request, pace, watch);
      return { ...statistics.summary(), isExact: false, device: `GPU, ${name}` };
    },
  };
}

/** How many values a dispatch measures: as many as the device takes about so long for, to be stopped and to tell of progress. */
class Pace {
  static readonly #MILLISECONDS = 40;
  #count = 2 ** 22;

  get count(): number {
    return this.#count;
  }

  took(count: number, milliseconds: number): void {
    const next = 2 ** Math.floor(Math.log2((count / Math.max(1, milliseconds)) * Pace.#MILLISECONDS));
    if (count === this.#count || next < this.#count) this.#count = Math.min(MOST_MEASURED, Math.max(2 ** 20, next));
  }
}

function drawingOf({ spec, shape, dtype, fans, effort }: WeightRequest): StreamedDraw {
  const drawing = drawOfSpec(spec, shape, dtype, fans);
  if (drawing === undefined || dtype !== 'float32' || !isStreamed(drawing)) throw new NotOnGpu();
  if (effort !== 'whole' && drawing.count > MOST_AT_A_GLANCE) throw new NotOnGpu();
  return drawing;
}

async function drawOn(program: GpuProgram, request: WeightRequest): Promise<Float32Array> {
  const drawing = drawingOf(request);
  const dispatch = dispatchOf(drawing, request, new Statistics(0, 1));
  const values = new Float32Array(drawing.count);
  for (let done = 0; done < drawing.count; done += MOST_STORED) {
    const count = Math.min(MOST_STORED, drawing.count - done);
    const bits = await program.store('values', { ...dispatch, count, counter: done / 4 });
    values.set(new Float32Array(bits.buffer), done);
  }
  request.generator.skip(KEY_WORDS);
  return values;
}

async function measureOn(program: GpuProgram, request: WeightRequest, pace: Pace, watch: Watch): Promise<Statistics> {
  const drawing = drawingOf(request);
  const { low, high } = rangeOfSpec(request.spec, request.shape, request.fans);
  const statistics = new Statistics(low, high);
  const dispatch = dispatchOf(drawing, request, statistics);
  const rest = drawing.count % 4;
  const whole = drawing.count - rest;
  for (let done = 0; done < whole; ) {
    const count = Math.min(pace.count, whole - done);
    const start = Date.now();
    const found = await program.measure({ ...dispatch, count, counter: done / 4 });
    pace.took(count, Date.now() - start);
    statistics.addMeasured(measuredOf(found, dispatch, count));
    done += count;
    await watch(done / drawing.count);
  }
  if (rest > 0) {
    const bits = await program.store('values', { ...dispatch, count: rest, counter: whole / 4 });
    statistics.add(new Float32Array(bits.buffer));
  }
  request.generator.skip(KEY_WORDS);
  return statistics;
}

/** What a request takes from its generator, once it is done: where the device fails, the next one begins where it did. */
const KEY_WORDS = 2;

function dispatchOf(drawing: StreamedDraw, { generator }: WeightRequest, { range }: Statistics): Dispatch {
  const ahead = generator.clone();
  const { origin, unit } = centerOf(drawing);
  const perScale = Math.fround(1 / unit);
  return {
    count: 0,
    counter: 0,
    key: [ahead.word(), ahead.word()],
    distribution: drawing.kind,
    ...placeOf(drawing),
    lowest: range.low,
    perUnit: binsPerUnit(range),
    bins: range.bins,
    perScale,
    center: Math.fround(-origin * perScale),
  };
}

type Place = Pick<Dispatch, 'shift' | 'scale' | 'first' | 'span' | 'low' | 'high'>;

function placeOf(drawing: StreamedDraw): Place {
  const uncut = { first: 0, span: 0, low: 0, high: 0 };
  switch (drawing.kind) {
    case 'uniform':
      return { ...uncut, shift: drawing.low, scale: drawing.high - drawing.low };
    case 'normal':
      return { ...uncut, shift: drawing.mean, scale: drawing.std };
    case 'truncated_normal': {
      const { mean, std, low, high } = drawing;
      const [first, last] = [low, high].map(it => erf((it - mean) / std / Math.SQRT2)) as [number, number];
      return { first, span: last - first, low, high, shift: mean, scale: std * Math.SQRT2 };
    }
  }
}

/** Workgroups' sums are added in float64. */
function measuredOf({ partials, counts }: MeasuredDispatch, { perScale, center }: Dispatch, count: number): Measured {
  const sums: [number, number, number, number] = [0, 0, 0, 0];
  let min = Infinity;
  let max = -Infinity;
  let zeros = 0;
  for (let at = 0; at < partials.length; at += PARTIAL) {
    for (let power = 0; power < 4; power++) sums[power]! += partials[at + power]!;
    min = Math.min(min, partials[at + 4]!);
    max = Math.max(max, partials[at + 5]!);
    zeros += partials[at + 6]!;
  }
  return { count, origin: -center / perScale, unit: 1 / perScale, sums, min, max, zeros, counts };
}
