/** Finds initializers whose gain is not what the nonlinearity behind the layer asks for. */
import type { VarianceScaling } from '../../core/initializer.js';
import type { Program } from '../model/model.js';
import type { Parameter } from '../model/parameters.js';
import { decidingWrite, isTakenOver } from '../model/questions/final-writes.js';
import { askedGain, effectiveGain, isFitting, LEAST_GAIN } from '../model/questions/gains.js';
import type { Nonlinearity } from '../model/questions/operations.js';
import * as weights from '../model/questions/weights.js';
import { type Signal, signalLeft, unrolled } from '../preview/signal/chain.js';
import { fedTo, madeAt } from './related.js';
import { cureFor, distributionOf, remedyFor } from './remedies.js';
import type { Report, Rule, Severity } from './rule.js';
import { groupedBy, keyOf, type Reached, statementsOf, worstOf } from './statements.js';
import { countedWith, graded } from './taken-over.js';
import { agree, andOthers, fateOf, initializerOf, nameOf, number } from './wording.js';

export const gainMismatch: Rule = {
  id: 'gain-mismatch',
  summary: 'Finds an initializer whose gain is not what the nonlinearity behind the layer asks for',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  judgesOptions: true,

  *check(program) {
    for (const statement of statementsOf(program)) {
      const mismatches = statement.flatMap(it => mismatchesOf(it, program));
      const worst = worstOf(mismatches, it => it.layers);
      if (worst === undefined || severityOf(worst) === undefined) continue;
      const parameters = new Set(mismatches.map(it => it.reached.parameter));
      yield graded(report(worst, parameters.size - 1, statement), program, parameters);
    }
  },
};

interface Mismatch {
  readonly reached: Reached;
  readonly use: weights.WeightUse;
  readonly gain: number;
  readonly nonlinearity: Nonlinearity;
  /** Mismatched layers on the way on which most of the signal arrives. */
  readonly layers: number;
  /** Whether another statement is to blame for most of what is lost, and this one for little. */
  readonly isAside: boolean;
  readonly now: Signal;
  readonly fitting: Signal;
}

function mismatchesOf(reached: Reached, program: Program): readonly Mismatch[] {
  const spec = schemeOf(reached.write);
  const gain = spec?.gain;
  if (gain === undefined) return [];
  const isCounted = countedWith(reached.parameter, program);
  const uses = weights.weightUses(reached.model, reached.parameter);
  return uses.flatMap(use => mismatchOf(reached, use, gain, isCounted) ?? []);
}

function mismatchOf(
  reached: Reached,
  use: weights.WeightUse,
  gain: number,
  isCounted: (other: Parameter) => boolean,
): Mismatch | undefined {
  const nonlinearity = weights.nonlinearityAfter(use);
  if (nonlinearity === undefined || !isMismatched(use)) return undefined;
  const chain = weights.chainOf(use);
  if (weights.isNormalized(chain.at(-1)!) || chain.some(weights.startsSilent)) return undefined;
  const isJudged = (it: weights.WeightUse) => isCounted(it.parameter) && isMismatched(it);
  const way = weights.wayOf(use, it => (isJudged(it) ? offBy(it) : undefined));
  const { now, fitting } = signalLeft(way, isJudged);
  const wrong = way.filter(isJudged);
  const layers = unrolled(wrong).length;
  return { reached, use, gain, nonlinearity, layers, isAside: isAside(reached, wrong), now, fitting };
}

function isAside({ write }: Reached, wrong: readonly weights.WeightUse[]): boolean {
  const sizeOf = (uses: readonly weights.WeightUse[]) =>
    Math.abs(uses.reduce((sum, it) => sum + Math.log(offBy(it) ?? 1), 0));
  const calleeOf = (it: weights.WeightUse) => keyOf(decidingWrite(it.parameter)!.callee);
  const own = wrong.filter(it => calleeOf(it) === keyOf(write.callee));
  const others = groupedBy(wrong, calleeOf).filter(it => it[0] !== own[0]);
  const whole = sizeOf(wrong);
  return sizeOf(own) < whole / 3 && others.some(it => sizeOf(it) > whole / 2);
}

/** Its actual gain over the asked one. */
function offBy(use: weights.WeightUse): number | undefined {
  if (!isMismatched(use)) return undefined;
  const gain = effectiveGain(use.parameter);
  const asked = askedGain(weights.nonlinearityAfter(use)!);
  return gain === undefined || asked === undefined || gain === 0 ? undefined : gain / asked;
}

