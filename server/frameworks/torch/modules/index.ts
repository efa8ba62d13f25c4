/** The modules below `torch` that are neither layers nor initializers. */
import { collect } from '../../../interpreter/builtins/list.js';
import type { Machine } from '../../../interpreter/machine.js';
import { native, nativeClass, nativeModule, rawNative } from '../../../interpreter/native.js';
import type { ModuleValue, Value } from '../../../interpreter/values.js';
import { functionalModule } from '../functional.js';
import { gradModes, randomNames } from '../modes.js';
import { layersOf } from '../nn/classes.js';
import { linearAlgebra } from '../operations/decompositions.table.js';
import { matmul } from '../operations/products.js';
import { norm } from '../operations/reductions.js';
import { opaqueResult } from '../operations/results.js';
import { unaries } from '../operations/unary.table.js';
import { functionsOf } from '../operations/variants.js';
import { torchOf } from '../state.js';
import { isTensor } from '../tensor.js';
import { autogradNames, checkpointNames } from './autograd.js';
import { distributionsModule } from './distributions.js';
import {
  always,
  context,
  decorator,
  inertClass,
  type Named,
  nothing,
  openModule,
  same,
  unknownValue,
  unseenModule,
} from './names.js';
import { optimizerMembers } from './optimizers.js';
import { quantizationModule, quantizedModule } from './quantization.js';
import { torchModule } from './torch.js';

/** The module of this name; names that are not here are unknown rather than missing. */
export function tensorModule(name: string, machine: Machine): ModuleValue | undefined {
  if (name.startsWith('torch.distributions.')) return distributionsModule(name);
  return modules[name]?.(machine);
}

const jit: readonly Named[] = [
  ...[
    'script',
    'ignore',
    'unused',
    'export',
    'script_if_tracing',
    'script_method',
    'interface',
    '_overload_method',
    '_overload',
    '_script_if_tracing',
  ].map(decorator),
  ...['trace', 'freeze', 'optimize_for_inference', 'trace_module'].map(same),
  ...['is_scripting', 'is_tracing', '_is_tracing'].map(name => always(name, false)),
  ['annotate', native('annotate', 'the_type, the_value', (_, _type, value) => value!)],
  [
    'isinstance',
    native(
      'isinstance',
      'obj, target_type',
      (machine, value, cls) => machine.isInstance(value!, cls!) ?? machine.unknown('its type'),
    ),
  ],
  nothing('save'),
  unseenModule('load', 'it comes from `torch.jit.load`'),
  ['ScriptFunction', inertClass('ScriptFunction', 'torch.jit')],
];

/** Modules whose methods are compiled: construction is a module's. */
const scriptModules = (machine: Machine): readonly Named[] =>
  ['ScriptModule', 'RecursiveScriptModule'].map(
    (name): Named => [name, nativeClass(name, 'torch.jit', [layersOf(machine).module], [])],
  );

const fx: readonly Named[] = [
  ['wrap', native('wrap', 'fn_or_name', (_, fn) => fn!)],
  same('symbolic_trace'),
  ...['Proxy', 'Tracer', 'GraphModule', 'Graph', 'Node', 'Interpreter', 'Transformer'].map(
    (name): Named => [name, inertClass(name, 'torch.fx')],
  ),
];

/** A machine without GPU: models are judged as they are built on a CPU. */
const cuda: readonly Named[] = [
  ...['is_available', 'is_initialized', 'is_bf16_supported'].map(name => always(name, false)),
  always('device_count', 0),
  always('current_device', 0),
  always('get_device_name', 'GPU'),
  ...[
    'manual_seed',
    'manual_seed_all',
    'seed',
    'seed_all',
    'empty_cache',
    'synchronize',
    'set_device',
    'init',
    'ipc_collect',
    'reset_peak_memory_stats',
  ].map(nothing),
  ...['device', 'stream', 'Stream', 'Event'].map(context),
  unknownValue('get_device_properties', 'properties of a GPU'),
  unknownValue('get_device_capability', 'capability of a GPU'),
];

const amp: readonly Named[] = [
  context('autocast'),
  ...['custom_fwd', 'custom_bwd'].map(decorator),
  ['GradScaler', inertClass('GradScaler', 'torch.amp')],
];

const distributed: readonly Named[] = [
  always('is_available', true),
  always('is_initialized', false),
  always('is_nccl_available', false),
  always('get_rank', 0),
  always('get_world_size', 1),
  ...['init_process_group', 'destroy_process_group', 'barrier', 'broadcast', 'all_reduce', 'all_gather'].map(nothing),
];

const fftNames = [
  'fft',
  'ifft',
  'fft2',
  'ifft2',
  'fftn',
  'ifftn',
  'rfft',
  'irfft',
  'rfft2',
  'irfft2',
  'rfftn',
  'irfftn',
  'fftshift',
  'ifftshift',
];

const fft: readonly Named[] = fftNames.map(name => [
  name,
  rawNative(name, (machine, { positional }) => opaqueResult(machine, name, positional.slice(0, 1))),
]);

const NORM = 'input, ord=None, dim=None, keepdim=False, *, out=None, dtype=None';

