/** Forward of the Transformer's layers and stacks, and the Transformer's own reset. */
import { collect } from '../../../interpreter/builtins/list.js';
import type { Machine } from '../../../interpreter/machine.js';
import { native } from '../../../interpreter/native.js';
import type { NativeFunction, Value } from '../../../interpreter/values.js';
import { integerValue } from '../arguments.js';
import { initializerNamed } from '../initializers.js';
import { laterMask } from '../operations/scores.js';
import type { ModuleInstance } from './instance.js';
import { initialize } from './start.js';
import { namedTensors } from './walk.js';

const asModule = (value: Value | undefined): ModuleInstance => value as ModuleInstance;

/** What is left out of what a block attends to: by pairs of tokens, and by tokens. */
interface Masks {
  readonly pairs: Value | undefined;
  readonly tokens: Value | undefined;
}

function attend(machine: Machine, attention: Value, query: Value, memory: Value, { pairs, tokens }: Masks): Value {
  const masks = new Map<string, Value>([
    ['attn_mask', pairs ?? null],
    ['key_padding_mask', tokens ?? null],
  ]);
  return machine.getItem(machine.call(attention, [query, memory, memory], masks), 0);
}

/** A block on a residual branch, before or after its norm. */
function residual(machine: Machine, self: ModuleInstance, x: Value, norm: string, block: (x: Value) => Value): Value {
  const normalize = (value: Value) => machine.callMethod(self, norm, [value]);
  if (self.own('norm_first') === true) return machine.binary('+', x, block(normalize(x)));
  return normalize(machine.binary('+', x, block(x)));
}

const selfAttention = native(
  '_sa_block',
  'self, x, attn_mask=None, key_padding_mask=None, is_causal=False',
  (machine, self, x, pairs, tokens) => {
    const attention = machine.getAttribute(self!, 'self_attn');
    return machine.callMethod(self!, 'dropout1', [attend(machine, attention, x!, x!, { pairs, tokens })]);
  },
);

const crossAttention = native(
  '_mha_block',
  'self, x, mem, attn_mask=None, key_padding_mask=None, is_causal=False',
  (machine, self, x, memory, pairs, tokens) => {
    const attention = machine.getAttribute(self!, 'multihead_attn');
    return machine.callMethod(self!, 'dropout2', [attend(machine, attention, x!, memory!, { pairs, tokens })]);
  },
);

const feedForward = (dropout: string) =>
  native('_ff_block', 'self, x', (machine, self, x) => {
    const hidden = machine.callMethod(self!, 'activation', [machine.callMethod(self!, 'linear1', [x!])]);
    const narrow = machine.callMethod(self!, 'linear2', [machine.callMethod(self!, 'dropout', [hidden])]);
    return machine.callMethod(self!, dropout, [narrow]);
  });

export const encoderLayerNatives: readonly NativeFunction[] = [
  selfAttention,
  feedForward('dropout2'),
  native(
    'forward',
    'self, src, src_mask=None, src_key_padding_mask=None, is_causal=False',
    (machine, self, source, mask, tokens) => {
      const block = (name: string) => (x: Value) => machine.callMethod(self!, name, [x]);
      const attended = residual(machine, asModule(self), source!, 'norm1', it =>
        machine.callMethod(self!, '_sa_block', [it, mask!, tokens!]),
      );
      return residual(machine, asModule(self), attended, 'norm2', block('_ff_block'));
    },
  ),
];

export const decoderLayerNatives: readonly NativeFunction[] = [
  selfAttention,
  crossAttention,
  feedForward('dropout3'),
  native(
    'forward',
    'self, tgt, memory, tgt_mask=None, memory_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None, tgt_is_causal=False, memory_is_causal=False',
    (machine, self, target, memory, mask, memoryMask, tokens, memoryTokens) => {
      const module = asModule(self);
      const attended = residual(machine, module, target!, 'norm1', it =>
        machine.callMethod(module, '_sa_block', [it, mask!, tokens!]),
      );
      const informed = residual(machine, module, attended, 'norm2', it =>
        machine.callMethod(module, '_mha_block', [it, memory!, memoryMask!, memoryTokens!]),
      );
      return residual(machine, module, informed, 'norm3', it => machine.callMethod(module, '_ff_block', [it]));
    },
  ),
];

/** Every layer in turn, then the norm that may follow the last. */
function throughLayers(machine: Machine, self: Value, x: Value, ...others: readonly Value[]): Value {
  let value = x;
  for (const layer of collect(machine, machine.getAttribute(self, 'layers'))) {
    value = machine.call(layer, [value, ...others]);
  }
  const norm = machine.getAttribute(self, 'norm');
  return norm === null ? value : machine.call(norm, [value]);
}

export const encoderNatives: readonly NativeFunction[] = [
  native(
    'forward',
    'self, src, mask=None, src_key_padding_mask=None, is_causal=None',
    (machine, self, source, mask, tokens) => throughLayers(machine, self!, source!, mask!, tokens!),
  ),
];

export const decoderNatives: readonly NativeFunction[] = [
  native(
    'forward',
    'self, tgt, memory, tgt_mask=None, memory_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None, tgt_is_causal=None, memory_is_causal=False',
    (machine, self, target, memory, ...masks) =>
      throughLayers(machine, self!, target!, memory!, ...masks.slice(0, 4).map(it => it!)),
  ),
];

export const transformerNatives: readonly NativeFunction[] = [
  native('_reset_parameters', 'self', (machine, self) => {
    const xavier = initializerNamed.get('xavier_uniform_')!;
    for (const [, tensor] of namedTensors(asModule(self), '_parameters')) {
      if (tensor.shape === undefined || tensor.shape.length < 2) continue;
      initialize(machine, tensor, xavier, new Map([['gain', 1]]), { origin: 'default' });
    }
    return null;
  }),
  native(
    'forward',
    'self, src, tgt, src_mask=None, tgt_mask=None, memory_mask=None, src_key_padding_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None, src_is_causal=None, tgt_is_causal=None, memory_is_causal=False',
    (machine, self, source, target, sourceMask, targetMask, memoryMask, sourceTokens, targetTokens, memoryTokens) => {
      const memory = machine.callMethod(self!, 'encoder', [source!, sourceMask!, sourceTokens!]);
      const masks = [targetMask!, memoryMask!, targetTokens!, memoryTokens!];
      return machine.callMethod(self!, 'decoder', [target!, memory, ...masks]);
    },
  ),
  native('generate_square_subsequent_mask', 'sz, device=None, dtype=None', (machine, size) =>
    laterMask(machine, integerValue(size)),
  ),
];
