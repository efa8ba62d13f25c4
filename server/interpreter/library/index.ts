/** Python's standard library, and a few packages that model code uses beside it, as far as models need them. */
import type { Machine } from '../machine.js';
import { type Library, nativeModule } from '../native.js';
import type { ModuleValue, Value } from '../values.js';
import { abcNames, collectionsAbcNames } from './abc.js';
import { argparseNames } from './argparse.js';
import { attrsNames } from './attrs.js';
import { collectionsNames } from './collections.js';
import { contextlibNames } from './contextlib.js';
import { copyNames } from './copy.js';
import { dataclassesNames } from './dataclasses.js';
import { type Entry, unknownValue } from './define.js';
import { einopsLayerNames, einopsNames } from './einops.js';
import { enumNames } from './enum.js';
import { globNames, pkgutilNames } from './folders.js';
import { functoolsNames } from './functools.js';
import { importlibMetadataNames, importlibNames, importlibUtilNames } from './importlib.js';
import { inspectNames } from './inspect.js';
import { itertoolsNames } from './itertools.js';
import { jsonNames } from './json.js';
import { mathNames } from './math.js';
import { numpyNames } from './numpy/index.js';
import { numpyRandomNames } from './numpy/random.js';
import { operatorNames } from './operator.js';
import { osNames, pathNames } from './os.js';
import { pathlibNames } from './pathlib.js';
import { loggingNames, randomNames, timeNames, warningsNames } from './quiet.js';
import { reNames } from './re.js';
import { standardModules } from './standard-modules.js';
import { bisectNames, numbersNames, stringNames, textwrapNames } from './string.js';
import { sysNames } from './sys.js';
import { threadingNames } from './threading.js';
import { typesNames } from './types.js';
import { typingNames } from './typing.js';
import { versionNames } from './version.js';

type Names = (m: Machine, module: (name: string) => ModuleValue) => Iterable<Entry>;

const modules: Readonly<Record<string, Names>> = {
  __future__: () => [],
  abc: abcNames,
  argparse: argparseNames,
  attr: attrsNames,
  attrs: attrsNames,
  bisect: () => bisectNames,
  builtins: m => m.builtins.names,
  collections: collectionsNames,
  'collections.abc': collectionsAbcNames,
  contextlib: contextlibNames,
  copy: () => copyNames,
  dataclasses: dataclassesNames,
  'distutils.version': versionNames,
  einops: () => einopsNames,
  'einops.layers': () => [],
  'einops.layers.torch': einopsLayerNames,
  enum: enumNames,
  functools: functoolsNames,
  glob: () => globNames(),
  importlib: () => importlibNames,
  'importlib.metadata': importlibMetadataNames,
  'importlib.util': importlibUtilNames,
  inspect: inspectNames,
  itertools: () => itertoolsNames,
  json: jsonNames,
  logging: loggingNames,
  math: () => mathNames,
  numbers: (m, module) => numbersNames(m, m.getAttribute(module('abc'), 'ABCMeta')),
  numpy: numpyNames,
  'numpy.random': numpyRandomNames,
  operator: () => operatorNames,
  os: osNames,
  'os.path': () => pathNames,
  packaging: () => [],
  'packaging.version': versionNames,
  pathlib: pathlibNames,
  pkg_resources: versionNames,
  pkgutil: pkgutilNames,
  random: randomNames,
  re: reNames,
  string: () => stringNames,
  sys: sysNames,
  textwrap: () => textwrapNames,
  threading: threadingNames,
  time: () => timeNames,
  types: typesNames,
  typing: typingNames,
  typing_extensions: typingNames,
  warnings: warningsNames,
};

/** A fresh one for every set of evaluations that share modules; what a module holds is made when it is first asked for. */
export function standardLibrary(): Library {
  const made = new Map<string, ModuleValue | undefined>();
  const module = (name: string, m: Machine): ModuleValue | undefined => {
    if (!made.has(name)) made.set(name, isKnown(name) ? makeModule(m, name, it => module(it, m)!) : undefined);
    return made.get(name);
  };
  return { module };
}

function isKnown(name: string): boolean {
  return name in modules || standardModules.has(name.split('.')[0]!);
}

/** Names that no table has are unknown, not missing. */
function makeModule(m: Machine, name: string, module: (name: string) => ModuleValue): ModuleValue {
  const names = modules[name]?.(m, module) ?? [];
  return nativeModule(name, names, attribute => {
    const full = `${name}.${attribute}`;
    if (full in modules) return module(full);
    return attribute.startsWith('__') ? undefined : beyond(full);
  });
}

function beyond(name: string): Value {
  return unknownValue(`\`${name}\` is not followed`);
}
