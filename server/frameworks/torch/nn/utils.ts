/** The rest of torch.nn.utils: clipping, packing, skipping initialization. */
import { native, rawNative } from '../../../interpreter/native.js';
import { type NativeFunction, Tuple, type Value } from '../../../interpreter/values.js';
import { torchOf } from '../state.js';
import { addContents } from '../storage.js';
import { isTensor } from '../tensor.js';
import { ntuple } from './words.js';

/** What concerns gradients and leaves the weights alone. */
const withoutEffect = ['clip_grad_norm', 'clip_grad_norm_', 'clip_grad_value_', 'convert_conv2d_weight_memory_format'];

export const utilityNatives: readonly NativeFunction[] = [
  ...withoutEffect.map(name => rawNative(name, machine => machine.unknown(`\`${name}\` is about gradients`))),
  rawNative('skip_init', (machine, { positional: [cls, ...positional], keywords }) => {
    const module = machine.call(cls!, positional, new Map([...keywords, ['device', 'meta']]));
    const device = keywords.get('device') ?? 'cpu';
    return machine.callMethod(module, 'to_empty', [], new Map<string, Value>([['device', device]]));
  }),
  native('parameters_to_vector', 'parameters', machine => machine.unknown('it is made of all parameters')),
  native('vector_to_parameters', 'vec, parameters', (machine, _, parameters) => {
    for (const tensor of machine.listOf(parameters!) ?? []) {
      if (isTensor(tensor))
        addContents(machine, tensor.storage, { kind: 'opaque', reason: 'it is a part of a vector' });
    }
    return null;
  }),
];

/** Packed sequences hold what they were packed from. */
export const sequenceNatives: readonly NativeFunction[] = [
  native('pack_padded_sequence', 'input, lengths, batch_first=False, enforce_sorted=True', (machine, input) => {
    torchOf(machine).hasPacked = true;
    return input!;
  }),
  native(
    'pad_packed_sequence',
    'sequence, batch_first=False, padding_value=0.0, total_length=None',
    (machine, sequence) => new Tuple([sequence!, machine.unknown('the lengths are not known')]),
  ),
  native('pack_sequence', 'sequences, enforce_sorted=True', (machine, sequences) => {
    torchOf(machine).hasPacked = true;
    return machine.getItem(sequences!, 0);
  }),
];

/** torch.nn.modules.utils */
export const tupleNatives: readonly (readonly [string, Value])[] = [
  ['_single', 1],
  ['_pair', 2],
  ['_triple', 3],
  ['_quadruple', 4],
].map(([name, count]) => [
  name as string,
  native(name as string, 'x', (machine, value) => machine.call(ntuple, [value!, count as number])),
]);
