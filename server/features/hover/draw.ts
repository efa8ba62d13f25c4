/** Draws a parameter once, for its statistics and its picture. */
import type { Backend, WeightSummary } from '../../../core/backend.js';
import { resolved } from '../../../core/initializer.js';
import { Mt19937 } from '../../../core/random/index.js';
import { isKnown, type Size } from '../../../core/size.js';
import type { Write } from '../../model/parameters.js';
import type { HoverOptions } from './options.js';
import { drawHistogram, type Picture } from './picture.js';

export interface DrawnOnce {
  readonly summary: WeightSummary;
  readonly seed: number;
  /** How many values the parameter has; the summary is of the first ones where that is more. */
  readonly count: number;
  /** Whole ones that drawing and measuring took. */
  readonly milliseconds: number;
  readonly picture?: Picture;
}

/** The last ones of a backend, so that a mouse that comes back waits for nothing. */
const remembered = new WeakMap<Backend, Map<string, DrawnOnce>>();
const MOST_REMEMBERED = 64;

/** Draws what nobody looks at, so that what draws is loaded and compiled. */
export async function warmUp(options: HoverOptions): Promise<void> {
  await drawOnce({ spec: { kind: 'normal', mean: 0, std: 1 } }, [512, 1024], options);
}

export async function drawOnce(
  { spec, fans }: Pick<Write, 'spec' | 'fans'>,
  shape: readonly Size[] | undefined,
  { seed, build, backend, watch, effort = 'glance' }: HoverOptions,
): Promise<DrawnOnce | undefined> {
  if (shape === undefined || !shape.every(isKnown)) return undefined;
  const count = shape.reduce((product, size) => product * size, 1);
  if (count === 0) return undefined;
  const memory = remembered.get(backend) ?? new Map<string, DrawnOnce>();
  remembered.set(backend, memory);
  const key = JSON.stringify([spec, fans, shape, seed, build, effort]);
  const known = memory.get(key);
  if (known !== undefined) return known;
  const request = { spec, shape, dtype: 'float32' as const, generator: new Mt19937(seed), build, effort };
  const start = Date.now();
  const summary = await backend.summarize(fans === undefined ? request : { ...request, fans }, watch);
  if (summary === undefined) return undefined;
  const milliseconds = Date.now() - start;
  const picture = summary.std > 0 ? drawHistogram(summary.histogram, resolved(spec, fans)) : undefined;
  const drawn = { summary, seed, count, milliseconds, ...(picture && { picture }) };
  memory.set(key, drawn);
  for (const oldest of memory.keys()) if (memory.size > MOST_REMEMBERED) memory.delete(oldest);
  return drawn;
}
