/** Pooling: neighbouring positions share what two samples share, for random kernels do not correlate them further. */
import { nonlinearityOf } from '../nonlinearities.js';
import { once } from '../once.js';
import { gaussLegendre } from '../quadrature.js';
import { normalCdf, normalDensity } from '../truncated-normal.js';
import { type NonlinearitySource, type Signal, sharedVariance, varianceOfSignal } from './signal.js';

/** The mean of `count` values. */
export function averagePool(count: number, { source: _, marginal: __, ...input }: Signal): Signal {
  const own = input.meanSquare - input.covariance;
  return { ...input, meanSquare: input.covariance + own / count };
}

/** The largest of `count` values; two samples share as large a part of its spread as they do of one value's. */
export function maxPool(count: number, input: Signal): Signal {
  const meanSquare = expectationAtMaximum(count, input, 'value', x => x * x);
  const mean = expectationAtMaximum(count, input, 'value', x => x);
  const spread = varianceOfSignal(input);
  const share = spread === 0 ? 0 : Math.max(0, sharedVariance(input) / spread);
  const covariance = mean ** 2 + share * (meanSquare - mean ** 2);
  const { source: _, marginal: __, ...rest } = input;
  return { ...rest, meanSquare, mean, covariance };
}

/** E[φ′²] where the value is the largest of its window: more ReLUs are open there than on average. */
export function slopeAtMaximum(count: number, pooled: Signal): number {
  return expectationAtMaximum(count, pooled, 'slope', x => x * x);
}

/**
 * The maximum commutes with a rising nonlinearity, so it is taken of the normal signal before: a part that the window
 * shares, plus the largest of `count` own parts.
 */
function expectationAtMaximum(count: number, input: Signal, of: 'value' | 'slope', f: (x: number) => number): number {
  const { name, parameter, mean, variance, covariance } = input.source ?? asSource(input);
  const phi = nonlinearityOf(name, parameter)!;
  const common = Math.min(variance, Math.max(0, covariance));
  const own = Math.sqrt(variance - common);
  const under = (x: number) => f(phi[of](x));
  const shared = Math.sqrt(common);
  const largest = maximumRule(count);
  let sum = 0;
  for (const [z, weight] of normalRule()) {
    const center = mean + shared * z;
    for (const [x, share] of largest) sum += weight * share * under(center + own * x);
  }
  return sum;
}

function asSource(input: Signal): NonlinearitySource {
  const variance = varianceOfSignal(input);
  return { name: 'linear', parameter: undefined, mean: input.mean, variance, covariance: sharedVariance(input) };
}

type Rule = readonly (readonly [node: number, weight: number])[];

const rules = new Map<number, Rule>();

/** For the largest of `count` standard normals, whose density is count·φ·Φ^(count−1). */
function maximumRule(count: number): Rule {
  let rule = rules.get(count);
  if (rule === undefined) {
    rule = normalized(normalRule().map(([x, weight]) => [x, weight * count * normalCdf(x) ** (count - 1)]));
    rules.set(count, rule);
  }
  return rule;
}

const REACH = 7;
const normalRule = once(() =>
  normalized(gaussLegendre(96).map(([x, weight]) => [REACH * x, weight * normalDensity(REACH * x)])),
);

function normalized(rule: Rule): Rule {
  const total = rule.reduce((sum, [, weight]) => sum + weight, 0);
  return rule.map(([node, weight]) => [node, weight / total]);
}