const linalg: readonly Named[] = [
  ...functionsOf(linearAlgebra),
  ...['norm', 'vector_norm', 'matrix_norm'].map(
    (name): Named => [
      name,
      native(name, NORM, (machine, input, order, dim, keepdim) =>
        norm(machine, input!, order!, dim!, keepdim!, 'vector_norm'),
      ),
    ],
  ),
  ['matmul', native('matmul', 'input, other, *, out=None', (machine, a, b) => matmul(machine, a!, b!))],
  [
    'multi_dot',
    native('multi_dot', 'tensors, *, out=None', (machine, tensors) =>
      collect(machine, tensors!).reduce((a, b) => matmul(machine, a, b)),
    ),
  ],
];

const sparse: readonly Named[] = [
  ['mm', native('mm', 'sparse, dense, reduce=None', (machine, a, b) => matmul(machine, a!, b!, 'mm'))],
];

const specialNames: ReadonlySet<string> = new Set([
  'erf',
  'erfc',
  'erfinv',
  'exp2',
  'expm1',
  'log1p',
  'logit',
  'round',
  'sinc',
]);

const special: readonly Named[] = [
  ...functionsOf(unaries).filter(([name]) => specialNames.has(name)),
  ['ndtr', native('ndtr', 'input', (machine, input) => normalCdf(machine, input!))],
];

function normalCdf(machine: Machine, input: Value): Value {
  return opaqueResult(machine, 'ndtr', [input], isTensor(input) ? input.shape : undefined);
}

/** Settings that code assigns to: `torch.backends.cudnn.benchmark = True`. */
function settingsModule(name: string, values: Readonly<Record<string, Value>>): ModuleValue {
  return openModule(name, [
    ...Object.entries(values),
    always('is_available', false),
    always('is_built', false),
    always('version', null),
    context('flags'),
  ]);
}

const overrides: readonly Named[] = [
  ...['has_torch_function', 'has_torch_function_unary', 'has_torch_function_variadic'].map(name => always(name, false)),
  ['is_tensor_like', native('is_tensor_like', 'inp', (_, value) => isTensor(value))],
];

const hub: readonly Named[] = [
  unseenModule('load', 'it comes from `torch.hub.load`'),
  unknownValue('load_state_dict_from_url', 'it comes from `load_state_dict_from_url`'),
  always('get_dir', '~/.cache/torch/hub'),
  ...['set_dir', 'download_url_to_file'].map(nothing),
];

/** Names that are looked up as classes of their own: each is made once. */
function classesModule(
  name: string,
  known: readonly string[],
  submodules: ReadonlySet<string> = new Set(),
  members: readonly Named[] = [],
): ModuleValue {
  return openModule(
    name,
    known.map((it): Named => [it, inertClass(it, name, members)]),
    submodules,
  );
}

const OPTIMIZERS = [
  'Optimizer',
  'SGD',
  'Adam',
  'AdamW',
  'NAdam',
  'RAdam',
  'Adamax',
  'Adadelta',
  'Adagrad',
  'ASGD',
  'LBFGS',
  'RMSprop',
  'Rprop',
  'SparseAdam',
  'Adafactor',
  'Muon',
];
const SCHEDULERS = [
  'LRScheduler',
  '_LRScheduler',
  'StepLR',
  'MultiStepLR',
  'LambdaLR',
  'MultiplicativeLR',
  'ExponentialLR',
  'ConstantLR',
  'LinearLR',
  'PolynomialLR',
  'CosineAnnealingLR',
  'CosineAnnealingWarmRestarts',
  'OneCycleLR',
  'CyclicLR',
  'ReduceLROnPlateau',
  'SequentialLR',
  'ChainedScheduler',
];
const DATA = [
  'Dataset',
  'IterableDataset',
  'DataLoader',
  'TensorDataset',
  'ConcatDataset',
  'Subset',
  'Sampler',
  'RandomSampler',
  'SequentialSampler',
  'BatchSampler',
  'WeightedRandomSampler',
  'DistributedSampler',
];

