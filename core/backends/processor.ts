/** The processor as a backend: whatever a sampler draws, and the weights that nothing draws. */
import {
  type Backend,
  LARGEST_SUMMARIZED,
  type SampleReason,
  type WeightRequest,
  type WeightSummary,
} from '../backend.js';
import { drawOfSpec, rangeOfSpec } from '../draw-of-spec.js';
import { countOf, type DrawRequest, isExact, type Values } from '../random/index.js';
import { Statistics } from '../statistics.js';
import { isStreamed } from './blocks.js';
import { fixedValues } from './fixed.js';
import type { Sampler } from './sampler.js';

/** `pause` is awaited every few milliseconds, so that whoever runs this can look up. */
export function processorBackend(sampler: Sampler, pause: () => Promise<void> = async () => {}): Backend {
  return {
    name: sampler.name,
    draw: async request => drawWeights(sampler, request),
    summarize: request => summarizeWeights(sampler, request, pause),
  };
}

function drawWeights(sampler: Sampler, request: WeightRequest): Values | undefined {
  const drawing = drawOfSpec(request.spec, request.shape, request.dtype, request.fans);
  if (drawing === undefined) return fixedValues(request.spec, request.shape, request.dtype);
  return sampler.draw(request.generator, drawing, request.build) as Values;
}

async function summarizeWeights(
  sampler: Sampler,
  request: WeightRequest,
  pause: () => Promise<void>,
): Promise<WeightSummary | undefined> {
  const { low, high } = rangeOfSpec(request.spec, request.shape, request.fans);
  const statistics = new Statistics(low, high);
  const drawing = drawOfSpec(request.spec, request.shape, request.dtype, request.fans);
  if (drawing === undefined) return summarizeFixed(statistics, request);
  const sampled = reasonToSample(drawing);
  if (sampled === undefined) {
    await addDraw(sampler, statistics, drawing, request, pause);
    return { ...statistics.summary(), isExact: isExact(drawing, request.build) };
  }
  await addDraw(sampler, statistics, sampleOf(drawing), { ...request, generator: request.generator.clone() }, pause);
  sampler.skip(request.generator, drawing);
  return { ...statistics.summary(), isExact: false, sampled };
}

function summarizeFixed(statistics: Statistics, { spec, shape, dtype }: WeightRequest): WeightSummary | undefined {
  const values = fixedValues(spec, shape, dtype);
  if (values === undefined) return undefined;
  statistics.add(values);
  return { ...statistics.summary(), isExact: true };
}

async function addDraw(
  sampler: Sampler,
  statistics: Statistics,
  drawing: DrawRequest,
  { generator, build }: WeightRequest,
  pause: () => Promise<void>,
): Promise<void> {
  if (!isStreamed(drawing)) {
    statistics.add(sampler.draw(generator, drawing, build) as Values);
    return;
  }
  let paused = 0;
  for (const done of sampler.measure(generator, drawing, build, statistics)) {
    if (done - paused < VALUES_PER_PAUSE) continue;
    paused = done;
    await pause();
  }
}

const VALUES_PER_PAUSE = 2 ** 20;
/** Multiplications of a QR that take about a second. */
const LARGEST_QR = 2 ** 29;

function reasonToSample(drawing: DrawRequest): SampleReason | undefined {
  if (drawing.kind === 'orthogonal') {
    const { rows, columns } = drawing;
    return rows * columns * Math.min(rows, columns) > LARGEST_QR ? 'cost' : undefined;
  }
  return countOf(drawing) > LARGEST_SUMMARIZED ? 'size' : undefined;
}

/** Entries of a large orthogonal matrix are nearly N(0, gain²/max(rows, columns)). */
function sampleOf(drawing: DrawRequest): DrawRequest {
  if (drawing.kind === 'orthogonal') {
    const std = drawing.gain / Math.sqrt(Math.max(drawing.rows, drawing.columns));
    return { kind: 'normal', mean: 0, std, count: Math.min(2 ** 20, countOf(drawing)) };
  }
  if (drawing.kind !== 'sparse') return { ...drawing, count: LARGEST_SUMMARIZED };
  const columns = Math.max(1, Math.floor(LARGEST_SUMMARIZED / drawing.rows));
  return { ...drawing, columns };
}
