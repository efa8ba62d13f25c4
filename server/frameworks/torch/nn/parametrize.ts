/** torch.nn.utils.parametrize and parametrizations: a weight becomes a property of a class of its own. */
import type { Machine } from '../../../interpreter/machine.js';
import { native, nativeClass } from '../../../interpreter/native.js';
import { Descriptor, type NativeFunction, Tuple, type Value } from '../../../interpreter/values.js';
import { addContents } from '../storage.js';
import { isTensor, type Tensor } from '../tensor.js';
import { recordWrite } from '../writes.js';
import { layersOf } from './classes.js';
import { computedTensor } from './computed.js';
import { ModuleInstance, member, put, slotOf, take } from './instance.js';
import { addModule } from './members.js';
import { initializeModule } from './module.js';
import { asParameter } from './parameter.js';
import { defaultAxis, drawnVector, matrixOf, normOf } from './weight-norm.js';

export const parametrizeNatives: readonly NativeFunction[] = [
  native(
    'register_parametrization',
    'module, tensor_name, parametrization, *, unsafe=False',
    (machine, module, name, parametrization) =>
      register(machine, module as ModuleInstance, String(name), parametrization!),
  ),
  native('is_parametrized', 'module, tensor_name=None', (_, module, name) => isParametrized(module!, name!)),
  native('remove_parametrizations', 'module, tensor_name, leave_parametrized=True', (machine, module, name) =>
    remove(machine, module as ModuleInstance, String(name)),
  ),
  native('type_before_parametrizations', 'module', (machine, module) => {
    const cls = machine.classOf(module!);
    return cls.name.startsWith('Parametrized') ? cls.bases[0]! : cls;
  }),
];

export const parametrizationNatives: readonly NativeFunction[] = [
  native('weight_norm', "module, name='weight', dim=0", (machine, module, name, dim) =>
    parametrized(machine, module!, String(name), 'weight_norm', weight => {
      const norm = normOf(machine, weight, dim!);
      return [
        ['original0', norm],
        ['original1', asParameter(machine, weight)],
      ];
    }),
  ),
  native(
    'spectral_norm',
    "module, name='weight', n_power_iterations=1, eps=1e-12, dim=None",
    (machine, module, name, _iterations, _eps, dim) =>
      parametrized(machine, module!, String(name), 'spectral_norm', (weight, step) => {
        const axis = dim === null ? defaultAxis(module as ModuleInstance) : dim!;
        for (const [i, shape] of matrixOf(weight.shape, axis).entries()) {
          put(machine, slotOf(step, '_buffers')!, i === 0 ? '_u' : '_v', drawnVector(machine, weight, shape));
        }
        return [['original', weight]];
      }),
  ),
  native(
    'orthogonal',
    "module, name='weight', orthogonal_map=None, *, use_trivialization=True",
    (machine, module, name) =>
      parametrized(machine, module!, String(name), 'orthogonal', weight => {
        const reason = 'it is what an orthogonal map starts from';
        machine.inexact(reason);
        addContents(machine, weight.storage, { kind: 'opaque', reason });
        recordWrite(machine, weight, {
          initializer: 'orthogonal',
          spec: { kind: 'orthogonal', gain: 1 },
          origin: 'default',
        });
        return [['original', weight]];
      }),
  ),
];

type Originals = readonly (readonly [name: string, parameter: Value])[];

/** A parametrization of torch's own: a module without parameters stands for the step. */
function parametrized(
  machine: Machine,
  module: Value,
  name: string,
  how: string,
  originals: (weight: Tensor, step: ModuleInstance) => Originals,
): Value {
  if (!(module instanceof ModuleInstance)) return module;
  const weight = member(module, name);
  if (!isTensor(weight)) return module;
  const step = bareModule(machine, `_${how.replace(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase())}`);
  return install(machine, module, name, how, step, originals(weight, step));
}

function register(machine: Machine, module: ModuleInstance, name: string, step: Value): Value {
  const list = member(module, 'parametrizations');
  const known = list instanceof ModuleInstance ? member(list, name) : undefined;
  if (known instanceof ModuleInstance) {
    const count = slotOf(known, '_modules')?.entries.size ?? 0;
    addModule(machine, known, String(count), step);
    return module;
  }
  const weight = member(module, name);
  if (!isTensor(weight)) return module;
  const how = machine.classOf(step).name;
  return install(machine, module, name, how, step, inverseOf(machine, step, weight));
}

