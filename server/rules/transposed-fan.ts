/** Finds scales that were computed from the wrong axis: fan-out where fan-in is meant. */
import { type Fans, fansOf } from '../../core/initializer.js';
import { equalSizes, format } from '../../core/size.js';
import type { Parameter, SizeRead } from '../model/parameters.js';
import { isMuted } from '../model/questions/branches.js';
import { fanOfScale, readBefore, scaleOf } from '../model/questions/scales.js';
import { isAnswer, isNormalized, weightUses } from '../model/questions/weights.js';
import { usedAt } from './related.js';
import type { Fix, Report, Rule, Severity } from './rule.js';
import { groupedBy, keyOf, type Reached, statementsOf, worstOf } from './statements.js';
import { agree, andOthers, initializerOf, nameOf, number } from './wording.js';

export const transposedFan: Rule = {
  id: 'transposed-fan',
  summary: 'Finds a scale that follows the number of outputs where the number of inputs is meant',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  judgesOptions: true,
  tellsAxes: true,

  *check(program) {
    const transposed = statementsOf(program).flatMap(transposedIn);
    for (const group of groupedBy(transposed, it => keyOf(it.read?.site ?? it.reached.write.callee))) {
      const worst = worstOf(group, badnessOf)!;
      const parameters = new Set(group.map(it => it.reached.parameter));
      yield report(worst, parameters.size - 1, severityOf(group));
    }
  },
};

interface Transposed {
  readonly reached: Reached;
  readonly fans: Fans;
  /** What the scale follows in place of the fan-in. */
  readonly taken: Fans['fanIn'];
  /** Where the code reads the wrong size, when it reads one off the weight itself. */
  readonly read?: SizeRead;
}

/**
 * One scale for many weights follows a size that they share, and is right for those that sum over it. What is read off each of them
 * is right by chance where a layer is square, which says nothing of others.
 */
function transposedIn(statement: readonly Reached[]): readonly Transposed[] {
  return statement.some(isRightOnPurpose) ? [] : statement.flatMap(it => transposedOf(it) ?? []);
}

function isRightOnPurpose({ parameter, write }: Reached): boolean {
  const { fans } = parameter;
  const taken = fanOfScale(write);
  if (fans === undefined || taken === undefined || !equalSizes(taken, fans.fanIn)) return false;
  return !equalSizes(fans.fanIn, fans.fanOut) || readBefore(parameter, taken, write) === undefined;
}

function transposedOf(reached: Reached): Transposed | undefined {
  const { parameter, write, model } = reached;
  const { fans, kind } = parameter;
  if (fans === undefined || SHARED.has(kind) || equalSizes(fans.fanIn, fans.fanOut)) return undefined;
  if (!write.certain || weightUses(model, parameter).some(isMuted)) return undefined;
  if (write.spec.kind === 'variance_scaling')
    return takesWrongAxis(reached, fans) ? { reached, fans, taken: write.fans!.fanIn } : undefined;
  const taken = fanOfScale(write);
  if (taken === undefined || !outputsOf(parameter, fans).some(it => isSize(taken, it))) return undefined;
  const read = readBefore(parameter, taken, write);
  if (read === undefined && isHe(scaleOf(write)?.coefficient)) return undefined;
  return { reached, fans, taken, ...(read && { read }) };
}

/** √(2/fan_out) is He's way back, written by those who know. */
const isHe = (coefficient: number | undefined): boolean =>
  coefficient !== undefined && Math.abs(coefficient - Math.SQRT2) < 1e-6;

/** Looked up instead of summed, or scaled by the hidden size as all of a recurrent layer is. */
const SHARED: ReadonlySet<string> = new Set(['embedding', 'recurrent', 'bias', 'token']);

/** Kaiming on an (in, out) matrix that is used as `x @ w`; Xavier does not care which axis is which. */
function takesWrongAxis({ parameter, write: { spec, fans: taken } }: Reached, { fanIn }: Fans): boolean {
  // Which fans a transposed convolution has is for `fan-mode` to say.
  if (parameter.module.role === 'transposed_convolution') return false;
  if (spec.kind !== 'variance_scaling' || spec.mode !== 'fan_in' || taken === undefined) return false;
  return equalSizes(taken.fanOut, fanIn) && !equalSizes(taken.fanIn, fanIn);
}

