/** The initialization that fits what a layer feeds, as a fix. */
import { type Distribution, fansOf, type InitSpec } from '../../core/initializer.js';
import { equalSizes } from '../../core/size.js';
import type { Intent } from '../model/intent.js';
import type { InitializerCall } from '../model/parameters.js';
import { askedGain } from '../model/questions/gains.js';
import type { Nonlinearity } from '../model/questions/operations.js';
import { decidesScale, isAnswer, nonlinearityAfter, weightUses } from '../model/questions/weights.js';
import type { Fix } from './rule.js';
import type { Reached } from './statements.js';

/**
 * Kaiming for rectifiers and what resembles them, LeCun for SELU, Xavier for the rest; none where the same call also fills
 * vectors, matrices whose inputs Kaiming would take from the wrong axis, or weights that something else stands behind.
 */
export function remedyFor(
  call: InitializerCall,
  nonlinearity: Nonlinearity,
  distribution: Distribution,
  statement: readonly Reached[],
): Fix | undefined {
  const scheme = schemeFor(nonlinearity);
  const fits = (it: Reached) =>
    hasFans(it) && (scheme.name === 'xavier' || isCountedAlike(it)) && !asksForOther(it, scheme);
  if (!statement.every(fits)) return undefined;
  const { gain, worded, name } = scheme;
  const mode = name === 'xavier' ? 'fan_avg' : 'fan_in';
  const spec: InitSpec = { kind: 'variance_scaling', gain, mode, distribution, name };
  const intent: Intent = { kind: 'reinitialize', call, spec, nonlinearity: worded };
  return { title: titleOf(scheme, nonlinearity), intents: [intent], safe: false };
}

const hasFans = ({ parameter: { shape } }: Reached): boolean => shape === undefined || shape.length > 1;

/** The scale of the weight counts, and what follows it asks for another gain. */
function asksForOther({ model, parameter }: Reached, { gain }: Scheme): boolean {
  return weightUses(model, parameter).some(use => {
    const asked = nonlinearityAfter(use);
    const isDecided = asked !== undefined && decidesScale(use) && !isAnswer(use);
    return isDecided && Math.abs(Math.log(schemeFor(asked).gain / gain)) > LARGEST_MISFIT;
  });
}

/** As between Xavier and Kaiming before tanh, and not as between slopes of rectifiers. */
const LARGEST_MISFIT = Math.log(1.2);

/** The initializer's fan-in is the layer's. */
function isCountedAlike({ parameter: { shape, fans, module } }: Reached): boolean {
  const counted = shape && fansOf(shape);
  if (counted === undefined || fans === undefined || module.role === 'transposed_convolution') return true;
  return equalSizes(counted.fanIn, fans.fanIn) || !equalSizes(counted.fanOut, fans.fanIn);
}

/** The distribution that the call draws from now, so that a fix changes the scale alone. */
export function distributionOf(spec: InitSpec): Distribution {
  if (spec.kind === 'variance_scaling') return spec.distribution;
  return spec.kind === 'uniform' ? 'uniform' : 'normal';
}

/** What the remedy is called in a message. */
export function cureFor(nonlinearity: Nonlinearity): 'Kaiming' | 'LeCun' | 'Xavier' {
  if (nonlinearity.name === 'selu') return 'LeCun';
  return schemeFor(nonlinearity).name === 'kaiming' ? 'Kaiming' : 'Xavier';
}

export interface Scheme {
  readonly name: 'kaiming' | 'xavier';
  readonly gain: number;
  /** The nonlinearity as the framework's initializer knows it. */
  readonly worded: Nonlinearity;
}

/** Kaiming for rectifiers and what resembles them, LeCun for SELU, Xavier for the rest. */
export function schemeFor(nonlinearity: Nonlinearity): Scheme {
  const { name, parameter } = nonlinearity;
  if (SATURATING.has(name)) return { name: 'xavier', gain: askedGain(nonlinearity) ?? 1, worded: { name } };
  if (name === 'linear') return { name: 'xavier', gain: 1, worded: { name } };
  if (name === 'selu') return { name: 'kaiming', gain: 1, worded: { name: 'linear' } };
  if (SLOPED.has(name)) return sloped(parameter ?? DEFAULT_SLOPES.get(name) ?? 0.01);
  return { name: 'kaiming', gain: Math.SQRT2, worded: { name: 'relu' } };
}

function sloped(slope: number): Scheme {
  const gain = Math.sqrt(2 / (1 + slope ** 2));
  return { name: 'kaiming', gain, worded: { name: 'leaky_relu', parameter: slope } };
}

const SATURATING: ReadonlySet<string> = new Set(['tanh', 'sigmoid']);
const SLOPED: ReadonlySet<string> = new Set(['leaky_relu', 'prelu', 'rrelu']);
/** PReLU's start, and the middle of RReLU's range. */
const DEFAULT_SLOPES: ReadonlyMap<string, number> = new Map([
  ['prelu', 0.25],
  ['rrelu', 11 / 48],
]);

function titleOf({ name, worded }: Scheme, nonlinearity: Nonlinearity): string {
  if (nonlinearity.name === 'linear') return 'Use Xavier initialization, which keeps a linear signal';
  if (nonlinearity.name === 'selu') return 'Use LeCun initialization (Kaiming with gain 1) for `selu`';
  const scheme = cureFor(nonlinearity);
  const isApproximation = name === 'kaiming' && worded.name !== nonlinearity.name && !SLOPED.has(nonlinearity.name);
  return `Use ${scheme} initialization for \`${nonlinearity.name}\`${isApproximation ? ', taken as `relu`' : ''}`;
}
