/** The processor as a backend: whatever a sampler draws, and the weights that nothing draws. */
import type { Backend, SampleReason, Watch, WeightRequest, WeightSummary } from '../backend.js';
import { drawOfSpec, rangeOfSpec } from '../draw-of-spec.js';
import { countOf, type DrawRequest, isExact, type Mt19937, thinOut, type Values } from '../random/index.js';
import { Statistics } from '../statistics.js';
import { blockSizes, isStreamed, type StreamedDraw } from './blocks.js';
import { fixedRuns, fixedValues } from './fixed.js';
import type { Sampler } from './sampler.js';
import type { WorkerPool } from './workers/pool.js';
import { stretchesOf } from './workers/task.js';

/** The pool takes its part of large draws as soon as it is up; until then, and where it fails, all is done on the spot. */
export function processorBackend(sampler: Sampler, pool?: WorkerPool): Backend {
  const machine = { sampler, pool };
  return {
    name: sampler.name,
    draw: async request => drawWeights(sampler, request),
    summarize: (request, watch = async () => {}) => summarizeWeights(machine, request, watch),
  };
}

type SparseDraw = Extract<DrawRequest, { kind: 'sparse' }>;

interface Processor {
  readonly sampler: Sampler;
  readonly pool: WorkerPool | undefined;
}

function drawWeights(sampler: Sampler, request: WeightRequest): Values | undefined {
  const drawing = drawOfSpec(request.spec, request.shape, request.dtype, request.fans);
  if (drawing === undefined) return fixedValues(request.spec, request.shape, request.dtype);
  return sampler.draw(request.generator, drawing, request.build) as Values;
}

async function summarizeWeights(
  machine: Processor,
  request: WeightRequest,
  watch: Watch,
): Promise<WeightSummary | undefined> {
  const { low, high } = rangeOfSpec(request.spec, request.shape, request.fans);
  const statistics = new Statistics(low, high);
  const drawing = drawOfSpec(request.spec, request.shape, request.dtype, request.fans);
  if (drawing === undefined) return summarizeFixed(statistics, request, deviceOf(machine, 1));
  const sampled = reasonToSample(drawing, request, machine.sampler.glance);
  if (sampled === undefined) {
    const threads = await addDraw(machine, statistics, drawing, request, watch);
    const device = deviceOf(machine, threads);
    return { ...statistics.summary(), isExact: isExact(drawing, request.build), device };
  }
  const sample = sampleOf(drawing, machine.sampler.glance);
  const threads = await addDraw(machine, statistics, sample, request, watch);
  return { ...statistics.summary(), isExact: false, sampled, device: deviceOf(machine, threads) };
}

function deviceOf({ sampler }: Processor, threads: number): string {
  const code = sampler.name === 'wasm' ? 'WebAssembly' : 'JavaScript';
  return threads > 1 ? `CPU, ${code} in ${threads} threads` : `CPU, ${code}`;
}

function summarizeFixed(
  statistics: Statistics,
  { spec, shape, dtype }: WeightRequest,
  device: string,
): WeightSummary | undefined {
  const runs = fixedRuns(spec, shape, dtype);
  if (runs === undefined) return undefined;
  for (const { value, count } of runs) statistics.addRun(value, count);
  return { ...statistics.summary(), isExact: true, device };
}

/** How many threads did the most of it. */
async function addDraw(
  machine: Processor,
  statistics: Statistics,
  drawing: DrawRequest,
  request: WeightRequest,
  watch: Watch,
): Promise<number> {
  const { sampler } = machine;
  const { generator, build } = request;
  if (drawing.kind === 'orthogonal') statistics.add(await watched(sampler.orthogonal(generator, drawing), watch));
  else if (drawing.kind === 'sparse') statistics.add(await watched(sparseSteps(sampler, generator, drawing), watch));
  else if (!isStreamed(drawing)) statistics.add(sampler.draw(generator, drawing, build) as Values);
  else return addStreamed(machine, statistics, drawing, request, watch);
  return 1;
}