function isMismatched(use: weights.WeightUse): boolean {
  const write = decidingWrite(use.parameter);
  const gain = write && schemeOf(write)?.gain;
  const nonlinearity = weights.nonlinearityAfter(use);
  if (gain === undefined || nonlinearity === undefined || isTakenOver(use.model, use.parameter)) return false;
  if (isSwapped(use) || !weights.decidesScale(use) || weights.isAnswer(use) || weights.isMixed(use)) return false;
  // By the outputs, a gain above 1 may still come out below it.
  if (nonlinearity.name === 'linear' && (effectiveGain(use.parameter) ?? gain) <= 1) return false;
  return isWrong(write!, gain, nonlinearity);
}

/** Of a transposed convolution torch takes the outputs for the inputs: what comes of that is no matter of the gain. */
function isSwapped({ parameter }: weights.WeightUse): boolean {
  const spec = decidingWrite(parameter)?.spec;
  const isByInputs = spec?.kind === 'variance_scaling' && spec.mode === 'fan_in';
  return isByInputs && parameter.module.role === 'transposed_convolution';
}

/**
 * A gain far from what is asked is meant as a scale and judged as one (`scale-drift`), or is the framework's own, a slope of √5;
 * a linear layer may well shrink.
 */
function isWrong({ initializer }: Reached['write'], gain: number, nonlinearity: Nonlinearity): boolean {
  const asked = KNOWN.has(nonlinearity.name) ? askedGain(nonlinearity) : undefined;
  if (asked === undefined || isFitting(gain, nonlinearity)) return false;
  if (nonlinearity.name === 'linear') return gain > 1 && gain < 3;
  const isGain = /^xavier_/.test(initializer) ? gain >= LEAST_GAIN : gain / asked > 0.5;
  return isGain && gain / asked < 3;
}

/** Those for which literature or the framework names a gain. */
const KNOWN: ReadonlySet<string> = new Set(
  'linear relu relu6 leaky_relu prelu rrelu tanh sigmoid selu elu celu gelu gelu_tanh silu mish hardswish'.split(' '),
);

/** The scaling of a plain Xavier or Kaiming call; one that was multiplied afterwards is a person's choice. */
function schemeOf({ spec, initializer, certain }: Reached['write']): VarianceScaling | undefined {
  const isScheme = spec.kind === 'variance_scaling' && /^(xavier|kaiming)_/.test(initializer);
  return isScheme && certain ? spec : undefined;
}

/**
 * One layer is hardly worth a word, two are worth a remark, and a deep chain that loses seven eighths a warning, unless the signal
 * fares better than it would, or another statement is to blame. Xavier before a smooth rectifier is what many networks were tuned with.
 */
function severityOf({ layers, isAside, nonlinearity, now, fitting }: Mismatch): Severity | undefined {
  const [is, would] = [now, fitting].map(it => Math.log(it.shares.at(-1)!)) as [number, number];
  if (layers < 2) return SMOOTH.has(nonlinearity.name) ? undefined : 'hint';
  const isWorse = Math.abs(is) > Math.abs(would) && !SMOOTH.has(nonlinearity.name);
  return isWorse && layers > 2 && !isAside && Math.abs(is - would) > Math.log(8) ? 'warning' : 'information';
}

const SMOOTH: ReadonlySet<string> = new Set([
  'elu',
  'celu',
  'gelu',
  'gelu_tanh',
  'silu',
  'mish',
  'hardswish',
  'sigmoid',
]);

function report(mismatch: Mismatch, others: number, statement: readonly Reached[]): Report {
  const { reached, use, gain, nonlinearity, now, fitting } = mismatch;
  const { write, parameter } = reached;
  const severity = severityOf(mismatch);
  const fix = write.call && remedyFor(write.call, nonlinearity, distributionOf(write.spec), statement);
  return {
    site: write.callee,
    message:
      `${demandOf(nonlinearity, parameter, others)}, ${initializerOf(write)} gives ${number(gain)}: ` +
      fateOf(now, fitting, cureFor(nonlinearity)),
    ...(severity && { severity }),
    ...(fix && { fixes: [fix] }),
    related: [...fedTo(use), ...madeAt(parameter)],
  };
}

function demandOf(nonlinearity: Nonlinearity, parameter: Parameter, others: number): string {
  const asked = number(askedGain(nonlinearity));
  const names = `${nameOf(parameter)}${andOthers(others)}`;
  if (nonlinearity.name !== 'linear') return `\`${nonlinearity.name}\` behind ${names} asks for gain ${asked}`;
  return `${names} ${agree(others, 'feeds', 'feed')} the next layer directly, which asks for gain ${asked}`;
}
