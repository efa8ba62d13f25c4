/** nn.Module: moving, converting, freezing, printing: what leaves the values as they are, and loading, which does not. */
import type { Machine } from '../../../interpreter/machine.js';
import { native, rawNative } from '../../../interpreter/native.js';
import { List, type NativeFunction, type Value } from '../../../interpreter/values.js';
import { type Dtype, isFloating } from '../dtypes.js';
import { convert, dtypeIn } from '../operations/conversions.js';
import { hookNatives } from './hooks.js';
import type { ModuleInstance } from './instance.js';
import { slotOf } from './instance.js';
import { forget, load } from './loads.js';
import { setMode } from './mode.js';
import { namedTensors, postOrder } from './walk.js';

const asModule = (value: Value | undefined): ModuleInstance => value as ModuleInstance;

/** Methods that answer the module itself. */
const same = ['cuda', 'ipu', 'xpu', 'cpu', 'share_memory', '_apply', 'compile'].map(name =>
  rawNative(name, (_, { positional }) => positional[0]!),
);

/** Methods that convert parameters and buffers, in place. */
const converting = (
  [
    ['float', 'float32'],
    ['double', 'float64'],
    ['half', 'float16'],
    ['bfloat16', 'bfloat16'],
  ] as const
).map(([name, dtype]) => native(name, 'self', (machine, self) => convertAll(machine, asModule(self), dtype)));

/** An element type may stand anywhere among what they are given. */
const moving = ['to', 'type'].map(name =>
  rawNative(name, (machine, { positional: [self, ...positional], keywords }) => {
    const given = [...positional, ...keywords.values()].map(it => dtypeIn(machine, it));
    const dtype = given.find(it => it !== undefined);
    return dtype === undefined ? self! : convertAll(machine, asModule(self), dtype);
  }),
);

function convertAll(machine: Machine, root: ModuleInstance, dtype: Dtype): Value {
  if (!isFloating(dtype)) return root;
  for (const slot of ['_parameters', '_buffers'] as const) {
    for (const [, tensor] of namedTensors(root, slot)) convert(machine, tensor, dtype);
  }
  return root;
}

/** Methods of which only the name matters. */
const nothing = [
  'register_backward_hook',
  'register_full_backward_hook',
  'register_full_backward_pre_hook',
  '_register_state_dict_hook',
  '_register_load_state_dict_pre_hook',
  'register_load_state_dict_post_hook',
  'register_load_state_dict_pre_hook',
  'register_state_dict_pre_hook',
  '_load_from_state_dict',
  '_save_to_state_dict',
  'zero_grad',
  '__setstate__',
].map(name => rawNative(name, machine => (name.startsWith('register') ? machine.unknown('it is a hook') : null)));

export const conversionNatives: readonly NativeFunction[] = [
  ...hookNatives,
  ...same,
  ...converting,
  ...moving,
  ...nothing,
  native('train', 'self, mode=True', (machine, self, mode) => setTraining(machine, asModule(self), mode!)),
  native('eval', 'self', (machine, self) => setTraining(machine, asModule(self), false)),
  native('requires_grad_', 'self, requires_grad=True', (machine, self, wanted) =>
    setRequiresGrad(machine, asModule(self), wanted!),
  ),
  native('to_empty', 'self, *, device, recurse=True', (machine, self, device) => {
    for (const [, tensor] of namedTensors(asModule(self), '_parameters')) forget(machine, tensor, device!);
    return self!;
  }),
  native('load_state_dict', 'self, state_dict, strict=True, assign=False', (machine, self, state, strict) => {
    const site = machine.callSite()?.site ?? machine.site();
    if (site !== undefined) machine.loads.push({ site, order: machine.nextOrder(), root: asModule(self) });
    load(machine, asModule(self), state!, strict !== false);
    return machine.unknown('`load_state_dict` tells missing keys');
  }),
  native('extra_repr', 'self', () => ''),
  native('_get_name', 'self', (_, self) => asModule(self).cls.name),
  native('__repr__', 'self', (_, self) => `${asModule(self).cls.name}()`),
  native('__dir__', 'self', (_, self) => new List(namesOf(asModule(self)))),
  native('get_extra_state', 'self', () => null),
  native('set_extra_state', 'self, state', () => null),
];

function setTraining(machine: Machine, root: ModuleInstance, mode: Value): Value {
  for (const module of postOrder(root)) setMode(machine, module, mode);
  return root;
}

function setRequiresGrad(machine: Machine, root: ModuleInstance, wanted: Value): Value {
  for (const [, tensor] of namedTensors(root, '_parameters')) machine.callMethod(tensor, 'requires_grad_', [wanted]);
  return root;
}

function namesOf(module: ModuleInstance): string[] {
  const own = [...module.attributes.keys()];
  const members = (['_parameters', '_buffers', '_modules'] as const).flatMap(it =>
    [...(slotOf(module, it)?.entries.values() ?? [])].map(([name]) => String(name)),
  );
  const inherited = module.cls.mro.flatMap(it => [...it.attributes.keys()]);
  return [...new Set([...own, ...members, ...inherited])].sort();
}
