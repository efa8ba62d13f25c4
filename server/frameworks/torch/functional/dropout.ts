/** Dropout: the identity for the graph, a draw of the generator while training. */
import type { Machine } from '../../../interpreter/machine.js';
import { native } from '../../../interpreter/native.js';
import type { NativeFunction, Value } from '../../../interpreter/values.js';
import { numberValue } from '../arguments.js';
import { overwrite } from '../operations/in-place.js';
import { resultOf } from '../operations/results.js';
import { isTensor, newTensor, type Shape } from '../tensor.js';
import { drawInto } from '../writes.js';

/** Names, and whether whole channels are dropped. */
const dropouts: readonly (readonly [name: string, isOfChannels: boolean])[] = [
  ['dropout', false],
  ['alpha_dropout', false],
  ['dropout1d', true],
  ['dropout2d', true],
  ['dropout3d', true],
  ['feature_dropout', true],
  ['feature_alpha_dropout', true],
];

function dropout(name: string, isOfChannels: boolean, byDefault: string): NativeFunction {
  const signature = `input, p=0.5, training=${byDefault}, inplace=False`;
  return native(name, signature, (machine, input, p, training, inplace) => {
    const probability = numberValue(p);
    if (training === true) drawMask(machine, input!, probability, isOfChannels);
    const result = resultOf(machine, {
      kind: 'dropout',
      name,
      inputs: [input!],
      shape: isTensor(input) ? input.shape : undefined,
      settings: probability === undefined ? [] : [['p', probability]],
    });
    return inplace === true && isTensor(input)
      ? overwrite(machine, input, result, { initializer: `${name}_` })
      : result;
  });
}

/** One number for every element, or for every channel of every sample. */
function drawMask(machine: Machine, input: Value, p: number | undefined, isOfChannels: boolean): void {
  if (!isTensor(input) || p === 0 || p === 1) return;
  const shape: Shape = isOfChannels ? input.shape?.map((size, axis) => (axis < 2 ? size : 1)) : input.shape;
  drawInto(machine, newTensor(machine, shape, { dtype: input.dtype, device: input.device }), 'bernoulli_', [
    1 - (p ?? Number.NaN),
  ]);
}

export const dropoutFunctionals: readonly NativeFunction[] = dropouts.map(([name, isOfChannels]) =>
  dropout(name, isOfChannels, name.includes('alpha') ? 'False' : 'True'),
);

/** `torch.dropout(input, p, train)`. */
export const dropoutFunctions: readonly NativeFunction[] = dropouts.map(([name, isOfChannels]) => {
  const made = dropout(name, isOfChannels, 'True');
  return native(name, 'input, p, train', (machine, input, p, train) => machine.call(made, [input!, p!, train!]));
});
