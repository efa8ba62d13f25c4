/** Which of a parameter's writes decide what it starts from. */
import type { InitSpec } from '../../../core/initializer.js';
import type { Model } from '../model.js';
import type { Parameter, Write } from '../parameters.js';

/**
 * In order: the last write that surely covers the whole tensor, then those after it that reach a part or one branch only.
 * What comes before is overwritten, the framework's default first of all. A checkpoint does not count: training that
 * saved it started from what was written.
 */
export function finalWrites(parameter: Parameter): readonly Write[] {
  const writes = parameter.writes.filter(it => it.origin !== 'loaded');
  const base = writes.findLastIndex(it => it.region === 'whole' && it.certain);
  return base < 0 ? writes : writes.slice(base);
}

/** The write of the whole tensor that a person made and that nothing overwrites; undefined where the values come from elsewhere. */
export function decidingWrite(parameter: Parameter): Write | undefined {
  const last = finalWrites(parameter).findLast(it => it.region === 'whole');
  return last?.origin === 'written' ? last : undefined;
}

/** What the whole tensor starts from, by whomever it was written. */
export function specOf(parameter: Parameter): InitSpec | undefined {
  return finalWrites(parameter).findLast(it => it.region === 'whole')?.spec;
}

/** Whether every element starts from the same number; undefined where it is not known. */
export function constantOf(parameter: Parameter): number | undefined {
  const deciding = finalWrites(parameter);
  const [first] = deciding;
  if (first === undefined || first.region === 'part' || first.spec.kind !== 'constant') return undefined;
  const { value } = first.spec;
  const isSame = deciding.every(it => it.spec.kind === 'constant' && it.spec.value === value);
  return isSame ? value : undefined;
}

/** Whether its last load is of a network's own state into which values from elsewhere were put. */
export function isMixed({ writes }: Parameter): boolean {
  return writes.findLast(it => it.origin === 'loaded')?.mixed === true;
}

export function isLoaded({ writes }: Parameter): boolean {
  return writes.some(it => it.origin === 'loaded');
}

/**
 * Whether another network's values replace what was written: a checkpoint that fills a part of the network alone was not saved by
 * training it, and one that the constructor loads is there before any training.
 */
export function isTakenOver(model: Model, parameter: Parameter): boolean {
  const load = parameter.writes.findLast(it => it.origin === 'loaded');
  if (load === undefined || (decidingWrite(parameter)?.order ?? 0) > load.order) return false;
  return load.context === 'construction' || isPartlyLoaded(model);
}

function isPartlyLoaded(model: Model): boolean {
  const known = partly.get(model);
  if (known !== undefined) return known;
  const answer = model.parameters.some(it => it.kind === 'weight' && !isLoaded(it));
  partly.set(model, answer);
  return answer;
}

const partly = new WeakMap<Model, boolean>();
