/** A layer of attention taken apart: its projections, and how many tokens meet in it. */
import type { LinearOperation } from '../../../core/propagation/index.js';
import type { Operation } from '../../model/graph.js';
import type { Parameter } from '../../model/parameters.js';
import { sizesIn } from './geometry.js';
import type { MomentsOf } from './linear.js';

export interface Attending {
  /** Of values, queries and keys, in this order. */
  readonly projections: readonly LinearOperation[];
  readonly output: LinearOperation;
  /** Absent where the input's size is not known. */
  readonly count?: number;
  readonly hearing: { readonly isCausal: boolean; readonly dropped: number };
}

/** Which of its operands are queries, keys and values. */
export function rolesOf({ settings, inputs }: Operation): readonly number[] | undefined {
  const roles = sizesIn(settings.get('roles'));
  return roles ?? (inputs.length === 1 ? [0, 0, 0] : undefined);
}

/** Undefined for a layer without projections that are known. */
export function attendingOf(operation: Operation, momentsOf: MomentsOf): Attending | undefined {
  const find = (pattern: RegExp) => operation.parameters.find(it => pattern.test(it.name));
  const packed = find(/in_proj_weight$/);
  const bias = find(/in_proj_bias$/);
  const out = find(/out_proj\.weight$/);
  if (out === undefined) return undefined;
  const named = [find(/v_proj_weight$/), find(/q_proj_weight$/), find(/k_proj_weight$/)];
  const weights = named.map(it => it ?? packed);
  if (weights.some(it => it === undefined)) return undefined;
  const features = sizeAt(out, 0);
  if (features === undefined) return undefined;
  const count = tokensOf(operation);
  return {
    projections: weights.map(it => projection(it!, bias, features, momentsOf)),
    output: projection(out, find(/out_proj\.bias$/), features, momentsOf),
    ...(count !== undefined && { count }),
    hearing: { isCausal: hidesLater(operation), dropped: droppedOf(operation) },
  };
}

export function droppedOf({ module }: Operation): number {
  const probability = module?.settings.get('dropout');
  return typeof probability === 'number' && module?.settings.get('training') !== false ? probability : 0;
}

/** By a mask of the code that covers, or makes small, just what comes later. */
export function hidesLater({ operands }: Operation): boolean {
  const mask = operands?.at(-1);
  const size = mask?.kind === 'constant' ? mask.shape?.at(-1) : undefined;
  if (mask?.kind !== 'constant' || typeof size !== 'number' || mask.shape?.at(-2) !== size || size < 2) return false;
  const values = mask.values() ?? [];
  return (
    values.length > 0 && Array.from(values).every((it, at) => isHidden(it) === at % size > Math.floor(at / size) % size)
  );
}

const isHidden = (value: number): boolean => value === 1 || value < -1000;

function projection(
  weight: Parameter,
  bias: Parameter | undefined,
  features: number,
  momentsOf: MomentsOf,
): LinearOperation {
  const values = momentsOf(weight);
  const shift = bias && momentsOf(bias);
  const fanIn = sizeAt(weight, 1) ?? features;
  const isKnown = values !== undefined && (bias === undefined || shift !== undefined);
  return {
    kind: 'linear',
    fanIn,
    fanOut: features,
    units: features,
    weightStd: isKnown ? values.std : undefined,
    ...(values !== undefined && { weightMean: values.mean }),
    ...(shift !== undefined && { biasStd: shift.std, biasMean: shift.mean }),
  };
}

function sizeAt({ shape }: Parameter, axis: number): number | undefined {
  const size = shape?.[axis];
  return typeof size === 'number' ? size : undefined;
}

/** Sequence first unless the layer says otherwise; an input without batch has its tokens first. */
function tokensOf({ module, inputs }: Operation): number | undefined {
  const shape = inputs.at(-1)?.shape ?? inputs[0]?.shape;
  if (shape === undefined) return undefined;
  const axis = shape.length === 3 && module?.settings.get('batch_first') === true ? 1 : 0;
  const size = shape[axis];
  return typeof size === 'number' ? size : undefined;
}
