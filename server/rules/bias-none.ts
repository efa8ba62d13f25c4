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
    for (const fault of faultsOf(program, 'tensor-truth')) if (isCertain(fault)) yield truthReport(fault);
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

/** Who asks has forgotten that it is a tensor; a call that asks within itself may be handed the None of a layer that is not known. */
const isCertain = (fault: Fault): boolean => isAsked(fault) || fault.details.get('isSized') === true;

const isAsked = (fault: Fault): boolean => /^[\w.[\]'"]+$/.test(expressionOf(fault));

const expressionOf = ({ details }: Fault): string => String(details.get('expression') ?? 'the tensor');

/** A call that asks within itself, as a layer asks for its `bias`, is repaired where it is made. */
function truthReport(fault: Fault): Report {
  const { site, exception } = fault;
  const expression = expressionOf(fault);
  const truth = isAsked(fault) ? `the truth of \`${expression}\`` : 'this asks for the truth of a tensor, which';
  return {
    site,
    message: `${truth} is ambiguous as soon as it has more than one value: this raises ${exception}`,
    ...(isAsked(fault) && {
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
