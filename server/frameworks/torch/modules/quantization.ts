/** `torch.ao.quantization`: what changes a network after it was made is noticed, and not followed. */
import type { Machine } from '../../../interpreter/machine.js';
import { native, nativeClass, rawNative } from '../../../interpreter/native.js';
import type { ModuleValue } from '../../../interpreter/values.js';
import { layersOf } from '../nn/classes.js';
import { type Named, openModule } from './names.js';

const FUNCTIONS = [
  'prepare',
  'prepare_qat',
  'convert',
  'quantize',
  'quantize_qat',
  'quantize_dynamic',
  'fuse_modules',
  'fuse_modules_qat',
  'propagate_qconfig_',
  'add_quant_dequant',
  'swap_module',
];

export function quantizationModule(name: string, machine: Machine): ModuleValue {
  return openModule(name, [...FUNCTIONS.map(changing), ...stubs(machine)]);
}

/** Answers the network that it is given: layers are wrapped, fused or swapped in it, and no weight is drawn. */
const changing = (name: string): Named => [
  name,
  rawNative(name, (machine, { positional, keywords }) => {
    machine.incomplete(`what \`${name}\` makes of the network is not known`);
    return positional[0] ?? keywords.get('model') ?? machine.unknown(`\`${name}\` is not followed`);
  }),
];

/** In a network that is not quantized they hand on what they are given. */
function stubs(machine: Machine): readonly Named[] {
  const { module } = layersOf(machine);
  return ['QuantStub', 'DeQuantStub'].map((name): Named => {
    const members: readonly Named[] = [
      [
        '__init__',
        native('__init__', 'self, qconfig=None', (m, self) => m.call(module.attributes.get('__init__')!, [self!])),
      ],
      ['forward', native('forward', 'self, x', (_, _self, x) => x!)],
    ];
    return [name, nativeClass(name, 'torch.ao.quantization', [module], members)];
  });
}