const modules: Readonly<Record<string, (machine: Machine) => ModuleValue>> = {
  torch: machine => torchModule(machine, submodulesOf('torch')),
  'torch.nn.functional': machine => functionalModule(torchOf(machine).version),
  'torch.jit': machine => openModule('torch.jit', [...jit, ...scriptModules(machine)]),
  'torch._jit_internal': () => openModule('torch._jit_internal', jit),
  'torch.fx': () => openModule('torch.fx', fx, submodulesOf('torch.fx')),
  'torch.fx._symbolic_trace': () => openModule('torch.fx._symbolic_trace', [always('is_fx_tracing', false), ...fx]),
  'torch.cuda': () => openModule('torch.cuda', cuda, submodulesOf('torch.cuda')),
  'torch.cuda.amp': () => openModule('torch.cuda.amp', amp),
  'torch.cuda.nvtx': () =>
    openModule('torch.cuda.nvtx', [nothing('range_push'), nothing('range_pop'), context('range')]),
  'torch.mps': () => openModule('torch.mps', [nothing('manual_seed'), nothing('empty_cache')]),
  'torch.xpu': () => openModule('torch.xpu', [always('is_available', false), always('device_count', 0)]),
  'torch.cpu': () => openModule('torch.cpu', [always('is_available', true)], new Set(['amp'])),
  'torch.cpu.amp': () => openModule('torch.cpu.amp', amp),
  'torch.amp': () => openModule('torch.amp', amp),
  'torch.autograd': () =>
    openModule('torch.autograd', [...autogradNames, ...gradModes], submodulesOf('torch.autograd')),
  'torch.autograd.function': () => openModule('torch.autograd.function', autogradNames),
  'torch.autograd.variable': () => openModule('torch.autograd.variable', autogradNames),
  'torch.autograd.grad_mode': () => openModule('torch.autograd.grad_mode', gradModes),
  'torch.autograd.profiler': () =>
    openModule('torch.autograd.profiler', [context('record_function'), context('profile')]),
  'torch.profiler': () => openModule('torch.profiler', [context('record_function'), context('profile')]),
  'torch.backends': () => openModule('torch.backends', [], submodulesOf('torch.backends')),
  'torch.backends.cudnn': () =>
    settingsModule('torch.backends.cudnn', { benchmark: false, deterministic: false, enabled: true, allow_tf32: true }),
  'torch.backends.cuda': () =>
    openModule(
      'torch.backends.cuda',
      [context('sdp_kernel'), ...['enable_flash_sdp', 'enable_mem_efficient_sdp', 'enable_math_sdp'].map(nothing)],
      new Set(['matmul']),
    ),
  'torch.backends.cuda.matmul': () => settingsModule('torch.backends.cuda.matmul', { allow_tf32: false }),
  'torch.backends.mps': () => settingsModule('torch.backends.mps', {}),
  'torch.backends.mkldnn': () => settingsModule('torch.backends.mkldnn', {}),
  'torch.backends.quantized': () => settingsModule('torch.backends.quantized', { engine: 'fbgemm' }),
  'torch.distributed': () => openModule('torch.distributed', distributed),
  'torch.distributions': () => distributionsModule('torch.distributions'),
  'torch.random': () => openModule('torch.random', randomNames),
  'torch.linalg': () => openModule('torch.linalg', linalg),
  'torch.sparse': () => openModule('torch.sparse', sparse),
  'torch.fft': () => openModule('torch.fft', fft),
  'torch.special': () => openModule('torch.special', special),
  'torch.hub': () => openModule('torch.hub', hub),
  'torch.overrides': () => openModule('torch.overrides', overrides),
  'torch.version': () =>
    nativeModule('torch.version', [
      ['cuda', null],
      ['hip', null],
    ]),
  'torch.onnx': () => openModule('torch.onnx', [nothing('export'), always('is_in_onnx_export', false)]),
  'torch.optim': () => classesModule('torch.optim', OPTIMIZERS, submodulesOf('torch.optim'), optimizerMembers),
  'torch.optim.optimizer': () => classesModule('torch.optim.optimizer', OPTIMIZERS, undefined, optimizerMembers),
  'torch.optim.lr_scheduler': () => classesModule('torch.optim.lr_scheduler', SCHEDULERS),
  'torch.utils': () => openModule('torch.utils', [], submodulesOf('torch.utils')),
  'torch.utils.data': () => classesModule('torch.utils.data', DATA),
  'torch.utils.checkpoint': () => openModule('torch.utils.checkpoint', checkpointNames),
  'torch.utils.model_zoo': () =>
    openModule('torch.utils.model_zoo', [unknownValue('load_url', 'it comes from `load_url`')]),
  'torch.utils.tensorboard': () => classesModule('torch.utils.tensorboard', ['SummaryWriter']),
  'torch._C': () => openModule('torch._C', [nothing('_log_api_usage_once'), always('_get_tracing_state', null)]),
  'torch._dynamo': () =>
    openModule('torch._dynamo', [
      ...['disable', 'allow_in_graph', 'optimize'].map(decorator),
      always('is_compiling', false),
    ]),
  'torch.compiler': () =>
    openModule('torch.compiler', [
      ...['disable', 'allow_in_graph'].map(decorator),
      ...['is_compiling', 'is_dynamo_compiling', 'is_exporting'].map(name => always(name, false)),
    ]),
  'torch.ops': () => openModule('torch.ops', []),
  'torch.ao': () => openModule('torch.ao', [], submodulesOf('torch.ao')),
  'torch.ao.nn': () => openModule('torch.ao.nn', [], submodulesOf('torch.ao.nn')),
  'torch.ao.nn.quantized': machine => quantizedModule('torch.ao.nn.quantized', machine),
  'torch.ao.quantization': machine => quantizationModule('torch.ao.quantization', machine),
  'torch.quantization': machine => quantizationModule('torch.quantization', machine),
};

/** First names below a module that have a module of their own. */
function submodulesOf(name: string): ReadonlySet<string> {
  const prefix = `${name}.`;
  const below = Object.keys(modules).filter(it => it.startsWith(prefix));
  return new Set(['nn', ...below.map(it => it.slice(prefix.length).split('.')[0]!)]);
}