/** What the parametrization's own inverse makes of the weight: one tensor or several. */
function inverseOf(machine: Machine, step: Value, weight: Tensor): Originals {
  const inverse = machine.findAttribute(step, 'right_inverse');
  if (inverse === undefined) return [['original', weight]];
  const value = machine.attempt('NotImplementedError', () => machine.call(inverse, [weight]));
  if (value instanceof Tuple) return value.items.map((it, i) => [`original${i}`, parameterOf(machine, it)] as const);
  return [['original', isTensor(value) ? parameterOf(machine, value) : weight]];
}

const parameterOf = (machine: Machine, value: Value): Value =>
  isTensor(value) && !value.isParameter ? asParameter(machine, value) : value;

function install(
  machine: Machine,
  module: ModuleInstance,
  name: string,
  how: string,
  step: Value,
  originals: Originals,
): Value {
  const weight = member(module, name) as Tensor;
  take(machine, slotOf(module, '_parameters'), name);
  const list = bareModule(machine, 'ParametrizationList', layersOf(machine).named('ModuleList'));
  addModule(machine, list, '0', step);
  for (const [key, parameter] of originals) put(machine, slotOf(list, '_parameters')!, key, parameter);
  addModule(machine, parametrizationsOf(machine, module), name, list);
  const computed = computedTensor(machine, weight, { module, name, how });
  becomeParametrized(machine, module, name, computed);
  return module;
}

function parametrizationsOf(machine: Machine, module: ModuleInstance): ModuleInstance {
  const known = member(module, 'parametrizations');
  if (known instanceof ModuleInstance) return known;
  const made = machine.call(layersOf(machine).named('ModuleDict')!) as ModuleInstance;
  addModule(machine, module, 'parametrizations', made);
  return made;
}

/** `ParametrizedLinear`, a class of this one module, whose weight is a property. */
function becomeParametrized(machine: Machine, module: ModuleInstance, name: string, computed: Tensor): void {
  const isNew = !module.cls.name.startsWith('Parametrized');
  const cls = isNew
    ? nativeClass(`Parametrized${module.cls.name}`, 'torch.nn.utils.parametrize', [module.cls], [])
    : module.cls;
  const read = native('weight', 'self', () => computed);
  const assign = native('weight', 'self, value', (inner, _, value) => {
    const list = member(parametrizationsOf(inner, module), name) as ModuleInstance;
    const original = member(list, 'original');
    if (isTensor(original) && isTensor(value)) inner.callMethod(inner.getAttribute(original, 'data'), 'copy_', [value]);
    return null;
  });
  cls.attributes.set(name, new Descriptor('property', read, assign));
  machine.touch(module);
  module.attributes.delete(name);
  module.cls = cls;
}

function bareModule(machine: Machine, name: string, base = layersOf(machine).module): ModuleInstance {
  const cls = nativeClass(name, 'torch.nn.utils.parametrizations', [base], []);
  const module = new ModuleInstance(cls);
  initializeModule(machine, module);
  return module;
}

function isParametrized(module: Value, name: Value): boolean {
  const dict = module instanceof ModuleInstance ? member(module, 'parametrizations') : undefined;
  if (!(dict instanceof ModuleInstance)) return false;
  return name === null || member(dict, String(name)) !== undefined;
}

function remove(machine: Machine, module: ModuleInstance, name: string): Value {
  const dict = member(module, 'parametrizations');
  const list = dict instanceof ModuleInstance ? member(dict, name) : undefined;
  if (!(dict instanceof ModuleInstance) || !(list instanceof ModuleInstance)) return module;
  const original = member(list, 'original') ?? member(list, 'original1');
  take(machine, slotOf(dict, '_modules'), name);
  machine.touch(module);
  if (module.cls.name.startsWith('Parametrized')) module.cls = module.cls.bases[0]!;
  if (slotOf(dict, '_modules')?.entries.size === 0) take(machine, slotOf(module, '_modules'), 'parametrizations');
  if (isTensor(original)) put(machine, slotOf(module, '_parameters')!, name, original);
  return module;
}
