/** The module `torch` itself. */
import { collect } from '../../../interpreter/builtins/list.js';
import type { Machine } from '../../../interpreter/machine.js';
import { native, nativeClass, rawNative } from '../../../interpreter/native.js';
import {
  type ClassValue,
  Float,
  Instance,
  type ModuleValue,
  type NativeFunction,
  Singleton,
  type Value,
} from '../../../interpreter/values.js';
import { activationFunctions } from '../activations.js';
import { dtypeOf, dtypeValue, sizesOf } from '../arguments.js';
import { makeDevice, sizeOfShape } from '../descriptions.js';
import { type Dtype, dtypeNames, dtypes, isFloating, promoted } from '../dtypes.js';
import { shapedFactories } from '../factories.js';
import { dropoutFunctions } from '../functional/dropout.js';
import { softmaxFunctions } from '../functional/softmax.js';
import { functionals } from '../functional.js';
import { constructed } from '../methods.js';
import { gradFunctions, gradModes, randomNames } from '../modes.js';
import { isBefore } from '../nn/versions.js';
import { operations } from '../operations/index.js';
import { unseenOperations } from '../operations/unseen.table.js';
import { functionsOf } from '../operations/variants.js';
import { sequences } from '../sequences.js';
import { broadcast } from '../shapes.js';
import { torchOf } from '../state.js';
import { isTensor } from '../tensor.js';
import { functionClass } from './autograd.js';
import { always, context, decorator, type Named, nothing, openModule, same, unknownValue } from './names.js';

const named = (natives: readonly NativeFunction[]): readonly Named[] => natives.map(it => [it.name, it]);

/** Functions of torch.nn.functional that torch has as well. */
const shared = [
  ...['1d', '2d', '3d'].flatMap(n => [`conv${n}`, `conv_transpose${n}`, `max_pool${n}`, `avg_pool${n}`]),
  ...['batch_norm', 'instance_norm', 'layer_norm', 'group_norm', 'rms_norm', 'embedding_bag', 'prelu'],
  ...['adaptive_avg_pool1d', 'adaptive_max_pool1d', 'pixel_shuffle', 'pixel_unshuffle', 'channel_shuffle'],
  ...['cosine_similarity', 'pairwise_distance', 'cdist', 'pdist', 'bilinear', 'affine_grid_generator'],
];

export function torchModule(machine: Machine, submodules: ReadonlySet<string>): ModuleValue {
  const version = machine.settings.get('torch-version');
  const later = new Set(Object.keys(since).filter(name => isBefore(version, since[name]!)));
  const names = [...unseenOperations, ...functionsOf(operations), ...everything(machine)];
  return openModule(
    'torch',
    later.size === 0 ? names : names.filter(([name]) => !later.has(name)),
    new Set([...submodules, ...later]),
  );
}

/** Versions that brought what code asks for by `hasattr`. */
const since: Readonly<Record<string, string>> = {
  asarray: '1.11',
  compile: '2.0',
  vmap: '2.0',
  set_default_device: '2.0',
  sym_int: '2.0',
  sym_float: '2.0',
  sym_not: '2.0',
  float8_e4m3fn: '2.1',
  float8_e5m2: '2.1',
  unravel_index: '2.2',
  get_default_device: '2.3',
  uint16: '2.3',
  uint32: '2.3',
  uint64: '2.3',
};

function everything(machine: Machine): readonly Named[] {
  const { classes } = torchOf(machine);
  return [
    ...shared.flatMap((name): readonly Named[] => (functionals.has(name) ? [[name, functionals.get(name)!]] : [])),
    ...activationFunctions,
    ...named(softmaxFunctions),
    ...named(dropoutFunctions),
    ...named(shapedFactories),
    ...named(sequences),
    ...named(gradFunctions),
    ...gradModes,
    ...randomNames,
    ...dtypeNamesOf(machine),
    ...legacyClasses(machine),
    ['Tensor', classes.tensor],
    ['Size', classes.size],
    ['device', classes.device],
    ['dtype', classes.dtype],
    ['Generator', classes.generator],
    ['__version__', torchOf(machine).version],
    ['Function', functionClass],
    ...methodsAsFunctions(classes.tensor),
    ...constants,
    ...questions,
    ...settings,
  ];
}

