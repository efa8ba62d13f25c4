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
    const counts = divisor === NARROWEST ? [...SEEDS, FEWEST] : SEEDS;
    const seeds = counts.find(it => it * multiplications <= limits.multiplications);
    if (seeds !== undefined && bytes <= limits.bytes) return { program: narrow, divisor, seeds };
  }
  return undefined;
}

/** Narrower networks are others. */
const DIVISORS = [1, 2, 4];
const NARROWEST = 4;
/** Sixteen tell a spread to a fifth; fewer are for what would be too large. */
const SEEDS = [32, 16];
const FEWEST = 8;

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
  const spread = spreadOf(values, mean) / Math.sqrt(divisor);
  const root = Math.sqrt(values.reduce((sum, it) => sum + it ** 2, 0) / count);
  return {
    mean: divisor === 1 ? mean : root * (1 - spread ** 2 / 2),
    band: spread + (divisor > 1 ? NARROW : 0),
  };
}

/** Of many, half of what two thirds lie in: one seed in forty that goes another way says little of the others. */
function spreadOf(values: readonly number[], mean: number): number {
  if (values.length >= MANY) {
    const sorted = [...values].sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
    return (at(5 / 6) - at(1 / 6)) / 2 / mean / HALF_OF_TWO_THIRDS;
  }
  return Math.sqrt(values.reduce((sum, it) => sum + (it / mean - 1) ** 2, 0) / (values.length - 1));
}

const MANY = 32;
/** Two thirds of normal numbers lie within so many standard deviations of the mean. */
const HALF_OF_TWO_THIRDS = 0.967;

/** What few features change beside the spread. */
const NARROW = 0.03;
