/** Finds `normal_(w, 0.02)`: the second argument is the mean. */
import type { BoundArgument, InitializerCall } from '../model/parameters.js';
import { madeAt } from './related.js';
import type { Report, Rule } from './rule.js';
import { number } from './wording.js';

export const meanAsStd: Rule = {
  id: 'mean-as-std',
  summary: 'Finds a small number given as the mean of a normal distribution whose std is left at 1',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',

  *check(program) {
    for (const call of program.calls) {
      const mean = meanMeantAsStd(call);
      if (mean !== undefined) yield report(call, mean);
    }
  },
};

type Given = BoundArgument & { readonly value: number; readonly site: NonNullable<BoundArgument['site']> };

/** Written by position, small, and with nothing said of the std: nobody wants weights of N(0.02, 1). */
function meanMeantAsStd({ initializer, args }: InitializerCall): Given | undefined {
  if (!NORMAL.has(initializer)) return undefined;
  const mean = args.find(it => it.name === 'mean');
  const std = args.find(it => it.name === 'std');
  if (mean?.site === undefined || mean.keyword !== undefined || std?.site !== undefined) return undefined;
  const isSmall = typeof mean.value === 'number' && mean.value > 0 && mean.value <= LARGEST;
  return isSmall ? (mean as Given) : undefined;
}

const NORMAL: ReadonlySet<string> = new Set(['normal_', 'trunc_normal_']);
const LARGEST = 0.5;

function report(call: InitializerCall, { site, value }: Given): Report {
  const mean = number(value);
  return {
    site,
    message:
      `${mean} is the mean here and the std stays 1: N(${mean}, 1²) is ${number(1 / value)} times as wide as the ` +
      `N(0, ${mean}²) that is meant`,
    fixes: [
      {
        title: `Give ${mean} as the std`,
        intents: [{ kind: 'name-argument', call, site, name: 'std' }],
        safe: false,
      },
    ],
    ...(call.target.kind === 'parameter' && { related: madeAt(call.target.parameter) }),
  };
}
