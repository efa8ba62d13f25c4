/** Finds a fixed std or bound so far from what the fans ask for that the signal explodes or vanishes. */
import { fanOf, meanOf, stdOf } from '../../core/initializer.js';
import { flatShare } from '../../core/saturation.js';
import { equalSizes } from '../../core/size.js';
import type { Program } from '../model/model.js';
import type { Parameter } from '../model/parameters.js';
import { constantOf, decidingWrite, isTakenOver } from '../model/questions/final-writes.js';
import { askedGain, fanInOf, type GainAtBest, gainAtBest, LEAST_GAIN, trueFans } from '../model/questions/gains.js';
import { isPriorHead } from '../model/questions/heads.js';
import { type Nonlinearity, readsInput } from '../model/questions/operations.js';
import { fanOfScale, scaleOf } from '../model/questions/scales.js';
import * as weights from '../model/questions/weights.js';
import { isOpen, type Signal, signalLeft, unrolled } from '../preview/signal/chain.js';
import { fedTo, madeAt } from './related.js';
import { cureFor, distributionOf, remedyFor } from './remedies.js';
import type { Report, Rule, Severity } from './rule.js';
import { type Reached, statementsOf, worstOf } from './statements.js';
import { countedWith, graded } from './taken-over.js';
import { andOthers, fateOf, nameOf, number } from './wording.js';

export const scaleDrift: Rule = {
  id: 'scale-drift',
  summary: 'Finds a fixed std or bound so far from what the fans ask for that the signal explodes or vanishes',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  judgesOptions: true,

  *check(program) {
    for (const statement of statementsOf(program)) {
      const drifts = statement.flatMap(it => driftsOf(it, program)).filter(it => severityOf(it) !== undefined);
      const worst = worstOf(drifts, it => Math.abs(Math.log(it.ratio)));
      if (worst === undefined) continue;
      const parameters = new Set(drifts.map(it => it.reached.parameter));
      yield graded(report(worst, parameters.size - 1, statement), program, parameters);
    }
  },
};

interface Drift {
  readonly reached: Reached;
  readonly use: weights.WeightUse;
  readonly nonlinearity: Nonlinearity;
  readonly gain: GainAtBest;
  /** This layer's gain over the one that it should have. */
  readonly ratio: number;
  /** The product of such ratios on the way on which most of the signal arrives, as far as they are known. */
  readonly product: number;
  /** How many they are. */
  readonly judged: number;
  /** Layers of that way whose scale was written as a number, also where what they sum over is not known. */
  readonly layers: number;
  readonly now: Signal;
  readonly fitting: Signal;
  /** The layer's place among those that the signals are of. */
  readonly at: number;
}

function driftsOf(reached: Reached, program: Program): readonly Drift[] {
  const isCounted = countedWith(reached.parameter, program);
  return weights.weightUses(reached.model, reached.parameter).flatMap(use => driftOf(reached, use, isCounted) ?? []);
}

function driftOf(
  reached: Reached,
  use: weights.WeightUse,
  isCounted: (other: Parameter) => boolean,
): Drift | undefined {
  const ratio = ratioOf(use);
  const nonlinearity = weights.nonlinearityAfter(use);
  if (ratio === undefined || nonlinearity === undefined) return undefined;
  const chain = weights.chainOf(use);
  if (weights.isNormalized(chain.at(-1)!) || chain.some(it => isPriorHead(it) || weights.startsSilent(it)))
    return undefined;
  const countedRatio = (it: weights.WeightUse) =>
    isCounted(it.parameter) && !mayHaveFewInputs(it) ? ratioOf(it) : undefined;
  const way = weights.wayOf(use, countedRatio);
  const { now, fitting } = signalLeft(way, it => it.layer === use.layer || countedRatio(it) !== undefined);
  const turns = unrolled(way);
  const ratios = turns.flatMap(it => countedRatio(it) ?? []);
  const product = ratios.reduce((a, b) => a * b, 1);
  const gain = gainAtBest(reached.parameter)!;
  const layers = turns.filter(it => isCounted(it.parameter) && hasFixedScale(it)).length;
  const at = turns.findIndex(it => it.layer === use.layer);
  return { reached, use, nonlinearity, gain, ratio, product, judged: ratios.length, layers, now, fitting, at };
}

/** A hidden layer whose scale was written as a number. */
function hasFixedScale(use: weights.WeightUse): boolean {
  const { parameter } = use;
  const nonlinearity = weights.nonlinearityAfter(use);
  const write = decidingWrite(parameter);
  if (nonlinearity === undefined || write?.certain !== true || !isFixedScale(write) || followsOutputs(parameter, write))
    return false;
  if (!JUDGED.has(nonlinearity.name) || OWN_SCALE.has(parameter.kind) || isTakenOver(use.model, parameter))
    return false;
  return weights.decidesScale(use) && !weights.isAnswer(use) && constantOf(parameter) === undefined;
}

/** Its actual gain over the asked one, as far as both are known. */
function ratioOf(use: weights.WeightUse): number | undefined {
  const nonlinearity = hasFixedScale(use) ? weights.nonlinearityAfter(use) : undefined;
  const asked = nonlinearity && askedGain(nonlinearity);
  const best = gainAtBest(use.parameter);
  if (asked === undefined || best === undefined || best.gain === 0) return undefined;
  const ratio = best.gain / asked;
  if (nonlinearity?.name === 'sigmoid' && ratio < 1) return undefined;
  const isSure = best.inputs === undefined || (!isComputed(use.parameter) && Math.abs(Math.log(ratio)) > SURELY_OFF);
  return isSure ? ratio : undefined;
}

