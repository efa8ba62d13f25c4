/** Python's standard library, and a few packages that model code uses beside it, as far as models need them. */
import { ambientModules } from '../ambient/index.js';
import { unseenReasons } from '../ambient/unseen.js';
import type { Machine } from '../machine.js';
import type { Library } from '../native.js';
import { ModuleValue, Unknown } from '../values.js';
import type { ModuleTable } from './define.js';
import { mathNames } from './math.js';

const tables: Readonly<Record<string, ModuleTable>> = {
  ...ambientModules,
  math: () => mathNames,
};

/** Keeps the modules that it makes: the evaluations of a project share them. */
export function standardLibrary(): Library {
  const made = new Map<string, ModuleValue | undefined>();
  return {
    module(name, machine) {
      if (!made.has(name)) made.set(name, moduleNamed(name, machine));
      return made.get(name);
    },
  };
}

function moduleNamed(name: string, machine: Machine): ModuleValue | undefined {
  const table = tables[name];
  if (table !== undefined) {
    const module = new ModuleValue(name);
    for (const [key, value] of table(machine)) module.attributes.set(key, value);
    return module;
  }
  const reason = unseenReasons.get(name.split('.')[0]!);
  return reason === undefined ? undefined : new ModuleValue(name, key => unseen(name, key, reason));
}

const unseen = (module: string, name: string, reason: string) =>
  name.startsWith('__') ? undefined : new Unknown(`\`${module}.${name}\`: ${reason}`, undefined);
