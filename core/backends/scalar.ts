/** The readable sampler: every value in plain JavaScript. The others are held to what it gives. */
import { draw, erfinv32, skipDraw, type Values } from '../random/index.js';
import { blockSpread } from '../summary.js';
import { blocksOf } from './blocks.js';
import { scalarMultiplier } from './multiplier.js';
import type { Sampler } from './sampler.js';

export const scalarSampler: Sampler = {
  name: 'scalar',
  draw,
  stretches: blocksOf,
  skip: skipDraw,
  erfinv(values) {
    for (let i = 0; i < values.length; i++) values[i] = erfinv32(values[i]!, 'plain');
  },
  blockSpread,
  multiplier: scalarMultiplier,
  glance: { values: 2 ** 20, multiplications: 2 ** 25 },
  *orthogonal(generator, request) {
    yield 0;
    return draw(generator, request) as Values;
  },
  *measure(generator, request, build, statistics) {
    let done = 0;
    for (const block of blocksOf(generator, request, build)) {
      statistics.add(block);
      done += block.length;
      yield done;
    }
  },
};
