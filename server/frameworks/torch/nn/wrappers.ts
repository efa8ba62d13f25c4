/** DataParallel and its like: a module around another, which they call `module`. */
import type { Machine } from '../../../interpreter/machine.js';
import { nativeClass, rawNative } from '../../../interpreter/native.js';
import type { ClassValue, Value } from '../../../interpreter/values.js';
import { layersOf } from './classes.js';
import type { ModuleInstance } from './instance.js';
import { addModule } from './members.js';
import { initializeModule } from './module.js';

const homes: Readonly<Record<string, string>> = {
  DataParallel: 'torch.nn.parallel.data_parallel',
  DistributedDataParallel: 'torch.nn.parallel.distributed',
  FullyShardedDataParallel: 'torch.distributed.fsdp',
};

const made = new WeakMap<ClassValue, Map<string, ClassValue>>();

export function wrapperNamed(machine: Pick<Machine, 'builtins'>, name: string): ClassValue | undefined {
  const home = homes[name];
  if (home === undefined) return undefined;
  const base = layersOf(machine).module;
  const classes = made.get(base) ?? new Map<string, ClassValue>();
  made.set(base, classes);
  const cls = classes.get(name) ?? nativeClass(name, home, [base], members);
  classes.set(name, cls);
  return cls;
}

const members: readonly (readonly [string, Value])[] = [
  [
    '__init__',
    rawNative('__init__', (machine, { positional: [self, module], keywords }) => {
      initializeModule(machine, self as ModuleInstance);
      const inner = module ?? keywords.get('module');
      if (inner !== undefined) addModule(machine, self as ModuleInstance, 'module', inner);
      return null;
    }),
  ],
  [
    'forward',
    rawNative('forward', (machine, { positional: [self, ...positional], ...rest }) =>
      machine.callWith(machine.getAttribute(self!, 'module'), { ...rest, positional }),
    ),
  ],
];
