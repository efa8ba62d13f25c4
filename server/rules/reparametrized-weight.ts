/** Finds initializers on weights that are computed from other parameters: what is written is lost. */
import type { InitializerCall, Parameter } from '../model/parameters.js';
import type { Site } from '../text/span.js';
import type { Report, Rule } from './rule.js';
import { groupedBy, keyOf } from './statements.js';
import { andOthers, nameOf } from './wording.js';

export const reparametrizedWeight: Rule = {
  id: 'reparametrized-weight',
  summary: 'Finds an initializer on a weight that weight_norm or a parametrization computes anew',
  severity: 'warning',
  fix: 'none',
  since: '0.1.0',

  *check(program) {
    const lost = program.calls.filter(isLost);
    for (const calls of groupedBy(lost, it => keyOf(it.callee))) yield report(calls);
  },
};

interface Lost extends InitializerCall {
  readonly target: { readonly kind: 'parameter'; readonly parameter: Parameter & { readonly reparametrized: string } };
}

function isLost({ target }: InitializerCall): boolean {
  return target.kind === 'parameter' && target.parameter.reparametrized !== undefined;
}

/** The helper may be right elsewhere: what is wrong is that it is called after the weights were wrapped. */
function placeOf({ callee, target }: Lost): Site {
  const write = target.parameter.writes.find(it => keyOf(it.callee) === keyOf(callee));
  return write?.chain[0] ?? callee;
}

function report(calls: readonly InitializerCall[]): Report {
  const [first] = calls as readonly [Lost, ...Lost[]];
  const { parameter } = first.target;
  const site = placeOf(first);
  const related = [
    ...(site === first.callee ? [] : [{ site: first.callee, message: 'what is written here is lost' }]),
    ...(parameter.module.site ? [{ site: parameter.module.site, message: 'the layer is made here' }] : []),
  ];
  return {
    site,
    message:
      `${nameOf(parameter)}${andOthers(calls.length - 1)} is computed by ${parameter.reparametrized} in every forward: ` +
      `\`${first.initializer}\` has no effect on it, and the layer keeps torch's default; initialize before ${parameter.reparametrized}`,
    related,
  };
}
