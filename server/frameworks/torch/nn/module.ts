/** nn.Module: construction, and what assigning, reading and deleting an attribute does. */
import { isConditional } from '../../../interpreter/choices.js';
import type { Machine } from '../../../interpreter/machine.js';
import { native, rawNative } from '../../../interpreter/native.js';
import { setOnInstance } from '../../../interpreter/set-attribute.js';
import { patternOf } from '../../../interpreter/unknown-text.js';
import {
  Dict,
  Func,
  type Instance,
  notImplemented,
  SetValue,
  Unknown,
  type Value,
} from '../../../interpreter/values.js';
import { isTensor } from '../tensor.js';
import { noteConstruction } from './constructed.js';
import { afterForward, beforeForward } from './hooks.js';
import { inSlot, isCertainlyIn, ModuleInstance, member, put, type Slot, slotOf, take } from './instance.js';

/** Natives of the class itself. */
export const moduleProtocol = [
  native('__init__', 'self, *args, **kwargs', (machine, self) => initializeModule(machine, self as Instance)),
  native('__setattr__', 'self, name, value', (machine, self, name, value) =>
    assign(machine, self as Instance, nameGiven(machine, name!, value!), value!),
  ),
  native('__getattr__', 'self, name', (machine, self, name) => read(machine, self as Instance, String(name))),
  native('__delattr__', 'self, name', (machine, self, name) => remove(machine, self as Instance, String(name))),
  rawNative('__call__', (machine, { positional: [self, ...positional], ...rest }) => {
    const given = beforeForward(machine, self!, positional);
    const result = machine.callWith(machine.getAttribute(self!, 'forward'), { ...rest, positional: given });
    return afterForward(machine, self!, given, result);
  }),
  rawNative('forward', (machine, { positional: [self] }) => {
    const name = machine.classOf(self!).name;
    return machine.raise('NotImplementedError', `Module [${name}] is missing the required "forward" function`);
  }),
];

/** A name that is not known, such as `f'fc{i}'`, is a name all the same: what is set under it is part of the network. */
export function nameGiven(machine: Machine, name: Value, value: Value): string {
  if (typeof name === 'string') return name;
  if (homeOf(value) !== undefined) machine.incomplete('the name that an attribute is set under is not known');
  return patternOf(name);
}

/** `Module.__init__`: a second call forgets what was registered before, as in torch. */
export function initializeModule(machine: Machine, self: Instance): Value {
  machine.touch(self);
  self.attributes.set('training', true);
  if (!(self instanceof ModuleInstance)) return null;
  for (const slot of ['_parameters', '_buffers', '_modules'] as const) {
    const dict = self.slots[slot];
    if (dict.size > 0) clear(machine, dict);
    self.attributes.set(slot, dict);
  }
  noteConstruction(machine, self);
  return null;
}

/** `Module.__init__` of a layer to which nothing has happened, with all the attributes of its constructor at once. */
export function initializeAlike(
  machine: Machine,
  self: ModuleInstance,
  attributes: ReadonlyMap<string, Value>,
): boolean {
  machine.touch(self);
  if (self.shared !== undefined || !self.share(attributes)) return false;
  noteConstruction(machine, self);
  return true;
}

function clear(machine: Machine, dict: Dict): void {
  machine.touch(dict);
  dict.entries.clear();
}

/** Created when they are asked for: nothing but `named_modules` and hand-written hooks reads them. */
const hookTables = new Set([
  '_forward_hooks',
  '_forward_pre_hooks',
  '_backward_hooks',
  '_backward_pre_hooks',
  '_forward_hooks_with_kwargs',
  '_forward_pre_hooks_with_kwargs',
  '_state_dict_hooks',
  '_state_dict_pre_hooks',
  '_load_state_dict_pre_hooks',
  '_load_state_dict_post_hooks',
]);

/** `NotImplemented` tells the interpreter that there is no such attribute; who calls the method gets Python's answer. */
function read(machine: Machine, self: Instance, name: string): Value {
  const found = member(self, name);
  if (found !== undefined) return found;
  if (hookTables.has(name)) return keep(machine, self, name, new Dict());
  if (name === '_non_persistent_buffers_set') return keep(machine, self, name, new SetValue());
  if (machine.callSite() === undefined) return notImplemented;
  return machine.raise('AttributeError', `'${self.cls.name}' object has no attribute '${name}'`);
}

