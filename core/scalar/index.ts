/** The readable backend: every value drawn in plain JavaScript. The others are held to what it gives. */
import {
  type Backend,
  LARGEST_SUMMARIZED,
  type SampleReason,
  type WeightRequest,
  type WeightSummary,
} from '../backend.js';
import { drawOfSpec, rangeOfSpec } from '../draw-of-spec.js';
import { type DrawRequest, draw, isExact, skipDraw, type Values } from '../random/index.js';
import { Statistics } from '../statistics.js';
import { blocksOf, isStreamed } from './blocks.js';
import { fixedValues } from './fixed.js';

/** `pause` is awaited about every tenth of a second, so that whoever runs this can look up. */
export function scalarBackend(pause: () => Promise<void> = async () => {}): Backend {
  return {
    name: 'scalar',
    draw: async request => drawWeights(request),
    summarize: request => summarizeWeights(request, pause),
  };
}

function drawWeights(request: WeightRequest): Values | undefined {
  const drawing = drawOfSpec(request.spec, request.shape, request.dtype, request.fans);
  if (drawing === undefined) return fixedValues(request.spec, request.shape, request.dtype);
  return draw(request.generator, drawing, request.build) as Values;
}

async function summarizeWeights(
  request: WeightRequest,
  pause: () => Promise<void>,
): Promise<WeightSummary | undefined> {
  const { low, high } = rangeOfSpec(request.spec, request.shape, request.fans);
  const statistics = new Statistics(low, high);
  const drawing = drawOfSpec(request.spec, request.shape, request.dtype, request.fans);
  if (drawing === undefined) return summarizeFixed(statistics, request);
  const sampled = reasonToSample(drawing);
  if (sampled === undefined) {
    await addDraw(statistics, drawing, request, pause);
    return { ...statistics.summary(), isExact: isExact(drawing, request.build) };
  }
  await addDraw(statistics, sampleOf(drawing), { ...request, generator: request.generator.clone() }, pause);
  skipDraw(request.generator, drawing);
  return { ...statistics.summary(), isExact: false, sampled };
}

function summarizeFixed(statistics: Statistics, { spec, shape, dtype }: WeightRequest): WeightSummary | undefined {
  const values = fixedValues(spec, shape, dtype);
  if (values === undefined) return undefined;
  statistics.add(values);
  return { ...statistics.summary(), isExact: true };
}

async function addDraw(
  statistics: Statistics,
  drawing: DrawRequest,
  { generator, build }: WeightRequest,
  pause: () => Promise<void>,
): Promise<void> {
  if (!isStreamed(drawing)) {
    statistics.add(draw(generator, drawing, build) as Values);
    return;
  }
  let sincePause = 0;
  for (const block of blocksOf(generator, drawing, build)) {
    statistics.add(block);
    sincePause += block.length;
    if (sincePause < VALUES_PER_PAUSE) continue;
    sincePause = 0;
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

function countOf(drawing: DrawRequest): number {
  return 'count' in drawing ? drawing.count : drawing.rows * drawing.columns;
}

/** Entries of a large orthogonal matrix are nearly N(0, gain²/max(rows, columns)). */
function sampleOf(drawing: DrawRequest): DrawRequest {
  if (drawing.kind === 'orthogonal') {
    const std = drawing.gain / Math.sqrt(Math.max(drawing.rows, drawing.columns));
    return { kind: 'normal', mean: 0, std, count: Math.min(2 ** 20, drawing.rows * drawing.columns) };
  }
  if (drawing.kind !== 'sparse') return { ...drawing, count: LARGEST_SUMMARIZED };
  const columns = Math.max(1, Math.floor(LARGEST_SUMMARIZED / drawing.rows));
  return { ...drawing, columns };
}
