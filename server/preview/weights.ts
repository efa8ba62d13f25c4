/** Runs the log of draws for a seed: the very values that torch gives each parameter, one parameter at a time. */
import { isStreamed } from '../../core/backends/blocks.js';
import type { Sampler } from '../../core/backends/sampler.js';
import { type Build, bytesOf, type Dtype, isExact, Mt19937, type Values } from '../../core/random/index.js';
import { type Contents, type Draw, type DrawLog, type StorageWrite, sourcesOf, WITH_MKL } from '../model/draws.js';
import type { Reason } from '../model/model.js';
import type { Parameter } from '../model/parameters.js';
import { drawsIn, materialize } from './contents.js';
import { requestOf } from './requests.js';

export interface DrawnParameter {
  readonly parameter: Parameter;
  /** In memory order, to be gone through once before the next parameter; absent where something about them is not known. */
  readonly blocks?: Iterable<Block>;
  /** Why they are not the values that torch gives, bit for bit. */
  readonly inexact?: Reason;
}

/** Some of the values, and as they lie in memory, little-endian; valid until the next block. */
export interface Block {
  readonly values: Values;
  readonly bytes: Uint8Array;
}

export interface DrawOptions {
  readonly seed: number | bigint;
  readonly build: Build;
  readonly sampler: Sampler;
  /** The first draw after the seed was set; those before it are not known. */
  readonly first: number;
}

/** The seed of a generator that nobody seeded (c10's default). */
const DEFAULT_SEED = 67280421310721n;

/** In the order of the parameters given. Holds one parameter at a time, and a generator's state per draw passed over. */
export function* drawParameters(
  parameters: readonly Parameter[],
  log: DrawLog,
  options: DrawOptions,
): Generator<DrawnParameter> {
  const tape = new Tape(log, options, new Set(parameters.flatMap(it => drawsIn(it.contents.writes))));
  for (const parameter of parameters) yield drawn(parameter, tape, log);
}

/** The same values one by one, as often as they are asked for. */
export interface Drawing {
  /** In memory order; undefined where something about them is not known. */
  valuesOf(parameter: Parameter): Values | undefined;
  /** Why even about its values cannot be told; undefined for what differs in last bits alone. */
  whyUnknown(parameter: Parameter): Reason | undefined;
  /** The generator behind the last draw of the log. */
  generatorAfter(): Mt19937;
}

export function drawingOf(parameters: readonly Parameter[], log: DrawLog, options: DrawOptions): Drawing {
  const tape = new Tape(log, options, new Set(parameters.flatMap(it => drawsIn(it.contents.writes))));
  return {
    valuesOf: ({ contents }) => (contents.count === undefined ? undefined : materialize(contents, tape)),
    whyUnknown: parameter =>
      whereExactnessEnded(drawsIn(parameter.contents.writes), log) ??
      (isOpen(parameter) ? unknownContents(parameter) : undefined),
    generatorAfter: () => tape.generatorAfter(),
  };
}

function drawn(parameter: Parameter, tape: Tape, log: DrawLog): DrawnParameter {
  const dtype = floating(parameter.contents.dtype);
  const stretches = dtype && stretchesOf(parameter.contents, tape);
  if (stretches === undefined || dtype === undefined) return { parameter, inexact: whyUnknown(parameter, tape) };
  const inexact = reasonFor(parameter, tape, log);
  return { parameter, blocks: blocksOf(stretches, dtype), ...(inexact && { inexact }) };
}

/** What is one large draw is never held whole. */
function stretchesOf(contents: Contents, tape: Tape): Iterable<Values> | undefined {
  if (contents.count === undefined) return undefined;
  const [write, ...others] = contents.writes;
  const isWhole = write?.kind === 'draw' && others.length === 0 && !write.region && !contents.region;
  const stretches = isWhole && contents.count >= WORTH_STRETCHES ? tape.stretchesOf(write.index, contents) : undefined;
  if (stretches !== undefined) return stretches;
  const values = materialize(contents, tape);
  return values && [values];
}

/** Fewer values are drawn at once. */
const WORTH_STRETCHES = 2 ** 16;

