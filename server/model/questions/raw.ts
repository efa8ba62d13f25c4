/** Parameters of raw memory: made by `torch.empty`, and written by nothing that was evaluated. */
import type { Parameter } from '../parameters.js';

export function isRaw({ uninitialized, writes }: Parameter): boolean {
  return uninitialized === true && writes.length === 0;
}

/** The name in its class: `emb_projs` of `word_emb.emb_projs.0`. */
export function attributeOf({ name }: Pick<Parameter, 'name'>): string {
  return name.split('.').findLast(it => !/^\d+$/.test(it)) ?? name;
}
