/** The shader on a device: its pipelines and buffers, one dispatch at a time. */
import { ROUNDS, roundKeys } from '../../random/philox.js';
import { COMPUTE_STAGE, type GpuBuffer, type GpuDevice, MAP_READ, usage } from './device.js';
import { MOST_BINS, PARTIAL, shader, WORKGROUP } from './shader.js';

export interface Dispatch {
  readonly count: number;
  /** Of the first four values. */
  readonly counter: number;
  readonly key: readonly [number, number];
  readonly distribution: Distribution;
  readonly shift: number;
  readonly scale: number;
  /** Of a truncated normal: where uniform numbers begin and how far they reach in the error function's range. */
  readonly first: number;
  readonly span: number;
  /** Of a truncated normal: where it is cut. */
  readonly low: number;
  readonly high: number;
  readonly lowest: number;
  readonly perUnit: number;
  readonly bins: number;
  /** Powers are summed of value · perScale + center. */
  readonly perScale: number;
  readonly center: number;
}

/** With the fours that an invocation makes, where that is the device's to choose. */
type Dispatched = Dispatch & { readonly fours?: number };
type Result = readonly [buffer: GpuBuffer, size: number];

export interface MeasuredDispatch {
  /** Eight numbers of every workgroup. */
  readonly partials: Float32Array;
  readonly counts: Uint32Array;
}

/** Values of one dispatch of each kind; a bin counts all of them. */
export const MOST_MEASURED = 2 ** 31;
export const MOST_STORED = 2 ** 20;
/** Where there are enough values, an invocation makes so many fours at least, and there are so many workgroups at most. */
const FEWEST_FOURS = 16;
const MOST_GROUPS = 4096;

const PARAMETERS = 64 + 8 * ROUNDS;
const DISTRIBUTIONS = ['uniform', 'normal', 'truncated_normal'] as const;
const OUTPUT = 4 * MOST_STORED;
const PARTIALS = 4 * PARTIAL * MOST_GROUPS;
const COUNTS = 4 * MOST_BINS;

type Entry = 'words' | 'values' | 'measure';
type Distribution = (typeof DISTRIBUTIONS)[number];

