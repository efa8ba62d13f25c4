/** Runs the log of draws for a seed: the very values that torch gives each parameter, one parameter at a time. */
import { type Build, bytesOf, type Dtype, type Mt19937, type Values } from '../../core/random/index.js';
import { inVectorCode } from '../model/arithmetic.js';
import {
  type Contents,
  type Draw,
  type DrawLog,
  drawsIn,
  type StorageWrite,
  sourcesOf,
  WITH_MKL,
} from '../model/draws.js';
import type { Reason } from '../model/model.js';
import type { Parameter } from '../model/parameters.js';
import { materialize } from './contents.js';
import { type DrawOptions, Tape } from './tape.js';

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

/** In the order of the parameters given. Holds one parameter at a time, and a generator's state per draw passed over. */
export function* drawParameters(
  parameters: readonly Parameter[],
  log: DrawLog,
  options: DrawOptions,
): Generator<DrawnParameter> {
  const tape = new Tape(log, options, new Set(parameters.flatMap(it => drawsIn(it.contents.writes))));
  for (const parameter of parameters) yield drawn(parameter, tape, log);
}

/**
 * Why these are not the values that torch gives; undefined where they are. Nothing is drawn for it: what turns out only then is
 * not told.
 */
export function whyNotExact(parameters: readonly Parameter[], log: DrawLog, options: DrawOptions): Reason | undefined {
  const tape = new Tape(log, options, new Set());
  return firstOf(parameters, it => (isForetold(it, tape) ? reasonFor(it, tape, log) : whyUnknown(it, tape)));
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

const isForetold = ({ contents: { count, writes } }: Parameter, { options }: Tape): boolean =>
  count !== undefined && !isUnknown(writes) && drawsIn(writes).every(it => it >= options.first);

/** Whether something in them, or in what they are made of, is not followed. */
export function isUnknown(writes: readonly StorageWrite[]): boolean {
  const seen = new Set([writes]);
  for (const contents of seen) {
    if (contents.length === 0) return true;
    for (const write of contents) {
      if (write.kind === 'opaque' || (write.region !== undefined && Number.isNaN(write.region.offset))) return true;
      for (const source of sourcesOf(write)) seen.add(source);
    }
  }
  return false;
}

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

/** Arithmetic that torch does in its own vector code, to within an ulp or two of what is computed here, or to the bit. */
const approximate = new Set(['exp', 'log', 'power', 'sin', 'cos', 'tanh', 'sigmoid']);

const hasNorms = (writes: readonly StorageWrite[]): boolean =>
  writes.some(it => it.kind === 'norms' || it.kind === 'renorm' || sourcesOf(it).some(hasNorms));

function inexactArithmetic({ name, contents }: Parameter, build: Build): Reason | undefined {
  if (hasNorms(contents.writes) && build === 'mkl') {
    return { message: `the norms in \`${name}\` are not reproduced to the bit for torch built with MKL` };
  }
  const step = approximateIn(contents, build);
  return step === undefined ? undefined : { message: `\`${step}\` in \`${name}\` is not reproduced to the bit` };
}

/** What in values of which all is known differs from torch's by an ulp or two: a draw, or arithmetic. */
export function approximationIn(contents: Pick<Contents, 'writes' | 'dtype'>, tape: Tape): string | undefined {
  const { build } = tape.options;
  const { writes } = contents;
  const drawn = drawsIn(writes).find(it => tape.whyInexact(it) !== undefined);
  if (drawn !== undefined) return tape.kindOf(drawn);
  return hasNorms(writes) && build === 'mkl' ? 'norm' : approximateIn(contents, build);
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Those that torch multiplies, divides and takes roots for. */
const EXACT_POWERS: ReadonlySet<number> = new Set([3, 2, 0.5, -0.5, -1, -2]);

const isExactPower = ({ operation, operands: [exponent] }: StorageWrite & { kind: 'map' }): boolean =>
  operation === 'power' && exponent !== undefined && EXACT_POWERS.has(exponent);

function approximateIn({ writes, dtype }: Pick<Contents, 'writes' | 'dtype'>, build: Build): string | undefined {
  for (const write of writes) {
    if (write.kind === 'map' && isApproximate(write, dtype, build)) return write.operation;
    const of = write.kind === 'copy' ? (write.dtype ?? dtype) : dtype;
    const behind =
      'approximate' in write
        ? write.approximate
        : firstOf(sourcesOf(write), it => approximateIn({ writes: it, dtype: of }, build));
    if (behind !== undefined && !(build === 'plain' && behind.endsWith(WITH_MKL))) return behind;
  }
  return undefined;
}

function isApproximate(write: StorageWrite & { kind: 'map' }, dtype: Draw['dtype'], build: Build): boolean {
  if (build === 'plain' && dtype === 'float32' && inVectorCode.has(write.operation)) return false;
  return approximate.has(write.operation) && !isExactPower(write);
}
