/** Finds fans that torch counts otherwise than the layer does: groups, narrow outputs, transposed convolutions. */
import { type Fans, fanOf } from '../../core/initializer.js';
import { equalSizes } from '../../core/size.js';
import type { Module, Write } from '../model/parameters.js';
import { constantOf, decidingWrite } from '../model/questions/final-writes.js';
import { askedGain, effectiveGain } from '../model/questions/gains.js';
import { fanOfScale, scaleOf } from '../model/questions/scales.js';
import * as weights from '../model/questions/weights.js';
import { madeAt } from './related.js';
import type { Fix, Report, Rule, Severity } from './rule.js';
import { type Reached, statementsOf, worstOf } from './statements.js';
import { agree, andOthers, initializerOf, nameOf, number } from './wording.js';

export const fanMode: Rule = {
  id: 'fan-mode',
  summary: 'Finds `fan_out` on grouped or narrow layers, and the swapped fans of transposed convolutions',
  severity: 'information',
  fix: 'unsafe',
  since: '0.1.0',
  judgesOptions: true,

  *check(program) {
    for (const statement of statementsOf(program)) {
      const misled = statement.flatMap(it => misledOf(it) ?? []);
      const worst = worstOf(misled, ({ factor }) => Math.abs(Math.log(factor)));
      if (worst !== undefined) yield report(worst, misled.length - 1, severityOf(worst));
    }
  },
};

interface Misled {
  readonly reached: Reached;
  readonly why: 'groups' | 'narrow' | 'transposed';
  /** The gain that comes out over the gain that is asked for. */
  readonly factor: number;
  readonly isNormalized: boolean;
  /** It is squashed, and weighs something else: an attention, a gate. */
  readonly weighs: boolean;
}

function misledOf(reached: Reached): Misled | undefined {
  const { parameter, write, model } = reached;
  const why = whyOf(reached);
  const use = weights.weightUses(model, parameter)[0];
  if (why === undefined || use === undefined || !write.certain || constantOf(parameter) !== undefined) return undefined;
  const isAnswer = weights.isAnswer(use);
  const asked = askedGain(weights.nonlinearityAfter(use) ?? { name: isAnswer ? 'linear' : '' });
  const gain = effectiveGain(parameter);
  if (asked === undefined || gain === undefined || gain === 0 || weights.isOnResidual(use)) return undefined;
  const factor = gain / asked;
  if (isOrdinary(factor) || (isAnswer && factor < 1)) return undefined;
  const chain = weights.chainOf(use);
  if (why === 'narrow' && isOrdinary(widening(chain))) return undefined;
  const isNormalized = chain.some(weights.isNormalized);
  // A formula of one's own is no mode that somebody forgot to choose.
  if (isNormalized && write.spec.kind !== 'variance_scaling') return undefined;
  const weighs = weights.nonlinearityAfter(use)?.name === 'sigmoid' && !isAnswer;
  return { reached, why, factor, isNormalized, weighs };
}

const isOrdinary = (factor: number): boolean => Math.abs(Math.log(factor)) < Math.log(MOST);

/** What a chain by `fan_out` gains in all: a layer that widens gives back what one that narrows takes (He et al. 2015). */
function widening(chain: readonly weights.WeightUse[]): number {
  return chain.reduce((product, { parameter }) => {
    const { module, fans } = parameter;
    const write = decidingWrite(parameter);
    const isNarrowed = fans !== undefined && write !== undefined && isByOutputs(write, fans) && groupsOf(module) === 1;
    const [inputs, outputs] = isNarrowed ? [fanOf('fan_in', fans), fanOf('fan_out', fans)] : [];
    return inputs === undefined || outputs === undefined ? product : product * Math.sqrt(inputs / outputs);
  }, 1);
}

/** A stride of two and a narrowing by two are ordinary; beyond, the signal is felt to change. */
const MOST = 2.5;

