/** Walks over modules and parameters in torch's order; what is shared is met once. */
import type { Instance, Value } from '../../../interpreter/values.js';
import type { Tensor } from '../tensor.js';
import { entries, ModuleInstance, modulesIn, type Slot, slotOf, tensorsIn } from './instance.js';

export type Named<T> = readonly [name: string, value: T];

export function* namedChildren(module: Instance): Generator<Named<ModuleInstance>> {
  const seen = new Set<Value>();
  for (const [name, value] of entries(module, '_modules')) {
    for (const child of modulesIn(value)) {
      if (seen.has(child)) continue;
      seen.add(child);
      yield [name, child];
    }
  }
}

/** Networks are not nested so deeply unless one contains itself, for which Python raises a RecursionError. */
const DEEPEST = 200;

/** The module first, then its descendants: pre-order. */
export function* namedModules(
  root: ModuleInstance,
  prefix = '',
  /** What was met before; null to meet what is shared again and again. */
  seen: Set<Value> | null = new Set(),
): Generator<Named<ModuleInstance>> {
  const walks: Iterator<Named<ModuleInstance>>[] = [[[prefix, root] as const].values()];
  for (let walk = walks.at(-1); walk !== undefined; walk = walks.at(-1)) {
    const next = walk.next();
    if (next.done) walks.pop();
    else if (!seen?.has(next.value[1])) {
      seen?.add(next.value[1]);
      yield next.value;
      if (walks.length > DEEPEST) throw new RangeError('a module contains itself');
      if (hasChildren(next.value[1])) walks.push(childrenWithin(next.value));
    }
  }
}

/** Each read when it is reached, as `entries` does: large networks are walked often, and one generator a module is enough. */
function* childrenWithin([path, module]: Named<ModuleInstance>): Generator<Named<ModuleInstance>> {
  const children = slotOf(module, '_modules');
  if (children === undefined) return;
  for (const key of [...children.entries.keys()]) {
    const pair = children.entries.get(key);
    if (pair === undefined) continue;
    const name = joined(path, String(pair[0]));
    const value = pair[1];
    if (value instanceof ModuleInstance) yield [name, value];
    else for (const child of modulesIn(value)) yield [name, child];
  }
}

const hasChildren = (module: ModuleInstance): boolean => (slotOf(module, '_modules')?.size ?? 0) > 0;

/** A module's own tensors, then those of its descendants. */
export function* namedTensors(
  root: ModuleInstance,
  slot: Exclude<Slot, '_modules'>,
  options: { readonly prefix?: string; readonly recurse?: boolean; readonly duplicates?: boolean } = {},
): Generator<Named<Tensor>> {
  const { prefix = '', recurse = true, duplicates = false } = options;
  const modules = recurse ? namedModules(root, prefix, duplicates ? null : new Set()) : [[prefix, root] as const];
  const seen = new Set<Value>();
  for (const [path, module] of modules) {
    for (const [name, value] of entries(module, slot)) {
      for (const tensor of tensorsIn(value)) {
        if (seen.has(tensor) && !duplicates) continue;
        seen.add(tensor);
        yield [joined(path, name), tensor];
      }
    }
  }
}

/** Children before their parent: the order of `apply`. A shared module is met as often as it is held. */
export function* postOrder(root: ModuleInstance): Generator<ModuleInstance> {
  for (const [, child] of namedChildren(root)) yield* postOrder(child);
  yield root;
}

export const joined = (prefix: string, name: string): string => (prefix === '' ? name : `${prefix}.${name}`);
