/** nn.Module: registering and finding members, and walking over them. */
import { siteOf } from '../../../interpreter/frame.js';
import type { Machine } from '../../../interpreter/machine.js';
import { native } from '../../../interpreter/native.js';
import { Raised } from '../../../interpreter/raised.js';
import { patternOf } from '../../../interpreter/unknown-text.js';
import { Dict, type Instance, Iterator, Tuple, Union, Unknown, type Value } from '../../../interpreter/values.js';
import { torchOf } from '../state.js';
import { isTensor } from '../tensor.js';
import { entries, type ModuleInstance, member, put, slotOf, take } from './instance.js';
import { nameGiven, place } from './module.js';
import { pathNatives } from './paths.js';
import { mayRegister } from './registration.js';
import { recordApplied } from './visits.js';
import { joined, type Named, namedChildren, namedModules, namedTensors, postOrder } from './walk.js';

const text = (value: Value | undefined): string => (typeof value === 'string' ? value : '');
const asModule = (value: Value | undefined): ModuleInstance => value as ModuleInstance;

export const memberNatives = [
  native('register_parameter', 'self, name, param', (machine, self, name, parameter) =>
    registerParameter(machine, asModule(self), nameGiven(machine, name!, parameter!), parameter!),
  ),
  native('register_buffer', 'self, name, tensor, persistent=True', (machine, self, name, tensor) =>
    registerBuffer(machine, asModule(self), patternOf(name!), tensor!),
  ),
  native('add_module', 'self, name, module', (machine, self, name, module) =>
    addModule(machine, asModule(self), nameGiven(machine, name!, module!), module!),
  ),
  native('register_module', 'self, name, module', (machine, self, name, module) =>
    addModule(machine, asModule(self), nameGiven(machine, name!, module!), module!),
  ),
  ...pathNatives,
  native('apply', 'self, fn', (machine, self, fn) => apply(machine, asModule(self), fn!)),
];

export const walkNatives = [
  native('modules', 'self', (_, self) => values(namedModules(asModule(self)))),
  native('named_modules', "self, memo=None, prefix='', remove_duplicate=True", (_, self, _memo, prefix, once) =>
    pairs(namedModules(asModule(self), text(prefix), once === false ? null : new Set())),
  ),
  native('children', 'self', (_, self) => values(namedChildren(asModule(self)))),
  native('named_children', 'self', (_, self) => pairs(namedChildren(asModule(self)))),
  native('parameters', 'self, recurse=True', (_, self, recurse) =>
    values(namedTensors(asModule(self), '_parameters', { recurse: recurse !== false })),
  ),
  native('named_parameters', "self, prefix='', recurse=True, remove_duplicate=True", (_, self, prefix, recurse, once) =>
    pairs(namedTensors(asModule(self), '_parameters', tensorOptions(prefix, recurse, once))),
  ),
  native('buffers', 'self, recurse=True', (_, self, recurse) =>
    values(namedTensors(asModule(self), '_buffers', { recurse: recurse !== false })),
  ),
  native('named_buffers', "self, prefix='', recurse=True, remove_duplicate=True", (_, self, prefix, recurse, once) =>
    pairs(namedTensors(asModule(self), '_buffers', tensorOptions(prefix, recurse, once))),
  ),
  native('state_dict', "self, *args, destination=None, prefix='', keep_vars=False", (machine, self, ...given) =>
    machine.call(machine.builtins.dictClass, [
      given.at(-1) === true ? stateOf(asModule(self)) : detachedState(machine, self!),
    ]),
  ),
];

const tensorOptions = (prefix?: Value, recurse?: Value, once?: Value) => ({
  prefix: text(prefix),
  recurse: recurse !== false,
  duplicates: once === false,
});

function* second<T extends Value>(walk: Iterable<Named<T>>): Generator<Value, undefined> {
  for (const [, value] of walk) yield value;
  return undefined;
}

function* both<T extends Value>(walk: Iterable<Named<T>>): Generator<Value, undefined> {
  for (const [name, value] of walk) yield new Tuple([name, value]);
  return undefined;
}

const values = (walk: Iterable<Named<Value>>): Value => new Iterator(second(walk));
const pairs = (walk: Iterable<Named<Value>>): Value => new Iterator(both(walk));

/** Parameters and buffers of each module in turn. */
function stateOf(root: ModuleInstance): Dict {
  const state = new Dict();
  for (const [path, module] of namedModules(root, '', null)) {
    for (const slot of ['_parameters', '_buffers'] as const) {
      for (const [name, value] of entries(module, slot)) {
        if (value !== null) state.entries.set(joined(path, name), [joined(path, name), value]);
      }
    }
  }
  return state;
}

