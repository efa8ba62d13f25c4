/**
 * Imports that Python would have made before the call that is being evaluated. They find what modules hold as it was then; what
 * they change, and what has changed since, are put together.
 */
import type { Machine } from './machine.js';
import type { Mutable } from './mutable.js';
import { ClassValue, Dict, Instance, List, ModuleValue, SetValue } from './values.js';

/** Handlers around the code that asks have nothing to do with the import. */
export function importLate<T>(m: Machine, load: () => T): T {
  const handlers = m.handlers.splice(0);
  m.lateImports++;
  try {
    return load();
  } finally {
    m.lateImports--;
    m.handlers.push(...handlers);
  }
}

/** The same, where all counts. */
export function importAsBefore<T>(m: Machine, load: () => T): T {
  const before = [...m.journal.statesBefore()].filter(([object]) => isHeldByModules(object));
  if (before.length === 0) return importLate(m, load);
  const since = before.map(([object]) => object.capture());
  for (const [object, state] of before) object.restore(state);
  try {
    return importLate(m, load);
  } finally {
    for (const [i, [object, state]] of before.entries()) {
      const changes = new Changes(state, since[i]);
      object.restore(changes.with(object.capture()));
      if (changes.clash) m.inexact('an import and the code behind it change the same');
    }
  }
}

const isHeldByModules = (object: Mutable): boolean =>
  object.born === 0 &&
  (object instanceof ModuleValue ||
    object instanceof ClassValue ||
    object instanceof Instance ||
    object instanceof Dict ||
    object instanceof List ||
    object instanceof SetValue);

/** What has changed of the state of an object, as `capture` tells it. */
class Changes {
  /** Whether an import has changed the same otherwise. */
  clash = false;

  constructor(
    private readonly before: unknown,
    private readonly since: unknown,
  ) {}

  with(imported: unknown): unknown {
    return this.merge(this.before, this.since, imported);
  }

  private merge(before: unknown, since: unknown, imported: unknown): unknown {
    if (since === before || imported === since) return imported;
    if (imported === before) return since;
    if (isMap(since ?? imported)) return this.mergeMaps(toMap(before), toMap(since), toMap(imported));
    if (Array.isArray(since)) return this.mergeItems(before as unknown[], since, imported as unknown[]);
    if (!isState(since)) return this.clashing(since);
    const merged: Record<string, unknown> = {};
    for (const key of Object.keys(since))
      merged[key] = this.merge((before as typeof since)[key], since[key], (imported as typeof since)[key]);
    return merged;
  }

  private mergeMaps(before: AnyMap, since: AnyMap, imported: AnyMap): AnyMap {
    const merged = new Map(since);
    for (const [key, value] of imported) {
      if (value === before.get(key) || value === since.get(key)) continue;
      if (since.get(key) !== before.get(key)) this.clash = true;
      merged.set(key, value);
    }
    for (const key of before.keys()) if (!imported.has(key)) merged.delete(key);
    return merged;
  }

  private mergeItems(before: readonly unknown[], since: readonly unknown[], imported: readonly unknown[]): unknown {
    if (areSame(before, imported)) return since;
    return areSame(before, since) ? imported : this.clashing(since);
  }

  private clashing(state: unknown): unknown {
    this.clash = true;
    return state;
  }
}

type AnyMap = ReadonlyMap<unknown, unknown>;
const isMap = (state: unknown): state is AnyMap => state instanceof Map;
/** Of an object that had no attributes yet, nothing is captured. */
const toMap = (state: unknown): AnyMap => (isMap(state) ? state : new Map());
/** That of a collection: its items, and whether there are more. */
const isState = (state: unknown): state is Record<string, unknown> =>
  state instanceof Object && ('items' in state || 'entries' in state);

const areSame = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((it, i) => it === b[i]);
