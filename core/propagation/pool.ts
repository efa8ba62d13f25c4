/** Pooling: neighbouring positions share what two samples share, for random kernels do not correlate them further. */
import { nonlinearities } from '../nonlinearities.js';
import { expectation } from '../quadrature.js';
import { normalCdf } from '../truncated-normal.js';
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
  const row = nonlinearities[name]!;
  const p = parameter ?? row.parameter ?? 0;
  const common = Math.min(variance, Math.max(0, covariance));
  const own = Math.sqrt(variance - common);
  const under = (x: number) => f(row[of](x, p));
  return expectation(z => expectedMaximum(x => under(mean + z + own * x), count), common);
}

function asSource(input: Signal): NonlinearitySource {
  const variance = varianceOfSignal(input);
  return { name: 'linear', parameter: undefined, mean: input.mean, variance, covariance: sharedVariance(input) };
}

/** E[f(max of `count` standard normals)]: the maximum has density count·φ·Φ^(count−1). */
function expectedMaximum(f: (x: number) => number, count: number): number {
  return expectation(x => count * normalCdf(x) ** (count - 1) * f(x), 1);
}
