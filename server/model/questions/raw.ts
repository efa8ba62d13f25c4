/** Parameters of raw memory: made by `torch.empty`, and written by nothing that was evaluated. */
import type { Parameter } from '../parameters.js';

export function isRaw({ uninitialized, writes }: Parameter): boolean {
  return uninitialized === true && writes.length === 0;
}

/** Made of positive numbers by the class itself, and nothing else: some write no `empty` where a helper fills it. */
export function isPlaceholder({ writes, module }: Parameter): boolean {
  const [made, ...others] = writes;
  const isMade = made?.call?.form === 'factory' && made.spec.kind === 'uniform' && made.spec.low === 0;
  return isMade && others.length === 0 && module.layer === undefined;
}

/** The name in its class: `emb_projs` of `word_emb.emb_projs.0`. */
export function attributeOf({ name }: Pick<Parameter, 'name'>): string {
  return name.split('.').findLast(it => !/^\d+$/.test(it)) ?? name;
}
