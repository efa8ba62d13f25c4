/** A weight where it works: its layer, what the layer feeds, and what that asks of the weight's scale. */
import type { Graph, Operation } from '../graph.js';
import type { Model } from '../model.js';
import type { Parameter } from '../parameters.js';
import { isGated } from './branches.js';
import { chainThrough, strongestWay } from './chains.js';
import { constantOf } from './final-writes.js';
import { type Follower, followersOf, isHead } from './following.js';
import { isRecurrent, isTransparent, type Nonlinearity, nonlinearityOf, weightsOf } from './operations.js';
import { isLastOfBranch, type Residual, residualOf } from './residuals.js';
import { usersOf } from './users.js';
import { usesOf } from './uses.js';

/** One layer of forward and the weight that it sums with. */
export interface WeightUse {
  readonly model: Model;
  readonly graph: Graph;
  readonly parameter: Parameter;
  readonly layer: Operation;
  readonly followers: readonly Follower[];
  /** It, or what goes into its layer or comes out, is scaled by something in forward. */
  readonly isRescaled: boolean;
}

/** Uses of a weight in forward; none where there is no graph or it was not followed that far. */
export function weightUses(model: Model, parameter: Parameter): readonly WeightUse[] {
  const { graph } = model;
  if (graph === undefined || isRecurrent(parameter.module)) return [];
  const { layers, isRescaled } = usesOf(graph, parameter);
  const summing = layers.filter(it => it.kind === 'matmul' || weightsOf(it).includes(parameter));
  return summing.map(layer => ({
    model,
    graph,
    parameter,
    layer,
    isRescaled: isRescaled || isComputed(parameter) || isScaledAround(graph, layer),
    followers: followersOf(graph, layer),
  }));
}

/** Of a weight that is normalized and given its size by another parameter, as weight and spectral norm do, or that a hook may compute. */
function isComputed({ name, module }: Parameter): boolean {
  return module.changesBeforeForward === true || /weight(\w*)_(orig|v)$|\boriginal\d?$/.test(name);
}

/** Whether a factor stands beside the layer, before or behind: an equalized learning rate, a frequency, a temperature. */
function isScaledAround(graph: Graph, layer: Operation): boolean {
  const isScale = (it: Operation) => it.kind === 'scale' || it.kind === 'multiply';
  const before = passages(layer, it => it.inputs);
  const behind = passages(layer, it => usersOf(graph, it));
  return [...before, ...behind].some(isScale);
}

/** Whether rows are mixed behind the layer, as by an adjacency matrix: what is right for the weight alone depends on that as well. */
export function isMixed({ graph, layer }: WeightUse): boolean {
  return [...passages(layer, it => usersOf(graph, it))].some(it => it.kind === 'matmul');
}

function* passages(from: Operation, step: (operation: Operation) => readonly Operation[]): Iterable<Operation> {
  const open = [...step(from)];
  const seen = new Set<Operation>();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (!isTransparent(next) || seen.has(next)) continue;
    seen.add(next);
    yield next;
    open.push(...step(next));
  }
}

/**
 * The nonlinearity that every way out of the layer meets first; `linear` where all feed the next layer directly.
 * Undefined where the ways differ or something else stands there. That the network hands the result out as well is no matter.
 */
export function nonlinearityAfter({ followers }: WeightUse): Nonlinearity | undefined {
  const inside = followers.filter(it => it.kind !== 'output');
  const met = (inside.length > 0 ? inside : followers).map(it => nonlinearityAt(it));
  const [first] = met;
  if (first === undefined) return undefined;
  return met.every(it => it?.name === first.name && it.parameter === first.parameter) ? first : undefined;
}

/** Where the nonlinearity stands, for related information. */
export function nonlinearityOperation({ followers }: WeightUse): Operation | undefined {
  const found = followers.find(it => it.kind === 'nonlinearity');
  return found?.kind === 'nonlinearity' ? found.operation : undefined;
}

