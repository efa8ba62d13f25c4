/** The weights that a seed gives a network, one parameter at a time, with their numbers and hashes. */
import type { Build } from '../../core/random/index.js';
import type { EvaluatedTarget } from '../analyze.js';
import { type Description, Descriptions } from '../descriptions.js';
import type { Encoding, Machine } from '../host.js';
import type { Reason } from '../model/model.js';
import type { Parameter } from '../model/parameters.js';
import { drawParameters } from '../preview/weights.js';
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

/** Called for every parameter in order. Its bytes, little-endian, are valid until it returns. */
export type UseBytes = (parameter: Parameter, bytes: Uint8Array | undefined) => void;

/** Holds at most two parameters at a time. */
export async function drawWeights(
  { model, draws, firstDraw }: EvaluatedTarget,
  { seed, build }: WeightsOptions,
  host: Encoding & Machine,
  use: UseBytes = () => {},
): Promise<Weights> {
  const sizes = model.parameters.map(bytesIn);
  const descriptions = new Descriptions(host, sizes);
  const whole = host.sha256();
  const drawing = drawParameters(model.parameters, draws, { seed, build, first: firstDraw, sampler: samplerOf(host) });
  let isKnown = true;
  let inexact = model.unknowns[0];
  const parameters: Promise<DrawnWeights>[] = [];
  try {
    for (const size of sizes) {
      await descriptions.room(size);
      const drawn = drawing.next().value!;
      const { parameter, bytes, values } = drawn;
      inexact ??= drawn.inexact;
      use(parameter, bytes);
      if (bytes === undefined || values === undefined) {
        isKnown = false;
        parameters.push(Promise.resolve({ parameter }));
        continue;
      }
      whole.update(host.encodeUtf8(parameter.name));
      whole.update(bytes);
      parameters.push(descriptions.of({ bytes, values }).then(description => ({ parameter, description })));
      // Whoever waits for all of them hears of it.
      parameters.at(-1)!.catch(() => {});
    }
    const described = await Promise.all(parameters);
    return { parameters: described, ...(isKnown && { sha256: whole.finish() }), ...(inexact && { inexact }) };
  } finally {
    descriptions.stop();
  }
}
