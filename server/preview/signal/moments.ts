/** What a parameter starts from, as the mean and the spread of its values. */
import { type InitSpec, meanOf, stdOf } from '../../../core/initializer.js';
import type { Parameter, Write } from '../../model/parameters.js';
import { finalWrites } from '../../model/questions/final-writes.js';

export interface ValueMoments {
  readonly mean: number;
  readonly std: number;
  /** E[x⁴]/E[x²]² − 3 around the mean; absent: a normal's, 0. */
  readonly excess?: number;
}

/** Undefined where a part is written apart, a branch decides, or something is not known. */
export function momentsOf(parameter: Parameter): ValueMoments | undefined {
  const writes = finalWrites(parameter);
  const [base, ...others] = writes;
  if (base === undefined || base.region !== 'whole' || !base.certain) return undefined;
  const whole = momentsOfWrite(base, parameter);
  if (whole === undefined || others.every(it => isFewOf(it, parameter))) return whole;
  const all = writes.map(it => momentsOfWrite(it, parameter));
  return all.every(it => it?.mean === whole.mean && it.std === whole.std) ? whole : undefined;
}

/** A row that stays at zero, as an embedding's padding does, hardly counts among many. */
function isFewOf({ region, spec }: Write, { kind }: Parameter): boolean {
  return region === 'part' && spec.kind === 'constant' && kind === 'embedding';
}

function momentsOfWrite({ spec, fans }: Write, { shape, fans: ofLayer }: Parameter): ValueMoments | undefined {
  const std = stdOf(spec, fans ?? ofLayer, shape);
  const mean = meanOf(spec, shape);
  if (std === undefined || mean === undefined) return undefined;
  return { mean, std, ...(isUniform(spec) && { excess: UNIFORM_EXCESS }) };
}

const UNIFORM_EXCESS = -1.2;

const isUniform = (spec: InitSpec) =>
  spec.kind === 'uniform' || (spec.kind === 'variance_scaling' && spec.distribution === 'uniform');

export const meanSquareOf = ({ mean, std }: ValueMoments): number => mean ** 2 + std ** 2;
