/** What convolutions share beside their rows: the method that users override to change the weight. */
import type { Machine } from '../../../interpreter/machine.js';
import { native } from '../../../interpreter/native.js';
import { type NativeFunction, Tuple, type Value } from '../../../interpreter/values.js';
import { functional } from './functional.js';

export const convolutionNatives: readonly NativeFunction[] = [
  native('_conv_forward', 'self, input, weight, bias=None', (machine, self, input, weight, bias) => {
    const convolve = functional(`conv${dimensionsOf(machine, self!)}d`);
    if (convolve === undefined) return machine.unknown('it is a convolution');
    const settings = ['stride', 'padding', 'dilation', 'groups'].map(it => machine.getAttribute(self!, it));
    return machine.call(convolve, [input!, weight!, bias!, ...settings]);
  }),
];

function dimensionsOf(machine: Machine, self: Value): number {
  const kernel = machine.getAttribute(self, 'kernel_size');
  return kernel instanceof Tuple ? kernel.items.length : 2;
}
