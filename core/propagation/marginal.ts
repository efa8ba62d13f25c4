/** The distribution of one feature as weighted points, where a normal would not do: sums with what a ReLU left. */
import { remembering, rounded } from '../memory.js';
import { type Nonlinearity, nonlinearityOf } from '../nonlinearities.js';
import { once } from '../once.js';
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
  if (source === undefined || source.name === 'linear') return undefined;
  const { name, parameter, mean, variance } = source;
  return nonlinearityOf(name)?.isGated === false ? mapped(normalMarginal(mean, variance), name, parameter) : undefined;
}

const images = new WeakMap<Marginal, Map<string, Marginal>>();

/** φ of each value; the same object for the same one. */
export function mapped(marginal: Marginal, name: string, parameter: number | undefined): Marginal {
  const known = images.get(marginal) ?? new Map<string, Marginal>();
  images.set(marginal, known);
  const image = known.get(`${name} ${parameter}`) ?? imageOf(marginal, nonlinearityOf(name, parameter)!);
  known.set(`${name} ${parameter}`, image);
  return image;
}

function imageOf({ values, weights }: Marginal, { value, slope }: Nonlinearity): Marginal {
  return { values: values.map(value), weights, slopes: values.map(x => slope(x) ** 2) };
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
  const others = inputs.filter((_, index) => index !== position).map(input => marginalOf(input) ?? normalOf(input));
  return others.reduce(convolved, openedOf(through, through.slopes));
}

const opened = new WeakMap<Marginal, Marginal>();

/** The same object for the same one. */
function openedOf(marginal: Marginal, slopes: Float64Array): Marginal {
  const known = opened.get(marginal);
  if (known !== undefined) return known;
  const { values } = marginal;
  const found = { values, weights: normalized([...marginal.weights].map((weight, i) => weight * slopes[i]!)) };
  opened.set(marginal, found);
  return found;
}

/** E[f(X)] for X of this distribution. */
export function expectationUnder({ values, weights }: Marginal, f: (x: number) => number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += weights[i]! * f(values[i]!);
  return sum;
}

function normalOf(signal: Signal): Marginal {
  return normalMarginal(signal.mean, varianceOfSignal(signal));
}

const recallNormal = remembering<Marginal>(10_000);

function normalMarginal(mean: number, variance: number): Marginal {
  const [center, std] = [rounded(mean), Math.sqrt(rounded(variance))];
  return recallNormal(`${center} ${std}`, () => {
    const { nodes, weights } = normalRule();
    return { values: nodes.map(z => center + std * z), weights };
  });
}

const sums = new WeakMap<Marginal, WeakMap<Marginal, Marginal>>();

/** The same object for the same two. */
function convolved(a: Marginal, b: Marginal): Marginal {
  const known = sums.get(a) ?? new WeakMap<Marginal, Marginal>();
  sums.set(a, known);
  const sum = known.get(b) ?? gathered(a, b);
  known.set(b, sum);
  return sum;
}

/** Every pair of points, in bins: each becomes two points with its weight, mean and variance. */
function gathered(a: Marginal, b: Marginal): Marginal {
  const low = Math.min(...a.values) + Math.min(...b.values);
  const width = (Math.max(...a.values) + Math.max(...b.values) - low) / BINS || 1;
  const moments = new Float64Array(3 * (BINS + 1));
  for (let i = 0; i < a.values.length; i++) {
    for (let j = 0; j < b.values.length; j++) {
      const weight = a.weights[i]! * b.weights[j]!;
      const value = a.values[i]! + b.values[j]!;
      const at = 3 * Math.floor((value - low) / width);
      const within = value - low - (at / 3) * width;
      moments[at]! += weight;
      moments[at + 1]! += weight * within;
      moments[at + 2]! += weight * within * within;
    }
  }
  return pointsOf(moments, low, width);
}

function pointsOf(moments: Float64Array, low: number, width: number): Marginal {
  const values: number[] = [];
  const weights: number[] = [];
  for (let bin = 0; bin <= BINS; bin++) {
    const [weight, first, second] = [moments[3 * bin]!, moments[3 * bin + 1]!, moments[3 * bin + 2]!];
    if (weight === 0) continue;
    const mean = first / weight;
    const reach = Math.sqrt(Math.max(0, second / weight - mean * mean));
    values.push(low + bin * width + mean - reach, low + bin * width + mean + reach);
    weights.push(weight / 2, weight / 2);
  }
  return { values: Float64Array.from(values), weights: Float64Array.from(weights) };
}

const BINS = 64;
const REACH = 6;
const normalRule = once(() => {
  const rule = gaussLegendre(48);
  return {
    nodes: Float64Array.from(rule, ([node]) => REACH * node),
    weights: normalized(rule.map(([node, weight]) => weight * normalDensity(REACH * node))),
  };
});

function normalized(weights: readonly number[]): Float64Array {
  const total = weights.reduce((a, b) => a + b, 0);
  return Float64Array.from(weights, weight => weight / total);
}
