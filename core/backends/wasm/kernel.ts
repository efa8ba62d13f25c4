/** The compiled kernel as a sampler: blocks are drawn and measured inside its memory, bit for bit as torch draws them. */
import {
  type Build,
  type DrawRequest,
  draw,
  type Mt19937,
  skipDraw,
  type Values,
  wordsOf,
} from '../../random/index.js';
import { binsPerUnit, type Measured, type Numbers, type Range, type Statistics } from '../../statistics.js';
import { type BlockSpread, blockSpread } from '../../summary.js';
import { blockSizes, isStreamed, type StreamedDraw } from '../blocks.js';
import type { Multiplier } from '../multiplier.js';
import type { OrthogonalDraw, Sampler } from '../sampler.js';
import { centerOf, fillOf } from './calls.js';
import { orthonormalFactor } from './orthogonal.js';
import { multiplierOf } from './product.js';

/** What `assembly/index.ts` exports; one kernel has one generator and one block of values at a time. */
export interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  stateAddress(): number;
  valuesAddress(): number;
  countsAddress(): number;
  sumsAddress(): number;
  capacity(): number;
  position(): number;
  setPosition(position: number): void;
  skip(words: number): void;
  uniform(count: number, low: number, range: number): void;
  normal(count: number, mean: number, std: number): void;
  truncatedNormal(
    count: number,
    from: number,
    range: number,
    scale: number,
    shift: number,
    lowest: number,
    highest: number,
    isPlain: boolean,
  ): void;
  erfinv(count: number): void;
  begin(lowest: number, binsPerUnit: number, bins: number, origin: number, perUnit: number): void;
  measure(count: number): void;
  spread(count: number, origin: number): void;
  qrLayout(rows: number, columns: number): number;
  qrMatrix(): number;
  qrPitch(): number;
  qrSigns(): number;
  qrFactor(block: number): void;
  qrReflect(block: number, first: number, count: number): void;
  qrForm(block: number): void;
  qrApply(block: number, first: number, count: number): void;
  freeAddress(): number;
  multiplyPacked(a: number, b: number, c: number, rows: number, terms: number, columns: number): void;
  fusedRest(x: number, product: number): number;
}

/** `fused`: with relaxed SIMD, whose multiply-add is the machine's. `emulated`: with SIMD alone. */
export const kernelVariants = ['fused', 'emulated'] as const;
export type KernelVariant = (typeof kernelVariants)[number];

/** So many values are measured between two looks at what else waits: a few milliseconds. */
const SLICE = 2 ** 20;
/** So many values are handed on together: they stay in the processor's cache. */
const STRETCH = 2 ** 16;
const MOST_WORDS = 2 ** 31;
/** Histograms of all four lanes have room for so many bins. */
const MOST_BINS = 128;

/** Undefined where the machine runs the kernel but rounds twice. */
export function kernelOf(load: () => KernelExports, variant: KernelVariant): Kernel | undefined {
  const exports = load();
  const x = 1 + 2 ** -12;
  const isFused = exports.fusedRest(x, Math.fround(x * x)) !== 0;
  return isFused ? new Kernel(exports, load, variant) : undefined;
}

export class Kernel implements Sampler {
  readonly name = 'wasm';
  readonly glance = { values: 2 ** 24, multiplications: 2 ** 28 };
  readonly #exports: KernelExports;
  readonly #state: Int32Array;
  readonly #values: Float32Array;
  readonly #sums: Float64Array;
  readonly #block: number;

  constructor(
    exports: KernelExports,
    /** Another kernel of the same code, for work that fills its memory. */
    private readonly load: () => KernelExports,
    readonly variant: KernelVariant,
  ) {
    const { buffer } = exports.memory;
    this.#exports = exports;
    this.#state = new Int32Array(buffer, exports.stateAddress(), 624);
    this.#values = new Float32Array(buffer, exports.valuesAddress(), exports.capacity());
    this.#sums = new Float64Array(buffer, exports.sumsAddress(), 7);
    this.#block = exports.capacity() / 2;
  }

