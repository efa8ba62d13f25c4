/** MultiheadAttention's forward. */
import type { Machine } from '../../../interpreter/machine.js';
import { native } from '../../../interpreter/native.js';
import { type NativeFunction, Tuple, type Value } from '../../../interpreter/values.js';
import { isMissing } from '../arguments.js';
import { isTracked, resultOf } from '../operations/results.js';
import { torchOf } from '../state.js';
import { isTensor, type Shape } from '../tensor.js';
import type { ModuleInstance } from './instance.js';
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
  if (needWeights === false) return new Tuple([output, null]);
  const weights = resultOf(machine, {
    kind: 'softmax',
    name: 'softmax',
    inputs: [query === undefined ? output : inputs[0]!],
    shape: shapeOfWeights(query, key, self.own('batch_first') === true),
  });
  return new Tuple([output, weights]);
}

function shapeOfWeights(query: Shape, key: Shape, isBatchFirst: boolean): Shape {
  if (query?.length !== 3 || key?.length !== 3) return undefined;
  return isBatchFirst ? [query[0], query[1], key[1]] : [query[1], query[0], key[0]];
}
