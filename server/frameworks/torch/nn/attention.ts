/** MultiheadAttention's forward. */
import { add } from '../../../../core/size.js';
import type { Machine } from '../../../interpreter/machine.js';
import { native } from '../../../interpreter/native.js';
import { type NativeFunction, Tuple, type Value } from '../../../interpreter/values.js';
import { isMissing, numberValue } from '../arguments.js';
import { drawMask } from '../functional/dropout.js';
import { isTracked, resultOf } from '../operations/results.js';
import { torchOf } from '../state.js';
import { isTensor, type Shape } from '../tensor.js';
import { type ModuleInstance, member } from './instance.js';
import { namedTensors } from './walk.js';

export const attentionNatives: readonly NativeFunction[] = [
  native(
    'forward',
    'self, query, key, value, key_padding_mask=None, need_weights=True, attn_mask=None, average_attn_weights=True, is_causal=False',
    (machine, self, query, key, value, padding, needWeights, mask) =>
      forward(machine, self as ModuleInstance, [query!, key!, value!], needWeights!, { padding, mask }),
  ),
];

interface Masks {
  readonly padding: Value | undefined;
  readonly mask: Value | undefined;
}

/** One operation: queries, keys and values meet inside. */
function forward(
  machine: Machine,
  self: ModuleInstance,
  inputs: readonly Value[],
  needWeights: Value,
  masks: Masks,
): Value {
  const parameters = [...namedTensors(self, '_parameters')].map(([, tensor]) => tensor);
  const name = 'MultiheadAttention';
  const distinct = [...new Set(inputs)];
  const mask = isTensor(masks.mask) && !isTracked(masks.mask) && isMissing(masks.padding) ? [masks.mask] : [];
  const [query, key] = inputs.map(it => (isTensor(it) ? it.shape : undefined));
  const output = torchOf(machine).graph.within(self, name, () =>
    resultOf(machine, {
      kind: 'layer',
      name,
      inputs: [...distinct, ...parameters, ...mask],
      shape: query,
      settings: [
        ['roles', inputs.map(it => distinct.indexOf(it)).join('×')],
        [
          'masked',
          mask.length > 0 ? 'by a mask' : !isMissing(masks.padding) || !isMissing(masks.mask) ? 'unknown' : false,
        ],
      ],
    }),
  );
  const isBatchFirst = self.own('batch_first') === true;
  if (self.own('training') === true) {
    drawMask(machine, shapeOfScores(self, query, key, isBatchFirst), numberValue(self.own('dropout')));
  }
  if (needWeights === false) return new Tuple([output, null]);
  const weights = resultOf(machine, {
    kind: 'softmax',
    name: 'softmax',
    inputs: [query === undefined ? output : inputs[0]!],
    shape: shapeOfWeights(query, key, isBatchFirst),
  });
  return new Tuple([output, weights]);
}

/** Of every head; keys may be added to those that are given. */
function shapeOfScores(self: ModuleInstance, query: Shape, key: Shape, isBatchFirst: boolean): Shape {
  const weights =
    query?.length === 2 && key?.length === 2 ? [query[0], key[0]] : shapeOfWeights(query, key, isBatchFirst);
  const heads = self.own('num_heads');
  const keys = weights?.at(-1);
  if (keys === undefined || typeof heads !== 'number') return undefined;
  const hasOwnKeys = isTensor(member(self, 'bias_k'));
  return [heads, ...weights!.slice(0, -1), add(keys, Number(hasOwnKeys) + Number(self.own('add_zero_attn') === true))];
}

function shapeOfWeights(query: Shape, key: Shape, isBatchFirst: boolean): Shape {
  if (query?.length !== 3 || key?.length !== 3) return undefined;
  return isBatchFirst ? [query[0], query[1], key[1]] : [query[1], query[0], key[0]];
}