  /** What the kernel has no function for is drawn in plain JavaScript. */
  draw(generator: Mt19937, request: DrawRequest, build: Build): Values | Int32Array {
    if (request.kind === 'orthogonal') return finish(this.orthogonal(generator, request));
    const fill = isStreamed(request) ? fillOf(this.#exports, request, build) : undefined;
    if (fill === undefined) return draw(generator, request, build);
    const values = new Float32Array((request as StreamedDraw).count);
    this.#fill(generator, values, fill);
    return values;
  }

  *stretches(generator: Mt19937, request: StreamedDraw, build: Build): Generator<Values> {
    const fill = fillOf(this.#exports, request, build);
    if (fill === undefined) {
      yield draw(generator, request, build) as Values;
      return;
    }
    const buffer = new Float32Array(Math.min(request.count, 2 * STRETCH));
    for (const size of blockSizes(request.count, STRETCH)) {
      const values = buffer.subarray(0, size);
      this.#fill(generator, values, fill);
      yield values;
    }
  }

  #fill(generator: Mt19937, values: Float32Array, fill: (count: number) => void): void {
    this.#with(generator, () => {
      let at = 0;
      for (const size of blockSizes(values.length, this.#block)) {
        fill(size);
        values.set(this.#values.subarray(0, size), at);
        at += size;
      }
    });
  }

  *orthogonal(generator: Mt19937, request: OrthogonalDraw): Generator<number, Values> {
    const { rows, columns, gain, dtype = 'float32' } = request;
    const drawn = this.draw(generator, { kind: 'normal', mean: 0, std: 1, count: rows * columns, dtype }, 'plain');
    return yield* orthonormalFactor(this.load(), drawn, request, gain, dtype);
  }

  multiplier(): Multiplier {
    return multiplierOf(this.load());
  }

  erfinv(values: Float32Array): void {
    let at = 0;
    for (const size of blockSizes(values.length, this.#block)) {
      this.#values.set(values.subarray(at, at + size));
      this.#exports.erfinv(size);
      values.set(this.#values.subarray(0, size), at);
      at += size;
    }
  }

  blockSpread(block: Numbers, origin: number): BlockSpread {
    if (!(block instanceof Float32Array)) return blockSpread(block, origin);
    this.#values.set(block);
    this.#exports.spread(block.length, origin);
    const [sum, squares, min, max] = this.#sums as unknown as [number, number, number, number];
    return { sum, squares, min, max };
  }

  skip(generator: Mt19937, request: DrawRequest): void {
    const words = wordsOf(request);
    if (words === undefined) skipDraw(generator, request);
    else if (words < this.#block) generator.skip(words);
    else this.#with(generator, () => this.#skipWords(words));
  }

  *measure(generator: Mt19937, request: StreamedDraw, build: Build, statistics: Statistics): Iterable<number> {
    const fill = fillOf(this.#exports, request, build);
    let done = 0;
    for (const size of blockSizes(request.count, SLICE)) {
      if (fill === undefined || statistics.range.bins > MOST_BINS) {
        statistics.add(draw(generator, { ...request, count: size }, build) as Values);
      } else {
        statistics.addMeasured(this.#measureSlice(generator, request, size, statistics.range, fill));
      }
      done += size;
      yield done;
    }
  }

  #measureSlice(
    generator: Mt19937,
    request: StreamedDraw,
    count: number,
    range: Range,
    fill: (count: number) => void,
  ): Measured {
    const { origin, unit } = centerOf(request);
    const exports = this.#exports;
    exports.begin(range.low, binsPerUnit(range), range.bins, origin, 1 / unit);
    this.#with(generator, () => {
      for (const size of blockSizes(count, this.#block)) {
        fill(size);
        exports.measure(size);
      }
    });
    return { count, origin, unit, ...this.#measured(range.bins) };
  }

  #measured(bins: number): Omit<Measured, 'count' | 'origin' | 'unit'> {
    const { buffer } = this.#exports.memory;
    const [s1, s2, s3, s4, min, max, zeros] = this.#sums as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const lanes = new Uint32Array(buffer, this.#exports.countsAddress(), 4 * MOST_BINS);
    const counts = Uint32Array.from({ length: bins }, (_, bin) => {
      return lanes[bin]! + lanes[bin + MOST_BINS]! + lanes[bin + 2 * MOST_BINS]! + lanes[bin + 3 * MOST_BINS]!;
    });
    return { sums: [s1, s2, s3, s4], min, max, zeros, counts };
  }

  #skipWords(count: number): void {
    let left = count;
    for (; left > MOST_WORDS; left -= MOST_WORDS) this.#exports.skip(MOST_WORDS);
    this.#exports.skip(left);
  }

  /** The kernel's generator stands in for another one, which then goes on from where it came to. */
  #with(generator: Mt19937, run: () => void): void {
    this.#exports.setPosition(generator.copyTo(this.#state));
    run();
    generator.copyFrom(this.#state, this.#exports.position());
  }
}

function finish<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
