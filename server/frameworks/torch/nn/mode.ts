/** Whether a module is in training: what layers that are made alike share stays shared. */
import type { Machine } from '../../../interpreter/machine.js';
import type { Value } from '../../../interpreter/values.js';
import type { ModuleInstance } from './instance.js';

type Attributes = ReadonlyMap<string, Value>;

export function setMode(machine: Machine, module: ModuleInstance, mode: Value | undefined): void {
  machine.touch(module);
  const { shared } = module;
  if (shared !== undefined && typeof mode === 'boolean') module.share(inMode(shared, mode));
  else if (mode === undefined) module.attributes.delete('training');
  else module.attributes.set('training', mode);
}

/** The same attributes in the other mode, which lead back to these. */
const others = new WeakMap<Attributes, Attributes>();

function inMode(attributes: Attributes, mode: boolean): Attributes {
  if (attributes.get('training') === mode) return attributes;
  let other = others.get(attributes);
  if (other === undefined) {
    other = new Map(attributes).set('training', mode);
    others.set(attributes, other).set(other, attributes);
  }
  return other;
}
