/** Finds the row of the table that a class stands for. */
import type { ClassValue } from '../../../interpreter/values.js';
import { layerNamed } from '../layers.js';
import type { LayerRow } from './row.js';

const OWN = 'torch.nn.modules.';

/** The nearest class of torch.nn that it is; undefined for a user's own module. */
export function frameworkClass(cls: ClassValue): ClassValue | undefined {
  return cls.mro.find(it => it.moduleName.startsWith(OWN) && it.name !== 'Module');
}

export function rowOf(cls: ClassValue): LayerRow | undefined {
  const known = frameworkClass(cls);
  return known && layerNamed.get(known.name);
}
