/** What is missing from a network because it is not known: members that are unseen, or one of several. */
import { isForeign } from '../../../interpreter/audit.js';
import type { Machine } from '../../../interpreter/machine.js';
import { Instance, Union, Unknown, type Value } from '../../../interpreter/values.js';
import type { Reason } from '../../../model/model.js';
import { isTensor } from '../tensor.js';
import { ModuleInstance, membersOf, slotOf } from './instance.js';
import { joined, type Named, namedTensors } from './walk.js';

const SLOTS = ['_parameters', '_modules'] as const;

/** Where torch would find weights that evaluation does not have. */
export function* gapsIn(modules: Iterable<Named<ModuleInstance>>): Generator<Reason> {
  for (const [path, module] of modules) {
    for (const slot of SLOTS) {
      for (const [name, value] of membersOf(module, slot)) {
        if (isOpen(value)) yield { ...gapAt(joined(path, name), value), isMember: value instanceof Unknown };
      }
      const more = slotOf(module, slot)?.more;
      if (more !== undefined) yield { ...gapAt(joined(path, '…'), more), isMember: true };
    }
    // What layers that are made alike have in common is plain.
    if (module.shared !== undefined) continue;
    for (const name of module.attributes.keys()) {
      const value = module.own(name)!;
      const isMember = isForeign(value);
      if (isMember || isSizeOf(module, value)) yield { ...gapAt(joined(path, name), value), isMember };
    }
  }
}

/** An argument of a layer whose parameters have sizes that are not known; where a symbol stands for one, that tells. */
function isSizeOf(module: ModuleInstance, value: Value): boolean {
  return value instanceof Unknown && value.symbol === undefined && isOfOpenSize(module);
}

function isOfOpenSize(module: ModuleInstance): boolean {
  return [...membersOf(module, '_parameters')].some(([, it]) => isTensor(it) && it.shape?.includes(undefined));
}

function gapAt(path: string, value: Value): Reason {
  const reason = reasonOf(value);
  const message = `\`${path}\` is not known: ${reason?.reason ?? 'it is one of several values'}`;
  return { message, isGap: true, ...(reason?.site && { site: reason.site }) };
}

function reasonOf(value: Value): Unknown | undefined {
  if (value instanceof Unknown) return value;
  if (value instanceof Union) return value.alternatives.map(reasonOf).find(it => it !== undefined);
  return value instanceof Instance ? value.cls.mro.find(it => it.unknownBase)?.unknownBase : undefined;
}

/** A member that may have weights, or may be another one that has. */
function isOpen(value: Value): boolean {
  return value instanceof Unknown || (value instanceof Union && value.alternatives.some(holdsWeights));
}

function holdsWeights(value: Value): boolean {
  if (value instanceof Unknown || isTensor(value)) return true;
  return value instanceof ModuleInstance && !namedTensors(value, '_parameters').next().done;
}

/** Whether a seed decides something of the object. */
export function hasWeights(_: Machine, instance: Instance): boolean {
  return isTensor(instance) ? instance.shows !== undefined : holdsWeights(instance);
}
