/** Draws a parameter once, for its statistics and its picture. */

import type { Backend, WeightSummary } from '../../../core/backend.js';
import { type InitSpec, resolved } from '../../../core/initializer.js';
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
  readonly picture?: Picture;
}

/** More than this takes longer than a person waits for a hover. */
const most: Readonly<Record<Backend['name'], number>> = { scalar: 2 ** 18, wasm: 2 ** 24, webgpu: 2 ** 30 };

export async function drawOnce(
  { spec, fans }: Write,
  shape: readonly Size[] | undefined,
  { seed, build, backend }: HoverOptions,
): Promise<DrawnOnce | undefined> {
  if (shape === undefined || !shape.every(isKnown)) return undefined;
  const count = shape.reduce((product, size) => product * size, 1);
  const drawn = count > most[backend.name] ? firstValues(spec, most[backend.name]) : shape;
  if (drawn === undefined || count === 0) return undefined;
  const generator = new Mt19937(seed);
  const request = { spec, shape: drawn, dtype: 'float32' as const, generator, build };
  const summary = await backend.summarize(fans === undefined ? request : { ...request, fans });
  if (summary === undefined) return undefined;
  const picture = summary.std > 0 ? drawHistogram(summary.histogram, resolved(spec, fans)) : undefined;
  return { summary, seed, count, ...(picture && { picture }) };
}

/** A part stands for the whole only where values are independent of each other. */
function firstValues({ kind }: InitSpec, count: number): readonly number[] | undefined {
  const isIndependent = ['uniform', 'normal', 'truncated_normal', 'variance_scaling'].includes(kind);
  return isIndependent ? [count] : undefined;
}
