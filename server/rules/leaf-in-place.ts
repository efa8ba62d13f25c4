/** Finds in-place changes of parameters that autograd refuses. */
import type { Fault } from '../model/model.js';
import { faultsOf, severityOf } from './faults.js';
import { madeAt } from './related.js';
import type { Report, Rule } from './rule.js';

export const leafInPlace: Rule = {
  id: 'leaf-in-place',
  summary: 'Finds in-place changes of a parameter outside `torch.no_grad()`',
  severity: 'error',
  fix: 'safe',
  since: '0.1.0',

  *check(program) {
    for (const fault of faultsOf(program, 'leaf-in-place')) if (!fault.uncalled) yield report(fault);
  },
};

function report(fault: Fault): Report {
  const what = fault.parameter === undefined ? 'this parameter' : `\`${fault.parameter.name}\``;
  return {
    site: fault.site,
    severity: severityOf(fault),
    message:
      `${what} requires grad and is changed in place while gradients are recorded: this raises ${fault.exception}; ` +
      'use `torch.no_grad()` or `torch.nn.init`',
    fixes: [
      {
        title: 'Put it under `torch.no_grad()`',
        intents: [{ kind: 'without-grad', site: fault.site }],
        safe: true,
      },
    ],
    ...(fault.parameter && { related: madeAt(fault.parameter) }),
  };
}
