/** `torch.ao.quantization` and `torch.nn.quantized`: what changes a network after it was made is noticed, and not followed. */
import type { Machine } from '../../../interpreter/machine.js';
import { native, nativeClass, rawNative } from '../../../interpreter/native.js';
import type { ModuleValue, NativeFunction, Value } from '../../../interpreter/values.js';
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
  return ['QuantStub', 'DeQuantStub'].map(name =>
    layer(machine, name, 'torch.ao.quantization', [
      native('__init__', 'self, qconfig=None', (m, self) => initialize(m, self!)),
      native('forward', 'self, x', (_, _self, x) => x!),
    ]),
  );
}

function layer(machine: Machine, name: string, where: string, methods: readonly NativeFunction[]): Named {
  const members = methods.map((it): Named => [it.name, it]);
  return [name, nativeClass(name, where, [layersOf(machine).module], members)];
}

const initialize = (machine: Machine, self: Value): Value =>
  machine.call(layersOf(machine).module.attributes.get('__init__')!, [self]);

/** Arithmetic as layers, which a network that may be quantized is written with; layers of whole numbers are not known. */
export function quantizedModule(name: string, machine: Machine): ModuleValue {
  const watched = native('__init__', 'self', (m, self) => {
    initialize(m, self!);
    const identity = m.call(layersOf(m).named('Identity')!, []);
    m.setAttribute(self!, 'activation_post_process', identity);
    return null;
  });
  return openModule(name, [
    layer(machine, 'FloatFunctional', name, [watched, ...arithmetic]),
    layer(machine, 'FXFloatFunctional', name, arithmetic),
  ]);
}

const arithmetic: readonly NativeFunction[] = [
  native('add', 'self, x, y', (m, _, x, y) => computed(m, 'add', x!, y!)),
  native('add_scalar', 'self, x, y', (m, _, x, y) => computed(m, 'add', x!, y!)),
  native('mul', 'self, x, y', (m, _, x, y) => computed(m, 'mul', x!, y!)),
  native('mul_scalar', 'self, x, y', (m, _, x, y) => computed(m, 'mul', x!, y!)),
  native('cat', 'self, x, dim=0', (m, _, x, dim) => computed(m, 'cat', x!, dim!)),
  native('add_relu', 'self, x, y', (m, _, x, y) => computed(m, 'relu', computed(m, 'add', x!, y!))),
];

const computed = (machine: Machine, name: string, ...operands: readonly Value[]): Value =>
  machine.call(machine.getAttribute(machine.importModule('torch'), name), [...operands]);
