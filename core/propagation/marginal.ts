/** The distribution of one feature as weighted points, where a normal would not do: sums with what a ReLU left. */
import { type NonlinearityRow, nonlinearities } from '../nonlinearities.js';
import { gaussLegendre } from '../quadrature.js';
import { normalDensity } from '../truncated-normal.js';
import { type Signal, varianceOfSignal } from './signal.js';

export interface Marginal {
  readonly values: Float64Array;
  readonly weights: Float64Array;
  /** φ′² of the nonlinearity that gave each value, where one did. */
  readonly slopes?: Float64Array;
}

/** Undefined where the signal is normal. */
export function marginalOf(signal: Signal): Marginal | undefined {
  if (signal.marginal !== undefined) return signal.marginal;
  const { source } = signal;
  const row = source === undefined ? undefined : nonlinearities[source.name];
  if (source === undefined || row === undefined || source.name === 'linear' || row.gated === true) return undefined;
  const p = source.parameter ?? row.parameter ?? 0;
  return mapped(normalMarginal(source.mean, source.variance), row, p);
}

/** φ of each value. */
export function mapped({ values, weights }: Marginal, row: NonlinearityRow, p: number): Marginal {
  return { values: values.map(x => row.value(x, p)), weights, slopes: values.map(x => row.slope(x, p) ** 2) };
}

/** Of the sum of two independent signals; undefined where both are normal. */
export function marginalOfSum(a: Signal, b: Signal): Marginal | undefined {
  const left = marginalOf(a);
  const right = marginalOf(b);
  if (left === undefined && right === undefined) return undefined;
  return convolved(left ?? normalOf(a), right ?? normalOf(b));
}

/**
 * Of the sum where a gradient comes back through the nonlinearity of the input at `position`: each of its values
 * counts as much as its slope lets through. Undefined where that input has no nonlinearity.
 */
export function marginalOfSumThrough(inputs: readonly Signal[], position: number): Marginal | undefined {
  const through = inputs[position] && marginalOf(inputs[position]);
  if (through?.slopes === undefined) return undefined;
  const { slopes } = through;
  const weights = normalized([...through.weights].map((weight, i) => weight * slopes[i]!));
  const others = inputs.filter((_, index) => index !== position).map(input => marginalOf(input) ?? normalOf(input));
  return others.reduce(convolved, { values: through.values, weights });
}

export function expectationUnder({ values, weights }: Marginal, f: (x: number) => number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += weights[i]! * f(values[i]!);
  return sum;
}

function normalOf(signal: Signal): Marginal {
  return normalMarginal(signal.mean, varianceOfSignal(signal));
}

function normalMarginal(mean: number, variance: number): Marginal {
  const std = Math.sqrt(variance);
  return { values: NODES.map(z => mean + std * z), weights: NODE_WEIGHTS };
}

/** Every pair of points, sorted and gathered again into few. */
function convolved(a: Marginal, b: Marginal): Marginal {
  const points: [value: number, weight: number][] = [];
  a.values.forEach((x, i) => {
    b.values.forEach((y, j) => void points.push([x + y, a.weights[i]! * b.weights[j]!]));
  });
  points.sort((left, right) => left[0] - right[0]);
  return gathered(points);
}

/** Neighbours become two points with their weight, mean and variance, so that no second moment is lost. */
function gathered(points: readonly (readonly [value: number, weight: number])[]): Marginal {
  const values: number[] = [];
  const weights: number[] = [];
  const size = Math.ceil(points.length / GROUPS);
  for (let start = 0; start < points.length; start += size) {
    const group = points.slice(start, start + size);
    const weight = group.reduce((sum, point) => sum + point[1], 0);
    if (weight === 0) continue;
    const mean = group.reduce((sum, point) => sum + point[0] * point[1], 0) / weight;
    const variance = group.reduce((sum, point) => sum + (point[0] - mean) ** 2 * point[1], 0) / weight;
    const reach = Math.sqrt(variance);
    values.push(mean - reach, mean + reach);
    weights.push(weight / 2, weight / 2);
  }
  return { values: Float64Array.from(values), weights: Float64Array.from(weights) };
}

const GROUPS = 48;
const REACH = 6;
const RULE = gaussLegendre(48);
const NODES = Float64Array.from(RULE, ([node]) => REACH * node);
const NODE_WEIGHTS = normalized(RULE.map(([node, weight]) => weight * normalDensity(REACH * node)));

function normalized(weights: readonly number[]): Float64Array {
  const total = weights.reduce((a, b) => a + b, 0);
  return Float64Array.from(weights, weight => weight / total);
}
