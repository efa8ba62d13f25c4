/** What registering a member refuses: names that no attribute can have, and values of another kind. */
import type { Machine } from '../../../interpreter/machine.js';
import { ClassValue, Func, Unknown, type Value } from '../../../interpreter/values.js';
import { isTensor } from '../tensor.js';
import { ModuleInstance } from './instance.js';

type Kind = 'parameter' | 'buffer' | 'module';

/** Records what torch would raise, and answers whether the member can be registered all the same. */
export function mayRegister(machine: Machine, kind: Kind, name: string, value: Value): boolean {
  const refused = wrongName(kind, name) ?? wrongValue(machine, kind, name, value);
  if (refused === undefined) return true;
  machine.fault({ code: 'exception', ...refused });
  return false;
}

function wrongName(kind: Kind, name: string) {
  if (name === '') return { exception: 'KeyError', message: `${kind} name can't be empty string ""` };
  if (!name.includes('.')) return undefined;
  const got = kind === 'module' ? `, got: ${name}` : '';
  return { exception: 'KeyError', message: `${kind} name can't contain "."${got}` };
}

function wrongValue(machine: Machine, kind: Kind, name: string, value: Value) {
  if (value === null || value instanceof Unknown) return undefined;
  if (kind === 'module') {
    if (value instanceof ModuleInstance || mayBeModule(machine, value)) return undefined;
    return { exception: 'TypeError', message: `${typeName(machine, value)} is not a Module subclass` };
  }
  if (isTensor(value) || machine.classOf(value).mro.some(it => it.unknownBase !== undefined)) return undefined;
  const needed = kind === 'buffer' ? 'torch Tensor' : 'torch.nn.Parameter';
  const message = `cannot assign '${typeName(machine, value)}' object to ${kind} '${name}' (${needed} or None required)`;
  return { exception: 'TypeError', message };
}

/** What has a base that is not known may be one; several values are judged by each of them elsewhere. */
function mayBeModule(machine: Machine, value: Value): boolean {
  if (value instanceof ClassValue || value instanceof Func) return false;
  if (typeof value === 'object' && value !== null && 'alternatives' in value) return true;
  return machine.classOf(value).mro.some(it => it.unknownBase !== undefined || it.name === 'Module');
}

/** As `torch.typename` has it: the module, but for builtins, and the class, or the class or function itself. */
function typeName(machine: Machine, value: Value): string {
  const named = value instanceof ClassValue || value instanceof Func ? value : machine.classOf(value);
  const module = machine.findAttribute(named, '__module__');
  const name = machine.findAttribute(named, '__qualname__') ?? named.name;
  return typeof module === 'string' && module !== 'builtins' ? `${module}.${String(name)}` : String(name);
}