/** Functions that are a method with the tensor in front. */
const METHODS = [
  'detach',
  'detach_',
  'fill_',
  'zero_',
  'get_device',
  'histc',
  'numel',
  'is_floating_point',
  'is_complex',
];

function methodsAsFunctions(tensor: ClassValue): readonly Named[] {
  return METHODS.flatMap((name): readonly Named[] => {
    const method = tensor.attributes.get(name);
    return method === undefined ? [] : [[name, method]];
  });
}

function dtypeNamesOf(machine: Machine): readonly Named[] {
  const value = (name: Dtype) => dtypeValue(machine, name);
  return dtypeNames.flatMap(name => [name, ...dtypes[name].aliases].map((it): Named => [it, value(name)]));
}

/** `torch.FloatTensor(2, 3)` is raw memory of that type. */
function legacyClasses(machine: Machine): readonly Named[] {
  const { tensor } = torchOf(machine).classes;
  return dtypeNames.flatMap((name): readonly Named[] => {
    const { legacy } = dtypes[name];
    if (legacy === undefined) return [];
    const construct = native('__new__', 'cls, *args, **kwargs', (inner, _, args, keywords) =>
      constructed(inner, tensor, args!, keywords!, name),
    );
    const cls = nativeClass(legacy, 'torch', [tensor], [['__new__', construct]]);
    cls.comparesElementwise = true;
    return [[legacy, cls]];
  });
}

const MEMORY_FORMATS = [
  'channels_last',
  'channels_last_3d',
  'contiguous_format',
  'preserve_format',
  'strided',
  'sparse_coo',
];

const constants: readonly Named[] = [
  ['pi', new Float(Math.PI)],
  ['e', new Float(Math.E)],
  ['inf', new Float(Infinity)],
  ['nan', new Float(Number.NaN)],
  ['newaxis', null],
  ...MEMORY_FORMATS.map((name): Named => [name, new Singleton(`torch.${name}`)]),
];

const questions: readonly Named[] = [
  ['is_tensor', native('is_tensor', 'obj', (_, value) => isTensor(value))],
  ['is_storage', native('is_storage', 'obj', () => false)],
  ['get_default_dtype', native('get_default_dtype', '', machine => dtypeValue(machine, torchOf(machine).defaultDtype))],
  [
    'get_default_device',
    native('get_default_device', '', machine => makeDevice(machine, torchOf(machine).defaultDevice)),
  ],
  ['promote_types', native('promote_types', 'type1, type2', promote)],
  [
    'result_type',
    native('result_type', 'tensor1, tensor2', (machine, a, b) =>
      promote(machine, typeOf(machine, a!), typeOf(machine, b!)),
    ),
  ],
  [
    'finfo',
    native('finfo', 'type=None', (machine, type) =>
      limitsOf(machine, dtypeOf(machine, type) ?? torchOf(machine).defaultDtype),
    ),
  ],
  ['iinfo', native('iinfo', 'type', (machine, type) => limitsOf(machine, dtypeOf(machine, type) ?? 'int64'))],
  ['broadcast_shapes', native('broadcast_shapes', '*shapes', (machine, shapes) => broadcastShapes(machine, shapes!))],
  always('is_warn_always_enabled', false),
  always('are_deterministic_algorithms_enabled', false),
  always('get_num_threads', 1),
  always('get_float32_matmul_precision', 'highest'),
  always('is_autocast_enabled', false),
  ['typename', native('typename', 'obj', (machine, value) => machine.classOf(value!).name)],
];

function broadcastShapes(machine: Machine, shapes: Value): Value {
  return sizeOfShape(machine, broadcast(...collect(machine, shapes).map(it => sizesOf(machine, it))));
}

const typeOf = (machine: Machine, value: Value): Value => (isTensor(value) ? dtypeValue(machine, value.dtype) : value);

