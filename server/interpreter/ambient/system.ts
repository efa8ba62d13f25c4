/** `sys`, `importlib` and `packaging.version`. */
import { type Entry, lenient } from '../builtins/define.js';
import { attributeOf, type ModuleTable, method, setAttributes } from '../library/define.js';
import type { Machine } from '../machine.js';
import { nativeClass } from '../native.js';
import { type ClassValue, Dict, Instance, List, ModuleValue, Tuple, Unknown, type Value } from '../values.js';

/** The Python that analysed code is taken to run on. */
const VERSION = [3, 11, 2] as const;

export const sys: ModuleTable = m => [
  ['version_info', versionInfo(m)],
  ['version', `${VERSION.join('.')} (main)`],
  ['platform', 'linux'],
  ['maxsize', 9223372036854775807n],
  ['byteorder', 'little'],
  ['path', new List([])],
  ['argv', new List([''])],
  ['modules', loadedModules(m)],
  ['executable', 'python3'],
  ...['stdout', 'stderr', 'stdin'].map((name): Entry => [name, new Unknown('a stream', undefined)]),
  lenient('exit', 'status=None, /', machine => machine.raise('SystemExit', '')),
  lenient('getrecursionlimit', '', () => 1000),
  lenient('setrecursionlimit', 'limit', () => null),
  lenient('getsizeof', 'object, default=0', machine => machine.unknown('the size of an object')),
  lenient('intern', 'string', (_, text) => text!),
  lenient('exc_info', '', () => new Tuple([null, null, null])),
];

function versionInfo(m: Machine): Instance {
  const names = ['major', 'minor', 'micro', 'releaselevel', 'serial'];
  const cls = nativeClass('version_info', 'sys', [m.builtins.tupleClass], []);
  const instance = new Instance(cls);
  instance.payload = new Tuple([...VERSION, 'final', 0]);
  for (const [i, name] of names.entries()) instance.attributes.set(name, (instance.payload as Tuple).items[i]!);
  return instance;
}

/** `sys.modules[__name__]` is the module that asks. */
function loadedModules(m: Machine): Instance {
  const find = (machine: Machine, name: Value): Value | undefined => {
    if (machine.frame !== undefined && name === machine.frame.module.name) return machine.frame.module.value;
    return typeof name === 'string'
      ? (machine.modules.get(name)?.value ?? machine.libraryModules.get(name))
      : undefined;
  };
  const cls = nativeClass(
    'modules',
    'sys',
    [m.builtins.dictClass],
    [
      method(
        '__getitem__',
        'self, name',
        (machine, _, name) => find(machine, name!) ?? machine.raise('KeyError', String(name)),
      ),
      method('get', 'self, name, default=None', (machine, _, name, fallback) => find(machine, name!) ?? fallback!),
      method('__contains__', 'self, name', (machine, _, name) => find(machine, name!) !== undefined),
      method('__setitem__', 'self, name, value', () => null),
    ],
  );
  const instance = new Instance(cls);
  instance.payload = new Dict();
  return instance;
}

const load = (m: Machine, name: Value): Value =>
  typeof name === 'string' && name !== '' ? m.importModule(name) : m.unknown('the name of the module is not known');

export const importlib: ModuleTable = m => [
  lenient('import_module', 'name, package=None', (machine, name, parent) =>
    load(
      machine,
      typeof name === 'string' && name.startsWith('.') && typeof parent === 'string' ? parent + name : name!,
    ),
  ),
  lenient('reload', 'module', (_, module) => module!),
  lenient('invalidate_caches', '', () => null),
  ['util', m.importModule('importlib.util')],
  ['metadata', new Unknown('installed packages are not asked', undefined)],
];

export const importlibUtil: ModuleTable = () => [
  lenient('find_spec', 'name, package=None', (machine, name) => {
    const isKnown =
      typeof name === 'string' && (machine.finder.find(name, undefined) ?? nativeNamed(machine, name)) !== undefined;
    return isKnown ? machine.unknown('a module spec') : null;
  }),
  lenient('spec_from_file_location', '*args, **kwargs', machine => machine.unknown('a module spec')),
  lenient('module_from_spec', 'spec', machine => machine.unknown('a module')),
];

function nativeNamed(m: Machine, name: string): ModuleValue | undefined {
  const module = m.attempt('Exception', () => m.importModule(name));
  return module instanceof ModuleValue ? module : undefined;
}

export const packagingVersion: ModuleTable = m => {
  const cls = versionClass(m);
  return [
    ['Version', cls],
    lenient('parse', 'version', (machine, version) => machine.call(cls, [version!])),
    ['InvalidVersion', m.builtins.exception('ValueError')],
  ];
};

function versionClass(m: Machine): ClassValue {
  const compared = (name: string, holds: (order: number) => boolean): Entry =>
    method(name, 'self, other', (machine, self, other) => {
      const order = orderOf(releaseOf(self!), releaseOf(other!));
      return order === undefined ? machine.unknown('a version is not known') : holds(order);
    });
  return nativeClass(
    'Version',
    'packaging.version',
    [m.builtins.objectClass],
    [
      method('__init__', 'self, version', (machine, self, version) => {
        const numbers =
          typeof version === 'string' ? /^v?(\d+(?:\.\d+)*)/.exec(version)?.[1]?.split('.').map(Number) : undefined;
        setAttributes(machine, self!, [
          ['release', numbers === undefined ? new Unknown('a version is not known', undefined) : new Tuple(numbers)],
          ['public', version!],
          ['base_version', numbers?.join('.') ?? version!],
          ...(['major', 'minor', 'micro'] as const).map((name, i) => [name, numbers?.[i] ?? 0] as const),
        ]);
        return null;
      }),
      method('__str__', 'self', (_, self) => attributeOf(self!, 'public') ?? null),
      compared('__lt__', it => it < 0),
      compared('__le__', it => it <= 0),
      compared('__gt__', it => it > 0),
      compared('__ge__', it => it >= 0),
      compared('__eq__', it => it === 0),
      compared('__ne__', it => it !== 0),
    ],
  );
}

function releaseOf(version: Value): readonly number[] | undefined {
  const release = attributeOf(version, 'release');
  return release instanceof Tuple ? release.items.map(Number) : undefined;
}

function orderOf(a: readonly number[] | undefined, b: readonly number[] | undefined): number | undefined {
  if (a === undefined || b === undefined) return undefined;
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
