/** Finds the row of the table that a class stands for. */
import type { ClassValue } from '../../../interpreter/values.js';
import { layerNamed } from '../layers.js';
import type { LayerRow } from './row.js';

const OWN = 'torch.nn.modules.';

interface Kind {
  readonly cls: ClassValue | undefined;
  readonly row: LayerRow | undefined;
}

/** By the order in which a class is searched: every module asks, and there are few classes. */
const kinds = new WeakMap<ClassValue['mro'], Kind>();

function kindOf({ mro }: ClassValue): Kind {
  let kind = kinds.get(mro);
  if (kind === undefined) {
    const cls = mro.find(it => it.moduleName.startsWith(OWN) && it.name !== 'Module');
    kind = { cls, row: cls && layerNamed.get(cls.name) };
    kinds.set(mro, kind);
  }
  return kind;
}

/** The nearest class of torch.nn that it is; undefined for a user's own module. */
export const frameworkClass = (cls: ClassValue): ClassValue | undefined => kindOf(cls).cls;

export const rowOf = (cls: ClassValue): LayerRow | undefined => kindOf(cls).row;
