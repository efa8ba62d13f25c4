/** Finds weights that forward draws anew every time it runs. */
import type { Program } from '../model/model.js';
import type { Parameter, Write } from '../model/parameters.js';
import { madeAt } from './related.js';
import type { Report, Rule } from './rule.js';
import { groupedBy, keyOf } from './statements.js';
import { andOthers, initializerOf, nameOf } from './wording.js';

export const initInForward: Rule = {
  id: 'init-in-forward',
  summary: 'Finds an initializer in forward: the weights are drawn anew at every step',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',

  *check(program) {
    for (const group of groupedBy(redrawnIn(program), it => keyOf(it.write.callee))) yield report(group);
  },
};

interface Redrawn {
  readonly parameter: Parameter;
  readonly write: Write;
}

/**
 * What forward draws in its first run alone is a start that depends on data; what it does not draw after `eval()`, or what
 * gets no gradient, is noise; and a forward that trains draws what it is to train.
 */
function* redrawnIn({ models, training }: Program): Iterable<Redrawn> {
  const run = models.filter(it => !training?.has(it.className));
  for (const parameter of run.flatMap(it => it.parameters).filter(it => it.frozen !== true)) {
    const drawn = parameter.writes.filter(it => it.context === 'forward' && isDrawn(it));
    for (const write of drawn) {
      const times = drawn.filter(it => wayOf(it) === wayOf(write)).length;
      if (times > 1) yield { parameter, write };
    }
  }
}

/** One statement may be reached twice in one run. */
const wayOf = ({ callee, chain }: Write): string => [callee, ...chain].map(keyOf).join();

/** By a call: a tensor that is put back has been drawn elsewhere. */
function isDrawn({ spec, certain, region, origin, call }: Write): boolean {
  return origin === 'written' && call !== undefined && certain && region === 'whole' && DRAWN.has(spec.kind);
}

const DRAWN: ReadonlySet<string> = new Set([
  'uniform',
  'normal',
  'truncated_normal',
  'variance_scaling',
  'orthogonal',
  'sparse',
]);

function report(group: readonly Redrawn[]): Report {
  const { parameter, write } = group[0]!;
  const others = new Set(group.map(it => it.parameter)).size - 1;
  return {
    site: write.callee,
    message: `${initializerOf(write)} draws ${nameOf(parameter)}${andOthers(others)} anew in every forward: what training learned is lost at each step`,
    fixes: [
      {
        title: 'Remove it from forward; initialize in `__init__`',
        intents: [{ kind: 'delete-statement', site: write.site }],
        safe: false,
      },
    ],
    related: madeAt(parameter),
  };
}
