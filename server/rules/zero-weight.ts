/** Finds hidden weights that start constant: every unit computes the same, or nothing. */
import type { Operation } from '../model/graph.js';
import type { Program } from '../model/model.js';
import { isGated, isLowRankFactor, onlyShifts } from '../model/questions/branches.js';
import { constantOf, decidingWrite, isLoaded } from '../model/questions/final-writes.js';
import { type Follower, followersOfZeros, layersAtZero, nextLayers } from '../model/questions/following.js';
import { isLayer, type Nonlinearity, weightsOf } from '../model/questions/operations.js';
import * as weights from '../model/questions/weights.js';
import { fedTo, madeAt } from './related.js';
import { remedyFor } from './remedies.js';
import type { Report, Rule } from './rule.js';
import { type Reached, statementsOf } from './statements.js';
import { agree, andOthers, nameOf, number } from './wording.js';

export const zeroWeight: Rule = {
  id: 'zero-weight',
  summary: 'Finds a hidden weight that starts constant, so that its units compute the same, or nothing',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',

  *check(program) {
    const loaded = loadedIn(program);
    for (const statement of statementsOf(program)) {
      const own = statement.filter(it => !loaded.has(placeOf(it)) && !program.takenOver?.has(it.model));
      const hidden = own.flatMap(it => hiddenUse(it) ?? []);
      const parameters = new Set(hidden.map(it => it.use.parameter));
      const worst = hidden.find(it => zeroAhead(it.use) !== undefined) ?? hidden[0];
      if (worst === undefined) continue;
      const isLoadedWhenAsked = program.loadedWhenAsked?.has(worst.reached.model.className) ?? false;
      yield report(worst, parameters.size - 1, statement, isLoadedWhenAsked);
    }
  },
};

/** What a checkpoint fills in one network of a class it may fill in the others too: a constant shows that it does. */
function loadedIn({ models }: Program): ReadonlySet<string> {
  const loaded = models.flatMap(model => {
    return model.parameters.filter(isLoaded).map(parameter => placeOf({ model, parameter }));
  });
  return new Set(loaded);
}

const placeOf = ({ model, parameter }: Pick<Reached, 'model' | 'parameter'>) => `${model.className}.${parameter.name}`;

interface Hidden {
  readonly reached: Reached;
  readonly use: weights.WeightUse;
}

/**
 * The layer must be known to feed a nonlinearity or another layer: sums, gates and answers may well start at zero. What gets no
 * gradient is for others to fill.
 */
function hiddenUse(reached: Reached): Hidden | undefined {
  const { parameter, model, write } = reached;
  if (!write.certain || !SUMMED.has(parameter.kind) || constantOf(parameter) === undefined) return undefined;
  if (parameter.frozen === true) return undefined;
  if (isLowRankFactor(parameter) || parameter.shape?.[0] === 1) return undefined;
  const use = weights.weightUses(model, parameter).find(isHidden);
  return use && { reached, use };
}

const SUMMED: ReadonlySet<string> = new Set(['weight', 'recurrent', 'other']);

function isHidden(use: weights.WeightUse): boolean {
  const { followers } = use;
  if (use.isRescaled || weights.isAnswer(use) || weights.endsBranch(use) || isGated(use)) return false;
  if (breaksSymmetry(use.parameter) && zeroAhead(use) === undefined) return false;
  if (isOnlyEnlarged(use) || mayEnd(use) || isReadByLayers(use) || opensShift(use)) return false;
  return followers.length > 0 && followers.every(it => HIDDEN.has(it.kind) || isSum(it));
}

const HIDDEN: ReadonlySet<string> = new Set(['nonlinearity', 'norm']);

/** A layer, or a product with a weight. */
const isSum = (it: Follower): boolean => it.kind !== 'output' && isLayer(it.operation);

/** Zeros that layers read as they are: every column of a random weight sends its own gradient back. */
function isReadByLayers(use: weights.WeightUse): boolean {
  const isZero = constantOf(use.parameter) === 0 && zeroAhead(use) === undefined;
  return isZero && use.followers.every(isSum);
}

/** Zeros that shift nothing at first, and get their gradient through what squashes them. */
function opensShift(use: weights.WeightUse): boolean {
  const isZero = constantOf(use.parameter) === 0 && zeroAhead(use) === undefined;
  return isZero && !FLAT_AT_ZERO.has(weights.nonlinearityAfter(use)?.name ?? '') && onlyShifts(use);
}

