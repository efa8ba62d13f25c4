/** Torch's generator on a CUDA device: which thread draws which value, and from which words of Philox. */
import { keyOf, philox, type Words } from '../random/philox.js';
import type { CudaDevice } from './devices.js';

const BLOCK = 256;
const f32 = Math.fround;

/** Values to about 4 decimals: the device's own logarithm, sine and cosine differ from these in the last bits. */
export class CudaGenerator {
  readonly #key: readonly [number, number];
  readonly #mostThreads: number;
  /** Words that each thread has taken, in fours. */
  #offset = 0;

  constructor(seed: number | bigint, { multiprocessors, threads }: CudaDevice) {
    this.#key = keyOf(seed);
    this.#mostThreads = BLOCK * multiprocessors * Math.floor(threads / BLOCK);
  }

  /** In [low, high): cuRAND's uniforms exclude 0 and include 1, which torch turns round. */
  uniform(count: number, low = 0, high = 1): Float32Array {
    const range = f32(f32(high) - f32(low));
    const scaled = (word: number) => {
      const fraction = f32(f32(f32(word) * 2 ** -32) + 2 ** -33);
      return f32((fraction === 1 ? 0 : fraction) * range + f32(low));
    };
    return this.#fill(count, words => words.map(scaled) as unknown as Words);
  }

  /** Box & Muller 1958: two words give two normals. */
  normal(count: number, mean = 0, std = 1): Float32Array {
    return this.#fill(count, ([a, b, c, d]) => {
      return [...boxMuller(a, b), ...boxMuller(c, d)].map(it => f32(it * std + mean)) as unknown as Words;
    });
  }

  /** Passes over a draw: every thread takes whole fours. */
  skip(count: number): void {
    this.#offset += Math.floor((count - 1) / (4 * this.#threadsFor(count))) + 1;
  }

  #threadsFor(count: number): number {
    return Math.min(this.#mostThreads, BLOCK * Math.ceil(count / BLOCK));
  }

  /** Value e is thread e mod T's; each of its calls gives it four, T apart. */
  #fill(count: number, convert: (words: Words) => Words): Float32Array {
    const values = new Float32Array(count);
    if (count === 0) return values;
    const threads = this.#threadsFor(count);
    for (let round = 0; round * 4 * threads < count; round++) {
      const start = round * 4 * threads;
      for (let thread = 0; thread < threads && start + thread < count; thread++) {
        const four = convert(philox([this.#offset + round, 0, thread, 0], this.#key));
        for (let i = 0; i < 4 && start + i * threads + thread < count; i++) {
          values[start + i * threads + thread] = four[i]!;
        }
      }
    }
    this.skip(count);
    return values;
  }
}

function boxMuller(first: number, second: number): readonly [number, number] {
  const u = f32(f32(first) * 2 ** -32 + 2 ** -33);
  const angle = f32(f32(second) * TWO_PI + TWO_PI / 2);
  const radius = f32(Math.sqrt(f32(-2 * f32(Math.log(u)))));
  return [f32(f32(Math.sin(angle)) * radius), f32(f32(Math.cos(angle)) * radius)];
}

/** Of a word's unit. */
const TWO_PI = f32(2 * Math.PI * 2 ** -32);
