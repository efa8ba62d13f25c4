/** Modules of packages that are not read: any name is there and unknown; the version is looked for in their text. */
import type { Machine } from './machine.js';
import { ModuleValue, Unknown, type Value } from './values.js';

export function inertModule(m: Machine, name: string): ModuleValue {
  const module = new ModuleValue(name, attribute => {
    if (attribute === '__version__') return versionOf(m, name);
    return attribute.startsWith('__') ? undefined : unknownIn(name, attribute);
  });
  m.nativeModules.set(name, module);
  return module;
}

const unknownIn = (name: string, attribute: string): Unknown =>
  new Unknown(`\`${name}.${attribute}\` is not followed`, undefined);

/** Where packages say it: in themselves, or in a module beside. */
const HOLDERS = ['', '._version', '.version', '.__version__'];

function versionOf(m: Machine, name: string): Value {
  for (const holder of HOLDERS) {
    const path = m.finder.find(`${name}${holder}`, undefined)?.path;
    const text = path === undefined ? undefined : m.finder.source(path)?.text;
    const version = text && /^__version__\s*(?::\s*str\s*)?=\s*(["'])([^"']+)\1/m.exec(text)?.[2];
    if (version) return version;
  }
  return unknownIn(name, '__version__');
}
