/** How a number goes with another: by which power. */

const STEP = 0.01;

/** d ln f / d ln x at `x`, by a central difference; 0 where f is not positive. */
export function elasticity(f: (x: number) => number, x: number): number {
  const low = f(x * (1 - STEP));
  const high = f(x * (1 + STEP));
  if (low <= 0 || high <= 0) return 0;
  return Math.log(high / low) / Math.log((1 + STEP) / (1 - STEP));
}
