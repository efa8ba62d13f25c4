/** Finds weights drawn from a range that starts at 0: all positive, where signs must differ. */
import { meanOf } from '../../core/initializer.js';
import type { Parameter } from '../model/parameters.js';
import { fanInOf } from '../model/questions/gains.js';
import { attributeOf } from '../model/questions/raw.js';
import { type Uses, usesOf } from '../model/questions/uses.js';
import { nonlinearityAfter, weightUses } from '../model/questions/weights.js';
import { madeAt, usedAt } from './related.js';
import { remedyFor } from './remedies.js';
import type { Report, Rule } from './rule.js';
import { type Reached, statementsOf, worstOf } from './statements.js';
import { andOthers, nameOf, number } from './wording.js';

export const positiveWeight: Rule = {
  id: 'positive-weight',
  summary: 'Finds weights of which every one starts positive, as `uniform_` without bounds and `torch.rand` draw them',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  judgesOptions: true,

  *check(program) {
    for (const statement of statementsOf(program)) {
      const positive = statement.filter(it => isPositive(it) && !program.startedElsewhere?.has(it.parameter));
      const worst = worstOf(positive, it => fanInOf(it.parameter) ?? 1);
      if (worst !== undefined) yield report(worst, positive.length - 1, statement);
    }
  },
};

/** Weights of layers, and matrices that forward multiplies with; scales, tables, gates and shares in a mix may be positive. */
function isPositive(reached: Reached): boolean {
  const { parameter, write } = reached;
  const { spec } = write;
  if (spec.kind !== 'uniform' || !write.certain || !SUMMED.has(parameter.kind) || isMix(reached)) return false;
  if (!isLayers(parameter) && AMOUNTS.test(attributeOf(parameter))) return false;
  return isAbove(spec) && (isLayers(parameter) || isSummedAsItIs(reached)) && !isCompared(reached);
}

/** What a subclass of a layer has besides is none of the layer's weights. */
function isLayers(parameter: Parameter): boolean {
  const { module, site } = parameter;
  return module.layer !== undefined && (site === undefined || attributeOf(parameter).includes('weight'));
}

/** From 0 to whatever `torch.rand` was multiplied by, or between known numbers. */
function isAbove({ low, high }: Extract<Reached['write']['spec'], { kind: 'uniform' }>): boolean {
  return low !== undefined && (high === undefined ? low === 0 : low >= 0 && high > low);
}

/** Strengths of edges, shares, and what is remembered or looked for are amounts. */
const AMOUNTS = /adj|graph|edge|memor|centroid|dictionary|prob|mask|transition|affinity|similarity/i;

/** A softmax over the units takes away what all of them share. */
function isCompared({ model, parameter }: Reached): boolean {
  const uses = weightUses(model, parameter);
  return uses.length > 0 && uses.every(({ followers }) => followers.every(it => it.kind === 'softmax'));
}

/** One column of numbers, from 0 to a bound that somebody chose. */
function isMix({ parameter, write }: Reached): boolean {
  return isColumn(parameter) && parameter.module.layer === undefined && boundOf(write)?.site !== undefined;
}

const boundOf = ({ call }: Reached['write']) => call?.args.find(it => it.name === 'b' || it.name === 'to');

/** The weights of a single unit. */
function isColumn({ shape }: Parameter): boolean {
  return shape !== undefined && shape.filter(it => it !== 1).length < 2;
}

/** What stands around the product, as the root in attention does, leaves the signs as they are. */
function isSummedAsItIs({ model: { graph }, parameter }: Reached): boolean {
  const { layers, isRescaled } = graph === undefined ? NOWHERE : usesOf(graph, parameter);
  return layers.length > 0 && !isRescaled;
}

const NOWHERE: Pick<Uses, 'layers' | 'isRescaled'> = { layers: [], isRescaled: false };

const SUMMED: ReadonlySet<string> = new Set(['weight', 'recurrent', 'other']);

/**
 * A range from 0 to 1 is nobody's choice; another one is, as where the draw is scaled by a size, and a remark. So is a vector that
 * forward scores with: it is one unit, and no others answer like it.
 */
function report({ parameter, write, model }: Reached, others: number, statement: readonly Reached[]): Report {
  const mean = meanOf(write.spec);
  const fanIn = fanInOf(parameter);
  const use = weightUses(model, parameter)[0];
  const nonlinearity = (use && nonlinearityAfter(use)) ?? { name: 'linear' };
  const isChosen = boundOf(write)?.site !== undefined && write.spec.kind === 'uniform' && write.spec.high !== 1;
  const isScore = isColumn(parameter) && parameter.module.layer === undefined;
  const answer = isColumn(parameter) ? 'its one unit answers' : 'all units answer alike,';
  const sum = mean === undefined ? 'the sum of the inputs' : `about ${sumOf(mean, fanIn)} times the inputs’ mean`;
  const average = mean === undefined ? '' : `, ${number(mean)} on average`;
  const fix = write.call && remedyFor(write.call, nonlinearity, 'uniform', statement);
  return {
    site: write.callee,
    message: `every weight of ${nameOf(parameter)}${andOthers(others)} starts positive${average}: ${answer} with ${sum}`,
    ...((isChosen || isScore || mean === undefined) && { severity: 'information' }),
    ...(fix && { fixes: [fix] }),
    related: [...usedAt(model, parameter), ...madeAt(parameter)],
  };
}

const sumOf = (mean: number, fanIn: number | undefined): string =>
  fanIn === undefined ? `${number(mean)} · fan_in` : number(fanIn * mean);
