/** The signal by simulation, in the background: over several seeds where theory is coarse, or exactly as a seed has it. */
import type { Sampler } from '../../../core/backends/sampler.js';
import { costOf, type Estimate, type Steps } from '../../../core/propagation/simulation/index.js';
import type { Build } from '../../../core/random/index.js';
import type { DrawLog } from '../../model/draws.js';
import type { Operation } from '../../model/graph.js';
import type { Model } from '../../model/model.js';
import { type ModelSignal, signalOf } from '../../preview/signal/index.js';
import { momentsOf } from '../../preview/signal/moments.js';
import { type SimulatedNetwork, simulatedNetwork } from '../../preview/simulation/network.js';
import { bySeeds, exactly, limitsOf, planOf, whyNotExact } from '../../preview/simulation/refine.js';
import { type Figures, reportOf, type SignalReport, type Source, statedBand } from './rows.js';

/** `auto`: theory, and Monte Carlo where theory is coarse. */
export type Method = 'auto' | 'theory' | 'monte-carlo' | 'exact';

export interface RefineOptions {
  readonly method: Method;
  readonly seed: bigint | number;
  readonly build: Build;
  readonly sampler: Sampler;
  /** Draws of the construction alone, and the first of them behind the seed; absent: all that the model knows of. */
  readonly construction?: { readonly draws: DrawLog; readonly firstDraw: number };
}

/** The report, or why there is none by this method. */
export function* refinedReport(model: Model, options: RefineOptions): Steps<SignalReport | string> {
  const signal = signalOf(model);
  if (signal === undefined || model.graph === undefined) return 'its forward could not be evaluated';
  if (options.method === 'theory' || (options.method === 'auto' && signal.roughness === undefined))
    return reportOf(signal);
  const network = simulatedNetwork(model.graph, momentsOf);
  if (network === undefined)
    return unsimulated(signal, options, 'its sizes are not known, or a step of it cannot be followed: give --input');
  const simulation = new ReportBySimulation(signal, network, model, options);
  return yield* options.method === 'exact' ? simulation.exact() : simulation.monteCarlo();
}

function unsimulated(signal: ModelSignal, { method }: RefineOptions, reason: string): SignalReport | string {
  return method === 'auto' ? reportOf(signal) : reason;
}

class ReportBySimulation {
  readonly #draws: DrawLog;
  readonly #drawing;

  constructor(
    private readonly signal: ModelSignal,
    private readonly network: SimulatedNetwork,
    model: Model,
    private readonly options: RefineOptions,
  ) {
    const { seed, build, sampler, construction } = options;
    this.#draws = construction?.draws ?? model.draws;
    this.#drawing = { seed, build, sampler, first: construction?.firstDraw ?? 0 };
  }

  *exact(): Steps<SignalReport | string> {
    const reason = whyNotExact(this.network, this.#draws, this.#drawing);
    if (reason !== undefined) return `the seed's own numbers cannot be had: ${reason.message}`;
    const { multiplications, bytes } = costOf(this.network.program);
    const limits = limitsOf(this.options.sampler);
    if (bytes > limits.bytes || multiplications > limits.multiplications)
      return 'the network is too large to be run: give a smaller --input';
    const figures = yield* exactly(this.network, this.#draws, this.#drawing);
    return this.#report(
      figures.map(it => ({ ...it, band: EXACT, gradientBand: EXACT })),
      'exact simulation',
    );
  }

  *monteCarlo(): Steps<SignalReport | string> {
    const plan = planOf(this.network, this.options.sampler);
    if (plan === undefined)
      return unsimulated(
        this.signal,
        this.options,
        'the network is too large to be run for many seeds: give a smaller --input',
      );
    const estimates = yield* bySeeds(this.network, plan, momentsOf, this.#draws, this.#drawing);
    return this.#report(estimates.map(stated), 'Monte Carlo');
  }

  #report(figures: readonly Estimate[], source: Source): SignalReport {
    const { signal, network } = this;
    const found = new Map<Operation, Figures>();
    for (const { operation } of signal.operations) {
      const estimate = figures[network.stepOf.get(operation) ?? -1];
      if (estimate?.std !== undefined) found.set(operation, { ...estimate, source });
    }
    return reportOf(signal, found);
  }
}

/** float32 sums in another order. */
const EXACT = 2e-4;

const stated = ({ band, gradientBand, ...estimate }: Estimate): Estimate => ({
  ...estimate,
  ...(band !== undefined && { band: statedBand(band) }),
  ...(gradientBand !== undefined && { gradientBand: statedBand(gradientBand) }),
});
