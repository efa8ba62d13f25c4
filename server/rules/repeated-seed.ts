/** Finds a seed that is set again for every layer: all of them draw the same random numbers. */
import type { Draw } from '../model/draws.js';
import type { Model } from '../model/model.js';
import type { InitializerCall, Parameter } from '../model/parameters.js';
import { drawOf } from '../model/questions/draws.js';
import type { Site } from '../text/span.js';
import { madeAt } from './related.js';
import type { Fix, Report, Rule } from './rule.js';
import { groupedBy, keyOf } from './statements.js';
import { andOthers, nameOf } from './wording.js';

export const repeatedSeed: Rule = {
  id: 'repeated-seed',
  summary: 'Finds a seed that is set anew for every layer, so that all of them draw the same random numbers',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',

  *check({ models, calls }) {
    const told = new Set<string>();
    for (const model of models) {
      for (const group of groupedBy(seededIn(model), keyOfSeed)) {
        told.add(keyOf(group[0]!.seed.site));
        if (new Set(group.map(it => it.at)).size > 1) yield report(group);
      }
    }
    for (const { seed } of calls) {
      if (seed === undefined || told.has(keyOf(seed.site))) continue;
      told.add(keyOf(seed.site));
      yield reportOfHelper(seed);
    }
  },
};

/** Which layers the function is handed is out of sight; that it is handed one at a time is not. */
function reportOfHelper({ site, value }: NonNullable<InitializerCall['seed']>): Report {
  return {
    site,
    message:
      `the seed is set to ${value} again for every layer that this function is given: all of them draw the same ` +
      'random numbers, and layers of one shape start identical',
    fixes: [removalOf(site)],
  };
}

const removalOf = (site: Site): Fix => ({
  title: 'Remove it; seed once, where the program starts',
  intents: [{ kind: 'delete-statement', site }],
  safe: false,
});

/** A parameter whose values are the first that were drawn after a seed. */
interface Seeded {
  readonly seed: Draw & { readonly site: NonNullable<Draw['site']> };
  /** Position of the seed in the log. */
  readonly at: number;
  readonly parameter: Parameter;
}

/** The same seed at the same place; one that is not known may be another every time. */
const keyOfSeed = ({ seed }: Seeded) => `${keyOf(seed.site)} ${seed.args[0]}`;

function* seededIn({ draws: { draws }, parameters }: Model): Iterable<Seeded> {
  const byDraw = new Map(parameters.flatMap(it => (drawOf(it) === undefined ? [] : [[drawOf(it)!, it] as const])));
  for (const [at, seed] of draws.entries()) {
    const parameter = byDraw.get(at + 1);
    if (seed.kind !== 'manual_seed' || seed.generator !== undefined || Number.isNaN(seed.args[0])) continue;
    if (parameter !== undefined && seed.site !== undefined) yield { seed: { ...seed, site: seed.site }, at, parameter };
  }
}

function report(group: readonly Seeded[]): Report {
  const [{ seed, parameter }, ...others] = group as [Seeded, ...Seeded[]];
  const alike = others.filter(it => JSON.stringify(it.parameter.shape) === JSON.stringify(parameter.shape));
  const [twin] = alike;
  const cost =
    twin === undefined
      ? 'draw the same random numbers, scaled'
      : `draw the same random numbers, and ${nameOf(twin.parameter)} starts identical to ${nameOf(parameter)}`;
  return {
    site: seed.site,
    // Of different shapes none starts like another: who asks for the seed may well want its numbers.
    ...(twin === undefined && { severity: 'information' as const }),
    message: `the seed is set to ${seed.args[0]} again for every layer: ${nameOf(parameter)}${andOthers(others.length)} ${cost}`,
    fixes: [removalOf(seed.site)],
    related: madeAt(parameter),
  };
}
