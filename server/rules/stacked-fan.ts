/** Finds fan-based initializers on stacks of matrices, whose trailing axes are taken for a kernel. */
import { format } from '../../core/size.js';
import type { Program } from '../model/model.js';
import type { InitializerCall, Parameter } from '../model/parameters.js';
import { usesOf } from '../model/questions/uses.js';
import type { Report, Rule } from './rule.js';
import { groupedBy, keyOf } from './statements.js';
import { andOthers, nameOf, number } from './wording.js';

export const stackedFan: Rule = {
  id: 'stacked-fan',
  summary:
    'Finds a fan-based initializer on stacked matrices (experts, heads), of which it takes the trailing axes for a kernel',
  severity: 'warning',
  fix: 'none',
  since: '0.1.0',

  *check(program) {
    const stacked = program.calls.filter(it => isOnStack(program, it));
    for (const calls of groupedBy(stacked, it => keyOf(it.callee))) yield report(calls);
  },
};

/** Three axes or more, in the hands of no convolution: forward multiplies with one matrix of the stack at a time. */
function isOnStack(program: Program, { initializer, target }: InitializerCall): boolean {
  if (!/^(xavier|kaiming)_/.test(initializer) || target.kind !== 'parameter') return false;
  const { parameter } = target;
  if (parameter.module.layer !== undefined || (parameter.shape?.length ?? 0) < 3) return false;
  return isMultiplied(program, parameter);
}

function isMultiplied({ models }: Program, parameter: Parameter): boolean {
  const graph = models.find(it => it.parameters.includes(parameter))?.graph;
  const layers = graph === undefined ? [] : usesOf(graph, parameter).layers;
  if (layers.length > 0) return layers.every(it => it.kind === 'matmul' && isByMatrix(it.name));
  return EXPERTS.test(`${parameter.module.className} ${parameter.name}`);
}

/** An `einsum` may sum over any axes: only plain products tell. */
const isByMatrix = (name: string) => /^(matmul|bmm|baddbmm|mm|linear|_grouped_mm|__matmul__)$/.test(name);

/** Where the product itself is out of sight, the names of a mixture of experts say enough. */
const EXPERTS = /expert|moe(?![a-z])/i;

function report(calls: readonly InitializerCall[]): Report {
  const parameters = new Set(calls.flatMap(({ target }) => (target.kind === 'parameter' ? [target.parameter] : [])));
  const parameter = [...parameters][0]!;
  const trailing = parameter.shape!.slice(2);
  const factor = trailing.every(it => typeof it === 'number') ? trailing.reduce((a, b) => a * b, 1) : undefined;
  const cost = factor === undefined ? 'by the root of those sizes' : `${number(Math.sqrt(factor))} times`;
  return {
    site: calls[0]!.callee,
    message:
      `${nameOf(parameter)}${andOthers(parameters.size - 1)} is a stack of matrices, and \`${calls[0]!.initializer}\` takes its axes ` +
      `behind the second (${trailing.map(format).join(' × ')}) for a kernel: the weights start ${cost} too small`,
  };
}
