/** The weights that a seed gives a network, one parameter at a time, with their numbers and hashes. */
import type { WorkerPort } from '../../core/backends/workers/pool.js';
import type { Build } from '../../core/random/index.js';
import { type EvaluatedTarget, evaluateTarget, type Project } from '../analyze.js';
import { type Description, descriptionsOn } from '../descriptions.js';
import type { Clock, Encoding, Machine } from '../host.js';
import type { Reason } from '../model/model.js';
import type { Parameter } from '../model/parameters.js';
import { foresightFor } from '../preview/foresight.js';
import { drawParameters, whyNotExact } from '../preview/weights.js';
import { samplerOf } from '../sampler.js';
import { bytesIn } from './safetensors.js';

export interface WeightsOptions {
  readonly seed: bigint;
  readonly build: Build;
}

export interface DrawnWeights {
  readonly parameter: Parameter;
  /** Absent where its values are not known. */
  readonly description?: Description;
}

export interface Weights {
  readonly parameters: readonly DrawnWeights[];
  /** Over name and bytes of every parameter; absent where one is not known. */
  readonly sha256?: string;
  /** Why torch may give other bytes; absent where it gives these. */
  readonly inexact?: Reason;
}

/**
 * The network, for one seed. Where something cannot be followed without the values that are drawn, it is evaluated once more with
 * them in sight; what is drawn for a network is hardly ever looked at, and following draws is faster and knows more.
 */
export function evaluateForSeed(
  project: Project,
  target: string,
  { seed, build }: WeightsOptions,
  host: Machine,
): ReturnType<typeof evaluateTarget> {
  const plain = evaluateTarget(project, target);
  const options = (first: number) => ({ seed, build, first, sampler: samplerOf(host) });
  const isExact = (it: typeof plain) =>
    !('error' in it) &&
    it.model.unknowns.length === 0 &&
    whyNotExact(it.model.parameters, it.draws, options(it.firstDraw)) === undefined;
  if (isExact(plain)) return plain;
  const foreseen = evaluateTarget(project, target, { foresight: first => foresightFor(options(first)) });
  return 'error' in plain || isExact(foreseen) ? foreseen : plain;
}

/** Called for every parameter in order, with its bytes, little-endian, one block after the other: valid until it returns. */
export type UseBytes = (parameter: Parameter, bytes: Uint8Array | undefined) => void;

/** Holds at most one parameter at a time; of what is drawn in one go, a few blocks. */
export async function drawWeights(
  { model, draws, firstDraw }: EvaluatedTarget,
  { seed, build }: WeightsOptions,
  host: Encoding & Machine & Pick<Clock, 'turn'>,
  use: UseBytes = () => {},
  worker?: WorkerPort,
): Promise<Weights> {
  const total = model.parameters.map(bytesIn).reduce((a, b) => a + b, 0);
  const sampler = samplerOf(host);
  const descriptions = descriptionsOn(host, total, sampler, worker);
  const drawing = drawParameters(model.parameters, draws, { seed, build, first: firstDraw, sampler });
  let isKnown = true;
  let inexact = model.unknowns[0];
  const parameters: Promise<DrawnWeights>[] = [];
  try {
    for (const { parameter, blocks, inexact: reason } of drawing) {
      inexact ??= reason;
      if (blocks === undefined) {
        use(parameter, undefined);
        isKnown = false;
        parameters.push(Promise.resolve({ parameter }));
        continue;
      }
      descriptions.begin(host.encodeUtf8(parameter.name), bytesIn(parameter));
      for (const block of blocks) {
        use(parameter, block.bytes);
        await descriptions.add(block);
      }
      parameters.push(descriptions.end().then(description => ({ parameter, description })));
      // Whoever waits for all of them hears of it.
      parameters.at(-1)!.catch(() => {});
    }
    const sha256 = await descriptions.finish();
    const described = await Promise.all(parameters);
    inexact ??= described.map(whyUncertain).find(it => it !== undefined);
    return { parameters: described, ...(isKnown && { sha256 }), ...(inexact && { inexact }) };
  } finally {
    descriptions.stop();
  }
}

/** Of what is no number torch tells more bits than are followed here. */
function whyUncertain({ parameter, description }: DrawnWeights): Reason | undefined {
  const isNumber = !Number.isNaN(description?.spread?.mean ?? 0);
  return isNumber ? undefined : { message: `there are values in \`${parameter.name}\` that are no numbers (NaN)` };
}
