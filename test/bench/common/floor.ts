/** What drawing and measuring normal numbers costs at least on this machine: its vector instructions, four in every cycle. */

/**
 * Vector instructions of the kernel for eight normal numbers, loads, stores and constants left aside: two vectors of words
 * (7 to move the state on, 10 to temper, 3 to make fractions of them), one Box–Muller transform, and twice powers (7),
 * extremes and zeros (4) and bins (7).
 */
const STEPS = { words: 2 * (7 + 10 + 3), boxMuller: 64, measuring: 2 * (7 + 4 + 7) };
const NUMBERS = 8;

/** As many as current processors of AMD issue to their vector units; those of Intel three. */
const PER_CYCLE = 4;

export function floorOfNormals(count: number): { readonly milliseconds: number; readonly gigahertz: number } {
  const instructions = ((STEPS.words + STEPS.boxMuller + STEPS.measuring) / NUMBERS) * count;
  const gigahertz = clock();
  return { milliseconds: instructions / PER_CYCLE / gigahertz / 1e6, gigahertz };
}

const LINKS = 2 ** 24;
/** Cycles that one multiplication of integers waits for the one before, on all processors of the last ten years. */
const LATENCY = 3;

/** Measured by a chain of multiplications. */
function clock(): number {
  let fastest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 8; round++) {
    const start = performance.now();
    const end = chain(round + 1);
    const time = performance.now() - start;
    if (end !== 0) fastest = Math.min(fastest, time);
  }
  return (LATENCY * LINKS) / fastest / 1e6;
}

function chain(seed: number): number {
  let x = 2 * seed + 1;
  for (let i = 0; i < LINKS; i++) x = Math.imul(x, 0x9e3779b1);
  return x;
}
