/** Figures by simulation: exactly those of a seed, or the mean and spread over several. */
import type { Sampler } from '../../../core/backends/sampler.js';
import {
  type Cost,
  type Estimate,
  type Figures,
  monteCarlo,
  type Plan,
  planFor,
  type SeedSource,
  type Steps,
  simulate,
} from '../../../core/propagation/simulation/index.js';
import { isExact, Mt19937 } from '../../../core/random/index.js';
import type { DrawLog } from '../../model/draws.js';
import type { Reason } from '../../model/model.js';
import type { Parameter } from '../../model/parameters.js';
import type { MomentsOf } from '../signal/linear.js';
import type { DrawOptions } from '../tape.js';
import { type Drawing, drawingOf } from '../weights.js';
import type { SimulatedNetwork } from './network.js';

/** What a person waits for in the background: so many times as much as while the mouse rests. */
const PATIENCE = 40;
const MOST_BYTES = 2 ** 30;

export function limitsOf({ glance }: Sampler): Cost {
  return { multiplications: PATIENCE * glance.multiplications, bytes: MOST_BYTES };
}

/** The numbers of torch itself, as `torch.manual_seed(seed)`, the network, `torch.randn` of the input's shape give them. */
export function* exactly(network: SimulatedNetwork, log: DrawLog, options: DrawOptions): Steps<readonly Figures[]> {
  const drawing = drawingOf(network.parameters, log, options);
  const source = sourceOf(drawing, network);
  return yield* simulate(network.program, { ...source, multiplier: options.sampler.multiplier() });
}

/** Why a seed's own numbers cannot be had; undefined where they can. */
export function whyNotExact(network: SimulatedNetwork, log: DrawLog, options: DrawOptions): Reason | undefined {
  const [standIn] = network.standIns;
  if (standIn !== undefined) return { message: standIn };
  const masks = network.program.steps.some(it => it.operation.kind === 'dropout');
  if (masks && !isExact({ kind: 'bernoulli', probability: 0.5, count: 1 }, options.build)) {
    return { message: 'dropout draws other masks in torch built with MKL' };
  }
  const drawing = drawingOf(network.parameters, log, options);
  for (const parameter of network.parameters) {
    const reason = drawing.whyUnknown(parameter);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function sourceOf(drawing: Drawing, { parameters }: SimulatedNetwork): SeedSource {
  return {
    valuesOf: index => float32(drawing.valuesOf(parameters[index]!)),
    generator: drawing.generatorAfter(),
  };
}

const float32 = (values: ReturnType<Drawing['valuesOf']>): Float32Array | undefined =>
  values === undefined || values instanceof Float32Array ? values : Float32Array.from(values);

/** Undefined where the network is too large even when it is narrow. */
export function planOf({ program }: SimulatedNetwork, sampler: Sampler): Plan | undefined {
  return planFor(program, limitsOf(sampler));
}

/** Weights of a whole network are those that the seeds give it; of a narrow one, normal numbers of the same moments. */
export function* bySeeds(
  network: SimulatedNetwork,
  plan: Plan,
  momentsOf: MomentsOf,
  log: DrawLog,
  options: DrawOptions,
): Steps<readonly Estimate[]> {
  const first = Number(options.seed);
  return yield* monteCarlo(plan, seed => seedSource(seed), options.sampler.multiplier());

  function seedSource(seed: number): SeedSource {
    const own = { ...options, seed: first + seed };
    const drawing = plan.divisor === 1 ? sourceOf(drawingOf(network.parameters, log, own), network) : undefined;
    return {
      valuesOf: (index, shape) =>
        drawing?.valuesOf(index, shape) ??
        normals(network.parameters[index]!, shape, momentsOf, (first + seed) * PRIME + index, options.sampler),
      generator: drawing?.generator ?? new Mt19937(first + seed),
    };
  }
}

/** Far enough apart that no two parameters of two seeds start alike. */
const PRIME = 7919;

function normals(
  parameter: Parameter,
  shape: readonly number[],
  momentsOf: MomentsOf,
  seed: number,
  sampler: Sampler,
): Float32Array | undefined {
  const moments = momentsOf(parameter);
  if (moments === undefined) return undefined;
  const { mean, std } = moments;
  const count = shape.reduce((a, b) => a * b, 1);
  if (std === 0) return new Float32Array(count).fill(mean);
  return Float32Array.from(sampler.draw(new Mt19937(seed), { kind: 'normal', mean, std, count }, 'plain'));
}
