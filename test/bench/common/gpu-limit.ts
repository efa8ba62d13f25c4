/** How fast a card of NVIDIA can draw and measure normal numbers at most: its schedulers issue one instruction a cycle each. */

/**
 * Instructions of an invocation for four numbers, loads and control left aside. Philox makes four words in ten rounds of two
 * products, whose words are combined with the key in one operation each. Box–Muller takes two logarithms (22 with the
 * number that they are of), two roots (6), two circles (23), four products and four scalings. Statistics take four sums of
 * powers (6), two extremes, zeros (2) and a bin (7) of every number.
 */
const STEPS = {
  rounds: 10 * 2,
  fractions: 4 * 2,
  boxMuller: 2 * (22 + 6 + 23) + 4 + 4,
  measuring: 4 * (6 + 2 + 2 + 7),
};
const NUMBERS = 4;

/** For both words of a product: one instruction where there is one; WGSL takes it by halves. */
const PRODUCT = { wide: 1, halves: 9 } as const;

/** Four schedulers of a multiprocessor, 32 lanes each; from Volta on. */
const LANES = 4 * 32;

export interface Card {
  readonly multiprocessors: number;
  readonly gigahertz: number;
}

/** Milliseconds at the highest clock. */
export function limitOfNormals(
  count: number,
  { multiprocessors, gigahertz }: Card,
  product: keyof typeof PRODUCT,
): number {
  const { rounds, fractions, boxMuller, measuring } = STEPS;
  const steps = (rounds * (PRODUCT[product] + 1) + fractions + boxMuller + measuring) / NUMBERS;
  return (steps * count) / (LANES * multiprocessors * gigahertz * 1e6);
}
