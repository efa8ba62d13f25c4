/** The log of draws as a tape for one seed: the values of each draw, whenever they are asked for. */
import { isStreamed } from '../../core/backends/blocks.js';
import type { Sampler } from '../../core/backends/sampler.js';
import { type Build, isExact, Mt19937, type Values } from '../../core/random/index.js';
import type { Contents, Draw, DrawLog } from '../model/draws.js';
import type { Reason } from '../model/model.js';
import { requestOf } from './requests.js';

export interface DrawOptions {
  readonly seed: number | bigint;
  readonly build: Build;
  readonly sampler: Sampler;
  /** The first draw after the seed was set; those before it are not known. */
  readonly first: number;
}

/** Runs forward over the draws, and back to those whose values are wanted later. */
export class Tape {
  private readonly generators = new Map<number, Mt19937>();
  private readonly states = new Map<number, Mt19937>();
  /** Generators as they stood before a draw that was passed over and will be wanted. */
  private readonly passed = new Map<number, Mt19937>();
  private next: number;

  constructor(
    private readonly log: DrawLog,
    readonly options: DrawOptions,
    private readonly wanted: Pick<ReadonlySet<number>, 'has'>,
  ) {
    this.next = options.first;
    this.generators.set(DEFAULT, new Mt19937(options.seed));
  }

  /** The values of one draw, in the order of the tensor that it filled. */
  valuesOf(index: number): ArrayLike<number> | undefined {
    const draw = this.log.draws[index];
    if (draw === undefined || index < this.options.first) return undefined;
    while (this.next < index) this.pass();
    const request = requestOf(draw);
    const generator = request && this.generatorFor(index, draw);
    return generator && this.options.sampler.draw(generator, request, this.options.build);
  }

  /** The same one stretch after the other, where it can be had so; to be gone through before anything else is drawn. */
  stretchesOf(index: number, { count, dtype }: Contents): Iterable<Values> | undefined {
    const draw = this.log.draws[index];
    const request = draw && index >= this.options.first ? requestOf(draw) : undefined;
    if (draw === undefined || request === undefined || !isStreamed(request)) return undefined;
    if (request.count !== count || draw.dtype !== dtype) return undefined;
    while (this.next < index) this.pass();
    const generator = this.generatorFor(index, draw);
    return generator && this.options.sampler.stretches(generator, request, this.options.build);
  }

  /** As it stands before a draw. */
  private generatorFor(index: number, draw: Draw): Mt19937 | undefined {
    if (this.next !== index) return this.passed.get(index)?.clone();
    const generator = this.generatorOf(draw);
    this.passed.set(index, generator.clone());
    this.next++;
    return generator;
  }

  generatorAfter(): Mt19937 {
    while (this.next < this.log.draws.length) this.pass();
    return this.generators.get(DEFAULT)!.clone();
  }

  erfinv(values: Float32Array): void {
    this.options.sampler.erfinv(values);
  }

  whyInexact(index: number): Reason | undefined {
    const draw = this.log.draws[index]!;
    const request = requestOf(draw);
    if (request !== undefined && isExact(request, this.options.build)) return undefined;
    const message = `\`${draw.kind}\` is not reproduced to the bit${this.isOfBuild(draw) ? ' for torch built with MKL' : ''}`;
    return { message, ...(draw.site && { site: draw.site }) };
  }

  kindOf(index: number): string {
    return this.log.draws[index]!.kind;
  }

  private isOfBuild(draw: Draw): boolean {
    const request = requestOf(draw);
    return request !== undefined && this.options.build === 'mkl' && isExact(request, 'plain');
  }

  private pass(): void {
    const draw = this.log.draws[this.next]!;
    const generator = this.generatorOf(draw);
    if (this.wanted.has(this.next)) this.passed.set(this.next, generator.clone());
    this.next++;
    if (this.control(draw)) return;
    const request = requestOf(draw);
    if (request !== undefined) this.options.sampler.skip(generator, request);
  }

  /** Seeding, and putting a state aside and back. */
  private control({ kind, args, generator = DEFAULT }: Draw): boolean {
    switch (kind) {
      case 'manual_seed':
        this.generators.set(generator, new Mt19937(Number.isNaN(args[0]!) ? 0 : args[0]!));
        return true;
      case 'save_state':
        this.states.set(args[0]!, this.generators.get(generator)!.clone());
        return true;
      case 'restore_state':
        this.generators.set(generator, this.states.get(args[0]!)!.clone());
        return true;
      default:
        return false;
    }
  }

  private generatorOf({ generator = DEFAULT }: Draw): Mt19937 {
    let known = this.generators.get(generator);
    if (known === undefined) {
      known = new Mt19937(DEFAULT_SEED);
      this.generators.set(generator, known);
    }
    return known;
  }
}

/** The number of torch's default generator, beside those that code makes. */
const DEFAULT = -1;

/** The seed of a generator that nobody seeded (c10's default). */
const DEFAULT_SEED = 67280421310721n;
