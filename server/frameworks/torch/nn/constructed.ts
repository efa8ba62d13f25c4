/** Remembers which modules were constructed, and where. */
import { siteOf } from '../../../interpreter/frame.js';
import type { Machine } from '../../../interpreter/machine.js';
import type { Instance } from '../../../interpreter/values.js';
import type { Site } from '../../../text/span.js';
import { ModuleInstance } from './instance.js';

const KEY = Symbol('constructed modules');

/** In the order of construction: a module comes before the children that its own constructor makes. */
export function constructedIn(machine: Machine): Set<ModuleInstance> {
  let constructed = machine.extensions.get(KEY) as Set<ModuleInstance> | undefined;
  if (constructed === undefined) {
    constructed = new Set();
    machine.extensions.set(KEY, constructed);
  }
  return constructed;
}

export function noteConstruction(machine: Machine, module: ModuleInstance): void {
  const site = module.site ?? siteOfConstruction(machine, module);
  if (site !== undefined) module.site = site;
  if (module.order === undefined) {
    module.order = machine.nextOrder();
    noteTurn(machine, module);
  }
  constructedIn(machine).add(module);
}

/** In how many loops it is made of which one turn is evaluated for all. */
export function noteTurn(machine: Machine, module: ModuleInstance): void {
  module.turns = machine.flags.repeated;
  const loop = machine.loops.at(-1);
  if (loop !== undefined) module.loop = loop;
}

/** The call of the class: what stands outside all of the `__init__` methods that the module is going through. */
function siteOfConstruction(machine: Machine, module: Instance): Site | undefined {
  let frame = machine.frame;
  if (frame === undefined || frame.owned === 0) return undefined;
  while (frame.parent && isConstructorOf(frame.scope.variables, module)) frame = frame.parent;
  while (frame && !(frame.module.isUserCode && frame.node)) frame = frame.parent;
  return frame?.node && siteOf(frame.module, frame.node);
}

const isConstructorOf = (variables: ReadonlyMap<string, unknown>, module: Instance): boolean =>
  variables.values().next().value === module;

export function noteFinished(_: Machine, instance: Instance): void {
  if (instance instanceof ModuleInstance) instance.isFinished = true;
}
