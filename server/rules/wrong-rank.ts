/** Finds initializers on tensors whose rank they refuse: Xavier on a bias, dirac on a linear weight. */
import { type InitializerFault, initializerFaultsOf, severityOf } from './faults.js';
import type { Fix, Report, Rule } from './rule.js';

export const wrongRank: Rule = {
  id: 'wrong-rank',
  summary: 'Finds an initializer on a tensor of a rank that it refuses',
  severity: 'error',
  fix: 'safe',
  since: '0.1.0',

  *check(program) {
    for (const fault of initializerFaultsOf(program, 'wrong-rank')) yield report(fault);
    for (const fault of initializerFaultsOf(program, 'missing-argument', 'wrong-argument')) {
      if (isOfShape(fault)) yield { site: fault.site, message: `this raises ${fault.exception}: ${fault.message}` };
    }
  },
};

/** Without a sparsity, or in groups that do not divide it, a tensor cannot be filled. */
function isOfShape({ details }: InitializerFault): boolean {
  return details.get('parameter') === 'sparsity' || details.get('parameter') === 'groups';
}

function report(fault: InitializerFault): Report {
  const { call, details, site } = fault;
  const rank = details.get('rank');
  const needs = NEEDS.get(call.initializer) ?? 'at least 2 dimensions, to count fans';
  const fix = typeof rank === 'number' && rank < 2 ? fixOf(fault) : undefined;
  return {
    site,
    severity: severityOf(fault),
    message: `${targetOf(fault)} has ${dimensions(rank)} and \`${call.initializer}\` needs ${needs}: this raises ${fault.exception}`,
    ...(fix && { fixes: [fix] }),
  };
}

const NEEDS: ReadonlyMap<string, string> = new Map([
  ['eye_', '2 dimensions'],
  ['sparse_', '2 dimensions'],
  ['dirac_', '3 to 5 dimensions, those of a convolution'],
]);

function targetOf({ call: { target } }: InitializerFault): string {
  return target.kind === 'parameter' ? `\`${target.parameter.name}\`` : 'this tensor';
}

function dimensions(rank: unknown): string {
  return rank === 1 ? '1 dimension' : `${rank} dimensions`;
}

/** A norm's scale starts at 1, every other vector is a bias and starts at 0. */
function fixOf({ call }: InitializerFault): Fix {
  const { target } = call;
  const kind = target.kind === 'parameter' ? target.parameter.kind : target.kind === 'tensor' ? target.role : undefined;
  const value = kind === 'scale' ? 1 : 0;
  return {
    title: value === 1 ? 'Start the scale at 1' : 'Start it at 0',
    intents: [{ kind: 'reinitialize', call, spec: { kind: 'constant', value } }],
    safe: true,
  };
}
