/** A layer of attention as steps: projections, scores, a softmax, the mean that it weighs, and the last projection. */
import type { Operand, Operation } from '../../model/graph.js';
import { droppedOf, rolesOf } from '../signal/attention.js';
import type { ProgramBuilder } from './network.js';
import { operandList, stepOf } from './operands.js';

interface Heads {
  readonly samples: number;
  readonly heads: number;
  readonly width: number;
}

/** (samples, tokens, features) or, unless the layer says so, tokens first. */
export function attentionSteps(
  operation: Operation,
  builder: ProgramBuilder,
  shape: readonly number[],
): number | undefined {
  const projections = projectionsOf(operation, builder);
  const heads = operation.module?.settings.get('num_heads');
  const out = parameterNamed(operation, /out_proj\.weight$/, builder);
  if (projections === undefined || out === undefined || typeof heads !== 'number') return undefined;
  const [query, key, value] = projections;
  const [samples, tokens, features] = builder.shapeAt(query) as [number, number, number];
  const sizes = { samples, heads, width: features / heads };
  const scores = scoresOf(builder, [query, key], sizes);
  const masked = maskedScores(operation, builder, scores);
  if (masked === undefined) return undefined;
  const met = attended(builder, masked, value, sizes, droppedOf(operation));
  const bias = given(parameterNamed(operation, /out_proj\.bias$/, builder));
  const whole = builder.push({ kind: 'linear' }, [met, out, ...bias], [samples, tokens, features]);
  if (shape.length === 2) return builder.push({ kind: 'reshape' }, [whole], shape);
  return isBatchFirst(operation) ? whole : swapped(builder, whole);
}

const given = (step: number | undefined): readonly number[] => (step === undefined ? [] : [step]);

const isBatchFirst = ({ module }: Operation): boolean => module?.settings.get('batch_first') === true;

function parameterNamed({ parameters }: Operation, pattern: RegExp, builder: ProgramBuilder): number | undefined {
  const found = parameters.find(it => pattern.test(it.name));
  return found && builder.parameter(found);
}

type Three = readonly [query: number, key: number, value: number];

/** Queries, keys and values, each (samples, tokens, features); undefined where what they are made of is not known. */
function projectionsOf(operation: Operation, builder: ProgramBuilder): Three | undefined {
  const { module, parameters } = operation;
  const roles = rolesOf(operation);
  const operands = operandList(operation);
  const hasMore = parameters.some(it => /bias_k$/.test(it.name)) || module?.settings.get('add_zero_attn') === true;
  if (roles === undefined || hasMore) return undefined;
  const inputs = roles.map(role => operands[role] && stepOf(operands[role], builder));
  if (!inputs.every(it => it !== undefined)) return undefined;
  const sequences = inputs.map(it => samplesFirst(operation, builder, it));
  const bias = parameterNamed(operation, /in_proj_bias$/, builder);
  const packed = parameterNamed(operation, /in_proj_weight$/, builder);
  const projected =
    packed === undefined
      ? ownProjections(operation, builder, sequences, bias)
      : packedProjections(builder, sequences, packed, bias);
  return projected?.length === 3 ? (projected as unknown as Three) : undefined;
}

/** Without a batch, of one sample. */
function samplesFirst(operation: Operation, builder: ProgramBuilder, step: number): number {
  const shape = builder.shapeAt(step);
  if (shape.length === 2) return builder.push({ kind: 'reshape' }, [step], [1, ...shape]);
  return isBatchFirst(operation) ? step : builder.once(`samples first ${step}`, () => swapped(builder, step));
}

function swapped(builder: ProgramBuilder, step: number): number {
  const [first, second, ...rest] = builder.shapeAt(step) as [number, number];
  return builder.push({ kind: 'permute', order: [1, 0, 2] }, [step], [second, first, ...rest]);
}

/** Each input goes through all three at once, and what it is not used for is cut off. */
function packedProjections(
  builder: ProgramBuilder,
  inputs: readonly number[],
  weight: number,
  bias: number | undefined,
): readonly number[] {
  const made = new Map<number, number>();
  return inputs.map((input, which) => {
    const [samples, tokens, features] = builder.shapeAt(input) as [number, number, number];
    const all =
      made.get(input) ??
      builder.push({ kind: 'linear' }, [input, weight, ...given(bias)], [samples, tokens, 3 * features]);
    made.set(input, all);
    const cut = { kind: 'slice', axis: 2, start: which * features, stride: 1 } as const;
    return builder.push(cut, [all], [samples, tokens, features]);
  });
}