async function addStreamed(
  machine: Processor,
  statistics: Statistics,
  drawing: StreamedDraw,
  request: WeightRequest,
  watch: Watch,
): Promise<number> {
  const { sampler, pool } = machine;
  const { count } = drawing;
  const isLarge = count >= WORTH_SHARING;
  const workers = pool !== undefined && isLarge ? pool.ready : 0;
  const shared = workers === 0 ? 0 : await addByWorkers(machine, workers, statistics, drawing, request, watch);
  const rest = { ...drawing, count: count - shared };
  const { generator, build } = request;
  for (const done of sampler.measure(generator, rest, build, statistics)) await watch((shared + done) / count);
  // Behind the draw and its answer: workers that start beside them would take their time.
  if (isLarge) pool?.warmLater();
  return rest.count === 0 ? workers + 1 : 1;
}

function* sparseSteps(sampler: Sampler, generator: Mt19937, drawing: SparseDraw): Generator<number, Values> {
  const { rows, columns, sparsity, std, dtype = 'float32' } = drawing;
  const normals = { kind: 'normal', mean: 0, std, count: rows * columns, dtype } as const;
  const values = sampler.draw(generator, normals, 'plain') as Values;
  yield* thinOut(generator, values, [rows, columns], sparsity);
  return values;
}

/** A draw of fewer values is done before workers have heard of it. */
const WORTH_SHARING = 2 ** 21;
/** So many at a time, so that one can look up between. */
const SHARED_AT_ONCE = 2 ** 26;

/**
 * How many values, from the first, are in the statistics: all, or those of before the workers failed. This thread takes the
 * first stretch.
 */
async function addByWorkers(
  { sampler, pool }: Processor,
  workers: number,
  statistics: Statistics,
  drawing: StreamedDraw,
  { generator, build }: WeightRequest,
  watch: Watch,
): Promise<number> {
  let done = 0;
  for (const count of blockSizes(drawing.count, SHARED_AT_ONCE)) {
    const shared = { generator: generator.state(), build, range: statistics.range };
    const [own, ...others] = stretchesOf({ ...drawing, count }, workers + 1);
    const answering = pool!.run(others.map(it => ({ ...shared, ...it }))).catch(() => undefined);
    const share = count / own!.request.count / drawing.count;
    for (const measured of sampler.measure(generator, own!.request, build, statistics)) {
      await watch(done / drawing.count + measured * share);
    }
    const answers = await answering;
    if (answers === undefined) return done + own!.request.count;
    for (const { part } of answers) statistics.addPart(part);
    generator.become(answers.at(-1)!.generator);
    done += count;
    await watch(done / drawing.count);
  }
  return done;
}

async function watched<T>(steps: Generator<number, T>, watch: Watch): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await watch(step.value);
  }
}

type Glance = Sampler['glance'];

/** What is held as a whole, and not streamed in blocks, has to fit the memory of a kernel. */
const MOST_HELD = 2 ** 27;

function reasonToSample(
  drawing: DrawRequest,
  { effort = 'glance' }: WeightRequest,
  glance: Glance,
): SampleReason | undefined {
  const isWhole = effort === 'whole';
  const count = countOf(drawing);
  if (drawing.kind === 'orthogonal') {
    const isLong = !isWhole && count * Math.min(drawing.rows, drawing.columns) > glance.multiplications;
    return isLong || count > MOST_HELD ? 'cost' : undefined;
  }
  if (isWhole) return isStreamed(drawing) || count <= MOST_HELD ? undefined : 'size';
  return count > glancedAt(drawing, glance) ? 'size' : undefined;
}

/** A permutation for every column takes far longer than the values. */
const glancedAt = ({ kind }: DrawRequest, { values }: Glance) => (kind === 'sparse' ? values / 8 : values);

/** Entries of a large orthogonal matrix are nearly N(0, gain²/max(rows, columns)). */
function sampleOf(drawing: DrawRequest, glance: Glance): DrawRequest {
  if (drawing.kind === 'orthogonal') {
    const std = drawing.gain / Math.sqrt(Math.max(drawing.rows, drawing.columns));
    return { kind: 'normal', mean: 0, std, count: Math.min(2 ** 20, countOf(drawing)) };
  }
  if (drawing.kind !== 'sparse') return { ...drawing, count: glance.values };
  return { ...drawing, columns: Math.max(1, Math.floor(glancedAt(drawing, glance) / drawing.rows)) };
}
