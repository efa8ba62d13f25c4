/** `importlib`: modules by name, through the same imports as `import` statements. */
import type { Machine } from '../machine.js';
import { Instance, ModuleValue, type Value } from '../values.js';
import { classOf, type Entry, method, unknownNames } from './define.js';

export const importlibNames: readonly Entry[] = [
  method('import_module', 'name, package=None', (m, name, parent) => {
    if (typeof name !== 'string') return m.unknown('the name of the module is not known');
    const full = absolute(name, parent!);
    return full === undefined ? m.unknown('the package is not known') : m.importModule(full);
  }),
  method('invalidate_caches', '', () => null),
  method('reload', 'module', (_, module) => module!),
];

export function importlibUtilNames(m: Machine): Entry[] {
  const cls = classOf(m, 'importlib.machinery', 'ModuleSpec', []);
  return [
    method('find_spec', 'name, package=None', (machine, name, parent) => {
      const full = typeof name === 'string' ? absolute(name, parent!) : undefined;
      if (full === undefined) return machine.unknown('the name of the module is not known');
      return isThere(machine, full) ? specOf(cls, full) : null;
    }),
    ...unknownNames(
      'modules are not loaded by hand',
      'module_from_spec spec_from_file_location spec_from_loader LazyLoader',
    ),
  ];
}

export function importlibMetadataNames(m: Machine): Entry[] {
  return [
    method('version', 'distribution_name', (machine, name) => {
      const module = typeof name === 'string' && isThere(machine, name) ? machine.importModule(name) : undefined;
      const version = module instanceof ModuleValue ? machine.findAttribute(module, '__version__') : undefined;
      return version ?? machine.unknown('which packages are installed is not known');
    }),
    ['PackageNotFoundError', m.builtins.exception('ModuleNotFoundError')],
    ...unknownNames(
      'which packages are installed is not known',
      'distribution distributions metadata requires files entry_points',
    ),
  ];
}

/** `.name` counts from the package. */
function absolute(name: string, parent: Value): string | undefined {
  if (!name.startsWith('.')) return name;
  if (typeof parent !== 'string') return undefined;
  const dots = /^\.+/.exec(name)![0].length;
  const kept = parent.split('.').slice(0, parent.split('.').length - (dots - 1));
  return [...kept, name.slice(dots)].filter(it => it !== '').join('.');
}

function isThere(m: Machine, name: string): boolean {
  if (m.modules.has(name) || m.nativeModules.has(name)) return true;
  if (m.finder.find(name, m.frame?.module.path) !== undefined) return true;
  return m.options.libraries.some(it => it.module(name, m) !== undefined);
}

function specOf(cls: Instance['cls'], name: string): Instance {
  const spec = new Instance(cls);
  spec.attributes.set('name', name).set('origin', null).set('loader', null);
  return spec;
}
