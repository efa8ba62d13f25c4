/** Finds tests of a class's name that also catch classes of one's own, which have no such weight. */
import type { Fault, Program } from '../model/model.js';
import { contains } from '../text/span.js';
import { detail, faultsOf, severityOf } from './faults.js';
import type { Report, Rule } from './rule.js';

export const classNameMatch: Rule = {
  id: 'class-name-match',
  summary: "Finds a test such as `classname.find('Conv')` that also catches classes of your own",
  severity: 'warning',
  fix: 'safe',
  since: '0.1.0',

  *check(program) {
    for (const fault of faultsOf(program, 'exception')) {
      if (isCaughtByName(fault)) yield report(fault, layersMet(program, fault));
    }
  },
};

/** In a function that looks at class names, a module of the user's own is asked for what only layers have. */
function isCaughtByName({ exception, module, details }: Fault): boolean {
  const isParameter = /^(weight|bias)$/.test(String(details.get('attribute')));
  const isOwn = module !== undefined && module.layer === undefined;
  return exception === 'AttributeError' && isParameter && isOwn && details.get('byClassName') === true;
}

/** Kinds of layers that the same statement has served. */
function layersMet({ models }: Program, { site }: Fault): readonly string[] {
  const parameters = models.flatMap(it => it.parameters);
  const served = parameters.filter(it => it.writes.some(write => contains(write.site, site)));
  return [...new Set(served.flatMap(it => it.module.layer ?? []))].sort();
}

function report(fault: Fault, layers: readonly string[]): Report {
  const expression = detail(fault, 'expression');
  const attribute = detail(fault, 'attribute');
  const { site, module, exception } = fault;
  const condition = `hasattr(${expression}, '${attribute}')`;
  return {
    site,
    severity: severityOf(fault),
    message: `the test of the name also catches \`${module!.className}\`, which has no \`${attribute}\` of its own: this raises ${exception}`,
    ...(expression && {
      fixes: [
        {
          title: 'Ask for the class instead of its name',
          intents: [{ kind: 'class-test', site, object: expression, layers }],
          safe: true,
        },
        { title: `Only if \`${condition}\``, intents: [{ kind: 'guard', site, condition }], safe: true },
      ],
    }),
    ...(module!.site && { related: [{ site: module!.site, message: `the ${module!.className} is made here` }] }),
  };
}
