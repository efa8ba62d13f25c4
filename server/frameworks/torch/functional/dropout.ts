/** Dropout: the identity for the graph, a draw of the generator while training. */
import type { Machine } from '../../../interpreter/machine.js';
import { native } from '../../../interpreter/native.js';
import type { NativeFunction } from '../../../interpreter/values.js';
import { numberValue } from '../arguments.js';
import { overwrite } from '../operations/in-place.js';
import { resultOf } from '../operations/results.js';
import { isTensor, newTensor, type Shape, type Tensor } from '../tensor.js';
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
    const isTraining = machine.truth(training!);
    if (isTraining === undefined) machine.inexact('it is not known whether values are dropped');
    if (isTraining === true && isTensor(input)) {
      drawMask(machine, isOfChannels ? channelsOf(name, input.shape) : input.shape, probability, input);
    }
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

/** One number for every channel of every sample; some take an input without a batch for one sample. */
function channelsOf(name: string, shape: Shape): Shape {
  const dimensions = /dropout([13])d$/.exec(name)?.[1];
  if (dimensions !== undefined && shape?.length === Number(dimensions) + 1) return shape.slice(0, 1);
  return shape?.map((size, axis) => (axis < 2 ? size : 1));
}

/** Draws which values are kept: nothing is drawn where all of them are, or none. */
export function drawMask(
  machine: Machine,
  shape: Shape,
  p: number | undefined,
  place: Partial<Pick<Tensor, 'dtype' | 'device'>> = {},
): void {
  if (p === 0 || p === 1 || shape?.includes(0)) return;
  const { dtype, device } = place;
  const mask = newTensor(machine, shape, { ...(dtype && { dtype }), ...(device && { device }) });
  drawInto(machine, mask, 'bernoulli_', [1 - (p ?? Number.NaN)]);
}

export const dropoutFunctionals: readonly NativeFunction[] = dropouts.map(([name, isOfChannels]) =>
  dropout(name, isOfChannels, name.includes('alpha') ? 'False' : 'True'),
);

/** `torch.dropout(input, p, train)`. */
export const dropoutFunctions: readonly NativeFunction[] = dropouts.map(([name, isOfChannels]) => {
  const made = dropout(name, isOfChannels, 'True');
  return native(name, 'input, p, train', (machine, input, p, train) => machine.call(made, [input!, p!, train!]));
});
