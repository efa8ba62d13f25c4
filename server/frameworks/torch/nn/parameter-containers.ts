/** ParameterList and ParameterDict. */
import { collect } from '../../../interpreter/builtins/list.js';
import type { Machine } from '../../../interpreter/machine.js';
import { native } from '../../../interpreter/native.js';
import { Dict, Iterator, List, type NativeFunction, Slice, type Value } from '../../../interpreter/values.js';
import { isTensor } from '../tensor.js';
import { type ModuleInstance, membersOf, slotOf } from './instance.js';
import { itemUnder, keyGiven } from './keys.js';
import { asParameter } from './parameter.js';

const asModule = (value: Value | undefined): ModuleInstance => value as ModuleInstance;

export const parameterListNatives: readonly NativeFunction[] = [
  native('__init__', 'self, values=None', (machine, self, values) => {
    initialize(machine, self!);
    if (values !== null) extend(machine, asModule(self), values!);
    return null;
  }),
  native('__len__', 'self', (_, self) => valuesOf(self!).length),
  native('__iter__', 'self', (_, self) => new Iterator(valuesOf(self!)[Symbol.iterator]() as never)),
  native('__getitem__', 'self, idx', (machine, self, index) => {
    const found = machine.getItem(new List(valuesOf(self!)), index!);
    return index instanceof Slice ? machine.call(asModule(self).cls, [found]) : found;
  }),
  native('__setitem__', 'self, idx, param', (machine, self, index, parameter) => {
    if (typeof index === 'number') {
      const at = index < 0 ? index + valuesOf(self!).length : index;
      machine.setAttribute(self!, String(at), promoted(machine, parameter!));
    }
    return null;
  }),
  native('append', 'self, value', (machine, self, value) => extend(machine, asModule(self), new List([value!]))),
  native('extend', 'self, values', (machine, self, values) => extend(machine, asModule(self), values!)),
  native('__iadd__', 'self, values', (machine, self, values) => extend(machine, asModule(self), values!)),
];

export const parameterDictNatives: readonly NativeFunction[] = [
  native('__init__', 'self, parameters=None', (machine, self, parameters) => {
    initialize(machine, self!);
    if (parameters !== null) update(machine, asModule(self), parameters!);
    return null;
  }),
  native('__getitem__', 'self, key', (machine, self, key) => itemUnder(machine, parameterDict(self!), key!)),
  native('__setitem__', 'self, key, value', (machine, self, key, value) => {
    const parameter = promoted(machine, value!);
    machine.setAttribute(self!, keyGiven(machine, key!, parameter), parameter);
    return null;
  }),
  native('__delitem__', 'self, key', (machine, self, key) => {
    machine.deleteAttribute(self!, String(key));
    return null;
  }),
  native('__len__', 'self', (_, self) => parameterDict(self!).entries.size),
  native('__iter__', 'self', (machine, self) => machine.callMethod(parameterDict(self!), '__iter__')),
  native('__contains__', 'self, key', (_, self, key) => parameterDict(self!).entries.has(key)),
  ...['keys', 'items', 'values'].map(name =>
    native(name, 'self', (machine, self) => machine.callMethod(parameterDict(self!), name)),
  ),
  native('get', 'self, key, default=None', (_, self, key, otherwise) => {
    const pair = parameterDict(self!).entries.get(key);
    return pair?.[1] ?? otherwise!;
  }),
  native('update', 'self, parameters', (machine, self, parameters) => {
    update(machine, asModule(self), parameters!);
    return null;
  }),
];

const parameterDict = (self: Value): Dict => slotOf(asModule(self), '_parameters') ?? new Dict();
const valuesOf = (self: Value): Value[] => membersOf(asModule(self), '_parameters').map(([, value]) => value);

function initialize(machine: Machine, self: Value): void {
  const base = asModule(self).cls.mro.find(it => it.name === 'Module');
  machine.call(base!.attributes.get('__init__')!, [self]);
}

/** Tensors become parameters when they are put in; anything else is kept as it is. */
function promoted(machine: Machine, value: Value): Value {
  return isTensor(value) && !value.isParameter ? asParameter(machine, value) : value;
}

function extend(machine: Machine, self: ModuleInstance, values: Value): Value {
  for (const value of collect(machine, values)) {
    machine.setAttribute(self, String(valuesOf(self).length), promoted(machine, value));
  }
  return self;
}

function update(machine: Machine, self: ModuleInstance, parameters: Value): void {
  const dict = parameters instanceof Dict ? parameters : undefined;
  const pairs = dict === undefined ? listedPairs(machine, parameters) : sortedPairs(dict);
  for (const [name, value] of pairs) {
    const parameter = promoted(machine, value);
    machine.setAttribute(self, keyGiven(machine, name, parameter), parameter);
  }
}

/** A plain dictionary goes in by the order of its keys, an OrderedDict in its own. */
const sortedPairs = ({ entries }: Dict): [Value, Value][] =>
  [...entries.values()].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));

function listedPairs(machine: Machine, parameters: Value): [Value, Value][] {
  if (parameters !== null && machine.findAttribute(parameters, 'items') !== undefined) {
    return listedPairs(machine, machine.callMethod(parameters, 'items'));
  }
  return collect(machine, parameters).flatMap(pair => {
    const [name, value] = machine.listOf(pair) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value] as [Value, Value]];
  });
}
