/** Random numbers that a network is given, as torch's generator on the processor draws them. */
import { draw, type Mt19937 } from '../../random/index.js';
import { spreadOf } from './tensor.js';

/** N(0, 1). */
export function drawNormals(generator: Mt19937, count: number): Float32Array {
  return Float32Array.from(draw(generator, { kind: 'normal', mean: 0, std: 1, count }, 'plain'));
}

/** Ones with this probability, and zeros. */
export function drawBernoulli(generator: Mt19937, probability: number, count: number): Float32Array {
  return Float32Array.from(draw(generator, { kind: 'bernoulli', probability, count }, 'plain'));
}

/** Ones with this probability, as the sum of it and a uniform number rounds down. */
export function drawRounded(generator: Mt19937, probability: number, count: number): Float32Array {
  const uniform = draw(generator, { kind: 'uniform', low: 0, high: 1, count }, 'plain');
  return Float32Array.from(uniform, it => Math.floor(Math.fround(it + Math.fround(probability))));
}

/** Integers in [0, below). */
export function drawIndices(generator: Mt19937, below: number, count: number): Int32Array {
  return Int32Array.from(draw(generator, { kind: 'randint', low: 0, high: below, count }, 'plain'));
}

/** A gradient whose spread is 1; of a single number, the number 1. */
export function drawCotangent(generator: Mt19937, count: number): Float32Array {
  const drawn = drawNormals(generator, count);
  const spread = spreadOf(drawn);
  return spread === 0 ? drawn.fill(1) : drawn.map(x => x / spread);
}
