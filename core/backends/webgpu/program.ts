/** The shader on a device: its pipelines and buffers, one dispatch at a time. */
import { COMPUTE_STAGE, type GpuBuffer, type GpuDevice, MAP_READ, usage } from './device.js';
import { FOURS, MOST_BINS, PARTIAL, shader, WORKGROUP } from './shader.js';

export interface Dispatch {
  readonly count: number;
  /** Of the first four values. */
  readonly counter: number;
  readonly key: readonly [number, number];
  readonly distribution: 'uniform' | 'normal' | 'truncated_normal';
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
  readonly origin: number;
  readonly perScale: number;
}

export interface MeasuredDispatch {
  /** Eight numbers of every workgroup. */
  readonly partials: Float32Array;
  readonly counts: Uint32Array;
}

/** Values of one workgroup in `measure`, and of one dispatch of each kind. */
const PER_GROUP = 4 * FOURS * WORKGROUP;
export const MOST_MEASURED = 4096 * PER_GROUP;
export const MOST_STORED = 2 ** 20;

const PARAMETERS = 80;
const DISTRIBUTIONS = ['uniform', 'normal', 'truncated_normal'];
const OUTPUT = 4 * MOST_STORED;
const PARTIALS = (4 * PARTIAL * MOST_MEASURED) / PER_GROUP;
const COUNTS = 4 * MOST_BINS;

type Entry = 'words' | 'values' | 'measure';

export class GpuProgram {
  private constructor(
    private readonly device: GpuDevice,
    private readonly pipelines: Readonly<Record<Entry, unknown>>,
    private readonly group: unknown,
    private readonly buffers: Buffers,
  ) {}

  static async create(device: GpuDevice): Promise<GpuProgram> {
    const module = device.createShaderModule({ code: shader });
    const types = ['uniform', 'storage', 'storage', 'storage'];
    const entries = types.map((type, binding) => ({ binding, visibility: COMPUTE_STAGE, buffer: { type } }));
    const bindings = device.createBindGroupLayout({ entries });
    const layout = device.createPipelineLayout({ bindGroupLayouts: [bindings] });
    const pipeline = (entryPoint: Entry) => {
      return device.createComputePipelineAsync({ layout, compute: { module, entryPoint } });
    };
    const [words, values, measure] = await Promise.all([pipeline('words'), pipeline('values'), pipeline('measure')]);
    const buffers = buffersOn(device);
    const bound = [buffers.parameters, buffers.output, buffers.partials, buffers.counts];
    const resources = bound.map((buffer, binding) => ({ binding, resource: { buffer } }));
    const group = device.createBindGroup({ layout: bindings, entries: resources });
    return new GpuProgram(device, { words, values, measure }, group, buffers);
  }

  /** Words of Philox, or the bits of float32 values. */
  async store(entry: 'words' | 'values', dispatch: Dispatch): Promise<Uint32Array> {
    const size = 4 * dispatch.count;
    const whole = 16 * Math.ceil(dispatch.count / 4);
    this.#run(entry, dispatch, Math.ceil(dispatch.count / 4 / WORKGROUP), [[this.buffers.output, whole]]);
    return new Uint32Array((await this.#read(whole)).slice(0, size));
  }

  async measure(dispatch: Dispatch): Promise<MeasuredDispatch> {
    const groups = Math.ceil(dispatch.count / PER_GROUP);
    const size = 4 * PARTIAL * groups;
    this.#run('measure', dispatch, groups, [
      [this.buffers.partials, size],
      [this.buffers.counts, COUNTS],
    ]);
    const bytes = await this.#read(size + COUNTS);
    return { partials: new Float32Array(bytes, 0, size / 4), counts: new Uint32Array(bytes, size, MOST_BINS) };
  }

  /** Results are copied one behind the other into the buffer that can be read. */
  #run(entry: Entry, dispatch: Dispatch, groups: number, results: readonly (readonly [GpuBuffer, number])[]): void {
    const { parameters, counts, readable } = this.buffers;
    this.device.queue.writeBuffer(parameters, 0, bytesOf(dispatch));
    const encoder = this.device.createCommandEncoder();
    encoder.clearBuffer(counts);
    const pass = encoder.beginComputePass();
    pass.setPipeline(this.pipelines[entry]);
    pass.setBindGroup(0, this.group);
    pass.dispatchWorkgroups(groups);
    pass.end();
    let at = 0;
    for (const [buffer, size] of results) {
      encoder.copyBufferToBuffer(buffer, 0, readable, at, size);
      at += size;
    }
    this.device.queue.submit([encoder.finish()]);
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
function bytesOf(dispatch: Dispatch): ArrayBuffer {
  const bytes = new ArrayBuffer(PARAMETERS);
  const { count, counter, distribution, key, bins } = dispatch;
  const which = DISTRIBUTIONS.indexOf(distribution);
  new Uint32Array(bytes).set([count, counter % 2 ** 32, Math.floor(counter / 2 ** 32), which, ...key, bins]);
  const { shift, scale, lowest, perUnit, origin, perScale, first, span, low, high } = dispatch;
  new Float32Array(bytes, 32).set([shift, scale, lowest, perUnit, origin, perScale, first, span, low, high]);
  return bytes;
}
