/** Finds hidden weights that start constant: every unit computes the same and stays the same. */
import type { Operation } from '../model/graph.js';
import type { Program } from '../model/model.js';
import { isGated, isLowRankFactor } from '../model/questions/branches.js';
import { constantOf, decidingWrite, isLoaded } from '../model/questions/final-writes.js';
import { nextLayers } from '../model/questions/following.js';
import { weightsOf } from '../model/questions/operations.js';
import * as weights from '../model/questions/weights.js';
import { fedTo, madeAt } from './related.js';
import { remedyFor } from './remedies.js';
import type { Report, Rule } from './rule.js';
import { type Reached, statementsOf } from './statements.js';
import { agree, andOthers, nameOf, number } from './wording.js';

export const zeroWeight: Rule = {
  id: 'zero-weight',
  summary: 'Finds a hidden weight that starts constant, so that its units never learn to differ',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',

  *check(program) {
    if (program.isCopiedTo) return;
    const loaded = loadedClasses(program);
    for (const statement of statementsOf(program)) {
      const hidden = statement.flatMap(it => (loaded.has(it.model.className) ? [] : (hiddenUse(it) ?? [])));
      const parameters = new Set(hidden.map(it => it.use.parameter));
      const worst = hidden.find(it => zeroAhead(it.use) !== undefined) ?? hidden[0];
      if (worst !== undefined) yield report(worst.reached, worst.use, parameters.size - 1, statement);
    }
  },
};

/** Networks that a checkpoint fills: a constant shows that it does, also where it has to be asked for. */
function loadedClasses({ models, loadedWhenAsked }: Program): ReadonlySet<string> {
  const loaded = models.filter(it => it.parameters.some(isLoaded)).map(it => it.className);
  return new Set([...loaded, ...(loadedWhenAsked ?? [])]);
}

/**
 * The layer must be known to feed a nonlinearity or another layer: sums, gates and answers may well start at zero. What gets no
 * gradient is for others to fill.
 */
function hiddenUse(reached: Reached): { reached: Reached; use: weights.WeightUse } | undefined {
  const { parameter, model, write } = reached;
  if (!write.certain || !SUMMED.has(parameter.kind) || constantOf(parameter) === undefined) return undefined;
  if (parameter.frozen === true) return undefined;
  if (isLowRankFactor(parameter) || breaksSymmetry(parameter) || parameter.shape?.[0] === 1) return undefined;
  const use = weights.weightUses(model, parameter).find(isHidden);
  return use && { reached, use };
}

const SUMMED: ReadonlySet<string> = new Set(['weight', 'recurrent', 'other']);

function isHidden(use: weights.WeightUse): boolean {
  const { followers } = use;
  if (use.isRescaled || weights.isAnswer(use) || weights.endsBranch(use) || isGated(use)) return false;
  if (isOnlyEnlarged(use) || mayEnd(use) || isReadByLayers(use)) return false;
  return followers.length > 0 && followers.every(it => HIDDEN.has(it.kind));
}

const HIDDEN: ReadonlySet<string> = new Set(['nonlinearity', 'layer', 'norm']);

/** Zeros that layers read as they are: every column of a random weight sends its own gradient back. */
function isReadByLayers(use: weights.WeightUse): boolean {
  const isZero = constantOf(use.parameter) === 0 && zeroAhead(use) === undefined;
  return isZero && use.followers.every(it => it.kind === 'layer');
}

/** The last layer, in front of one nonlinearity or another: some of them turn it into the answer. */
function mayEnd(use: weights.WeightUse): boolean {
  return nextLayers(use.graph, use.layer).length === 0 && weights.nonlinearityAfter(use) === undefined;
}

/** The answer of a segmenter, which kernels that were copied in, bilinear ones, bring to the size of the image. */
function isOnlyEnlarged({ graph, layer }: weights.WeightUse): boolean {
  const next = nextLayers(graph, layer);
  return next.length > 0 && next.every(it => it.module?.role === 'transposed_convolution' && hasCopiedKernel(it));
}

function hasCopiedKernel(operation: Operation): boolean {
  return weightsOf(operation).every(it => /^(copy_|data)$/.test(decidingWrite(it)?.initializer ?? ''));
}

/** A bias that differs from unit to unit tells the units apart. */
function breaksSymmetry({ module }: Reached['parameter']): boolean {
  const bias = module.parameters.find(it => it.kind === 'bias');
  const start = bias && decidingWrite(bias)?.spec.kind;
  return start !== undefined && TELLING_APART.has(start);
}

const TELLING_APART: ReadonlySet<string> = new Set(['data', 'normal', 'uniform', 'truncated_normal']);

/** A layer straight behind that starts at zero too: then neither gets a gradient. */
function zeroAhead(use: weights.WeightUse): string | undefined {
  if (constantOf(use.parameter) !== 0) return undefined;
  const ahead = nextLayers(use.graph, use.layer).flatMap(weightsOf);
  return ahead.find(it => constantOf(it) === 0)?.name;
}

function report(
  { parameter, write }: Reached,
  use: weights.WeightUse,
  others: number,
  statement: readonly Reached[],
): Report {
  const value = constantOf(parameter);
  const nonlinearity = weights.nonlinearityAfter(use) ?? { name: 'relu' };
  const rows = parameter.shape?.[0];
  const units = typeof rows === 'number' ? `all ${rows} units` : 'all units';
  const ahead = zeroAhead(use);
  const cost =
    ahead === undefined
      ? `${units} compute the same and get the same gradient, so the layer stays as wide as 1`
      : `\`${ahead}\` behind it is 0 too, so the gradient of both is 0 and neither ever learns`;
  const fix = write.call && remedyFor(write.call, nonlinearity, 'normal', statement);
  return {
    site: write.callee,
    message: `${nameOf(parameter)}${andOthers(others)} ${agree(others, 'starts', 'start')} at ${number(value)} everywhere: ${cost}`,
    ...(fix && { fixes: [fix] }),
    related: [...fedTo(use), ...madeAt(parameter)],
  };
}
