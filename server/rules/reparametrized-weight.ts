/** Finds initializers on weights that are computed from other parameters: what is written is lost. */
import type { InitializerCall, Parameter } from '../model/parameters.js';
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

function report(calls: readonly InitializerCall[]): Report {
  const [{ callee, target }] = calls as readonly [Lost, ...Lost[]];
  const { parameter } = target;
  const made = parameter.module.site;
  return {
    site: callee,
    message:
      `${nameOf(parameter)}${andOthers(calls.length - 1)} is computed by ${parameter.reparametrized} in every forward: ` +
      'what is written here is lost, and the parameters behind it keep their start',
    ...(made && {
      related: [{ site: made, message: `the layer is made here; initialize it before ${parameter.reparametrized}` }],
    }),
  };
}
