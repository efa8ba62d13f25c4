/** Finds parameters whose values `__init__` alone can make, in networks that give them up by `to_empty`. */
import type { Model } from '../model/model.js';
import type { Parameter } from '../model/parameters.js';
import type { Site } from '../text/span.js';
import type { Fix, Report, Rule } from './rule.js';
import { groupedBy, keyOf } from './statements.js';
import { agree, andOthers, nameOf } from './wording.js';

export const metaUnsafe: Rule = {
  id: 'meta-unsafe',
  summary: 'Finds values that only `__init__` makes and `to_empty` gives up',
  severity: 'information',
  fix: 'unsafe',
  since: '0.1.0',

  *check({ models }) {
    const lost = models.flatMap(lostIn);
    for (const group of groupedBy(lost, it => keyOf(it.site))) yield report(group, lost);
  },
};

type Lost = Parameter & { readonly site: Site; readonly forgotten: Site };

/** Of a class of the user's own, which has nothing that makes the values again. */
function lostIn({ parameters }: Model): readonly Lost[] {
  return parameters.filter(isLost);
}

function isLost(parameter: Parameter): parameter is Lost {
  const { site, forgotten, writes, module, certain } = parameter;
  const isOwn = site !== undefined && module.layer === undefined;
  return isOwn && forgotten !== undefined && writes.length === 0 && certain;
}

function report(group: readonly Lost[], lost: readonly Lost[]): Report {
  const { site, forgotten, module } = group[0]!;
  const fix = fixFor(group[0]!, lost);
  return {
    site,
    message:
      `${nameOf(group[0]!)}${andOthers(group.length - 1)} ${agree(group.length - 1, 'gets its', 'get their')} values here alone, and \`to_empty\` gives them up: ` +
      `give ${module.className} a \`reset_parameters\` that makes them again`,
    ...(fix && { fixes: [fix] }),
    related: [{ site: forgotten, message: 'the values are given up here' }],
  };
}

/** All that the class makes, in one method; where the values are given up in another file, that one needs it too. */
function fixFor({ site, forgotten, module }: Lost, lost: readonly Lost[]): Fix | undefined {
  if (site.path !== forgotten.path) return undefined;
  const same = lost.filter(it => it.module.className === module.className && keyOf(it.forgotten) === keyOf(forgotten));
  const sites = [...new Map(same.map(it => [keyOf(it.site), it.site])).values()];
  const intent = { kind: 'remake', site, sites, forgotten } as const;
  return { title: `Let ${module.className} make its values again`, intents: [intent], safe: false };
}
