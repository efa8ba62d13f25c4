/** The weights that a seed gives a network, one parameter at a time, with their numbers and hashes. */
import type { Build } from '../../core/random/index.js';
import { type Spread, spreadOf } from '../../core/summary.js';
import type { EvaluatedTarget } from '../analyze.js';
import type { Digest, Encoding, Machine } from '../host.js';
import type { Reason } from '../model/model.js';
import type { Parameter } from '../model/parameters.js';
import { drawParameters } from '../preview/weights.js';
import { samplerOf } from '../sampler.js';

export interface WeightsOptions {
  readonly seed: bigint;
  readonly build: Build;
}

/** Without bytes its values are not known. */
export interface DrawnWeights {
  readonly parameter: Parameter;
  /** Little-endian, valid until the next parameter is asked for. */
  readonly bytes?: Uint8Array;
  readonly sha256?: string;
  readonly spread?: Spread;
}

export interface Verdict {
  /** Over name and bytes of every parameter; absent where one is not known. */
  readonly sha256?: string;
  /** Why torch may give other bytes; absent where it gives these. */
  readonly inexact?: Reason;
}

export function* weightsOf(
  { model, draws, firstDraw }: EvaluatedTarget,
  { seed, build }: WeightsOptions,
  host: Encoding & Machine,
): Generator<DrawnWeights, Verdict> {
  const whole = host.sha256();
  let isKnown = true;
  let inexact = model.unknowns[0];
  const options = { seed, build, first: firstDraw, sampler: samplerOf(host) };
  for (const drawn of drawParameters(model.parameters, draws, options)) {
    const { parameter, bytes, values } = drawn;
    inexact ??= drawn.inexact;
    if (bytes === undefined || values === undefined) {
      isKnown = false;
      yield { parameter };
      continue;
    }
    update(whole, host.encodeUtf8(parameter.name), bytes);
    const spread = spreadOf(values);
    yield { parameter, bytes, sha256: update(host.sha256(), bytes).finish(), ...(spread && { spread }) };
  }
  return { ...(isKnown && { sha256: whole.finish() }), ...(inexact && { inexact }) };
}

function update(digest: Digest, ...pieces: readonly Uint8Array[]): Digest {
  for (const piece of pieces) digest.update(piece);
  return digest;
}
