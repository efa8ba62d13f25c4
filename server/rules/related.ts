/** Places that help to understand a finding: where a weight is made, and what forward does with it. */
import type { Model } from '../model/model.js';
import type { Parameter } from '../model/parameters.js';
import { usesOf } from '../model/questions/uses.js';
import { nonlinearityAfter, nonlinearityOperation, type WeightUse } from '../model/questions/weights.js';
import type { Related } from './rule.js';
import { nameOf } from './wording.js';

/** The expression that makes it, or its layer. */
export function madeAt(parameter: Parameter): readonly Related[] {
  const site = parameter.site ?? parameter.module.site;
  return site === undefined ? [] : [{ site, message: `${nameOf(parameter)} is made here` }];
}

/** The nonlinearity behind it. */
export function fedTo(use: WeightUse): readonly Related[] {
  const site = nonlinearityOperation(use)?.site;
  const name = nonlinearityAfter(use)?.name ?? 'a nonlinearity';
  return site === undefined ? [] : [{ site, message: `${nameOf(use.parameter)} feeds \`${name}\` here` }];
}

/** Where forward sums with it, or else reads it. */
export function usedAt({ graph }: Model, parameter: Parameter): readonly Related[] {
  const { layers, others } = graph === undefined ? { layers: [], others: [] } : usesOf(graph, parameter);
  const site = [...layers, ...others].find(it => it.site !== undefined)?.site;
  return site === undefined ? [] : [{ site, message: `${nameOf(parameter)} is used here` }];
}
