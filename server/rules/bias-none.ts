/** Finds code that uses a bias that may be None as if it were there, and tests that cannot tell. */
import type { Fault } from '../model/model.js';
import { detail, faultsOf, isPossible } from './faults.js';
import type { Fix, Report, Rule } from './rule.js';

export const biasNone: Rule = {
  id: 'bias-none',
  summary: 'Finds uses of a bias that is None, and tests of a bias that raise',
  severity: 'error',
  fix: 'safe',
  since: '0.1.0',

  *check(program) {
    for (const fault of faultsOf(program, 'tensor-truth')) yield truthReport(fault);
    const asked = new Set<string | undefined>();
    for (const fault of faultsOf(program, 'bias-none')) {
      const expression = detail(fault, 'expression');
      if (fault.details.get('compared') === true) {
        asked.add(expression);
        yield comparisonReport(fault);
      } else if (!isPossible(fault) && !asked.has(expression)) yield report(fault);
    }
  },
};

/** A call that asks within itself, as a layer asks for its `bias`, is repaired where it is made. */
function truthReport({ site, exception, details }: Fault): Report {
  const expression = String(details.get('expression') ?? 'the tensor');
  const isAsked = /^[\w.[\]'"]+$/.test(expression);
  const truth = isAsked ? `the truth of \`${expression}\`` : 'this asks for the truth of a tensor, which';
  return {
    site,
    message: `${truth} is ambiguous as soon as it has more than one value: this raises ${exception}`,
    ...(isAsked && {
      fixes: [
        {
          title: `Ask whether it is there: \`${expression} is not None\``,
          intents: [{ kind: 'replace', site, text: `${expression} is not None` }],
          safe: true,
        },
      ],
    }),
  };
}

/** `m.bias.data is not None` asks too late. */
function comparisonReport(fault: Fault): Report {
  const expression = detail(fault, 'expression') ?? 'the bias';
  const attribute = detail(fault, 'attribute') ?? 'data';
  return {
    site: fault.site,
    message:
      `with \`bias=False\`, \`${expression}\` is None and has no \`${attribute}\`: the test raises ${fault.exception} ` +
      'where it should answer no',
    fixes: [
      {
        title: `Test \`${expression}\` itself`,
        intents: [{ kind: 'replace', site: fault.site, text: expression }],
        safe: true,
      },
    ],
  };
}

function report(fault: Fault): Report {
  const { site, module, exception } = fault;
  const expression = detail(fault, 'expression');
  const made = module?.site;
  return {
    site,
    message: `\`${expression ?? 'the bias'}\` is None, its layer is made with \`bias=False\`: this raises ${exception}`,
    ...(expression && { fixes: [guard(fault, expression)] }),
    ...(made && { related: [{ site: made, message: 'made without a bias here' }] }),
  };
}

function guard({ site }: Fault, expression: string): Fix {
  const condition = `${expression} is not None`;
  return { title: `Only if \`${condition}\``, intents: [{ kind: 'guard', site, condition }], safe: true };
}
