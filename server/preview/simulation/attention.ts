/** A layer of attention as steps: projections, scores, a softmax, the mean that it weighs, and the last projection. */
import type { Operation } from '../../model/graph.js';
import type { ProgramBuilder } from './network.js';

interface Sizes {
  readonly samples: number;
  readonly tokens: number;
  readonly heads: number;
  readonly width: number;
}

/** Of one sequence that attends to itself; (samples, tokens, features) or, unless the layer says so, tokens first. */
export function attentionSteps(
  operation: Operation,
  builder: ProgramBuilder,
  shape: readonly number[],
): number | undefined {
  const { inputs, module, parameters } = operation;
  const find = (pattern: RegExp) => parameters.find(it => pattern.test(it.name));
  const named = [find(/in_proj_weight$/), find(/in_proj_bias$/), find(/out_proj\.weight$/), find(/out_proj\.bias$/)];
  const [weight, bias, outWeight, outBias] = named.map(it => it && builder.parameter(it));
  const heads = module?.settings.get('num_heads');
  const step = inputs[0] && builder.stepAt(inputs[0]);
  if (inputs.length !== 1 || step === undefined || weight === undefined || outWeight === undefined) return undefined;
  if (typeof heads !== 'number' || shape.length !== 3) return undefined;
  const isBatchFirst = module?.settings.get('batch_first') === true;
  const [samples, tokens, features] = (isBatchFirst ? shape : [shape[1], shape[0], shape[2]]) as [
    number,
    number,
    number,
  ];
  const input = isBatchFirst ? step : swapped(builder, step, [samples, tokens, features]);
  const all = builder.push({ kind: 'linear' }, [input, weight, ...given(bias)], [samples, tokens, 3 * features]);
  const met = attended(builder, all, { samples, tokens, heads, width: features / heads }, dropoutOf(operation));
  const out = builder.push({ kind: 'linear' }, [met, outWeight, ...given(outBias)], [samples, tokens, features]);
  return isBatchFirst ? out : swapped(builder, out, shape);
}

const given = (step: number | undefined): readonly number[] => (step === undefined ? [] : [step]);

const swapped = (builder: ProgramBuilder, step: number, shape: readonly number[]): number =>
  builder.push({ kind: 'permute', order: [1, 0, 2] }, [step], shape);

function dropoutOf({ module }: Operation): number {
  const probability = module?.settings.get('dropout');
  return typeof probability === 'number' && module?.settings.get('training') !== false ? probability : 0;
}

function attended(
  builder: ProgramBuilder,
  all: number,
  { samples, tokens, heads, width }: Sizes,
  probability: number,
): number {
  const features = heads * width;
  const [byHead, keys] = [
    [samples, heads, tokens, width],
    [samples, heads, width, tokens],
  ];
  const part = (which: number, order: readonly number[], shape: readonly number[]) => {
    const cut = builder.push(
      { kind: 'slice', axis: 2, start: which * features, stride: 1 },
      [all],
      [samples, tokens, features],
    );
    const split = builder.push({ kind: 'reshape' }, [cut], [samples, tokens, heads, width]);
    return builder.push({ kind: 'permute', order }, [split], shape);
  };
  const square = [samples, heads, tokens, tokens];
  const query = builder.push({ kind: 'scale', factor: 1 / Math.sqrt(width) }, [part(0, [0, 2, 1, 3], byHead)], byHead);
  const scores = builder.push({ kind: 'product' }, [query, part(1, [0, 2, 3, 1], keys)], square);
  const weights = builder.push({ kind: 'softmax', axis: 3 }, [scores], square);
  const kept = probability === 0 ? weights : builder.push({ kind: 'dropout', probability }, [weights], square);
  const met = builder.push({ kind: 'product' }, [kept, part(2, [0, 2, 1, 3], byHead)], byHead);
  const joined = builder.push({ kind: 'permute', order: [0, 2, 1, 3] }, [met], [samples, tokens, heads, width]);
  return builder.push({ kind: 'reshape' }, [joined], [samples, tokens, features]);
}
