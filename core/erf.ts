/** The error function in double precision. */

/** Relative error below 1e-15: a series of positive terms near 0, a continued fraction beyond. */
export function erf(x: number): number {
  const size = Math.abs(x);
  const value = size < SERIES_UNTIL ? series(size) : 1 - complement(size);
  return x < 0 ? -value : value;
}

const SERIES_UNTIL = 3;
const TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

/** erf x = 2/√π · e^(−x²) · Σ 2ⁿx²ⁿ⁺¹ / (1·3·…·(2n+1)) (Abramowitz & Stegun 7.1.6). */
function series(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 1e-18; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return TWO_OVER_SQRT_PI * Math.exp(-x * x) * sum;
}

/** erfc by its continued fraction (Abramowitz & Stegun 7.1.14), evaluated from the inside. */
function complement(x: number): number {
  if (x > 27) return 0;
  let fraction = x;
  for (let k = 60; k > 0; k--) fraction = x + k / 2 / fraction;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
}
