/** Linear maps, embeddings, norms and attention as functions. */
import { add, type Size } from '../../../../core/size.js';
import type { Machine } from '../../../interpreter/machine.js';
import { native } from '../../../interpreter/native.js';
import { type NativeFunction, Tuple, type Value } from '../../../interpreter/values.js';
import { isMissing, numberValue } from '../arguments.js';
import type { Setting } from '../graph.js';
import { dataOf, MOST_ELEMENTS } from '../operations/data.js';
import { bilinear } from '../operations/product.table.js';
import { matmul, shapeOf } from '../operations/products.js';
import { normalized } from '../operations/reductions.js';
import { resultOf } from '../operations/results.js';
import { causalMask, maskedScores } from '../operations/scores.js';
import { addContents } from '../storage.js';
import { isTensor, type Shape, type Tensor } from '../tensor.js';
import { drawMask, dropoutFunctionals } from './dropout.js';

/** The input's shape with another last axis. */
function withLast(input: Value, weight: Value, axis: number): Shape {
  const [from, matrix] = [shapeOf(input), shapeOf(weight)];
  return from && [...from.slice(0, -1), matrix === undefined ? undefined : matrix[axis]];
}

function linear(machine: Machine, input: Value, weight: Value, bias: Value): Value {
  const shape = shapeOf(weight)?.length === 1 ? shapeOf(input)?.slice(0, -1) : withLast(input, weight, 0);
  return resultOf(machine, {
    kind: 'layer',
    name: 'linear',
    inputs: [input, weight, bias],
    shape,
    settings: [['contracted_axis', 1]],
  });
}

/** Rows that are looked up are made shorter where they lie; a forward that is evaluated for its graph has not run yet. */
function shorten(machine: Machine, weight: Value, most: Value | undefined): void {
  if (isMissing(most) || !isTensor(weight) || machine.flags.context === 'forward') return;
  addContents(machine, weight.storage, { kind: 'opaque', reason: 'rows that are looked up are made shorter' });
}

function embedding(machine: Machine, name: string, input: Value, weight: Value): Value {
  const from = shapeOf(input);
  const shape = from && [...from, shapeOf(weight)?.[1]];
  return resultOf(machine, {
    kind: 'layer',
    name,
    inputs: [input, weight],
    shape,
    dtype: isTensor(weight) ? weight.dtype : 'float32',
  });
}

function norm(
  machine: Machine,
  name: string,
  inputs: readonly Value[],
  eps: Value | undefined,
  more: readonly (readonly [string, Setting])[] = [],
): Value {
  const settings: (readonly [string, Setting])[] = [...more];
  const epsilon = numberValue(eps);
  if (epsilon !== undefined) settings.push(['eps', epsilon]);
  return resultOf(machine, { kind: 'norm', name, inputs, shape: shapeOf(inputs[0]!), settings });
}

/** softmax(q·kᵀ·scale)·v, step by step as the graph knows it. */
function attention(
  machine: Machine,
  [query, key, value]: readonly [Value, Value, Value],
  { mask, dropout, causal, scale }: AttentionOptions,
): Value {
  const products = matmul(machine, query, machine.callMethod(key, 'transpose', [-2, -1]));
  const scores = resultOf(machine, {
    kind: 'scale',
    name: 'mul',
    inputs: [products],
    shape: products.shape,
    settings: factorOf(scale, shapeOf(query)?.at(-1)),
  });
  const masked = maskedScores(machine, scores, causal === true ? causalMask(machine, scores.shape) : mask);
  const weights = resultOf(machine, {
    kind: 'softmax',
    name: 'softmax',
    inputs: [masked],
    shape: scores.shape,
    settings: [['dim', -1]],
  });
  const kept = numberValue(dropout) === 0 ? weights : machine.call(dropoutFunction, [weights, dropout ?? 0]);
  return matmul(machine, kept, value);
}

interface AttentionOptions {
  readonly mask: Value | undefined;
  readonly dropout: Value | undefined;
  readonly causal: Value | undefined;
  readonly scale: Value | undefined;
}

const dropoutFunction = dropoutFunctionals.find(it => it.name === 'dropout')!;

function factorOf(scale: Value | undefined, terms: Size | undefined): readonly (readonly [string, Setting])[] {
  const factor =
    numberValue(scale) ?? (isMissing(scale) && typeof terms === 'number' ? 1 / Math.sqrt(terms) : undefined);
  return factor === undefined ? [] : [['factor', factor]];
}

const plainNumbers = (given: Readonly<Record<string, Value | undefined>>): readonly (readonly [string, Setting])[] =>
  Object.entries(given).flatMap(([name, value]) => {
    const number = numberValue(value);
    return number === undefined ? [] : [[name, number] as const];
  });

const ATTENTION = [
  'query, key, value, embed_dim_to_check, num_heads, in_proj_weight, in_proj_bias, bias_k, bias_v, add_zero_attn, dropout_p,',
  'out_proj_weight, out_proj_bias, training=True, key_padding_mask=None, need_weights=True, attn_mask=None,',
  'use_separate_proj_weight=False, q_proj_weight=None, k_proj_weight=None, v_proj_weight=None, static_k=None, static_v=None,',
  'average_attn_weights=True, is_causal=False',
].join(' ');

const ATTENTION_NAMES = ATTENTION.split(',').map(it => it.trim().split('=')[0]!);

