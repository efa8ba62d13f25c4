/** Finds biases that start large or all positive before a rectifier, where nothing shows a reason. */
import { meanOf, stdOf } from '../../core/initializer.js';
import { followersOf, isHead } from '../model/questions/following.js';
import { effectiveGain } from '../model/questions/gains.js';
import { isLayer, nonlinearityOf } from '../model/questions/operations.js';
import { usesOf } from '../model/questions/uses.js';
import { madeAt } from './related.js';
import type { Report, Rule, Severity } from './rule.js';
import { type Reached, statementsOf, worstOf } from './statements.js';
import { agree, andOthers, initializerOf, nameOf, number } from './wording.js';

export const nonzeroBias: Rule = {
  id: 'nonzero-bias',
  summary: 'Finds biases that start large or all positive without a reason that one can see',
  severity: 'information',
  fix: 'unsafe',
  since: '0.1.0',

  *check(program) {
    for (const statement of statementsOf(program)) {
      const shifted = statement.filter(isShifted);
      const worst = worstOf(shifted, it => meanOf(it.write.spec));
      if (worst !== undefined) yield report(worst, shifted.length, statement.length);
    }
  },
};

function isShifted(reached: Reached): boolean {
  const { parameter, write } = reached;
  if (parameter.kind !== 'bias' || !LAYERS.has(parameter.module.role ?? '') || !write.certain) return false;
  return isLarge(reached) && hasNoReason(reached);
}

const LAYERS: ReadonlySet<string> = new Set(['linear', 'convolution', 'transposed_convolution']);

/** 0.01 and 0.1 keep rectifiers awake, as some like it; a half is another matter. */
function isLarge({ write: { spec } }: Reached): boolean {
  const mean = meanOf(spec) ?? 0;
  const isDrawn = spec.kind === 'uniform' && (spec.low ?? -1) >= 0;
  return isDrawn ? mean > 0.1 : spec.kind === 'constant' && mean >= 0.5;
}

/** Gates, answers and attention have their reasons; a rectifier behind the layer has none. Drawn ones have one at most. */
function hasNoReason(reached: Reached): boolean {
  const {
    model: { graph },
    parameter,
    write,
  } = reached;
  if (write.spec.kind === 'uniform') return !isFirstAnswer(reached);
  if (graph === undefined) return false;
  const layers = usesOf(graph, parameter).others.concat(usesOf(graph, parameter).layers).filter(isLayer);
  return layers.length > 0 && layers.every(it => !isHead(graph, it) && followersOf(graph, it).every(feedsRectifier));
}

/** Behind weights that start next to nothing the bias is what a head answers at first: a policy's first actions. */
function isFirstAnswer({ model: { graph }, parameter }: Reached): boolean {
  const weight = parameter.module.parameters.find(it => it.kind === 'weight');
  const gain = weight?.writes.at(-1)?.origin === 'written' ? effectiveGain(weight) : undefined;
  const layers = graph?.operations.filter(it => it.module === parameter.module) ?? [];
  return gain !== undefined && gain < TINY && layers.every(it => isHead(graph!, it));
}

const TINY = 0.1;

function feedsRectifier(follower: ReturnType<typeof followersOf>[number]): boolean {
  if (follower.kind === 'norm') return true;
  return follower.kind === 'nonlinearity' && RECTIFIERS.has(nonlinearityOf(follower.operation)?.name ?? '');
}

const RECTIFIERS: ReadonlySet<string> = new Set('relu relu6 leaky_relu prelu elu celu selu gelu silu mish'.split(' '));

/** A number or a range away from 0 may be somebody's choice, unless it drowns the signal; a range from 0 up was hardly one. */
function severityOf(reached: Reached): Severity {
  const {
    model: { graph },
    parameter,
    write,
  } = reached;
  const layers = graph === undefined ? [] : usesOf(graph, parameter).others.concat(usesOf(graph, parameter).layers);
  const isTakenAway =
    layers.length > 0 && layers.every(it => followersOf(graph!, it).every(next => next.kind === 'norm'));
  if (isTakenAway) return 'information';
  const isFromZero = write.spec.kind === 'uniform' && write.spec.low === 0;
  return isFromZero || sizeOf(reached) > DROWNING ? 'warning' : 'information';
}

/** The bias in standard deviations of the sum that it is added to, for inputs of size 1. */
function sizeOf({ parameter, write }: Reached): number {
  const weight = parameter.module.parameters.find(it => it.kind === 'weight');
  const gain = weight && effectiveGain(weight);
  return gain === undefined || gain === 0 ? 0 : (meanOf(write.spec) ?? 0) / gain;
}

const DROWNING = 3;

function report(reached: Reached, count: number, all: number): Report {
  const { parameter, write } = reached;
  const { spec, call } = write;
  const size = sizeOf(reached);
  const cost = size === 0 ? 'before it has learned anything' : `by ${number(size)} times what its inputs move it`;
  const start = spec.kind === 'constant' ? number(meanOf(spec)) : `${number(meanOf(spec))} ± ${number(stdOf(spec))}`;
  return {
    site: write.callee,
    severity: severityOf(reached),
    message:
      `${nameOf(parameter)}${andOthers(count - 1)} ${agree(count - 1, 'starts', 'start')} at ${start} by ` +
      `${initializerOf(write)}: every unit is shifted up ${cost}`,
    ...(call &&
      count === all && {
        fixes: [
          {
            title: 'Start the bias at 0',
            intents: [{ kind: 'reinitialize', call, spec: { kind: 'constant', value: 0 } }],
            safe: false,
          },
        ],
      }),
    related: madeAt(parameter),
  };
}
