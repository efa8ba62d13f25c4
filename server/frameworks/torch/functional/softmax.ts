/** Softmax and its kin: where the scale of a signal ends. */
import type { Machine } from '../../../interpreter/machine.js';
import { native } from '../../../interpreter/native.js';
import type { NativeFunction, Value } from '../../../interpreter/values.js';
import { resultOf } from '../operations/results.js';
import { isTensor, newTensor } from '../tensor.js';
import { drawInto } from '../writes.js';
import { chunkAxis } from './halves.js';

function softmax(machine: Machine, name: string, input: Value, dim: Value | undefined): Value {
  return resultOf(machine, {
    kind: 'softmax',
    name,
    inputs: [input],
    shape: isTensor(input) ? input.shape : undefined,
    settings: typeof dim === 'number' ? [['dim', dim]] : [],
  });
}

const NAMES = ['softmax', 'log_softmax'];

export const softmaxFunctionals: readonly NativeFunction[] = [
  ...[...NAMES, 'softmin'].map(name =>
    native(name, 'input, dim=None, _stacklevel=3, dtype=None', (m, input, dim) => softmax(m, name, input!, dim)),
  ),
  native(
    'gumbel_softmax',
    'logits, tau=1, hard=False, eps=1e-10, dim=-1',
    (machine, logits, _tau, _hard, _eps, dim) => {
      const noise = newTensor(machine, isTensor(logits) ? logits.shape : undefined);
      drawInto(machine, noise, 'exponential_', [1]);
      return softmax(machine, 'gumbel_softmax', logits!, dim);
    },
  ),
  native('glu', 'input, dim=-1', (machine, input, dim) =>
    resultOf(machine, { kind: 'nonlinearity', name: 'glu', inputs: [input!], shape: chunkAxis(input!, dim) }),
  ),
];

/** Under `torch` and as methods there is no `_stacklevel`. */
export const softmaxFunctions: readonly NativeFunction[] = NAMES.map(name =>
  native(name, 'input, dim=None, dtype=None', (m, input, dim) => softmax(m, name, input!, dim)),
);