/** What `state_dict()` gives shares its memory with the parameters, and may be changed in place. */
function detachedState(machine: Machine, self: Value): Dict {
  const state = stateOf(asModule(self));
  for (const [key, [name, value]] of state.entries) {
    state.entries.set(key, [name, detachedIn(machine, value)]);
  }
  return state;
}

/** Whichever it is: what may be missing is a tensor, or None. */
function detachedIn(machine: Machine, value: Value): Value {
  if (value instanceof Union) return machine.distribute(value, it => detachedIn(machine, it));
  return isTensor(value) ? machine.callMethod(value, 'detach') : value;
}

function registerParameter(machine: Machine, self: Instance, name: string, parameter: Value): Value {
  const dict = slotOf(self, '_parameters');
  if (dict === undefined) {
    return machine.raise('AttributeError', 'cannot assign parameter before Module.__init__() call');
  }
  if (!mayRegister(machine, 'parameter', name, parameter)) return null;
  if (isTensor(parameter) && !parameter.isParameter) {
    return machine.fault({
      code: 'tensor-as-parameter',
      exception: 'TypeError',
      message: `cannot assign 'torch.FloatTensor' object to parameter '${name}' (torch.nn.Parameter or None required)`,
      details: { name, class: self.cls.name },
      module: self,
    });
  }
  put(machine, dict, name, parameter);
  return null;
}

function registerBuffer(machine: Machine, self: Instance, name: string, tensor: Value): Value {
  const dict = slotOf(self, '_buffers');
  if (dict === undefined) {
    return machine.raise('AttributeError', 'cannot assign buffer before Module.__init__() call');
  }
  if (!mayRegister(machine, 'buffer', name, tensor)) return null;
  put(machine, dict, name, tensor);
  return null;
}

/** A name that is taken by an attribute is refused by torch; a class that can do without keeps working. */
export function addModule(machine: Machine, self: Instance, name: string, module: Value): Value {
  if (!mayRegister(machine, 'module', name, module)) return null;
  if (module !== null && !(module instanceof Unknown)) return place(machine, self, name, module, '_modules');
  const dict = slotOf(self, '_modules');
  if (dict === undefined) return machine.raise('AttributeError', 'cannot assign module before Module.__init__() call');
  take(machine, slotOf(self, '_parameters'), name);
  put(machine, dict, name, module);
  return null;
}

function apply(machine: Machine, root: ModuleInstance, fn: Value): Value {
  if (fn === null) {
    return machine.fault({
      code: 'none-callable',
      exception: 'TypeError',
      message: "'NoneType' object is not callable",
      ...placeOfArgument(machine),
    });
  }
  noteApplied(machine, root);
  const { context } = machine.flags;
  machine.flags.context = 'apply';
  try {
    const { calls } = torchOf(machine);
    const before = calls.length;
    for (const module of postOrder(root)) {
      recordApplied(machine, module, fn);
      machine.call(fn, [module]);
    }
    if (calls.length === before) rehearseWithUnknown(machine, fn);
  } finally {
    machine.flags.context = context;
  }
  return root;
}

/** `apply(init_weights())`: what was called, where a call is what was given. */
function placeOfArgument(machine: Machine) {
  const site = machine.callSite()?.positional[0];
  if (site === undefined) return { details: { function: 'apply' } };
  const written = machine.frame?.module.text.slice(site.start, site.end) ?? '';
  const callee = /^([\w.]+)\(.*\)$/s.exec(written)?.[1] ?? null;
  return { site, details: { function: 'apply', callee } };
}

function noteApplied(machine: Machine, root: ModuleInstance): void {
  const site = machine.callSite()?.site;
  const { frame } = machine;
  if (site === undefined || frame === undefined) return;
  const { module, func } = frame;
  const within = siteOf(module, func?.definition ?? { start: 0, end: module.text.length });
  torchOf(machine).applied.push({ root, site, within, order: machine.nextOrder() });
}

/** A function that did nothing to any module is evaluated for what it would do to another, and that is undone. */
function rehearseWithUnknown(machine: Machine, fn: Value): void {
  const { uncalled } = machine.flags;
  if (machine.strict || uncalled) return;
  machine.flags.uncalled = true;
  try {
    machine.journal.rehearse(() => machine.call(fn, [new Unknown('a module of another kind', machine.site())]));
  } catch (error) {
    if (!(error instanceof Raised)) throw error;
  } finally {
    machine.flags.uncalled = uncalled;
  }
}

export { member };