function keep(machine: Machine, self: Instance, name: string, value: Value): Value {
  machine.touch(self);
  self.attributes.set(name, value);
  return value;
}

const slots: readonly Slot[] = ['_parameters', '_modules', '_buffers'];

function assign(machine: Machine, self: Instance, name: string, value: Value): Value {
  const home = homeOf(value);
  if (home !== undefined) return place(machine, self, name, value, home);
  return member(self, name) === undefined
    ? assignPlainly(machine, self, name, value)
    : assignToMember(machine, self, name, value);
}

/** What is no module and no parameter, under a name that one of the slots has. */
function assignToMember(machine: Machine, self: Instance, name: string, value: Value): Value {
  const holders = slots.filter(it => inSlot(self, it, name) !== undefined);
  // Which of several branches has made it decides whether it is one that takes the value.
  const holder = holders.includes('_buffers') && isTensor(value) ? '_buffers' : holders[0]!;
  // What stands there and is not known may be no parameter any more.
  const isKnown = !(inSlot(self, holder, name)?.[1] instanceof Unknown);
  if (value === null || value instanceof Unknown || !isKnown || (holder === '_buffers' && isTensor(value))) {
    put(machine, slotOf(self, holder)!, name, value);
    return null;
  }
  const isCertain = holders.some(it => isCertainlyIn(slotOf(self, it)!, name));
  const isAsked = !isCertain && (machine.forked > 0 || isConditional(machine.frame));
  if (!isAsked) return refuse(machine, self, name, value, holder, isCertain);
  // One condition may well decide both whether it is made and whether it is set, or ask for what was made with it: where
  // it is set, it is not made, then.
  for (const it of holders) take(machine, slotOf(self, it), name);
  return assignPlainly(machine, self, name, value);
}

function homeOf(value: Value): Slot | undefined {
  if (value instanceof ModuleInstance) return '_modules';
  return isTensor(value) && value.isParameter ? '_parameters' : undefined;
}

/** Registers a parameter or module: whatever else had the name goes, its own slot stays where it was. */
export function place(machine: Machine, self: Instance, name: string, value: Value, home: Slot): Value {
  const dict = slotOf(self, home);
  if (dict === undefined) {
    const what = home === '_parameters' ? 'parameters' : 'module';
    return machine.fault({
      code: 'exception',
      exception: 'AttributeError',
      message: `cannot assign ${what} before Module.__init__() call`,
      module: self,
    });
  }
  if (self.own(name) !== undefined) {
    machine.touch(self);
    self.attributes.delete(name);
  }
  for (const slot of slots) if (slot !== home) take(machine, slotOf(self, slot), name);
  put(machine, dict, name, value);
  return null;
}

function refuse(machine: Machine, self: Instance, name: string, value: Value, holder: Slot, isCertain: boolean): Value {
  const kind = machine.classOf(value).name;
  if (holder === '_parameters' && isTensor(value)) {
    return machine.fault({
      code: 'tensor-as-parameter',
      exception: 'TypeError',
      message: `cannot assign 'torch.FloatTensor' as parameter '${name}' (torch.nn.Parameter or None expected)`,
      details: { name, class: self.cls.name, maybe: !isCertain },
      module: self,
    });
  }
  const [what, expected] = {
    _parameters: ['parameter', 'torch.nn.Parameter'],
    _modules: ['child module', 'torch.nn.Module'],
    _buffers: ['buffer', 'torch.Tensor'],
  }[holder] as [string, string];
  return machine.fault({
    code: 'exception',
    exception: 'TypeError',
    message: `cannot assign '${kind}' as ${what} '${name}' (${expected} or None expected)`,
    module: self,
  });
}

function assignPlainly(machine: Machine, self: Instance, name: string, value: Value): Value {
  setOnInstance(machine, self, name, value);
  return null;
}

function remove(machine: Machine, self: Instance, name: string): Value {
  if (slots.some(it => take(machine, slotOf(self, it), name))) return null;
  if (!self.attributes.has(name)) {
    return machine.raise('AttributeError', `'${self.cls.name}' object has no attribute '${name}'`);
  }
  machine.touch(self);
  self.attributes.delete(name);
  return null;
}

/** True when a class of the user's own stands before the library's in the search for a method. */
export function overrides(machine: Machine, instance: Instance, name: string): boolean {
  if (machine.patches?.replaces(instance.cls, name)) return true;
  const owner = instance.cls.mro.find(it => it.attributes.has(name));
  return owner?.attributes.get(name) instanceof Func;
}