/** What it reads is the network's own input, of which nobody knows how wide it is: coordinates are two or three. */
function mayHaveFewInputs(use: weights.WeightUse): boolean {
  const best = gainAtBest(use.parameter);
  return best?.inputs !== undefined && best.gain > 1 && !isOpen(use) && readsInput(use.layer);
}

/** From a size, though it may be none that decides about the inputs. */
function isComputed(parameter: Parameter): boolean {
  const write = decidingWrite(parameter);
  return write !== undefined && scaleOf(write) !== undefined;
}

/** Where nobody knows how many inputs there are, a scale has to be too small for many of them, or too large for few. */
const SURELY_OFF = Math.log(3);

/** A sigmoid only where it is given too much: what it makes of too little is a half, and gates and masks are meant to. */
const JUDGED: ReadonlySet<string> = new Set(
  'linear relu relu6 leaky_relu prelu rrelu tanh sigmoid selu elu celu gelu gelu_tanh silu mish hardswish'.split(' '),
);
const OWN_SCALE: ReadonlySet<string> = new Set(['embedding', 'token', 'gate', 'recurrent']);

/** Numbers that do not follow the fans; also a Xavier gain that was meant as a std. */
function isFixedScale({ spec, initializer }: Reached['write']): boolean {
  if (spec.kind === 'variance_scaling') return /^xavier_/.test(initializer) && (spec.gain ?? 1) < LEAST_GAIN;
  const isDrawn = spec.kind === 'normal' || spec.kind === 'uniform' || spec.kind === 'truncated_normal';
  return isDrawn && meanOf(spec) === 0;
}

/** √(2/fan_out), written out: He's other way, which keeps the gradients. */
function followsOutputs(parameter: Parameter, { spec }: Reached['write']): boolean {
  const fans = trueFans(parameter);
  const outputs = fans && fanOf('fan_out', fans);
  const std = outputs && stdOf(spec, fans, parameter.shape);
  return std !== undefined && Math.abs((std * Math.sqrt(outputs!)) / Math.SQRT2 - 1) < 1e-3;
}

/**
 * A warning is for layers that between them leave a thousandth of the signal, or less than an eightieth where each of them is far
 * off, or make it a hundred times as large; what loses less, training makes up for. One layer says so in passing, unless hardly
 * anything is left behind it, and so does a share of 1/√fan_in, which somebody chose.
 */
function severityOf({ reached, use, ratio, product, layers, judged }: Drift): Severity | undefined {
  const own = Math.abs(Math.log(ratio));
  const whole = Math.abs(Math.log(product));
  const isChosen = (own < Math.log(4) && followsInputs(reached)) || mayHaveFewInputs(use);
  const isFelt = own > Math.log(2) && layers > 1 && whole > Math.log(layers > 2 ? 10 : 80);
  if (isFelt && !isChosen && isHarmful(product, judged)) return 'warning';
  if (ratio < HARDLY_ANYTHING) return 'warning';
  return isFelt || own > Math.log(3) ? 'information' : undefined;
}

const HARDLY_ANYTHING = 1 / 300;

function isHarmful(product: number, judged: number): boolean {
  if (product > 1) return product > 100;
  return product < 1 / 1000 || (product < 1 / 80 && -Math.log(product) / judged > Math.log(4));
}

function followsInputs({ parameter, write }: Reached): boolean {
  const fan = fanOfScale(write);
  const inputs = fanInOf(parameter);
  return fan !== undefined && inputs !== undefined && equalSizes(fan, inputs);
}

function harmOf({ now, fitting, nonlinearity, at }: Drift): string {
  const cure = cureFor(nonlinearity);
  const flat = flatShare(nonlinearity.name, now.sums[at]!);
  if (flat === undefined || flat < MOSTLY) return fateOf(now, fitting, cure);
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  return (
    `${percent(flat)} of its sums lie where \`${nonlinearity.name}\` is flat and passes hardly any gradient; ` +
    `with ${cure} ${percent(flatShare(nonlinearity.name, fitting.sums[at]!)!)} would`
  );
}

const MOSTLY = 1 / 2;

function report(drift: Drift, others: number, statement: readonly Reached[]): Report {
  const { reached, use, nonlinearity, gain } = drift;
  const { write, parameter } = reached;
  const { call } = write;
  const severity = severityOf(drift);
  const follows = nonlinearity.name === 'linear' ? 'the next layer' : `\`${nonlinearity.name}\``;
  const fix = call && remedyFor(call, nonlinearity, distributionOf(write.spec), statement);
  return {
    site: write.callee,
    message:
      `${inputsOf(drift)} this gives ${nameOf(parameter)}${andOthers(others)} gain ${number(gain.gain)} where ` +
      `${follows} asks for ${number(askedGain(nonlinearity))}: ${harmOf(drift)}`,
    ...(severity && { severity }),
    ...(fix && { fixes: [fix] }),
    related: [...fedTo(use), ...madeAt(parameter)],
  };
}

/** An initializer that follows the fans gives the same gain whatever they are. */
function inputsOf({ reached: { parameter }, gain }: Drift): string {
  const fanIn = fanInOf(parameter);
  if (fanIn !== undefined) return `with fan_in ${number(fanIn)}`;
  return gain.inputs === undefined ? 'whatever the fan_in,' : `even with ${gain.inputs} inputs`;
}
