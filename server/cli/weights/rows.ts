/** What `weights` prints, as plain data. */
import { startNumbersOf } from '../../features/numbers.js';
import type { DrawnWeights, Weights } from '../../features/weights.js';
import type { Reason } from '../../target.js';
import type { Site } from '../../text/span.js';
import { type Place, type Sizes, sizesOf } from '../model/rows.js';

/** Names as in JSON; null is what is not known, and the statistics of no values. */
export interface WeightRow {
  readonly name: string;
  readonly shape: Sizes | null;
  readonly sha256: string | null;
  readonly mean: number | null;
  readonly std: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly site: Place | null;
}

export interface WeightsTable {
  readonly model: string;
  readonly seed: number | string;
  /** A promise: these bytes are what the named torch draws on Linux x86-64 with AVX2. */
  readonly exact: boolean;
  readonly reason?: string;
  readonly sha256: string | null;
  readonly parameters: readonly WeightRow[];
}

type Locate = (site: Site) => Place;

function rowOf({ parameter, description }: DrawnWeights, locate: Locate): WeightRow {
  const { write } = startNumbersOf(parameter);
  const spread = description?.spread;
  return {
    name: parameter.name,
    shape: sizesOf(parameter),
    sha256: description?.sha256 ?? null,
    mean: spread?.mean ?? null,
    std: spread?.std ?? null,
    min: spread?.min ?? null,
    max: spread?.max ?? null,
    site: write === undefined ? null : locate(write.site),
  };
}

export function tableOf(
  model: string,
  seed: bigint,
  { parameters, sha256, inexact }: Weights,
  locate: Locate,
): WeightsTable {
  return {
    model,
    seed: isSafe(seed) ? Number(seed) : String(seed),
    exact: inexact === undefined,
    ...(inexact && { reason: reasonText(inexact, locate) }),
    sha256: sha256 ?? null,
    parameters: parameters.map(it => rowOf(it, locate)),
  };
}

const isSafe = (seed: bigint) => BigInt.asIntN(53, seed) === seed;

function reasonText({ message, site }: Reason, locate: Locate): string {
  if (site === undefined) return message;
  const { path, line } = locate(site);
  return `${message} (${path}:${line})`;
}
