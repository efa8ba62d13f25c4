/** `copy`: shallow and deep copies; what a library holds in TypeScript copies itself through `__deepcopy__`. */
import { allocate } from '../calls.js';
import { keyOf } from '../compare.js';
import type { Machine } from '../machine.js';
import { BoundMethod, ClassValue, Dict, Instance, List, SetValue, Tuple, type Value } from '../values.js';
import { type Entry, method } from './define.js';

export const copyNames: readonly Entry[] = [
  method('copy', 'x, /', (m, value) => shallow(m, value!)),
  method('deepcopy', 'x, memo=None', (m, value, memo) => deepCopy(m, value!, memo instanceof Dict ? memo : new Dict())),
];

/** `copy.deepcopy`; the memo keeps objects that are met twice one object. */
export function deepCopy(m: Machine, value: Value, memo: Dict): Value {
  if (value === null || typeof value !== 'object') return value;
  const known = memo.entries.get(value);
  if (known !== undefined) return known[1];
  m.step();
  const remember = <T extends Value>(copy: T): T => {
    memo.entries.set(value, [value, copy]);
    return copy;
  };
  if (value instanceof List) return copyList(m, value, memo, remember(new List([])));
  if (value instanceof Dict) return copyDict(m, value, memo, remember(value.emptied()));
  if (value instanceof Tuple) return remember(copyTuple(m, value, memo));
  if (value instanceof SetValue) return remember(new SetValue(new Map(value.items), value.frozen));
  if (value instanceof BoundMethod) return remember(new BoundMethod(deepCopy(m, value.self, memo), value.callee));
  return value instanceof Instance ? copyInstance(m, value, memo, remember) : value;
}

function copyList(m: Machine, list: List, memo: Dict, copy: List): List {
  for (const item of list.items) copy.items.push(deepCopy(m, item, memo));
  copy.more = list.more;
  return copy;
}

function copyDict(m: Machine, dict: Dict, memo: Dict, copy: Dict): Dict {
  for (const [key, value] of [...dict.entries.values()]) {
    const name = deepCopy(m, key, memo);
    copy.entries.set(keyOf(name), [name, deepCopy(m, value, memo)]);
  }
  if (dict.more !== undefined) copy.more = dict.more;
  return copy;
}

/** A tuple of what cannot change stays itself. */
function copyTuple(m: Machine, tuple: Tuple, memo: Dict): Tuple {
  const items = tuple.items.map(it => deepCopy(m, it, memo));
  return items.every((it, i) => it === tuple.items[i]) ? tuple : new Tuple(items);
}

function copyInstance(m: Machine, instance: Instance, memo: Dict, remember: <T extends Value>(copy: T) => T): Value {
  const own = m.findMethod(instance, '__deepcopy__');
  if (own !== undefined) return remember(m.call(own, [instance, memo]));
  if (instance.cls instanceof ClassValue && isShared(instance)) return instance;
  const copy = remember(allocate(instance.cls));
  m.hooks.copied?.(instance, copy);
  if (instance.payload !== undefined) copy.payload = deepCopy(m, instance.payload, memo);
  const state = stateOf(m, instance);
  if (state !== undefined) return restored(m, copy, deepCopy(m, state, memo));
  for (const [name, value] of instance.attributes) copy.attributes.set(name, deepCopy(m, value, memo));
  return copy;
}

/** Members of an enumeration exist once. */
const isShared = (instance: Instance): boolean =>
  instance.cls.mro.some(it => it.name === 'Enum' && it.moduleName === 'enum');

function stateOf(m: Machine, instance: Instance): Value | undefined {
  const method = m.findMethod(instance, '__getstate__');
  return method === undefined ? undefined : m.call(method, [instance]);
}

function restored(m: Machine, copy: Instance, state: Value): Value {
  const method = m.findMethod(copy, '__setstate__');
  if (method !== undefined) m.call(method, [copy, state]);
  else if (state instanceof Dict)
    for (const [name, value] of state.entries.values()) copy.attributes.set(name as string, value);
  return copy;
}

function shallow(m: Machine, value: Value): Value {
  if (value instanceof List) return new List([...value.items], value.more);
  if (value instanceof Dict) return copyEntries(value);
  if (value instanceof SetValue) return new SetValue(new Map(value.items), value.frozen);
  if (!(value instanceof Instance)) return value;
  const own = m.findMethod(value, '__copy__');
  if (own !== undefined) return m.call(own, [value]);
  if (isShared(value)) return value;
  const copy = allocate(value.cls);
  if (value.payload !== undefined) copy.payload = shallow(m, value.payload);
  for (const [name, attribute] of value.attributes) copy.attributes.set(name, attribute);
  return copy;
}

function copyEntries(dict: Dict): Dict {
  const copy = new Dict(new Map(dict.entries));
  if (dict.more !== undefined) copy.more = dict.more;
  return copy;
}