export class GpuProgram {
  readonly #pipelines = new Map<string, Promise<unknown>>();
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly device: GpuDevice,
    private readonly module: unknown,
    private readonly layout: unknown,
    private readonly group: unknown,
    private readonly buffers: Buffers,
  ) {}

  /** Rejects where the device cannot run the shader. */
  static async create(device: GpuDevice): Promise<GpuProgram> {
    const module = device.createShaderModule({ code: shader });
    const types = ['uniform', 'storage', 'storage', 'storage'];
    const entries = types.map((type, binding) => ({ binding, visibility: COMPUTE_STAGE, buffer: { type } }));
    const bindings = device.createBindGroupLayout({ entries });
    const layout = device.createPipelineLayout({ bindGroupLayouts: [bindings] });
    const buffers = buffersOn(device);
    const bound = [buffers.parameters, buffers.output, buffers.partials, buffers.counts];
    const resources = bound.map((buffer, binding) => ({ binding, resource: { buffer } }));
    const group = device.createBindGroup({ layout: bindings, entries: resources });
    const program = new GpuProgram(device, module, layout, group, buffers);
    await program.#pipeline('measure', 'normal');
    return program;
  }

  /** Words of Philox, or the bits of float32 values. */
  async store(entry: 'words' | 'values', dispatch: Dispatch): Promise<Uint32Array> {
    const size = 4 * dispatch.count;
    const whole = 16 * Math.ceil(dispatch.count / 4);
    const groups = Math.ceil(dispatch.count / 4 / WORKGROUP);
    const bytes = await this.#inTurn(() => this.#run(entry, dispatch, groups, [[this.buffers.output, whole]]));
    return new Uint32Array(bytes.slice(0, size));
  }

  /** Of a multiple of four values. */
  async measure(dispatch: Dispatch): Promise<MeasuredDispatch> {
    const perFour = 4 * WORKGROUP;
    const fours = Math.max(FEWEST_FOURS, Math.ceil(dispatch.count / perFour / MOST_GROUPS));
    const groups = Math.ceil(dispatch.count / perFour / fours);
    const size = 4 * PARTIAL * groups;
    const results: Result[] = [
      [this.buffers.partials, size],
      [this.buffers.counts, COUNTS],
    ];
    const bytes = await this.#inTurn(() => this.#run('measure', { ...dispatch, fours }, groups, results));
    return { partials: new Float32Array(bytes, 0, size / 4), counts: new Uint32Array(bytes, size, MOST_BINS) };
  }

  /** Each distribution has a pipeline of its own, compiled when it is first drawn. */
  #pipeline(entryPoint: Entry, distribution: Distribution): Promise<unknown> {
    const name = `${entryPoint} ${distribution}`;
    let pipeline = this.#pipelines.get(name);
    if (pipeline === undefined) {
      const constants = entryPoint === 'words' ? {} : { distribution: DISTRIBUTIONS.indexOf(distribution) };
      const compute = { module: this.module, entryPoint, constants };
      pipeline = this.device.createComputePipelineAsync({ layout: this.layout, compute });
      this.#pipelines.set(name, pipeline);
    }
    return pipeline;
  }

  /** Buffers serve one dispatch at a time. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn;
    return turn;
  }

  /** Results are copied one behind the other into the buffer that can be read. */
  async #run(entry: Entry, dispatch: Dispatched, groups: number, results: readonly Result[]): Promise<ArrayBuffer> {
    const { parameters, counts, readable } = this.buffers;
    const pipeline = await this.#pipeline(entry, dispatch.distribution);
    this.device.queue.writeBuffer(parameters, 0, bytesOf(dispatch));
    const encoder = this.device.createCommandEncoder();
    encoder.clearBuffer(counts);
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, this.group);
    pass.dispatchWorkgroups(groups);
    pass.end();
    let at = 0;
    for (const [buffer, size] of results) {
      encoder.copyBufferToBuffer(buffer, 0, readable, at, size);
      at += size;
    }
    this.device.queue.submit([encoder.finish()]);
    return this.#read(at);
  }

  async #read(size: number): Promise<ArrayBuffer> {
    const { readable } = this.buffers;
    await readable.mapAsync(MAP_READ, 0, size);
    const bytes = readable.getMappedRange(0, size).slice(0);
    readable.unmap();
    return bytes;
  }
}

type Buffers = ReturnType<typeof buffersOn>;

function buffersOn(device: GpuDevice) {
  const storage = usage.storage | usage.copySource | usage.copyTarget;
  return {
    parameters: device.createBuffer({ size: PARAMETERS, usage: usage.uniform | usage.copyTarget }),
    output: device.createBuffer({ size: OUTPUT, usage: storage }),
    partials: device.createBuffer({ size: PARTIALS, usage: storage }),
    counts: device.createBuffer({ size: COUNTS, usage: storage }),
    readable: device.createBuffer({ size: OUTPUT, usage: usage.mapRead | usage.copyTarget }),
  };
}

/** As `Parameters` of the shader lies in memory. */
function bytesOf(dispatch: Dispatched): ArrayBuffer {
  const bytes = new ArrayBuffer(PARAMETERS);
  const { count, fours = 0, counter, key, bins } = dispatch;
  const words = new Uint32Array(bytes);
  words.set([count, fours, counter % 2 ** 32, Math.floor(counter / 2 ** 32)]);
  const { shift, scale, lowest, perUnit, center, perScale, first, span, low, high } = dispatch;
  new Float32Array(bytes).set([shift, scale, lowest, perUnit, center, perScale, first, span, low, high], 4);
  words[14] = bins;
  words.set(roundKeys(key), 16);
  return bytes;
}
