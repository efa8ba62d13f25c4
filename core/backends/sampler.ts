/** What draws on the processor: in plain JavaScript, or in the kernel. Both give the same values. */
import type { Build, DrawRequest, Mt19937, Values } from '../random/index.js';
import type { Numbers, Statistics } from '../statistics.js';
import type { BlockSpread } from '../summary.js';
import type { StreamedDraw } from './blocks.js';
import type { Multiplier } from './multiplier.js';

export type OrthogonalDraw = Extract<DrawRequest, { kind: 'orthogonal' }>;

export interface Sampler {
  readonly name: 'scalar' | 'wasm';
  /** The values in memory order; the generator moves on as torch's does. */
  draw(generator: Mt19937, request: DrawRequest, build: Build): Values | Int32Array;
  /** The values of `draw` one stretch after the other, each valid until the next is asked for; the generator moves along. */
  stretches(generator: Mt19937, request: StreamedDraw, build: Build): Generator<Values>;
  /** Moves the generator as `draw` would. */
  skip(generator: Mt19937, request: DrawRequest): void;
  /** The inverse error function of float32 numbers in place, as torch built without MKL computes it. */
  erfinv(values: Float32Array): void;
  /** Adds the values of a draw to the statistics without keeping them; yields now and then how many are done. */
  measure(generator: Mt19937, request: StreamedDraw, build: Build, statistics: Statistics): Iterable<number>;
  /** The spread of a block of at most 4096 values, as `blockSpread` gives it. */
  blockSpread(block: Numbers, origin: number): BlockSpread;
  /** The same values as `draw`; yields now and then which share is done. */
  orthogonal(generator: Mt19937, request: OrthogonalDraw): Generator<number, Values>;
  /** A new one each time, with memory of its own. */
  multiplier(): Multiplier;
  /** What a person waits for while the mouse rests: about a tenth of a second. */
  readonly glance: { readonly values: number; readonly multiplications: number };
}
