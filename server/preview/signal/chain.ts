/** How the signal fares along a plain chain of layers, as they are and as they should be. */
import { fanOf } from '../../../core/initializer.js';
import { propagate, type SignalNode } from '../../../core/propagation/index.js';
import { askedGain, gainAtBest, trueFans } from '../../model/questions/gains.js';
import { nonlinearityAfter, type WeightUse } from '../../model/questions/weights.js';
import { meanSquareOf, momentsOf } from './moments.js';

export interface Signal {
  /** Root mean square of the activations behind each layer, for inputs of mean square 1. */
  readonly activations: readonly number[];
  /** Root mean square of what each layer hands to its nonlinearity, for such inputs. */
  readonly sums: readonly number[];
  /** What is left behind each layer of a difference between two inputs; a gradient fares alike on its way back. */
  readonly shares: readonly number[];
  /** Relative spread of the last activations by seed, one standard deviation. */
  readonly band: number;
  /** Indexes of layers that stand for any number: of each there are `TURNS`. */
  readonly open: readonly number[];
}

/** Of a loop that made layers, of which one turn was evaluated. */
const TURNS = 3;

/**
 * What the faulty layers of a chain do to the signal, and what it would be if they had the gains that fit: the others
 * count as fitting in both.
 */
export function signalLeft(
  way: readonly WeightUse[],
  isFaulty: (use: WeightUse) => boolean,
): { readonly now: Signal; readonly fitting: Signal } {
  const chain = unrolled(way);
  const now = chain.map(it => stageOf(it, isFaulty(it) ? gainOf(it) : undefined));
  const fitting = chain.map(it => stageOf(it, undefined));
  const open = chain.flatMap((it, index) => (isOpen(it) ? [index] : []));
  return { now: { ...signalAlong(now), open }, fitting: { ...signalAlong(fitting), open } };
}

/** The layers with those that stand for any number as often as they are counted. */
export function unrolled(way: readonly WeightUse[]): readonly WeightUse[] {
  return way.flatMap(it => (isOpen(it) ? Array.from({ length: TURNS }, () => it) : [it]));
}

/** Of layers that have other sizes from turn to turn only the first is known. */
export const isOpen = ({ layer, parameter }: WeightUse): boolean =>
  (layer.module?.standsForMany === true || isOneOfMany(parameter)) && !parameter.module.hasFirstSizes;

/** Under a name of which a part is not known stand all that have the rest of it. */
const isOneOfMany = ({ name }: WeightUse['parameter']): boolean => name.includes('?');

const gainOf = ({ parameter }: WeightUse): number | undefined => gainAtBest(parameter)?.gain;

type Stage = readonly Omit<SignalNode, 'inputs'>[];

/** A layer and the nonlinearity behind it; without a gain, as it should be. */
function stageOf(use: WeightUse, gain: number | undefined): Stage {
  const nonlinearity = nonlinearityAfter(use) ?? { name: 'linear' };
  const fans = trueFans(use.parameter);
  const fan = (fans && fanOf('fan_in', fans)) ?? 1;
  const outputs = use.parameter.shape?.[0];
  const own = gain ?? askedGain(nonlinearity) ?? 1;
  return [
    {
      operation: {
        kind: 'linear',
        fanIn: fan,
        // Differences between inputs are what is followed, so that the way back is the way forth.
        fanOut: fan,
        units: typeof outputs === 'number' ? outputs : Number.POSITIVE_INFINITY,
        weightStd: own / Math.sqrt(fan),
        biasStd: gain === undefined ? 0 : biasOf(use),
      },
    },
    ...(nonlinearity.name === 'linear' ? [] : [{ operation: { kind: 'nonlinearity', ...nonlinearity } as const }]),
  ];
}

function biasOf({ parameter }: WeightUse): number {
  const bias = parameter.module.parameters.find(it => it.kind === 'bias');
  const values = bias && momentsOf(bias);
  return values === undefined ? 0 : Math.sqrt(meanSquareOf(values));
}

function signalAlong(stages: readonly Stage[]): Omit<Signal, 'open'> {
  const nodes: SignalNode[] = [{ operation: { kind: 'input', units: Number.POSITIVE_INFINITY }, inputs: [] }];
  const ends: number[] = [];
  const sums: number[] = [];
  for (const stage of stages) {
    sums.push(nodes.length);
    for (const { operation } of stage) nodes.push({ operation, inputs: [nodes.length - 1] });
    ends.push(nodes.length - 1);
  }
  const signals = propagate({ nodes }).nodes;
  const reached = signals[0]!.gradient ?? 0;
  const sizeAt = (node: number) => Math.sqrt(signals[node]!.forward?.meanSquare ?? Number.POSITIVE_INFINITY);
  return {
    activations: ends.map(sizeAt),
    sums: sums.map(sizeAt),
    shares: ends.map(it => shareOf(reached, signals[it]!.gradient ?? 0)),
    band: signals.at(-1)!.forward?.band ?? Number.POSITIVE_INFINITY,
  };
}

/** Of a gradient that underflows on the way nothing is left. */
const shareOf = (reached: number, from: number): number => (from === 0 ? 0 : Math.sqrt(reached / from));
