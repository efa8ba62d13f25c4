/** Finds initializers that are given a module where its weight is meant. */
import type { Site } from '../text/span.js';
import { detail, type InitializerFault, initializerFaultsOf, severityOf } from './faults.js';
import type { Fix, Report, Rule } from './rule.js';

export const initOnModule: Rule = {
  id: 'init-on-module',
  summary: 'Finds an initializer that is given a module instead of its weight',
  severity: 'error',
  fix: 'safe',
  since: '0.1.0',

  *check(program) {
    for (const fault of initializerFaultsOf(program, 'init-on-module')) yield report(fault);
  },
};

function report(fault: InitializerFault): Report {
  const { call, site, exception } = fault;
  const attribute = detail(fault, 'attribute');
  const owner = detail(fault, 'class') ?? 'module';
  const made = call.target.kind === 'module' ? call.target.site : undefined;
  return {
    site: call.tensor ?? site,
    severity: severityOf(fault),
    message: `\`${call.initializer}\` takes a tensor and is given a ${owner}: this raises ${exception}`,
    ...(attribute && call.tensor && { fixes: [fixOf(call.tensor, attribute)] }),
    ...(made && { related: [{ site: made, message: `the ${owner} is made here` }] }),
  };
}

function fixOf(site: Site, attribute: string): Fix {
  return {
    title: `Initialize its \`${attribute}\``,
    intents: [{ kind: 'attribute', site, attribute }],
    safe: true,
  };
}
