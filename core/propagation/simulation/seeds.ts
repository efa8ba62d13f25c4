/** Monte Carlo: a network, or a narrow version of it, run for several seeds; what they have in common, and their spread. */
import type { Multiplier } from '../../backends/multiplier.js';
import { type Cost, costOf } from './cost.js';
import { narrowed } from './narrow.js';
import type { Steps } from './product.js';
import type { Program } from './program.js';
import { type Figures, type Setup, simulate } from './run.js';

/** Means over seeds. */
export interface Estimate extends Figures {
  /** Relative spread by seed; of a narrow version, with what it is known to be off by. */
  readonly band?: number;
  readonly gradientBand?: number;
}

export interface Plan {
  readonly program: Program;
  /** How many times fewer features than the whole network has. */
  readonly divisor: number;
  readonly seeds: number;
}

/** The widest version that can be run often enough within the limits; undefined where none can. */
export function planFor(program: Program, limits: Cost): Plan | undefined {
  for (const divisor of DIVISORS) {
    const narrow = divisor === 1 ? program : narrowed(program, divisor);
    if (narrow === undefined) continue;
    const { multiplications, bytes } = costOf(narrow);
    const seeds = SEEDS.find(it => it * multiplications <= limits.multiplications);
    if (seeds !== undefined && bytes <= limits.bytes) return { program: narrow, divisor, seeds };
  }
  return undefined;
}

/** Narrower networks are others. */
const DIVISORS = [1, 2, 4];
/** Sixteen tell a spread to a fifth. */
const SEEDS = [32, 16];

/** What one seed gives. */
export type SeedSource = Omit<Setup, 'multiplier'>;

/** One estimate per step. */
export function* monteCarlo(
  { program, divisor, seeds }: Plan,
  sourceOf: (seed: number) => SeedSource,
  multiplier: Multiplier,
): Steps<readonly Estimate[]> {
  const runs: (readonly Figures[])[] = [];
  for (let seed = 0; seed < seeds; seed++) {
    runs.push(yield* simulate(program, { ...sourceOf(seed), multiplier }));
  }
  return program.steps.map((_, step) =>
    estimateOf(
      runs.map(it => it[step]!),
      divisor,
    ),
  );
}

function estimateOf(runs: readonly Figures[], divisor: number): Estimate {
  const std = averageOf(
    runs.map(it => it.std),
    divisor,
  );
  const gradient = averageOf(
    runs.map(it => it.gradient),
    divisor,
  );
  return {
    ...(std && { std: std.mean, band: std.band }),
    ...(gradient && { gradient: gradient.mean, gradientBand: gradient.band }),
  };
}

/**
 * Of the whole network by a narrow one: mean squares are the same, spreads smaller by √divisor, and the mean of a root
 * lies below the root of the mean by half the spread's square.
 */
function averageOf(found: readonly (number | undefined)[], divisor: number) {
  const values = found.filter(it => it !== undefined);
  if (values.length < found.length) return undefined;
  const count = values.length;
  const mean = values.reduce((a, b) => a + b, 0) / count;
  if (mean === 0 || count < 2) return { mean, band: 0 };
  const spread = Math.sqrt(values.reduce((sum, it) => sum + (it / mean - 1) ** 2, 0) / (count - 1) / divisor);
  const root = Math.sqrt(values.reduce((sum, it) => sum + it ** 2, 0) / count);
  return {
    mean: divisor === 1 ? mean : root * (1 - spread ** 2 / 2),
    band: spread * (1 + 2 / Math.sqrt(count)) + (divisor > 1 ? NARROW : 0),
  };
}

/** What few features change beside the spread. */
const NARROW = 0.03;
