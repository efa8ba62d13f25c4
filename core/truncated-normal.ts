/** Mean and std of a normal that is cut to an interval, in closed form. */
import { erf } from './erf.js';

/**
 * Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions, vol. 1, § 10.1:
 * with α, β the standardized bounds and Z = Φ(β) − Φ(α),
 * mean = μ + σ(φ(α) − φ(β))/Z, variance = σ²(1 + (αφ(α) − βφ(β))/Z − ((φ(α) − φ(β))/Z)²).
 */
export function truncatedNormalMoments(mean: number, std: number, low: number, high: number) {
  if (std <= 0 || low >= high) return { mean: Math.min(high, Math.max(low, mean)), std: 0 };
  const alpha = (low - mean) / std;
  const beta = (high - mean) / std;
  const mass = normalCdf(beta) - normalCdf(alpha);
  if (mass < FAR_TAIL) return uniformBetween(low, high);
  const shift = (normalDensity(alpha) - normalDensity(beta)) / mass;
  const spread = 1 + (edge(alpha) - edge(beta)) / mass - shift * shift;
  return { mean: mean + std * shift, std: std * Math.sqrt(Math.max(0, spread)) };
}

/** Below this mass the closed form cancels to nothing. */
const FAR_TAIL = 1e-9;

function uniformBetween(low: number, high: number) {
  return { mean: (low + high) / 2, std: (high - low) / Math.sqrt(12) };
}

/** Φ(x), the share of N(0, 1) below x. */
export function normalCdf(x: number): number {
  return (1 + erf(x / Math.SQRT2)) / 2;
}

/** φ(x) of N(0, 1). */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}

/** x·φ(x), which is 0 at infinity. */
function edge(x: number): number {
  return Number.isFinite(x) ? x * normalDensity(x) : 0;
}
