/** What a worker is asked and what it answers, as plain data that can be sent, and how it is done. */
import { type Build, Mt19937, type MtState } from '../../random/index.js';
import { type Part, type Range, Statistics } from '../../statistics.js';
import type { StreamedDraw } from '../blocks.js';
import type { Sampler } from '../sampler.js';

/** Measures a stretch of a draw: `skipped` comes before it, `request.count` is its length. */
export interface Task {
  readonly generator: MtState;
  readonly skipped: StreamedDraw;
  readonly request: StreamedDraw;
  readonly build: Build;
  readonly range: Range;
}

export interface Answer {
  readonly part: Part;
  /** As the generator stands behind the stretch. */
  readonly generator: MtState;
}

/** Its answer tells nothing, but then the code of a worker is compiled. */
export const rehearsal: Task = {
  generator: new Mt19937(0).state(),
  skipped: { kind: 'normal', mean: 0, std: 1, count: 0 },
  request: { kind: 'normal', mean: 0, std: 1, count: 2 ** 19 },
  build: 'plain',
  range: new Statistics(-4, 4).range,
};

/** What a worker does with a task. */
export function perform({ generator, skipped, request, build, range }: Task, sampler: Sampler): Answer {
  const own = Mt19937.restored(generator);
  sampler.skip(own, skipped);
  const statistics = new Statistics(range.low, range.high, range.bins);
  for (const _ of sampler.measure(own, request, build, statistics));
  return { part: statistics.part(), generator: own.state() };
}

/** A stretch for each thread; all but the last are whole groups of 16, so that together they are one draw. */
export function stretchesOf(
  request: StreamedDraw,
  threads: number,
): readonly { readonly skipped: StreamedDraw; readonly request: StreamedDraw }[] {
  const share = Math.ceil(request.count / threads / 16) * 16;
  return Array.from({ length: threads }, (_, i) => {
    const from = i * share;
    const count = i === threads - 1 ? request.count - from : share;
    return { skipped: { ...request, count: from }, request: { ...request, count } };
  });
}