/** The last layer, in front of one nonlinearity or another: some of them turn it into the answer. */
function mayEnd(use: weights.WeightUse): boolean {
  if (use.followers.some(it => it.kind === 'norm')) return false;
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

/** A bias that differs from unit to unit tells the units apart, where what stands behind hands a gradient back. */
function breaksSymmetry({ module }: Reached['parameter']): boolean {
  const bias = module.parameters.find(it => it.kind === 'bias');
  const start = bias && decidingWrite(bias)?.spec.kind;
  return start !== undefined && TELLING_APART.has(start);
}

const TELLING_APART: ReadonlySet<string> = new Set(['data', 'normal', 'uniform', 'truncated_normal']);

/** A layer straight behind that starts at zero too: then this one gets no gradient. */
function zeroAhead(use: weights.WeightUse): string | undefined {
  if (constantOf(use.parameter) !== 0) return undefined;
  const ahead = layersAtZero(use.graph, use.layer).flatMap(weightsOf);
  return ahead.find(it => it !== use.parameter && constantOf(it) === 0)?.name;
}

function report(
  { reached: { parameter, write }, use }: Hidden,
  others: number,
  statement: readonly Reached[],
  isLoadedWhenAsked: boolean,
): Report {
  const nonlinearity = nonlinearityBehind(use);
  const fix = write.call && remedyFor(write.call, nonlinearity ?? { name: 'relu' }, 'normal', statement);
  const start = `${nameOf(parameter)}${andOthers(others)} ${agree(others, 'starts', 'start')} at ${number(constantOf(parameter))} everywhere`;
  const around = { bias: biasOf(use), ahead: zeroAhead(use), nonlinearity: nonlinearity?.name ?? '' };
  return {
    site: write.callee,
    message: `${start}${isLoadedWhenAsked ? ' unless a checkpoint is loaded' : ''}: ${costOf(use, around)}`,
    ...((isLoadedWhenAsked || isHarmless(use, around)) && { severity: 'information' }),
    ...(fix && { fixes: [fix] }),
    related: [...fedTo(use), ...madeAt(parameter)],
  };
}

/** Zeros reach it behind a norm as well, as zeros. */
function nonlinearityBehind(use: weights.WeightUse): Nonlinearity | undefined {
  const { graph, layer, parameter } = use;
  return weights.nonlinearityAfter(
    constantOf(parameter) === 0 ? { ...use, followers: followersOfZeros(graph, layer) } : use,
  );
}

/** What decides how much a constant costs. */
interface Surroundings {
  readonly bias: 'zero' | 'random' | 'alike';
  /** A weight straight behind that is zero as well. */
  readonly ahead: string | undefined;
  readonly nonlinearity: string;
}

function costOf(use: weights.WeightUse, around: Surroundings): string {
  if (constantOf(use.parameter) === 0) return costOfZeros(around);
  const rows = use.parameter.shape?.[0];
  const units = typeof rows === 'number' ? `all ${rows} units` : 'all units';
  if (around.bias === 'random') return `${units} weigh their inputs alike, and differ by their biases alone`;
  const ahead = nextLayers(use.graph, use.layer).flatMap(weightsOf);
  const isAlike = ahead.length > 0 && ahead.every(it => constantOf(it) !== undefined);
  if (!isAlike) return `${units} compute the same, and nothing but the weights behind them tells them apart`;
  return `${units} compute the same and get the same gradient, so the layer stays as wide as 1`;
}

function costOfZeros({ bias, ahead, nonlinearity }: Surroundings): string {
  const isZero = bias === 'zero' && !OFF_ZERO.has(nonlinearity);
  if (isZero && ahead !== undefined)
    return `\`${ahead}\` behind it is 0 too, so the gradient of both is 0 and neither ever learns`;
  if (ahead !== undefined) return `\`${ahead}\` behind it is 0 too, so its gradient is 0 until that has learned`;
  if (isZero && FLAT_AT_ZERO.has(nonlinearity))
    return `\`${nonlinearity}\` passes no gradient at 0, so it never learns`;
  const rest = bias === 'zero' ? 'one number' : 'its biases alone';
  return `it hands on ${rest} at first, whatever its inputs are`;
}

/** Nonlinearities that make something of nothing, and those without a gradient there. */
const OFF_ZERO: ReadonlySet<string> = new Set(['sigmoid', 'softplus', 'logsigmoid', 'hardsigmoid', 'exp', 'cos']);
const FLAT_AT_ZERO: ReadonlySet<string> = new Set(['relu', 'relu6', 'square']);

function biasOf({ parameter: { module }, followers }: weights.WeightUse): Surroundings['bias'] {
  if (followers.every(takesMeanAway)) return 'zero';
  const bias = module.parameters.find(it => it.kind === 'bias');
  const start = bias === undefined ? 0 : constantOf(bias);
  if (start === undefined) return 'random';
  return start === 0 ? 'zero' : 'alike';
}

/** A batch norm leaves nothing of what is alike for all examples. */
const takesMeanAway = (it: Follower): boolean => it.kind === 'norm' && it.operation.module?.keepsStatistics === true;

/** Zeros that gradients pass behind, in front of random weights: of a gate, or of a matrix that somebody wrote down as zeros. */
function isHarmless({ parameter }: weights.WeightUse, { ahead, nonlinearity }: Surroundings): boolean {
  if (constantOf(parameter) !== 0) return false;
  const isWritten = parameter.module.layer === undefined && !FLAT_AT_ZERO.has(nonlinearity) && ahead === undefined;
  return OFF_ZERO.has(nonlinearity) || isWritten;
}
