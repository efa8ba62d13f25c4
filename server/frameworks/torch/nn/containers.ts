/** Sequential, ModuleList, ModuleDict and Container. */
import { collect } from '../../../interpreter/builtins/list.js';
import { itemsOf } from '../../../interpreter/builtins/sequences.js';
import type { Machine } from '../../../interpreter/machine.js';
import { native, rawNative } from '../../../interpreter/native.js';
import { countsPositions, unrolled } from '../../../interpreter/stand-ins.js';
import { Dict, Iterator, List, type NativeFunction, Slice, Tuple, type Value } from '../../../interpreter/values.js';
import { ModuleInstance, membersOf, put, slotOf } from './instance.js';
import { itemUnder, keyGiven } from './keys.js';
import { addModule } from './members.js';

const asModule = (value: Value | undefined): ModuleInstance => value as ModuleInstance;

/** What lists of modules and Sequential share: children are numbered. */
const numbered: readonly NativeFunction[] = [
  native('__len__', 'self', (machine, self) => positionsIn(machine, self!).length),
  native('__iter__', 'self', (machine, self) => new Iterator(walked(machine, self!)[Symbol.iterator]() as never)),
  native('__getitem__', 'self, idx', (machine, self, index) => item(machine, asModule(self), index!)),
  native('__setitem__', 'self, idx, module', (machine, self, index, module) => {
    const name = keyAt(machine, asModule(self), index!);
    return name === undefined ? null : addModule(machine, asModule(self), name, module!);
  }),
  native('__delitem__', 'self, idx', (machine, self, index) => removeItem(machine, asModule(self), index!)),
  native('append', 'self, module', (machine, self, module) => {
    addModule(machine, asModule(self), String(childDict(self!).size), module!);
    return self!;
  }),
  native('insert', 'self, index, module', (machine, self, index, module) => {
    const children = childrenOf(self!);
    const at = typeof index === 'number' ? index : children.length;
    renumber(machine, asModule(self), children.toSpliced(at, 0, module!));
    return self!;
  }),
  native('extend', 'self, modules', (machine, self, modules) => extend(machine, asModule(self), modules!)),
  native('__iadd__', 'self, modules', (machine, self, modules) => extend(machine, asModule(self), modules!)),
  native('__add__', 'self, other', (machine, self, other) => {
    const sum = machine.call(asModule(self).cls) as ModuleInstance;
    extend(machine, sum, self!);
    return extend(machine, sum, other!);
  }),
  native('pop', 'self, key=-1', (machine, self, key) => {
    const taken = item(machine, asModule(self), key!);
    removeItem(machine, asModule(self), key!);
    return taken;
  }),
  native('__contains__', 'self, module', (_, self, module) => childrenOf(self!).includes(module!)),
];

export const sequentialNatives: readonly NativeFunction[] = [
  ...numbered,
  rawNative('__init__', (machine, { positional: [self, ...modules], unknown }) => {
    initialize(machine, self!);
    const [first] = modules;
    const named = modules.length === 1 ? dictIn(first!) : undefined;
    if (named !== undefined) update(machine, asModule(self), named);
    else for (const [i, it] of modules.entries()) addModule(machine, asModule(self), String(i), it);
    if (unknown !== undefined) addModule(machine, asModule(self), String(modules.length), unknown);
    return null;
  }),
  rawNative('forward', (machine, { positional: [self, ...inputs] }) => {
    let value: Value = inputs[0] ?? null;
    for (const module of childrenOf(self!)) value = machine.call(module, [value]);
    return value;
  }),
];

export const moduleListNatives: readonly NativeFunction[] = [
  ...numbered,
  native('__init__', 'self, modules=None', (machine, self, modules) => {
    initialize(machine, self!);
    if (modules !== null) extend(machine, asModule(self), modules!);
    return null;
  }),
];

export const moduleDictNatives: readonly NativeFunction[] = [
  native('__init__', 'self, modules=None', (machine, self, modules) => {
    initialize(machine, self!);
    if (modules !== null) update(machine, asModule(self), modules!);
    return null;
  }),
  native('__getitem__', 'self, key', (machine, self, key) => itemUnder(machine, childDict(self!), key!)),
  native('__setitem__', 'self, key, module', (machine, self, key, module) =>
    addModule(machine, asModule(self), keyGiven(machine, key!, module!), module!),
  ),
  native('__delitem__', 'self, key', (machine, self, key) => {
    machine.deleteItem(childDict(self!), key!);
    return null;
  }),
  native('__len__', 'self', (_, self) => childrenOf(self!).length),
  native('__iter__', 'self', (machine, self) => machine.callMethod(childDict(self!), '__iter__')),
  native('__contains__', 'self, key', (_, self, key) => childDict(self!).entries.has(key)),
  native('clear', 'self', (machine, self) => {
    machine.touch(childDict(self!));
    childDict(self!).entries.clear();
    return null;
  }),
  native('pop', 'self, key', (machine, self, key) => machine.callMethod(childDict(self!), 'pop', [key!])),
  ...['keys', 'items', 'values'].map(name =>
    native(name, 'self', (machine, self) => machine.callMethod(childDict(self!), name)),
  ),
  native('update', 'self, modules', (machine, self, modules) => {
    update(machine, asModule(self), modules!);
    return null;
  }),
];

