/** What optimizers do to the parameters that they are given: a step along gradients, which nobody follows. */
import type { Machine } from '../../../interpreter/machine.js';
import { native } from '../../../interpreter/native.js';
import { Dict, Instance, List, Unknown, type Value } from '../../../interpreter/values.js';
import { torchOf } from '../state.js';
import { isTensor } from '../tensor.js';
import { fillWith } from '../writes.js';
import type { Named } from './names.js';

const GIVEN = '_given';

/** Only where a network is asked for by name; elsewhere nobody asks for the bytes of what is trained. */
const keep = native('__init__', 'self, *args, **kwargs', (machine, self, args, keywords) => {
  if (!machine.strict || !(self instanceof Instance)) return null;
  const [first] = machine.listOf(args!) ?? [];
  const given = first ?? (keywords instanceof Dict ? keywords.entries.get('params')?.[1] : undefined);
  machine.touch(self);
  if (given !== undefined) self.attributes.set(GIVEN, tensorsIn(machine, given));
  return null;
});

/** Tensors, or groups of them under `params`; an unknown where some may be missing. */
function tensorsIn(machine: Machine, given: Value): Value {
  if (isTensor(given)) return new List([given]);
  const items = machine.listOf(given);
  if (items === undefined) return machine.unknown('what an optimizer is given is not known');
  const tensors: Value[] = [];
  for (const item of items) {
    const group = item instanceof Dict ? item.entries.get('params')?.[1] : undefined;
    const inside = group === undefined ? new List([item]) : tensorsIn(machine, group);
    if (!(inside instanceof List)) return inside;
    tensors.push(...inside.items);
  }
  return new List(tensors);
}

const step = native('step', 'self, *args, **kwargs', (machine, self) => {
  if (!machine.strict || !torchOf(machine).hasGradients) return null;
  const given = (self as Instance).attributes.get(GIVEN);
  if (given instanceof Unknown) machine.inexact('what an optimizer is given is not known');
  if (!(given instanceof List)) return null;
  for (const tensor of given.items) if (isTensor(tensor)) fillWith(machine, tensor, undefined);
  return null;
});

export const optimizerMembers: readonly Named[] = [
  ['__init__', keep],
  ['step', step],
];
