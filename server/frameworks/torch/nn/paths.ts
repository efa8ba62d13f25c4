/** nn.Module: what stands at a dotted path, as `get_submodule` and its kin find it. */
import type { Machine } from '../../../interpreter/machine.js';
import { native } from '../../../interpreter/native.js';
import { Unknown, type Value } from '../../../interpreter/values.js';
import { isTensor } from '../tensor.js';
import { ModuleInstance, slotOf } from './instance.js';

export const pathNatives = [
  native('get_submodule', 'self, target', (machine, self, target) => submoduleAt(machine, self!, target!)),
  native('get_parameter', 'self, target', (machine, self, target) =>
    leafAt(machine, self!, target!, (it, name) => parameterOf(machine, it, name)),
  ),
  native('get_buffer', 'self, target', (machine, self, target) =>
    leafAt(machine, self!, target!, (it, name) => bufferOf(machine, it, name)),
  ),
  native('set_submodule', 'self, target, module, strict=False', (machine, self, target, module) => {
    const [path, name] = split(String(target));
    const parent = submoduleAt(machine, self!, typeof target === 'string' ? path : target!);
    machine.call(machine.getAttribute(parent, '__setattr__'), [typeof target === 'string' ? name : target!, module!]);
    return null;
  }),
];

/** A path that is not known leads to a module that is not known. */
function submoduleAt(machine: Machine, self: Value, path: Value): Value {
  if (typeof path !== 'string') return machine.unknown('the path to a module is not known');
  let found = self;
  for (const name of path === '' ? [] : path.split('.')) {
    found = attributeOf(machine, found, name);
    if (!(found instanceof ModuleInstance || found instanceof Unknown)) {
      return machine.raise('AttributeError', `\`${name}\` is not an nn.Module`);
    }
  }
  return found;
}

function leafAt(machine: Machine, self: Value, path: Value, leaf: (module: Value, name: string) => Value): Value {
  if (typeof path !== 'string') return machine.unknown('the path to a tensor is not known');
  const [parent, name] = split(path);
  return leaf(submoduleAt(machine, self, parent), name);
}

function parameterOf(machine: Machine, module: Value, name: string): Value {
  const found = attributeOf(machine, module, name);
  if (found instanceof Unknown || (isTensor(found) && found.isParameter)) return found;
  return machine.raise('AttributeError', `\`${name}\` is not an nn.Parameter`);
}

function bufferOf(machine: Machine, module: Value, name: string): Value {
  const found = attributeOf(machine, module, name);
  if (found instanceof Unknown) return found;
  const isBuffer = module instanceof ModuleInstance && slotOf(module, '_buffers')?.entries.has(name);
  return isBuffer ? found : machine.raise('AttributeError', `\`${name}\` is not a buffer`);
}

function attributeOf(machine: Machine, module: Value, name: string): Value {
  if (module instanceof Unknown) return machine.getAttribute(module, name);
  const found = machine.findAttribute(module, name);
  if (found !== undefined) return found;
  const kind = machine.classOf(module).name;
  return machine.raise('AttributeError', `${kind} has no attribute \`${name}\``);
}

/** `a.b.c` in `a.b` and `c`. */
function split(path: string): readonly [string, string] {
  const dot = path.lastIndexOf('.');
  return [path.slice(0, Math.max(dot, 0)), path.slice(dot + 1)];
}
