/** Layers that sum over their input with learned weights, as propagation knows them. */
import { fanOf } from '../../../core/initializer.js';
import type { LinearOperation } from '../../../core/propagation/index.js';
import type { Operation } from '../../model/graph.js';
import type { Parameter } from '../../model/parameters.js';
import { trueFans } from '../../model/questions/gains.js';
import { countOf, grownOf, insideOf, setting, type Window, windowOf } from './geometry.js';
import type { ValueMoments } from './moments.js';

/** How a parameter's values spread: as written, or as a fix would write them. */
export type MomentsOf = (parameter: Parameter) => ValueMoments | undefined;

/** Undefined where a fan is not a number. */
export function linearOf(
  operation: Operation,
  weight: Parameter,
  bias: Parameter | undefined,
  momentsOf: MomentsOf,
): LinearOperation | undefined {
  const fans = trueFans(weight);
  const fanIn = fans && fanOf('fan_in', fans);
  const fanOut = fans && fanOf('fan_out', fans);
  if (fanIn === undefined || fanOut === undefined) return undefined;
  const values = momentsOf(weight);
  const { inside, reach } = edgesOf(operation, weight);
  return {
    kind: 'linear',
    fanIn,
    fanOut: fanOut / reach,
    units: unitsOf(operation, weight) ?? fanOut,
    weightStd: values?.std,
    ...(values !== undefined && values.mean !== 0 && { weightMean: values.mean }),
    ...biasOf(bias, momentsOf),
    ...(inside !== 1 && { inside }),
  };
}

/** An unknown bias is an unknown output: its layer then has no known weight. */
function biasOf(bias: Parameter | undefined, momentsOf: MomentsOf): Partial<LinearOperation> {
  if (bias === undefined) return {};
  const values = momentsOf(bias);
  if (values === undefined) return { weightStd: undefined };
  const { std, mean, excess = 0 } = values;
  return { biasStd: std, biasMean: mean, ...(excess !== 0 && { biasExcess: excess }) };
}

/** What padding and strides leave of the terms of a sum, and by how much fewer sums than that an input is part of. */
function edgesOf(operation: Operation, weight: Parameter): { readonly inside: number; readonly reach: number } {
  const window = windowAround(operation, weight);
  const from = operation.inputs[0]?.shape;
  if (window === undefined) return { inside: 1, reach: 1 };
  if (!isTransposed(operation))
    return { inside: fillsZeros(operation) ? insideOf(window, from) : 1, reach: reachOf(window) };
  const [backward, grown] = [insideOf(window, operation.shape), grownOf(window, from, operation.shape)];
  return { inside: backward / grown, reach: 1 / grown };
}

const fillsZeros = ({ module }: Operation): boolean => (module?.settings.get('padding_mode') ?? 'zeros') === 'zeros';

function windowAround(operation: Operation, { shape }: Parameter): Window | undefined {
  if (!isConvolution(operation) && !isTransposed(operation)) return undefined;
  const kernel = shape?.slice(2);
  if (kernel === undefined || !kernel.every(it => typeof it === 'number')) return undefined;
  return windowOf(operation, kernel);
}

function isConvolution({ module, name }: Operation): boolean {
  return module?.role === 'convolution' || /^conv\d/i.test(name);
}

function isTransposed({ module, name }: Operation): boolean {
  return module?.role === 'transposed_convolution' || /transpose/i.test(name);
}

/** An input is in fewer windows the wider these stand apart. */
function reachOf({ stride }: Window): number {
  return countOf(stride);
}

function unitsOf(operation: Operation, { shape }: Parameter): number | undefined {
  if (!isTransposed(operation)) return typeof shape?.[0] === 'number' ? shape[0] : undefined;
  const outputs = shape?.[1];
  const groups = setting(operation, 'groups') ?? 1;
  if (typeof outputs !== 'number' || typeof groups !== 'number') return undefined;
  return outputs * groups * phasesOf(operation, shape);
}

/** Of a transposed convolution, each place within a stride has taps of its own: features of their own, by what seeds do. */
function phasesOf(operation: Operation, shape: Parameter['shape']): number {
  const window = isTransposed(operation) ? windowOf(operation, shape?.slice(2).map(Number)) : undefined;
  return window === undefined ? 1 : countOf(window.stride.map((step, axis) => Math.min(step, window.kernel[axis]!)));
}
