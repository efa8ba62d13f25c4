/** The processor as a backend: whatever a sampler draws, and the weights that nothing draws. */
import type { Backend, SampleReason, Watch, WeightRequest, WeightSummary } from '../backend.js';
import { drawOfSpec, rangeOfSpec } from '../draw-of-spec.js';
import { countOf, type DrawRequest, isExact, type Values } from '../random/index.js';
import { Statistics } from '../statistics.js';
import { isStreamed, type StreamedDraw } from './blocks.js';
import { fixedValues } from './fixed.js';
import type { Sampler } from './sampler.js';
import type { WorkerPool } from './workers/pool.js';
import { stretchesOf } from './workers/task.js';

/** Large draws are measured by the pool as soon as it is up; until then, and where it fails, on the spot. */
export function processorBackend(sampler: Sampler, pool?: WorkerPool): Backend {
  const machine = { sampler, pool };
  return {
    name: sampler.name,
    draw: async request => drawWeights(sampler, request),
    summarize: (request, watch = async () => {}) => summarizeWeights(machine, request, watch),
  };
}

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
  if (drawing === undefined) return summarizeFixed(statistics, request);
  const sampled = request.effort === 'whole' ? undefined : reasonToSample(drawing, machine.sampler.glance);
  if (sampled === undefined) {
    await addDraw(machine, statistics, drawing, request, watch);
    return { ...statistics.summary(), isExact: isExact(drawing, request.build) };
  }
  await addDraw(
    machine,
    statistics,
    sampleOf(drawing, machine.sampler.glance),
    { ...request, generator: request.generator.clone() },
    watch,
  );
  machine.sampler.skip(request.generator, drawing);
  return { ...statistics.summary(), isExact: false, sampled };
}

function summarizeFixed(statistics: Statistics, { spec, shape, dtype }: WeightRequest): WeightSummary | undefined {
  const values = fixedValues(spec, shape, dtype);
  if (values === undefined) return undefined;
  statistics.add(values);
  return { ...statistics.summary(), isExact: true };
}

async function addDraw(
  machine: Processor,
  statistics: Statistics,
  drawing: DrawRequest,
  request: WeightRequest,
  watch: Watch,
): Promise<void> {
  const { generator, build } = request;
  if (drawing.kind === 'orthogonal')
    statistics.add(await watched(machine.sampler.orthogonal(generator, drawing), watch));
  else if (!isStreamed(drawing)) statistics.add(machine.sampler.draw(generator, drawing, build) as Values);
  else if (!(await addByWorkers(machine.pool, statistics, drawing, request))) {
    for (const done of machine.sampler.measure(generator, drawing, build, statistics))
      await watch(done / drawing.count);
  }
}

/** A draw of fewer values is done before workers have heard of it. */
const WORTH_SHARING = 2 ** 21;

/** False where there is no pool, or none that works now; then nothing has changed. */
async function addByWorkers(
  pool: WorkerPool | undefined,
  statistics: Statistics,
  drawing: StreamedDraw,
  { generator, build }: WeightRequest,
): Promise<boolean> {
  if (pool === undefined || drawing.count < WORTH_SHARING) return false;
  if (!pool.isReady) {
    pool.warm();
    return false;
  }
  const shared = { generator: generator.state(), build, range: statistics.range };
  try {
    const answers = await pool.run(stretchesOf(drawing, pool.size).map(it => ({ ...shared, ...it })));
    for (const { part } of answers) statistics.addPart(part);
    generator.become(answers.at(-1)!.generator);
    return true;
  } catch {
    return false;
  }
}

async function watched<T>(steps: Generator<number, T>, watch: Watch): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await watch(step.value);
  }
}

type Glance = Sampler['glance'];

function reasonToSample(drawing: DrawRequest, { values, multiplications }: Glance): SampleReason | undefined {
  if (drawing.kind === 'orthogonal') {
    const { rows, columns } = drawing;
    return rows * columns * Math.min(rows, columns) > multiplications ? 'cost' : undefined;
  }
  return countOf(drawing) > values ? 'size' : undefined;
}

/** Entries of a large orthogonal matrix are nearly N(0, gain²/max(rows, columns)). */
function sampleOf(drawing: DrawRequest, { values }: Glance): DrawRequest {
  if (drawing.kind === 'orthogonal') {
    const std = drawing.gain / Math.sqrt(Math.max(drawing.rows, drawing.columns));
    return { kind: 'normal', mean: 0, std, count: Math.min(2 ** 20, countOf(drawing)) };
  }
  if (drawing.kind !== 'sparse') return { ...drawing, count: values };
  return { ...drawing, columns: Math.max(1, Math.floor(values / drawing.rows)) };
}