function nonlinearityAt(follower: Follower): Nonlinearity | undefined {
  if (follower.kind === 'layer') return { name: 'linear' };
  return follower.kind === 'nonlinearity' ? nonlinearityOf(follower.operation) : undefined;
}

/** Whether a norm takes the scale away again before anything else sees it; also on one of several ways. */
export function isNormalized({ graph, followers }: WeightUse): boolean {
  return followers.some(it => isNorm(it) || (isHomogeneous(it) && followersOf(graph, it.operation).some(isNorm)));
}

const isNorm = ({ kind }: Follower): boolean => kind === 'norm' || kind === 'normalize';

/** What scales its result as its input is scaled: a norm behind it takes the scale away as well. */
function isHomogeneous(follower: Follower): follower is Follower & { readonly kind: 'nonlinearity' } {
  if (follower.kind !== 'nonlinearity') return false;
  return HOMOGENEOUS.has(nonlinearityOf(follower.operation)?.name ?? '');
}

const HOMOGENEOUS: ReadonlySet<string> = new Set(['relu', 'leaky_relu', 'prelu', 'rrelu']);

/** Whether the scale is decided by the weight: no norm behind it, no factor around it, no sum it is a branch of. */
export function decidesScale(use: WeightUse): boolean {
  return !use.isRescaled && !isNormalized(use) && !isOnResidual(use) && !isGated(use);
}

/** Zeros hand nothing on: whatever comes before them has no effect at first. */
export function startsSilent({ parameter }: WeightUse): boolean {
  return constantOf(parameter) === 0;
}

export function isAnswer({ graph, layer }: WeightUse): boolean {
  return isHead(graph, layer);
}

/** On a residual branch short enough for the sum to decide the scale. */
export function isOnResidual({ graph, layer }: WeightUse): boolean {
  const residual: Residual | undefined = residualOf(graph, layer);
  return residual !== undefined && residual.layers <= LONGEST_BRANCH;
}

/** Longer branches are networks of their own, with a skip around them. */
const LONGEST_BRANCH = 8;

export function endsBranch({ graph, layer }: WeightUse): boolean {
  return isLastOfBranch(graph, layer);
}

/** Uses along the plain chain through this one, first layer first; layers without a single weight end it. */
export function chainOf(use: WeightUse): readonly WeightUse[] {
  return chainThrough(use.graph, use.layer).flatMap(it => useAt(use, it));
}

/** Uses along the way on which most arrives where that chain fares worst; `gainOf` is the factor by which a use is off. */
export function wayOf(use: WeightUse, gainOf: (use: WeightUse) => number | undefined): readonly WeightUse[] {
  const factorOf = (it: Operation) => useAt(use, it).flatMap(own => gainOf(own) ?? [])[0] ?? 1;
  const way = strongestWay(use.graph, use.layer, gainOf, factorOf).flatMap(it => useAt(use, it));
  return isAnswered(use) ? way : stretchOf(way, use);
}

/**
 * The part around the use up to a sigmoid, whose answer has a size of its own: what follows is another network. A way may end
 * before the use.
 */
function stretchOf(way: readonly WeightUse[], use: WeightUse): readonly WeightUse[] {
  const found = way.findIndex(it => it.layer === use.layer);
  const at = found < 0 ? way.length : found;
  const start = way.slice(0, at).findLastIndex(isAnswered) + 1;
  const length = way.slice(at).findIndex(isAnswered) + 1;
  const stretch = way.slice(start, length === 0 ? undefined : at + length);
  return stretch.length === 0 ? [use] : stretch;
}

const isAnswered = (use: WeightUse): boolean => nonlinearityAfter(use)?.name === 'sigmoid';

function useAt(use: WeightUse, layer: Operation): readonly WeightUse[] {
  const parameter = weightsOf(layer)[0];
  if (layer === use.layer) return [use];
  return parameter === undefined ? [] : weightUses(use.model, parameter).filter(it => it.layer === layer);
}
