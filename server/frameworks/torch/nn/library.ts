/** The modules `torch.nn` and below, functional aside. */
import type { Machine } from '../../../interpreter/machine.js';
import { native, nativeModule } from '../../../interpreter/native.js';
import { List, type ModuleValue, type NativeFunction, unseenCode, type Value } from '../../../interpreter/values.js';
import { layerNamed, layers } from '../layers.js';
import { openModule } from '../modules/names.js';
import { quantizedModule } from '../modules/quantization.js';
import { torchOf } from '../state.js';
import { layersOf } from './classes.js';
import { initModule } from './init.js';
import { parametrizationNatives, parametrizeNatives } from './parametrize.js';
import { sequenceNatives, tupleNatives, utilityNatives } from './utils.js';
import { isBefore } from './versions.js';
import { normNatives } from './weight-norm.js';
import { ntuple } from './words.js';
import { wrapperNamed } from './wrappers.js';

/** The module of this name; undefined for names that are not below torch.nn. */
export function neuralModule(name: string, machine: Machine): ModuleValue | undefined {
  if (name === 'torch.nn' || name === 'torch.nn.modules') return layerModule(name, machine);
  if (name.startsWith('torch.nn.modules.') && name !== 'torch.nn.modules.utils') return layerModule(name, machine);
  return modules[name]?.(machine);
}

type Builtins = Machine['builtins'];

const named = (natives: readonly NativeFunction[]) => natives.map(it => [it.name, it] as const);

const modules: Readonly<Record<string, (machine: Machine) => ModuleValue>> = {
  'torch.nn.init': () => initModule(),
  'torch.nn.parameter': machine => nativeModule('torch.nn.parameter', parameterClasses(machine)),
  'torch.nn.modules.utils': () => nativeModule('torch.nn.modules.utils', [...tupleNatives, ['_ntuple', ntupleMaker]]),
  'torch.nn.utils': () => openModule('torch.nn.utils', named([...utilityNatives, ...normNatives]), utilityModules()),
  'torch.nn.utils.clip_grad': () => nativeModule('torch.nn.utils.clip_grad', named(utilityNatives)),
  'torch.nn.utils.init': () => nativeModule('torch.nn.utils.init', named(utilityNatives)),
  'torch.nn.utils.weight_norm': () => nativeModule('torch.nn.utils.weight_norm', named(normNatives)),
  'torch.nn.utils.spectral_norm': () => nativeModule('torch.nn.utils.spectral_norm', named(normNatives)),
  'torch.nn.utils.rnn': () => nativeModule('torch.nn.utils.rnn', named(sequenceNatives), unseen('torch.nn.utils.rnn')),
  'torch.nn.utils.parametrize': () => nativeModule('torch.nn.utils.parametrize', named(parametrizeNatives)),
  'torch.nn.utils.parametrizations': ({ settings }) =>
    nativeModule('torch.nn.utils.parametrizations', named(parametrizationsOf(settings.get('torch-version')))),
  'torch.nn.quantized': machine => quantizedModule('torch.nn.quantized', machine),
  'torch.nn.quantizable': () => openModule('torch.nn.quantizable', []),
  'torch.nn.intrinsic': () => openModule('torch.nn.intrinsic', []),
  'torch.nn.qat': () => openModule('torch.nn.qat', []),
  'torch.nn.parallel': ({ builtins }) =>
    nativeModule(
      'torch.nn.parallel',
      [],
      name => wrapperNamed({ builtins }, name) ?? unseen('torch.nn.parallel')(name),
    ),
  'torch.nn.parallel.distributed': ({ builtins }) =>
    nativeModule('torch.nn.parallel.distributed', [], name => wrapperNamed({ builtins }, name)),
};

/** `weight_norm` as a parametrization came with torch 2.1. */
const parametrizationsOf = (version: string | undefined): readonly NativeFunction[] =>
  parametrizationNatives.filter(it => it.name !== 'weight_norm' || !isBefore(version, '2.1'));

/** Names in `torch.nn.utils` that are modules of their own. */
const utilityModules = (): ReadonlySet<string> =>
  new Set(Object.keys(modules).flatMap(it => (it.startsWith('torch.nn.utils.') ? [it.split('.')[3]!] : [])));

/** torch.nn and every module below torch.nn.modules find the same classes; which file has which nobody asks. */
function layerModule(name: string, machine: Machine): ModuleValue {
  const { builtins, settings } = machine;
  const version = settings.get('torch-version');
  const everything = [...layers.map(it => it.name).filter(it => !it.startsWith('_')), ...alwaysThere];
  const own: (readonly [string, Value])[] = [['__all__', new List(everything)], ...parameterClasses(machine)];
  if (name !== 'torch.nn') own.push(...tupleNatives);
  const absent = new Set<string>();
  return nativeModule(name, own, key => {
    if (absent.has(key)) return undefined;
    const found = isLater(version, key) ? undefined : (layerOrWrapper(builtins, key) ?? newer(name, key));
    if (found === undefined) absent.add(key);
    return found;
  });
}

const alwaysThere = [
  'Module',
  'Sequential',
  'ModuleList',
  'ModuleDict',
  'ParameterList',
  'ParameterDict',
  'Parameter',
  'DataParallel',
];

function isLater(version: string | undefined, name: string): boolean {
  const since = layerNamed.get(name)?.since;
  return since !== undefined && isBefore(version, since);
}

function layerOrWrapper(builtins: Builtins, name: string): Value | undefined {
  return layersOf({ builtins }).named(name) ?? wrapperNamed({ builtins }, name);
}

/** Layers that came after these tables are unknown rather than missing. */
function newer(module: string, name: string): Value | undefined {
  const isModule = `${module}.${name}` in modules || /^[a-z]/.test(name);
  return isModule ? undefined : unseen(module)(name);
}

const unseen =
  (module: string) =>
  (name: string): Value | undefined =>
    name.startsWith('_') ? undefined : unseenCode(`\`${module}.${name}\` is not known here`);

function parameterClasses(machine: Machine): readonly (readonly [string, Value])[] {
  const { parameter, uninitializedParameter, buffer } = torchOf(machine).classes;
  return [
    ['Parameter', parameter],
    ['UninitializedParameter', uninitializedParameter],
    ['Buffer', buffer],
  ];
}

const ntupleMaker = native('_ntuple', "n, name='parse'", (_, count) =>
  native('parse', 'x', (machine, value) => machine.call(ntuple, [value!, count!])),
);
