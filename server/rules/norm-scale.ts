/** Finds scales of norms that start around 0, or at random, where 1 is right. */
import { meanOf, stdOf } from '../../core/initializer.js';
import { equalSizes } from '../../core/size.js';
import type { Graph, Operation } from '../model/graph.js';
import type { Model, Program } from '../model/model.js';
import type { InitializerCall, Parameter } from '../model/parameters.js';
import { constantOf, finalWrites } from '../model/questions/final-writes.js';
import { followersOf } from '../model/questions/following.js';
import { isLastOfBranch, residualsOf } from '../model/questions/residuals.js';
import { usersOf } from '../model/questions/users.js';
import { usesOf } from '../model/questions/uses.js';
import { madeAt } from './related.js';
import type { Report, Rule, Severity } from './rule.js';
import { groupedBy, keyOf, type Reached, statementsOf, worstOf } from './statements.js';
import { agree, andOthers, nameOf, number } from './wording.js';

export const normScale: Rule = {
  id: 'norm-scale',
  summary: "Finds a norm's scale that starts around 0 or at random instead of at 1",
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  judgesOptions: true,

  *check(program) {
    for (const statement of statementsOf(program)) {
      const scales = statement.filter(it => it.parameter.kind === 'scale' && it.write.certain);
      const isMeant = (it: Parameter) => isGiven(it) || program.startedElsewhere?.has(it) === true;
      const wrong = scales.filter(it => !isMeant(it.parameter) && severityOf(it) !== undefined);
      const worst = worstOf(wrong, it => -Math.abs(meanOf(it.write.spec) ?? 0));
      if (worst !== undefined) yield report(worst, statement, wrong.length - 1);
    }
    for (const rows of groupedBy(drawnRowsIn(program), it => keyOf(it.write.callee))) yield reportOfRows(rows);
    const known = new Set(statementsOf(program).map(([it]) => keyOf(it!.write.callee)));
    const scales = program.calls.filter(it => it.uncalled && it.target.kind === 'tensor' && it.target.role === 'scale');
    const unseen = scales.filter(
      it => (isAroundZero(it) || isFromNothing(it)) && !known.has(keyOf(it.callee)) && !isMadeGood(it, scales),
    );
    for (const [call] of groupedBy(unseen, it => keyOf(it.callee))) yield reportOfHelper(call!);
  },
};

/** Rows of an embedding that scale what a norm hands on, where somebody drew them, all or the half that is the scale. */
function* drawnRowsIn({ models }: Program): Iterable<Reached> {
  for (const model of models) {
    for (const parameter of model.parameters) {
      if (parameter.kind !== 'embedding' || !scalesNorm(model, parameter)) continue;
      for (const write of finalWrites(parameter)) {
        const isDrawn = write.origin === 'written' && write.certain && stdOf(write.spec) !== 0;
        const reached = { model, parameter, write };
        if (isDrawn && severityOf(reached) === 'warning') yield reached;
      }
    }
  }
}

/** Whether a row of the table, cut and reshaped at most, is multiplied with the result of a norm. */
function scalesNorm({ graph }: Model, parameter: Parameter): boolean {
  if (graph === undefined) return false;
  const products = usesOf(graph, parameter).layers.flatMap(it => behindViews(graph, it));
  return products.some(it => it.kind === 'multiply' && it.inputs.length === 2 && it.inputs.some(isOfNorm));
}

function behindViews(graph: Graph, operation: Operation): readonly Operation[] {
  return usersOf(graph, operation).flatMap(it => (it.kind === 'shape' ? behindViews(graph, it) : [it]));
}

function isOfNorm({ kind, inputs }: Operation): boolean {
  return kind === 'norm' || kind === 'normalize' || (kind === 'shape' && inputs.some(isOfNorm));
}

/** Of a norm that a helper is handed from out of sight: numbers of both signs are right for none. */
function isAroundZero({ initializer, args }: InitializerCall): boolean {
  if (initializer === 'uniform_') return isBetweenOpposites(args);
  if (!NORMAL.has(initializer)) return false;
  const [mean, std] = ['mean', 'std'].map(name => args.find(it => it.name === name)?.value);
  return mean === 0 && typeof std === 'number' && std > 0;
}

/** From -b to b, also where b follows the norm's size. */
function isBetweenOpposites(args: InitializerCall['args']): boolean {
  const [low, high] = boundsIn(args);
  if (typeof low?.value === 'number' && typeof high?.value === 'number')
    return high.value > 0 && low.value === -high.value;
  const [below, above] = [low?.power, high?.power];
  if (below?.coefficient === undefined || above?.coefficient === undefined) return false;
  const isOpposite = below.coefficient === -above.coefficient && below.exponent === above.exponent;
  return isOpposite && equalSizes(below.base, above.base);
}

const boundsIn = (args: InitializerCall['args']) =>
  [
    ['a', 'from'],
    ['b', 'to'],
  ].map(names => args.find(it => names.includes(it.name)));

/** Some of its channels start with next to nothing: U(0, 1) as torch had it, and the like. */
function isFromNothing({ initializer, args }: InitializerCall): boolean {
  if (initializer !== 'uniform_') return false;
  const [low, high] = boundsIn(args).map(it => it?.value);
  if (typeof low !== 'number' || typeof high !== 'number') return false;
  return low >= 0 && low < 0.2 && high > 0.6 && (low + high) / 2 < 0.6;
}

