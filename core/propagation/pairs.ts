/** Expectations over two correlated normal pre-activations, of one unit in two samples. */
import { once } from '../once.js';
import { gaussLegendre } from '../quadrature.js';
import { normalDensity } from '../truncated-normal.js';

export interface PairMoments {
  /** E[φ(u)φ(v)] */
  readonly product: number;
  /** E[φ²(u)φ²(v)] */
  readonly squares: number;
}

/**
 * u and v have variance `variance` and covariance `shared`. With a common part and two own parts of equal size,
 * E[f(u)f(v)] = E[E[f | common]²]. A negative covariance is taken for none.
 */
export function pairMoments(f: (x: number) => number, mean: number, variance: number, shared: number): PairMoments {
  const common = Math.sqrt(Math.min(Math.max(0, shared), variance));
  const own = Math.sqrt(Math.max(0, variance - common * common));
  let product = 0;
  let squares = 0;
  for (const [z, weight] of normalRule()) {
    const inner = innerMoments(f, mean + common * z, own);
    product += weight * inner.value ** 2;
    squares += weight * inner.square ** 2;
  }
  return { product, squares };
}

function innerMoments(f: (x: number) => number, center: number, std: number) {
  let value = 0;
  let square = 0;
  for (const [z, weight] of normalRule()) {
    const found = f(center + std * z);
    value += weight * found;
    square += weight * found * found;
  }
  return { value, square };
}

/** Enough nodes that a kink costs less than a thousandth: these numbers go into bands only and into correlations. */
const REACH = 6.5;
const normalRule = once(() =>
  gaussLegendre(64).map(([node, weight]) => {
    const z = REACH * node;
    return [z, REACH * weight * normalDensity(z)] as const;
  }),
);