function* blocksOf(stretches: Iterable<Values>, dtype: Dtype): Generator<Block> {
  for (const values of stretches) yield { values, bytes: bytesOf(values, dtype) };
}

const reasonFor = (parameter: Parameter, tape: Tape, log: DrawLog): Reason | undefined =>
  whyInexact(drawsIn(parameter.contents.writes), tape, log) ?? inexactArithmetic(parameter, tape.options.build);

const floating = (dtype: Draw['dtype']): Dtype | undefined => (dtype === 'int64' ? undefined : dtype);

function whyUnknown(parameter: Parameter, { options }: Tape): Reason {
  const isEarlier = drawsIn(parameter.contents.writes).some(it => it < options.first);
  return isEarlier
    ? reasonAt(parameter, `\`${parameter.name}\` is drawn while a module is imported, before the seed is set`)
    : unknownContents(parameter);
}

function reasonAt({ writes }: Parameter, message: string): Reason {
  const site = writes.at(-1)?.site;
  return { message, ...(site && { site }) };
}

function unknownContents(parameter: Parameter): Reason {
  const { name, contents } = parameter;
  const opaque = contents.writes.find(it => it.kind === 'opaque');
  if (opaque?.kind === 'opaque') return reasonAt(parameter, `\`${name}\`: ${opaque.reason}`);
  const isRaw = contents.writes.length === 0;
  return reasonAt(
    parameter,
    isRaw ? `\`${name}\` is raw memory that nothing writes` : `the values of \`${name}\` are not known`,
  );
}

const isOpen = ({ contents: { count, writes } }: Parameter): boolean =>
  count === undefined || writes.length === 0 || writes.some(it => it.kind === 'opaque');

function whereExactnessEnded(indices: readonly number[], log: DrawLog): Reason | undefined {
  const last = Math.max(-1, ...indices);
  if (log.inexact === undefined || log.inexact.index > last) return undefined;
  return { message: log.inexact.reason, ...(log.inexact.site && { site: log.inexact.site }) };
}

function whyInexact(indices: readonly number[], tape: Tape, log: DrawLog): Reason | undefined {
  const ended = whereExactnessEnded(indices, log);
  if (ended !== undefined) return ended;
  for (const index of indices) {
    const reason = tape.whyInexact(index);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** Arithmetic that torch does in its own vector code, to within an ulp or two of what is computed here. */
const approximate = new Set(['exp', 'log', 'power', 'sin', 'cos', 'tanh', 'sigmoid']);

const hasNorms = (writes: readonly StorageWrite[]): boolean =>
  writes.some(it => it.kind === 'norms' || it.kind === 'renorm' || sourcesOf(it).some(hasNorms));

function inexactArithmetic({ name, contents }: Parameter, build: Build): Reason | undefined {
  if (hasNorms(contents.writes) && build === 'mkl') {
    return { message: `the norms in \`${name}\` are not reproduced to the bit for torch built with MKL` };
  }
  const step = approximateIn(contents.writes, build);
  return step === undefined ? undefined : { message: `\`${step}\` in \`${name}\` is not reproduced to the bit` };
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function approximateIn(writes: readonly StorageWrite[], build: Build): string | undefined {
  for (const write of writes) {
    if (write.kind === 'map' && approximate.has(write.operation)) return write.operation;
    const behind =
      'approximate' in write ? write.approximate : firstOf(sourcesOf(write), it => approximateIn(it, build));
    if (behind !== undefined && !(build === 'plain' && behind.endsWith(WITH_MKL))) return behind;
  }
  return undefined;
}

/** The log as a tape: runs forward over the draws, and back to those whose values are wanted later. */
class Tape {
  private readonly generators = new Map<number, Mt19937>();
  private readonly states = new Map<number, Mt19937>();
  /** Generators as they stood before a draw that was passed over and will be wanted. */
  private readonly passed = new Map<number, Mt19937>();
  private next: number;

  constructor(
    private readonly log: DrawLog,
    readonly options: DrawOptions,
    private readonly wanted: ReadonlySet<number>,
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

const DEFAULT = -1;