/** A branch for norms further down may write over it. */
function isMadeGood({ callee: { path, start } }: InitializerCall, scales: readonly InitializerCall[]): boolean {
  return scales.some(it => it.callee.path === path && it.callee.start > start && !isAroundZero(it));
}

const NORMAL: ReadonlySet<string> = new Set(['normal_', 'trunc_normal_']);

function reportOfHelper(call: InitializerCall): Report {
  if (!isAroundZero(call)) {
    return {
      site: call.callee,
      severity: 'information',
      message:
        'the scale of a norm that this is given starts at random between 0 and 1: some channels hand on next to nothing',
    };
  }
  return {
    site: call.callee,
    message:
      `the scale of a norm that this is given starts ${startOf(call)} instead of 1: the norm hands on next to nothing of ` +
      'its signal, with random signs and sizes; norms need a branch of their own',
  };
}

function startOf({ args }: InitializerCall): string {
  const std = args.find(it => it.name === 'std')?.value;
  return typeof std === 'number' ? `at 0 ± ${number(std)}` : 'around 0';
}

/** Numbers to compute with and no start: of a norm whose statistics were drawn too, or without gradient in a class of the user's own. */
function isGiven({ frozen, module }: Parameter): boolean {
  return module.measuresNothing === true || (frozen === true && module.layer === undefined);
}

/**
 * A mean near 0 loses the signal; U(0, 1) halves it, which somebody wants who draws over the ones of torch's norms alone, or
 * writes one of them anew as it once was; a zero is right where a residual branch ends.
 */
function severityOf({ write, parameter, model }: Reached, isWanted = false): Severity | undefined {
  const mean = meanOf(write.spec);
  const std = stdOf(write.spec);
  if (mean === undefined || std === undefined) return undefined;
  if (std === 0) return mean === 0 && isOnPath({ model, parameter }) ? 'warning' : undefined;
  if (Math.abs(mean) < 2 * std && Math.abs(mean) < 0.4) return 'warning';
  if (std <= 0.2) return undefined;
  return Math.abs(mean) < 0.6 && !isWanted ? 'warning' : 'information';
}

/** Whether the norm surely stands in the way of the whole signal: no way leads around it, and forward was followed through all layers. */
function isOnPath({
  model: { graph, unknowns, parameters },
  parameter,
}: Pick<Reached, 'model' | 'parameter'>): boolean {
  if (graph === undefined || !graph.complete || unknowns.length > 0) return false;
  if (parameters.some(it => it.kind === 'weight' && usesOf(graph, it).layers.length === 0)) return false;
  const { others, layers } = usesOf(graph, parameter);
  const norms = [...others, ...layers];
  if (norms.length === 0 || constantOf(parameter) !== 0) return false;
  if (residualsOf(graph).some(({ branch }) => norms.some(it => branch.has(it)))) return false;
  return norms.every(it => !isLastOfBranch(graph, it) && followersOf(graph, it).every(next => PLAIN.has(next.kind)));
}

const PLAIN: ReadonlySet<string> = new Set(['nonlinearity', 'layer', 'norm']);

/** Around 0 half of the units change sign. */
function spreadOf({ write: { spec } }: Reached): string {
  if (stdOf(spec) === 0) return 'and no gradient comes back through it';
  const changesSigns = !(spec.kind === 'uniform' && (spec.low ?? -1) >= 0);
  return changesSigns ? 'with random signs and sizes' : 'and units differ at random';
}

function reportOfRows(rows: readonly Reached[]): Report {
  const [{ write, parameter }] = rows as [Reached];
  const [mean, std] = [meanOf(write.spec), stdOf(write.spec)].map(number);
  return {
    site: write.callee,
    message:
      `rows of ${nameOf(parameter)} scale what a norm hands on, and start at ${mean} ± ${std} instead of 1: ` +
      `${mean} of the signal is left on average, ${spreadOf(rows[0]!)}`,
    related: madeAt(parameter),
  };
}

function report(worst: Reached, statement: readonly Reached[], others: number): Report {
  const { write, parameter } = worst;
  const { call } = write;
  const strangers = statement.find(it => it.parameter.kind !== 'scale')?.parameter;
  const isCopy = parameter.module.layer !== undefined || parameter.module.keepsStatistics === true;
  const severity = severityOf(worst, strangers === undefined && isCopy);
  const mean = number(meanOf(write.spec));
  const start = `${nameOf(parameter)}${andOthers(others)} ${agree(others, 'starts', 'start')} at ${mean} ± ${number(stdOf(write.spec))} instead of 1`;
  const cause = strangers === undefined ? '' : `; the same statement serves ${nameOf(strangers)}, norms need their own`;
  return {
    site: write.callee,
    message: `${start}: the norm hands on ${mean} of its signal on average, ${spreadOf(worst)}${cause}`,
    ...(severity && { severity }),
    ...(call &&
      strangers === undefined && {
        fixes: [
          {
            title: 'Start the scale at 1',
            intents: [{ kind: 'reinitialize', call, spec: { kind: 'constant', value: 1 } }],
            safe: false,
          },
        ],
      }),
    related: madeAt(parameter),
  };
}
