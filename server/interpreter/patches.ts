/** Attributes that code adds to classes of libraries, which evaluations share: the machine keeps them beside the classes. */
import type { Machine } from './machine.js';
import type { ClassValue, Value } from './values.js';

type Patches = Map<ClassValue, Map<string, Value>>;

const key = Symbol('patches');

export function patch(m: Machine, cls: ClassValue, name: string, value: Value): void {
  const patches = (m.extensions.get(key) as Patches | undefined) ?? new Map();
  m.extensions.set(key, patches);
  patches.set(cls, (patches.get(cls) ?? new Map()).set(name, value));
}

/** What was added to the class or one of its bases. */
export function patchOf(m: Machine, cls: ClassValue, name: string): Value | undefined {
  const patches = m.extensions.get(key) as Patches | undefined;
  if (patches === undefined) return undefined;
  for (const base of cls.mro) {
    const value = patches.get(base)?.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}
