/** How the signal fares along a plain chain of layers: closed-form variance maps, layer by layer. */
import { fanOf, meanOf, stdOf } from '../../core/initializer.js';
import { type Moments, moments } from '../../core/nonlinearities.js';
import { specOf } from '../model/questions/final-writes.js';
import { askedGain, effectiveGain, trueFans } from '../model/questions/gains.js';
import type { Nonlinearity } from '../model/questions/operations.js';
import { nonlinearityAfter, type WeightUse } from '../model/questions/weights.js';

export interface Stage {
  /** std · √fan_in */
  readonly gain: number;
  readonly nonlinearity: Nonlinearity;
  /** Mean square of the bias. */
  readonly bias: number;
  /** Width that the seed's luck averages over; absent where it is not known. */
  readonly width?: number;
}

export interface Signal {
  /** Root mean square of the activations behind each layer, for inputs of mean square 1. */
  readonly activations: readonly number[];
  /** What is left behind each layer of a difference between two inputs; a gradient fares alike on its way back. */
  readonly shares: readonly number[];
  /** Relative spread of the last one by seed, one standard deviation. */
  readonly band: number;
}

/**
 * What the faulty layers of a chain do to the signal, and what it would be if they had the gains that fit: the others
 * count as fitting in both.
 */
export function signalLeft(
  chain: readonly WeightUse[],
  isFaulty: (use: WeightUse) => boolean,
): { readonly now: Signal; readonly fitting: Signal } {
  const now = chain.map(it => (isFaulty(it) ? stageOf(it, effectiveGain(it.parameter)) : fittingStageOf(it)));
  return { now: signalAlong(now), fitting: signalAlong(chain.map(fittingStageOf)) };
}

function fittingStageOf(use: WeightUse): Stage {
  return { ...stageOf(use, undefined), bias: 0 };
}

function stageOf(use: WeightUse, gain: number | undefined): Stage {
  const nonlinearity = nonlinearityAfter(use) ?? { name: 'linear' };
  const fans = trueFans(use.parameter);
  const width = fans && fanOf('fan_in', fans);
  return {
    gain: gain ?? askedGain(nonlinearity) ?? 1,
    nonlinearity,
    bias: biasOf(use),
    ...(width !== undefined && { width }),
  };
}

function biasOf({ parameter }: WeightUse): number {
  const bias = parameter.module.parameters.find(it => it.kind === 'bias');
  const spec = bias && specOf(bias);
  if (bias === undefined || spec === undefined) return 0;
  const fans = trueFans(parameter);
  return (stdOf(spec, fans, bias.shape) ?? 0) ** 2 + (meanOf(spec, bias.shape) ?? 0) ** 2;
}

/**
 * Mean squares q ← E[φ²] under N(0, gain²·q + bias²) and differences χ = gain²·E[φ′²] (Poole et al. 2016,
 * Schoenholz et al. 2017). The spread adds up the luck of finite widths, as Hanin & Rolnick 2018 count it.
 */
export function signalAlong(stages: readonly Stage[]): Signal {
  const activations: number[] = [];
  const shares: number[] = [];
  let meanSquare = 1;
  let share = 1;
  let spread = 0;
  for (const { gain, nonlinearity, bias, width } of stages) {
    const variance = gain ** 2 * meanSquare + bias;
    const after = momentsUnder(nonlinearity, variance);
    meanSquare = after.meanSquare;
    share *= gain ** 2 * after.slopeMeanSquare;
    if (width !== undefined) spread += luckOf(after) / width;
    activations.push(Math.sqrt(meanSquare));
    shares.push(Math.sqrt(share));
  }
  return { activations, shares, band: Math.sqrt(spread) / 2 };
}

function momentsUnder({ name, parameter }: Nonlinearity, variance: number): Moments {
  const normal = { mean: 0, meanSquare: variance, meanFourth: 3 * variance ** 2, slopeMeanSquare: 1 };
  if (name === 'linear' || variance === 0) return normal;
  if (isHomogeneous(name)) return scaledMoments(momentsOfUnit(name, parameter), variance) ?? normal;
  return moments(name, variance, parameter) ?? normal;
}

/** Rectifiers scale with their input: one quadrature serves every variance, the smallest too. */
const isHomogeneous = (name: string) => HOMOGENEOUS.has(name);
const HOMOGENEOUS: ReadonlySet<string> = new Set(['relu', 'leaky_relu', 'prelu', 'rrelu', 'abs']);

const units = new Map<string, Moments | undefined>();

function momentsOfUnit(name: string, parameter: number | undefined): Moments | undefined {
  const key = `${name} ${parameter}`;
  if (!units.has(key)) units.set(key, moments(name, 1, parameter));
  return units.get(key);
}

function scaledMoments(unit: Moments | undefined, variance: number): Moments | undefined {
  return (
    unit && {
      mean: unit.mean * Math.sqrt(variance),
      meanSquare: unit.meanSquare * variance,
      meanFourth: unit.meanFourth * variance ** 2,
      slopeMeanSquare: unit.slopeMeanSquare,
    }
  );
}

function luckOf({ meanSquare, meanFourth }: Moments): number {
  return meanSquare === 0 ? 0 : meanFourth / meanSquare ** 2 - 1;
}