/** What counts outputs: all that an input reaches, or the axis that torch keeps them on. */
function outputsOf({ shape, module: { role } }: Parameter, { fanIn, fanOut }: Fans): readonly Fans['fanOut'][] {
  const torchs = shape && fansOf(shape);
  const isTorchs = torchs !== undefined && equalSizes(torchs.fanIn, fanIn) && role !== undefined;
  const sizes = isTorchs && role !== 'transposed_convolution' ? [fanOut, shape![0]!] : [fanOut];
  return sizes.filter(it => !equalSizes(it, fanIn) && it !== 1);
}

const isSize = (a: Fans['fanIn'] | undefined, b: Fans['fanIn']): boolean => a !== undefined && equalSizes(a, b);

/** What is not known counts for more than what is hardly felt. */
function badnessOf(transposed: Transposed): number {
  return Math.abs(Math.log(factorOf(transposed) ?? FELT));
}

/** Certain where the code itself reads the axis; a norm behind it takes most of the scale away again. */
function severityOf(group: readonly Transposed[]): Severity {
  const isFelt = (it: Transposed) =>
    Math.abs(Math.log(factorOf(it) ?? Infinity)) > Math.log(isBeforeNorm(it) ? FELT_BEFORE_NORM : FELT);
  const isCertain = (it: Transposed) =>
    it.read !== undefined || (it.reached.write.spec.kind === 'variance_scaling' && !isBeforeNorm(it));
  return group.some(it => isCertain(it) && isFelt(it) && !isOfAnswer(it)) ? 'warning' : 'information';
}

/** How many times too large or too small a scale has to be for a network to feel it. */
const FELT = 1.25;
const FELT_BEFORE_NORM = 4;

const isBeforeNorm = ({ reached: { model, parameter } }: Transposed): boolean =>
  weightUses(model, parameter).every(isNormalized);

/**
 * The scale of an answer is a matter of taste; a layer that is all of its network answers to others. Where forward was not
 * followed, the last layer stands for the answer.
 */
function isOfAnswer({ reached: { model, parameter } }: Transposed): boolean {
  const uses = weightUses(model, parameter);
  const all = model.parameters.filter(it => it.kind === 'weight');
  if (all.length < 2) return false;
  return uses.length > 0 ? uses.every(isAnswer) : all.at(-1) === parameter;
}

/** How many times too large the weights are. */
function factorOf({ fans: { fanIn }, taken }: Transposed): number | undefined {
  return typeof fanIn === 'number' && typeof taken === 'number' ? Math.sqrt(fanIn / taken) : undefined;
}

function report(transposed: Transposed, others: number, severity: Severity): Report {
  const { reached, fans, taken, read } = transposed;
  const { parameter, write } = reached;
  const fix = fixFor(reached, fans, read);
  return {
    site: read?.site ?? write.callee,
    severity,
    message:
      `${nameOf(parameter)}${andOthers(others)} ${agree(others, 'sums', 'sum')} over ${format(fans.fanIn)} inputs, and the scale is that of ` +
      `${format(taken)}, ${countedIn(transposed)}${costOf(transposed)}`,
    ...(fix && { fixes: [fix] }),
    related: [
      ...(read ? [{ site: write.callee, message: `${initializerOf(write)} takes its scale from there` }] : []),
      ...usedAt(reached.model, parameter),
    ],
  };
}

/** Of three axes and more torch counts one and what lies behind it, which may be no side of the layer at all. */
function countedIn({ reached: { parameter }, fans, taken }: Transposed): string {
  const isOutputs = [fans.fanOut, ...outputsOf(parameter, fans)].some(it => isSize(taken, it));
  return isOutputs ? 'the number of outputs' : 'what torch counts as inputs of this shape';
}

function costOf(transposed: Transposed): string {
  const factor = factorOf(transposed);
  if (factor === undefined) return '';
  return factor > 1 ? `: ${number(factor)} times too large` : `: ${number(1 / factor)} times too small`;
}

function fixFor({ parameter, write }: Reached, { fanIn }: Fans, read: SizeRead | undefined): Fix | undefined {
  const { shape } = parameter;
  const { call } = write;
  const axis = shape?.findIndex(it => equalSizes(it, fanIn)) ?? -1;
  if (read !== undefined) {
    if (axis < 0) return undefined;
    const intent = { kind: 'replace', site: read.index, text: String(axis) } as const;
    return { title: `Read axis ${axis}, the inputs`, intents: [intent], safe: false };
  }
  if (call?.tensor === undefined || write.spec.kind !== 'variance_scaling') return undefined;
  const attribute = shape?.length === 2 ? 'T' : 'transpose(0, 1)';
  const intent = { kind: 'attribute', site: call.tensor, attribute } as const;
  return { title: `Initialize it as (out, in): \`.${attribute}\``, intents: [intent], safe: false };
}
