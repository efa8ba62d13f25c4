/** Module instances, and the three dictionaries that every one of them keeps. */
import { payloadOf } from '../../../interpreter/builtins/define.js';
import type { Machine } from '../../../interpreter/machine.js';
import type { OpenLoop } from '../../../interpreter/stand-ins.js';
import { Dict, Instance, Union, type Value } from '../../../interpreter/values.js';
import type { Site } from '../../../text/span.js';
import type { Tensor } from '../tensor.js';
import { isTensor } from '../tensor.js';
import { MembersDict } from './members-dict.js';

export class ModuleInstance extends Instance {
  /** Where it was constructed. */
  site?: Site;
  /** When, in the order of writes and events. */
  order?: number;
  /** How many loops around its construction have evaluated one turn for any number of them. */
  turns = 0;
  /** The innermost of them. */
  loop?: OpenLoop;
  /** Whether its constructor has come to its end: what it has not written by then, it does not write. */
  isFinished = false;
  /** Made once, so that two branches that both construct the module fill the same dictionaries. */
  readonly slots: Readonly<Record<Slot, Dict>> = {
    _parameters: new MembersDict(),
    _buffers: new MembersDict(),
    _modules: new MembersDict(),
  };

  /** Layers that are made alike share what they are told; their slots are their own. */
  override own(name: string): Value | undefined {
    const value = super.own(name);
    return value === undefined && this.shared !== undefined && isSlot(name) ? this.slots[name] : value;
  }

  /** The slots stand where `Module.__init__` puts them: behind the first attribute. */
  protected override copyOf([first, ...others]: ReadonlyMap<string, Value>): Map<string, Value> {
    return new Map<string, Value>([first!, ...Object.entries(this.slots), ...others]);
  }
}

export type Slot = '_parameters' | '_buffers' | '_modules';

const isSlot = (name: string): name is Slot => name === '_parameters' || name === '_buffers' || name === '_modules';

/** Undefined before `Module.__init__` has run, and of what a native was given in place of a module. */
export function slotOf(module: Value, slot: Slot): Dict | undefined {
  const given = module instanceof Instance ? module.own(slot) : undefined;
  const dict = given === undefined ? undefined : payloadOf(given);
  return dict instanceof Dict ? dict : undefined;
}

/** Puts a value where its name stood before, or last. */
export function put(machine: Machine, dict: Dict, name: string, value: Value): void {
  machine.touch(dict);
  if (dict instanceof MembersDict) dict.settle(name);
  dict.entries.set(name, [name, value]);
}

export function take(machine: Machine, dict: Dict | undefined, name: string): boolean {
  if (dict === undefined || dict.size === 0 || !dict.entries.has(name)) return false;
  machine.touch(dict);
  if (dict instanceof MembersDict) dict.settle(name);
  return dict.entries.delete(name);
}

/** False where only one of several branches that were joined has put the name there. */
export function isCertainlyIn(dict: Dict, name: string): boolean {
  return !(dict instanceof MembersDict) || dict.isCertain(name);
}

/** What `module.name` finds among parameters, buffers and children. */
export function member(module: Value, name: string): Value | undefined {
  return (inSlot(module, '_parameters', name) ??
    inSlot(module, '_buffers', name) ??
    inSlot(module, '_modules', name))?.[1];
}

export function inSlot(module: Value, slot: Slot, name: string) {
  const dict = slotOf(module, slot);
  return dict === undefined || dict.size === 0 ? undefined : dict.entries.get(name);
}

const NONE: readonly never[] = [];

/** Entries of a slot as they are now. */
export function membersOf(module: Instance, slot: Slot): readonly (readonly [name: string, value: Value])[] {
  const dict = slotOf(module, slot);
  if (dict === undefined || dict.size === 0) return NONE;
  const members = [...dict.entries.values()];
  return members.every(hasName) ? members : members.map(([name, value]) => [String(name), value]);
}

const hasName = (pair: [Value, Value]): pair is [string, Value] => typeof pair[0] === 'string';

/** Entries of a slot, each read when it is reached: a loop over children may replace them. */
export function* entries(module: Instance, slot: Slot): Generator<readonly [name: string, value: Value]> {
  const dict = slotOf(module, slot);
  if (dict === undefined || dict.size === 0) return;
  for (const key of [...dict.entries.keys()]) {
    const pair = dict.entries.get(key);
    if (pair !== undefined) yield [String(pair[0]), pair[1]];
  }
}

/** The modules that a value may be: two where branches joined. */
export function modulesIn(value: Value): readonly ModuleInstance[] {
  if (value instanceof ModuleInstance) return [value];
  if (value instanceof Union) return value.alternatives.flatMap(it => modulesIn(it));
  return [];
}

export function tensorsIn(value: Value): readonly Tensor[] {
  if (isTensor(value)) return [value];
  if (value instanceof Union) return value.alternatives.flatMap(it => tensorsIn(it));
  return [];
}