const childDict = (self: Value): Dict => slotOf(asModule(self), '_modules') ?? new Dict();

const childrenOf = (self: Value): Value[] => membersOf(asModule(self), '_modules').map(([, child]) => child);

/** The children where positions are told apart: with the last of those that one stands for. */
const positionsIn = (machine: Machine, self: Value): readonly Value[] =>
  countsPositions(machine) ? unrolled(machine, childrenOf(self)) : childrenOf(self);

const walked = (machine: Machine, self: Value): readonly Value[] =>
  machine.flags.positions?.isAsked ? unrolled(machine, childrenOf(self)) : childrenOf(self);

function initialize(machine: Machine, self: Value): void {
  const base = asModule(self).cls.mro.find(it => it.name === 'Module');
  machine.call(base!.attributes.get('__init__')!, [self]);
}

function dictIn(value: Value): Dict | undefined {
  if (value instanceof Dict) return value;
  const payload = typeof value === 'object' && value !== null && 'payload' in value ? value.payload : undefined;
  return payload instanceof Dict ? payload : undefined;
}

function update(machine: Machine, self: ModuleInstance, modules: Value): void {
  for (const [name, module] of pairsOf(machine, modules)) addModule(machine, self, name, module);
  const more = dictIn(modules)?.more;
  if (more !== undefined) childDict(self).more ??= more;
}

function pairsOf(machine: Machine, modules: Value): (readonly [string, Value])[] {
  const dict = dictIn(modules) ?? (modules instanceof ModuleInstance ? slotOf(modules, '_modules') : undefined);
  if (dict !== undefined)
    return [...dict.entries.values()].map(([key, value]) => [keyGiven(machine, key, value), value] as const);
  return collect(machine, modules).flatMap(pair => {
    const [name, module] = machine.listOf(pair) ?? [];
    return typeof name === 'string' && module !== undefined ? [[name, module] as const] : [];
  });
}

function extend(machine: Machine, self: ModuleInstance, modules: Value): Value {
  for (const module of collect(machine, modules)) {
    addModule(machine, self, String(childDict(self).size), module);
  }
  return self;
}

/** The child at an index; for a slice, a container of its own: Sequential keeps the names, ModuleList counts anew. */
function item(machine: Machine, self: ModuleInstance, index: Value): Value {
  if (index instanceof Slice) return sliced(machine, self, index);
  if (typeof index !== 'number') return machine.getItem(new List(childrenOf(self)), index);
  const children = positionsIn(machine, self);
  const child = children.at(index);
  if (child !== undefined && index < children.length) return child;
  return machine.raise('IndexError', `index ${index} is out of range`);
}

function sliced(machine: Machine, self: ModuleInstance, slice: Slice): Value {
  const children = positionsIn(machine, self);
  if (!isSequential(self)) return machine.call(self.cls, [chosen(machine, children, slice)]);
  const names = membersOf(self, '_modules').map(([name]) => name);
  const pairs = children.map((child, i) => new Tuple([names[i] ?? String(i), child]));
  const items = machine.listOf(chosen(machine, pairs, slice)) ?? [];
  const named = items.map(it => (it as Tuple).items).map(([name, child]) => [String(name), child!] as const);
  return machine.call(self.cls, [Dict.of(named)]);
}

/** What is not known of the slice is left to the list. */
function chosen(machine: Machine, items: readonly Value[], slice: Slice): Value {
  const found = itemsOf(machine, items, slice);
  return found === undefined ? machine.getItem(new List([...items]), slice) : new List(found);
}

const isSequential = (self: ModuleInstance): boolean => self.cls.mro.some(it => it.name === 'Sequential');

function keyAt(machine: Machine, self: ModuleInstance, index: Value): string | undefined {
  const names = membersOf(self, '_modules').map(([name]) => name);
  if (typeof index !== 'number') return undefined;
  const name = names.at(index);
  if (name !== undefined && index < names.length) return name;
  return machine.raise('IndexError', `index ${index} is out of range`);
}

function removeItem(machine: Machine, self: ModuleInstance, index: Value): Value {
  const children = new List(childrenOf(self));
  machine.deleteItem(children, index);
  renumber(machine, self, children.items);
  return null;
}

function renumber(machine: Machine, self: ModuleInstance, children: readonly Value[]): void {
  const dict = childDict(self);
  machine.touch(dict);
  dict.entries.clear();
  for (const [i, child] of children.entries()) put(machine, dict, String(i), child);
}