function ownProjections(
  operation: Operation,
  builder: ProgramBuilder,
  inputs: readonly number[],
  bias: number | undefined,
): readonly number[] | undefined {
  const projected: number[] = [];
  for (const [which, name] of ['q', 'k', 'v'].entries()) {
    const weight = parameterNamed(operation, new RegExp(`${name}_proj_weight$`), builder);
    if (weight === undefined) return undefined;
    const [features] = builder.shapeAt(weight) as [number];
    const cut = { kind: 'slice', axis: 0, start: which * features, stride: 1 } as const;
    const own = bias === undefined ? [] : [builder.push(cut, [bias], [features])];
    const [samples, tokens] = builder.shapeAt(inputs[which]!) as [number, number];
    projected.push(builder.push({ kind: 'linear' }, [inputs[which]!, weight, ...own], [samples, tokens, features]));
  }
  return projected;
}

function byHead(builder: ProgramBuilder, step: number, { samples, heads, width }: Heads, order: readonly number[]) {
  const tokens = builder.shapeAt(step)[1]!;
  const sizes = [samples, tokens, heads, width];
  const split = builder.push({ kind: 'reshape' }, [step], sizes);
  return builder.push(
    { kind: 'permute', order },
    [split],
    order.map(axis => sizes[axis]!),
  );
}

const HEADS_FIRST = [0, 2, 1, 3];
const TURNED = [0, 2, 3, 1];

/** (samples, heads, queries, keys) */
function scoresOf(builder: ProgramBuilder, [query, key]: readonly [number, number], sizes: Heads): number {
  const [queries, keys] = [byHead(builder, query, sizes, HEADS_FIRST), byHead(builder, key, sizes, TURNED)];
  const factor = 1 / Math.sqrt(sizes.width);
  const scaled = builder.push({ kind: 'scale', factor }, [queries], builder.shapeAt(queries));
  const [, , rows] = builder.shapeAt(queries) as [number, number, number];
  const columns = builder.shapeAt(keys).at(-1)!;
  return builder.push({ kind: 'product' }, [scaled, keys], [sizes.samples, sizes.heads, rows, columns]);
}

/** A mask is the last operand: of truths, which leave out, or of numbers, which are added. */
function maskedScores(operation: Operation, builder: ProgramBuilder, scores: number): number | undefined {
  const masked = operation.settings.get('masked');
  const mask = operandList(operation).at(-1);
  if (masked === 'unknown') builder.standIns.add('masks of attention are left aside');
  if (masked !== 'by a mask' || mask?.kind !== 'constant') return scores;
  const step = stepOf(mask, builder);
  if (step === undefined) builder.standIns.add('masks of attention are left aside');
  if (step === undefined) return scores;
  const shape = builder.shapeAt(scores);
  const placed = builder.shapeAt(step).length === 3 ? builder.push({ kind: 'reshape' }, [step], shape) : step;
  return isOfTruths(mask)
    ? builder.push({ kind: 'mask', value: Number.NEGATIVE_INFINITY }, [scores, placed], shape)
    : builder.push({ kind: 'add' }, [scores, placed], shape);
}

function isOfTruths(mask: Extract<Operand, { kind: 'constant' }>): boolean {
  const values = Array.from(mask.values() ?? []);
  return values.includes(1) && values.every(it => it === 0 || it === 1);
}

function attended(builder: ProgramBuilder, scores: number, value: number, sizes: Heads, probability: number): number {
  const { samples, heads, width } = sizes;
  const square = builder.shapeAt(scores);
  const weights = builder.push({ kind: 'softmax', axis: 3 }, [scores], square);
  const kept = probability === 0 ? weights : builder.push({ kind: 'dropout', probability }, [weights], square);
  const tokens = square[2]!;
  const values = byHead(builder, value, sizes, HEADS_FIRST);
  const met = builder.push({ kind: 'product' }, [kept, values], [samples, heads, tokens, width]);
  const together = builder.push({ kind: 'permute', order: HEADS_FIRST }, [met], [samples, tokens, heads, width]);
  return builder.push({ kind: 'reshape' }, [together], [samples, tokens, heads * width]);
}
