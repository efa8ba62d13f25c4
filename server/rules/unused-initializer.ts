/** Finds functions that initialize weights and that nothing calls: the network keeps its defaults. */
import type { Helper } from '../model/model.js';
import type { Report, Rule } from './rule.js';

export const unusedInitializer: Rule = {
  id: 'unused-initializer',
  summary: 'Finds a function that initializes weights and that nothing in the workspace calls',
  severity: 'hint',
  fix: 'unsafe',
  since: '0.2.0',

  *check({ unused }) {
    for (const helper of unused) yield report(helper);
  },
};

function report({ name, owner, site, constructorSite, isMissed }: Helper): Report {
  const text = `self.${name}()`;
  const whose = owner === undefined ? 'weights start' : `\`${owner}\` starts`;
  const start = isMissed ? 'raw memory, NaN and huge numbers included' : "the framework's defaults";
  return {
    site,
    message: `nothing in the workspace calls \`${name}\`: ${whose} from ${start}, not from what is written here`,
    ...(isMissed && { severity: 'warning' }),
    ...(constructorSite && {
      fixes: [
        {
          title: `Call \`${text}\` at the end of \`__init__\``,
          intents: [{ kind: 'append-statement', site: constructorSite, text }],
          safe: false,
        },
      ],
    }),
  };
}