export const layerFunctionals: readonly NativeFunction[] = [
  native('linear', 'input, weight, bias=None', (m, input, weight, bias) => linear(m, input!, weight!, bias!)),
  native('bilinear', 'input1, input2, weight, bias=None', (m, ...inputs) => bilinear(m, inputs)),
  native(
    'embedding',
    'input, weight, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False',
    (m, input, weight, _padding, most) => {
      shorten(m, weight!, most);
      return embedding(m, 'embedding', input!, weight!);
    },
  ),
  native(
    'embedding_bag',
    "input, weight, offsets=None, max_norm=None, norm_type=2, scale_grad_by_freq=False, mode='mean', sparse=False, per_sample_weights=None, include_last_offset=False, padding_idx=None",
    (m, input, weight, _offsets, most) => {
      shorten(m, weight!, most);
      return resultOf(m, {
        kind: 'layer',
        name: 'embedding_bag',
        inputs: [input!, weight!],
        shape: [shapeOf(input!)?.[0], shapeOf(weight!)?.[1]],
      });
    },
  ),
  native('one_hot', 'tensor, num_classes=-1', (m, input, classes) => {
    const from = shapeOf(input!);
    const count = numberValue(classes);
    const rows = isTensor(input) && count !== undefined ? oneHot(input, count) : undefined;
    return resultOf(m, {
      kind: 'opaque',
      name: 'one_hot',
      inputs: [input!],
      shape: from && [...from, rows?.count ?? (count === -1 ? undefined : count)],
      dtype: 'int64',
      data: rows?.data,
    });
  }),
  native(
    'batch_norm',
    'input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-05',
    (m, input, _mean, _var, weight, bias, _training, _momentum, eps) =>
      norm(m, 'batch_norm', [input!, weight!, bias!], eps),
  ),
  native(
    'instance_norm',
    'input, running_mean=None, running_var=None, weight=None, bias=None, use_input_stats=True, momentum=0.1, eps=1e-05',
    (m, input, _mean, _var, weight, bias, _stats, _momentum, eps) =>
      norm(m, 'instance_norm', [input!, weight!, bias!], eps),
  ),
  native('layer_norm', 'input, normalized_shape, weight=None, bias=None, eps=1e-05', (m, input, _, weight, bias, eps) =>
    norm(m, 'layer_norm', [input!, weight!, bias!], eps),
  ),
  native('rms_norm', 'input, normalized_shape, weight=None, eps=None', (m, input, _, weight, eps) =>
    norm(m, 'rms_norm', [input!, weight!], eps),
  ),
  native('group_norm', 'input, num_groups, weight=None, bias=None, eps=1e-05', (m, input, groups, weight, bias, eps) =>
    norm(m, 'group_norm', [input!, weight!, bias!], eps, typeof groups === 'number' ? [['num_groups', groups]] : []),
  ),
  native('local_response_norm', 'input, size, alpha=0.0001, beta=0.75, k=1.0', (m, input) =>
    norm(m, 'local_response_norm', [input!], null),
  ),
  native('normalize', 'input, p=2.0, dim=1, eps=1e-12, out=None', (m, input, p, dim, eps) =>
    normalized(m, input!, 'normalize', plainNumbers({ p, dim, eps })),
  ),
  native('prelu', 'input, weight', (m, input, weight) =>
    resultOf(m, { kind: 'nonlinearity', name: 'prelu', inputs: [input!, weight!], shape: shapeOf(input!) }),
  ),
  native(
    'scaled_dot_product_attention',
    'query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None, enable_gqa=False',
    (m, query, key, value, mask, dropout, causal, scale) =>
      attention(m, [query!, key!, value!], { mask, dropout, causal, scale }),
  ),
  native('multi_head_attention_forward', ATTENTION, (m, query, ...rest) => multiHead(m, query!, rest)),
];

function multiHead(machine: Machine, query: Value, rest: readonly Value[]): Value {
  const named = (name: string) => rest[ATTENTION_NAMES.indexOf(name) - 1];
  if (machine.truth(named('training') ?? true) !== false) {
    const [from, keys] = [shapeOf(query), shapeOf(named('key')!)];
    const heads = numberValue(named('num_heads'));
    const added = [!isMissing(named('bias_k')), named('add_zero_attn') === true].filter(Boolean).length;
    const isKnown =
      isMissing(named('static_k')) && from !== undefined && heads !== undefined && keys?.[0] !== undefined;
    const shape = isKnown ? [heads, ...from.slice(0, -1), add(keys[0]!, added)] : undefined;
    drawMask(machine, shape, numberValue(named('dropout_p')), isTensor(query) ? query : {});
  }
  const inputs = [query, ...rest].filter(it => !isMissing(it));
  const result = resultOf(machine, { kind: 'layer', name: 'multi_head_attention', inputs, shape: shapeOf(query) });
  return new Tuple([result, machine.unknown('attention weights')]);
}

/** Rows with a one where each number says; undefined where one is too large. */
function oneHot(tensor: Tensor, classes: number) {
  const data = dataOf(tensor);
  const count = data && (classes === -1 ? data.reduce((a, b) => Math.max(a, b), -1) + 1 : classes);
  if (data === undefined || count === undefined || count * data.length > MOST_ELEMENTS) return undefined;
  if (data.some(it => it < 0 || it >= count)) return undefined;
  const rows = new Float64Array(count * data.length);
  for (const [i, at] of data.entries()) rows[i * count + at] = 1;
  return { count, data: rows };
}