function promote(machine: Machine, a?: Value, b?: Value): Value {
  const [left, right] = [dtypeOf(machine, a), dtypeOf(machine, b)];
  if (left === undefined || right === undefined) return machine.unknown('an element type');
  return dtypeValue(machine, promoted(left, right));
}

/** Limits of a type, as IEEE 754 and two's complement have them. */
function limitsOf(machine: Machine, dtype: Dtype): Value {
  const info = new Instance(machine.builtins.objectClass);
  const { bytes } = dtypes[dtype];
  info.attributes.set('bits', bytes * 8);
  if (isFloating(dtype)) {
    const [digits, exponent] = floatFormats[dtype]!;
    const max = (2 - 2 ** (1 - digits)) * 2 ** exponent;
    info.attributes.set('max', new Float(max));
    info.attributes.set('min', new Float(-max));
    info.attributes.set('eps', new Float(2 ** (1 - digits)));
    info.attributes.set('tiny', new Float(2 ** (1 - exponent)));
    info.attributes.set('smallest_normal', new Float(2 ** (1 - exponent)));
  } else {
    const isSigned = dtype !== 'uint8';
    info.attributes.set('max', limit(isSigned ? 2n ** BigInt(bytes * 8 - 1) - 1n : 255n));
    info.attributes.set('min', limit(isSigned ? -(2n ** BigInt(bytes * 8 - 1)) : 0n));
  }
  return info;
}

const limit = (value: bigint): Value => (Number.isSafeInteger(Number(value)) ? Number(value) : value);

/** Digits of the significand and the largest exponent. */
const floatFormats: Partial<Record<Dtype, readonly [digits: number, exponent: number]>> = {
  float32: [24, 127],
  float64: [53, 1023],
  bfloat16: [8, 127],
  float16: [11, 15],
};

const INERT = [
  'save',
  'set_num_threads',
  'set_num_interop_threads',
  'set_printoptions',
  'use_deterministic_algorithms',
  'set_deterministic',
  'set_float32_matmul_precision',
  'set_warn_always',
  'set_flush_denormal',
  'set_anomaly_enabled',
  '_assert',
  '_assert_async',
  '_check',
  '_check_is_size',
];

const settings: readonly Named[] = [
  ...INERT.map(nothing),
  ['set_default_dtype', native('set_default_dtype', 'd', (machine, dtype) => setDefaultDtype(machine, dtype!))],
  [
    'set_default_tensor_type',
    native('set_default_tensor_type', 't', (machine, type) => setDefaultType(machine, type!)),
  ],
  [
    'set_default_device',
    native('set_default_device', 'device', (machine, device) => {
      const text = machine.toText(device!);
      torchOf(machine).defaultDevice = text ?? 'cpu';
      return null;
    }),
  ],
  ['load', native('load', 'f, *args, **kwargs', machine => machine.unknown('it comes from `torch.load`'))],
  ['compile', rawNative('compile', (machine, args) => machine.callWith(compile, args))],
  ['from_file', native('from_file', '*args, **kwargs', machine => machine.unknown('it comes from a file'))],
  ['vmap', same('vmap')[1]],
  ['autocast', context('autocast')[1]],
  unknownValue('cond', 'one of two branches'),
];

const [, compile] = decorator('compile') as readonly [string, NativeFunction];

function setDefaultDtype(machine: Machine, dtype: Value): Value {
  const known = dtypeOf(machine, dtype);
  if (known === undefined) machine.inexact('the default element type is not known');
  else torchOf(machine).defaultDtype = known;
  return null;
}

/** `'torch.cuda.FloatTensor'` names an element type and a device. */
function setDefaultType(machine: Machine, type: Value): Value {
  const text = typeof type === 'string' ? type : machine.classOf(type).name;
  const found = dtypeNames.find(it => dtypes[it].legacy !== undefined && text.endsWith(dtypes[it].legacy!));
  if (found !== undefined) torchOf(machine).defaultDtype = found;
  if (text.includes('cuda')) torchOf(machine).defaultDevice = 'cuda';
  return null;
}
