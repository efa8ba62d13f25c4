/** The gain that a weight has, and the gains that what follows it asks for. */
import { type Fans, fanOf, gainOf, type InitSpec, meanOf, stdOf } from '../../../core/initializer.js';
import { calculateGain, gainOf as idealGainOf } from '../../../core/nonlinearities.js';
import { equalSizes } from '../../../core/size.js';
import type { Parameter } from '../parameters.js';
import { specOf } from './final-writes.js';
import type { Nonlinearity } from './operations.js';

/** std · √fan_in with the fans that the layer really has; a symbolic fan leaves what the initializer was asked for. */
export function effectiveGain(parameter: Parameter): number | undefined {
  const spec = specOf(parameter);
  const fans = trueFans(parameter);
  if (spec === undefined) return undefined;
  const actual = fans && gainOf(asDrawn(spec, parameter), fans, parameter.shape);
  return actual ?? nominalGain(spec, fans);
}

/** More inputs than hidden layers commonly have, and fewer. */
const MANY_INPUTS = 4096;
const FEW_INPUTS = 32;

export interface GainAtBest {
  readonly gain: number;
  /** The number of inputs with which it is that; absent where their number is known. */
  readonly inputs?: number;
}

/** The gain; where nobody knows how many inputs there are, what a scale that was written as a number comes to at best. */
export function gainAtBest(parameter: Parameter): GainAtBest | undefined {
  const gain = effectiveGain(parameter);
  if (gain !== undefined) return { gain };
  const spec = specOf(parameter);
  if (spec === undefined || !DRAWN.has(spec.kind) || meanOf(spec) !== 0 || fanInOf(parameter) !== undefined)
    return undefined;
  const std = stdOf(spec) ?? Number.NaN;
  const [least, most] = [std * Math.sqrt(FEW_INPUTS), std * Math.sqrt(MANY_INPUTS)];
  if (least > 1) return { gain: least, inputs: FEW_INPUTS };
  return most < 1 ? { gain: most, inputs: MANY_INPUTS } : undefined;
}

const DRAWN: ReadonlySet<string> = new Set(['normal', 'uniform', 'truncated_normal']);

/** The gain as it was asked for, whatever fan it was divided by. */
function nominalGain(spec: InitSpec, fans?: Fans): number | undefined {
  if (spec.kind !== 'variance_scaling' && spec.kind !== 'orthogonal') return undefined;
  const isSquare = fans === undefined || equalSizes(fans.fanIn, fans.fanOut);
  return isSquare || spec.kind === 'variance_scaling' ? spec.gain : undefined;
}

/** The fans of the layer; those that the initializer took where no use is known. */
export function trueFans(parameter: Parameter): Fans | undefined {
  return parameter.fans ?? parameter.writes.findLast(it => it.fans !== undefined)?.fans;
}

export function fanInOf(parameter: Parameter): number | undefined {
  const fans = trueFans(parameter);
  return fans && fanOf('fan_in', fans);
}

/** In numbers, by the fans that the initializer took: they may not be the layer's. */
function asDrawn(spec: InitSpec, { writes, shape }: Parameter): InitSpec {
  if (spec.kind !== 'variance_scaling') return spec;
  const { fans } = writes.findLast(it => it.spec === spec) ?? {};
  const std = fans && stdOf(spec, fans, shape);
  return std === undefined ? spec : { kind: 'normal', mean: 0, std };
}

/** Who writes less means a std. */
export const LEAST_GAIN = 0.25;

/** What is best for the signal's size: 1/√E[φ²], except where the field has settled otherwise. */
export function askedGain({ name, parameter }: Nonlinearity): number | undefined {
  return CUSTOMARY.get(name) ?? idealGainOf(name, parameter);
}

/** Glorot & Bengio 2010 keep tanh and sigmoid in their linear range; torch's 5/3 for tanh is past the edge of it. */
const CUSTOMARY: ReadonlyMap<string, number> = new Map([
  ['tanh', 5 / 3],
  ['sigmoid', 1],
  ['selu', 1],
]);

/** Whether a gain is one of those that people have good reason to use before the nonlinearity. */
export function isFitting(gain: number, nonlinearity: Nonlinearity): boolean {
  return acceptedGains(nonlinearity).some(it => Math.abs(gain / it - 1) <= TOLERANCE);
}

/** Relative; 1.4 for √2 is meant as √2, a wrong slope of 0.2 (2 % in gain) is not worth a word. */
const TOLERANCE = 0.05;

function acceptedGains(nonlinearity: Nonlinearity): readonly number[] {
  const { name, parameter } = nonlinearity;
  const own = name === 'selu' ? [1] : [idealGainOf(name, parameter), calculateGain(name, parameter)];
  return [...own, ...(ALSO_ACCEPTED.get(name) ?? [])].filter(it => it !== undefined);
}

/** √2 stands in for smooth rectifiers since torch names none of them; 1 is Glorot's for what is linear around 0. */
const ALSO_ACCEPTED: ReadonlyMap<string, readonly number[]> = new Map([
  ['tanh', [1]],
  ['sigmoid', [1]],
  ['softsign', [1]],
  ['hardtanh', [1]],
  ['elu', [1, Math.SQRT2]],
  ['celu', [1, Math.SQRT2]],
  ['gelu', [Math.SQRT2]],
  ['gelu_tanh', [Math.SQRT2]],
  ['quick_gelu', [Math.SQRT2]],
  ['silu', [Math.SQRT2]],
  ['mish', [Math.SQRT2]],
  ['hardswish', [Math.SQRT2]],
  ['prelu', [Math.SQRT2]],
  ['relu6', [Math.SQRT2]],
]);
