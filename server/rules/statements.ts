/** Statements that initialize, each with everything that it reaches: a finding is about the statement. */
import type { Model, Program } from '../model/model.js';
import type { Parameter, Write } from '../model/parameters.js';
import { decidingWrite, isTakenOver } from '../model/questions/final-writes.js';
import type { Site } from '../text/span.js';

/** One parameter whose start a statement decides. */
export interface Reached {
  readonly model: Model;
  readonly parameter: Parameter;
  readonly write: Write;
}

/** Groups of parameters whose start one and the same statement decides. */
export function statementsOf(program: Program): readonly (readonly Reached[])[] {
  const known = memory.get(program);
  if (known !== undefined) return known;
  const groups = groupedBy(reachedIn(program), it => keyOf(it.write.callee));
  memory.set(program, groups);
  return groups;
}

const memory = new WeakMap<Program, readonly (readonly Reached[])[]>();

function* reachedIn({ models }: Program): Iterable<Reached> {
  for (const model of models) {
    for (const parameter of model.parameters) {
      const write = decidingWrite(parameter);
      if (write !== undefined && !isExample(write) && !isTakenOver(model, parameter)) yield { model, parameter, write };
    }
  }
}

/** Constants make the results of a test known. */
const isExample = ({ context, spec }: Write): boolean => context === 'test' && spec.kind === 'constant';

/** Items by key, in the order in which the keys are met. */
export function groupedBy<T>(items: Iterable<T>, keyOfItem: (item: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOfItem(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

export function keyOf({ path, start, end }: Site): string {
  return `${path}:${start}-${end}`;
}

/** The one of which `badnessOf` is largest; those without badness do not count. */
export function worstOf<T>(candidates: Iterable<T>, badnessOf: (candidate: T) => number | undefined): T | undefined {
  let worst: T | undefined;
  let most = -Infinity;
  for (const candidate of candidates) {
    const badness = badnessOf(candidate);
    if (badness === undefined || badness <= most) continue;
    worst = candidate;
    most = badness;
  }
  return worst;
}
