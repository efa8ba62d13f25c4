/** `collections.ChainMap`: several mappings looked up in order, the first of them written to. */
import { fail, lazily } from '../builtins/define.js';
import { collect } from '../builtins/list.js';
import type { Machine } from '../machine.js';
import { Dict, type Instance, List, Tuple, type Value } from '../values.js';
import { type Entry, method } from './define.js';

export const chainMapMethods: readonly Entry[] = [
  method('__init__', 'self, *maps', (_, self, maps) => {
    const { items } = maps as Tuple;
    (self as Instance).attributes.set('maps', new List(items.length > 0 ? [...items] : [new Dict()]));
    return null;
  }),
  method('__getitem__', 'self, key, /', (m, self, key) => {
    const found = lookUp(m, self!, key!);
    return found === undefined ? fail(m, 'KeyError', m.toText(key!) ?? 'a key') : found;
  }),
  method('get', 'self, key, default=None', (m, self, key, fallback) => {
    const found = lookUp(m, self!, key!);
    return found === undefined ? fallback! : found;
  }),
  method('__setitem__', 'self, key, value, /', (m, self, key, value) => {
    m.setItem(mapsOf(self!)[0]!, key!, value!);
    return null;
  }),
  method('__delitem__', 'self, key, /', (m, self, key) => {
    m.deleteItem(mapsOf(self!)[0]!, key!);
    return null;
  }),
  method('__contains__', 'self, key, /', (m, self, key) => lookUp(m, self!, key!) !== undefined),
  method('__iter__', 'self, /', (m, self) => lazily('chain', merged(m, self!).keys)),
  method('__len__', 'self, /', (m, self) => merged(m, self!).keys.length),
  method('keys', 'self, /', (m, self) => new List(merged(m, self!).keys)),
  method('values', 'self, /', (m, self) => new List(merged(m, self!).pairs.map(it => it[1]))),
  method('items', 'self, /', (m, self) => new List(merged(m, self!).pairs.map(it => new Tuple(it)))),
  method('new_child', 'self, m=None', (m, self, child) => {
    return m.call(m.classOf(self!), [child === null ? new Dict() : child!, ...mapsOf(self!)]);
  }),
];

function mapsOf(self: Value): readonly Value[] {
  const maps = (self as Instance).attributes.get('maps');
  return maps instanceof List ? maps.items : [];
}

function lookUp(m: Machine, self: Value, key: Value): Value | undefined {
  for (const map of mapsOf(self)) {
    const found = m.attempt('KeyError', () => m.getItem(map, key));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Keys in the order of the last mapping first, values of the first mapping that has them. */
function merged(m: Machine, self: Value): { keys: Value[]; pairs: [Value, Value][] } {
  const all = new Dict();
  for (const map of [...mapsOf(self)].reverse()) {
    for (const key of collect(m, map)) m.setItem(all, key, m.getItem(map, key));
  }
  const pairs = [...all.entries.values()];
  return { keys: pairs.map(it => it[0]), pairs };
}
