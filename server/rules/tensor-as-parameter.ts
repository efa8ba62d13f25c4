/** Finds tensors that are assigned where a parameter stands. */
import type { Fault } from '../model/model.js';
import { detail, faultsOf, isPossible, severityOf } from './faults.js';
import type { Report, Rule } from './rule.js';

export const tensorAsParameter: Rule = {
  id: 'tensor-as-parameter',
  summary: 'Finds a plain tensor assigned to a name that is registered as a parameter',
  severity: 'error',
  fix: 'safe',
  since: '0.1.0',

  *check(program) {
    for (const fault of faultsOf(program, 'tensor-as-parameter')) yield report(fault);
  },
};

function report(fault: Fault): Report {
  const name = detail(fault, 'name') ?? 'weight';
  const owner = detail(fault, 'class') ?? 'module';
  const isMaybe = isPossible(fault);
  const where = isMaybe ? 'where a condition makes it one, and there' : 'and';
  return {
    site: fault.site,
    severity: severityOf(fault),
    message:
      `\`${name}\` of ${owner} is a parameter ${where} takes no plain tensor: this raises ${fault.exception}; ` +
      `wrap it in \`nn.Parameter\`, or copy into it under \`torch.no_grad()\``,
    fixes: [{ title: 'Wrap it in `nn.Parameter`', intents: [{ kind: 'parameter', site: fault.site }], safe: !isMaybe }],
  };
}
