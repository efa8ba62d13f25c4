/** Finds initializers on tensors whose rank they refuse: Xavier on a bias, dirac on a linear weight. */
import { format } from '../../core/size.js';
import type { Program } from '../model/model.js';
import { attributeOf } from '../model/questions/raw.js';
import { usesOf } from '../model/questions/uses.js';
import { type InitializerFault, initializerFaultsOf, severityOf } from './faults.js';
import { madeAt } from './related.js';
import type { Fix, Report, Rule } from './rule.js';
import { keyOf, type Reached, statementsOf } from './statements.js';
import { agree, andOthers, nameOf } from './wording.js';

export const wrongRank: Rule = {
  id: 'wrong-rank',
  summary: 'Finds an initializer on a tensor of a rank that it refuses',
  severity: 'error',
  fix: 'safe',
  since: '0.1.0',

  *check(program) {
    for (const fault of initializerFaultsOf(program, 'wrong-rank')) yield report(fault, servesOthers(program, fault));
    for (const fault of initializerFaultsOf(program, 'missing-argument', 'wrong-argument')) {
      if (isOfShape(fault)) yield { site: fault.site, message: `this raises ${fault.exception}: ${fault.message}` };
    }
    for (const statement of statementsOf(program)) {
      const biases = statement.filter(isBiasInDisguise);
      if (biases[0] !== undefined) yield biasReport(biases[0], biases.length, statement.length);
    }
  },
};

/**
 * One row of biases has two dimensions, and the initializer counts fans that mean nothing; what is multiplied with is no bias, nor
 * is a column of which the use is not known, which sums to one number, nor a key or value that attention has of its own.
 */
function isBiasInDisguise({ parameter, write, model: { graph } }: Reached): boolean {
  if (OF_ATTENTION.test(attributeOf(parameter))) return false;
  const uses = graph === undefined ? [] : usesOf(graph, parameter).layers;
  if (uses.some(it => it.kind === 'matmul')) return false;
  const { kind, shape = [] } = parameter;
  const isColumn = shape.length > 1 && shape.at(-1) === 1 && shape.at(-2) !== 1;
  if (isColumn && uses.length === 0) return false;
  const isRow = shape.length > 1 && shape.filter(it => it !== 1).length < 2;
  return kind === 'bias' && isRow && write.call !== undefined && /^(xavier|kaiming)_/.test(write.initializer);
}

/** As torch and fairseq call them; both draw them by Xavier. */
const OF_ATTENTION = /^bias_[kv]$/;

function biasReport({ parameter, write }: Reached, count: number, reached: number): Report {
  const { fanIn, fanOut } = write.fans ?? {};
  const fans =
    fanIn === undefined || fanOut === undefined ? '' : `, fan_in ${format(fanIn)} and fan_out ${format(fanOut)},`;
  const fix: Fix = {
    title: 'Start the bias at 0',
    intents: [{ kind: 'reinitialize', call: write.call!, spec: { kind: 'constant', value: 0 } }],
    safe: false,
  };
  return {
    site: write.callee,
    severity: 'warning',
    message:
      `${nameOf(parameter)}${andOthers(count - 1)} ${agree(count - 1, 'is one row of biases and sums', 'are rows of biases and sum')} over nothing: the fans that ` +
      `\`${write.initializer}\` counts${fans} mean nothing, and every unit starts with an offset of its own`,
    ...(count === reached && { fixes: [fix] }),
    related: madeAt(parameter),
  };
}

/** Whether the same call fills tensors that it is right for, in a loop over all parameters. */
function servesOthers({ models }: Program, { call }: InitializerFault): boolean {
  const place = keyOf(call.callee);
  return models.some(it => it.parameters.some(own => own.writes.some(write => keyOf(write.callee) === place)));
}

/** Without a sparsity, or in groups that do not divide it, a tensor cannot be filled. */
function isOfShape({ details }: InitializerFault): boolean {
  return details.get('parameter') === 'sparsity' || details.get('parameter') === 'groups';
}

function report(fault: InitializerFault, isShared: boolean): Report {
  const { call, details, site } = fault;
  const rank = details.get('rank');
  const needs = NEEDS.get(call.initializer) ?? 'at least 2 dimensions, to count fans';
  const fix = isShared ? guard(fault) : typeof rank === 'number' && rank < 2 ? fixOf(fault) : undefined;
  return {
    site,
    severity: severityOf(fault),
    message: `${targetOf(fault)} has ${dimensions(rank)} and \`${call.initializer}\` needs ${needs}: this raises ${fault.exception}`,
    ...(fix && { fixes: [fix] }),
    ...(call.target.kind === 'parameter' && { related: madeAt(call.target.parameter) }),
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

/** Others go on to get what they get. */
function guard({ call }: InitializerFault): Fix | undefined {
  const condition = RANKS.get(call.initializer) ?? '.dim() > 1';
  if (call.tensor === undefined) return undefined;
  return {
    title: `Only where \`${condition}\` holds`,
    intents: [{ kind: 'guard', site: call.site, subject: call.tensor, condition }],
    safe: true,
  };
}

const RANKS: ReadonlyMap<string, string> = new Map([
  ['eye_', '.dim() == 2'],
  ['sparse_', '.dim() == 2'],
  ['dirac_', '.dim() > 2'],
]);

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