function whyOf({ parameter, write }: Reached): Misled['why'] | undefined {
  const { module, fans } = parameter;
  const { spec, fans: taken } = write;
  if (fans === undefined) return undefined;
  if (spec.kind !== 'variance_scaling') {
    const isCounted = module.role === 'convolution' && groupsOf(module) === 1 && isByOutputs(write, fans);
    return isCounted && isNarrow(fans) ? 'narrow' : undefined;
  }
  if (spec.name !== 'kaiming' || taken === undefined) return undefined;
  if (module.role === 'transposed_convolution')
    return spec.mode === 'fan_in' && !mayUnfoldPixel(module) ? 'transposed' : undefined;
  if (spec.mode !== 'fan_out' || (module.role !== 'convolution' && module.role !== 'linear')) return undefined;
  if (groupsOf(module) > 1) return 'groups';
  return isNarrow(fans) ? 'narrow' : undefined;
}

/** Without stride and padding it often makes a patch of a single pixel: then each output hears of that one alone. */
function mayUnfoldPixel({ settings }: Module): boolean {
  return settings.get('stride') === 1 && settings.get('padding') === 0;
}

/** As He et al. 2015 keep the gradient: √(2/fan_out), also where `k * k * out_channels` is written out. */
function isByOutputs(write: Write, { fanIn, fanOut }: Fans): boolean {
  const { spec } = write;
  if (spec.kind === 'variance_scaling') return spec.mode === 'fan_out';
  const size = fanOfScale(write);
  const isHe = Math.abs((scaleOf(write)?.coefficient ?? 0) - Math.SQRT2) < 1e-6;
  return isHe && size !== undefined && equalSizes(size, fanOut) && !equalSizes(size, fanIn);
}

function groupsOf({ settings }: Module): number {
  const groups = settings.get('groups');
  return typeof groups === 'number' ? groups : 1;
}

function isNarrow(fans: Fans): boolean {
  const [inputs, outputs] = [fanOf('fan_in', fans), fanOf('fan_out', fans)];
  return inputs !== undefined && outputs !== undefined && inputs > outputs;
}

/** How many times too large or too small one layer has to start to be felt by itself. */
const FELT = 4;

function severityOf({ isNormalized, weighs, why, factor, reached }: Misled): Severity {
  if (isNormalized) return 'hint';
  if (weighs || reached.write.spec.kind !== 'variance_scaling') return 'information';
  const isFelt = Math.abs(Math.log(factor)) >= Math.log(FELT);
  return isFelt || why === 'groups' ? 'warning' : 'information';
}

function report({ reached, why, factor }: Misled, others: number, severity: Severity): Report {
  const { parameter, write } = reached;
  const fix = why === 'transposed' ? undefined : fixFor(reached);
  const cost = factor > 1 ? `${number(factor)} times too large` : `${number(1 / factor)} times too small`;
  return {
    site: write.callee,
    severity,
    message: `${reasonFor(reached, why)}: ${nameOf(parameter)}${andOthers(others)} ${agree(others, 'starts', 'start')} ${cost}`,
    ...(fix && { fixes: [fix] }),
    related: madeAt(parameter),
  };
}

function reasonFor({ parameter, write }: Reached, why: Misled['why']): string {
  const { fans, module } = parameter;
  switch (why) {
    case 'groups':
      return `${initializerOf(write)} by \`fan_out\` counts the outputs of all ${groupsOf(module)} groups, each input reaches one`;
    case 'narrow':
      if (write.spec.kind !== 'variance_scaling')
        return `${number(fanOf('fan_out', fans!))} are counted for a unit that sums over ${number(fanOf('fan_in', fans!))} inputs, kernel and outputs in place of kernel and inputs`;
      return `\`fan_out\` is ${number(fanOf('fan_out', fans!))} where a unit sums over ${number(fanOf('fan_in', fans!))} inputs`;
    case 'transposed':
      return `of a transposed convolution torch takes the outputs for \`fan_in\`, ${number(fanOf('fan_in', write.fans!))} for ${number(fanOf('fan_in', fans!))}`;
  }
}

function fixFor({ write: { call } }: Reached): Fix | undefined {
  const mode = call?.args.find(it => it.name === 'mode');
  if (call === undefined || mode?.site === undefined) return undefined;
  return {
    title: 'Use `fan_in`',
    intents: [{ kind: 'argument', call, name: 'mode', value: 'fan_in' }],
    safe: false,
  };
}
