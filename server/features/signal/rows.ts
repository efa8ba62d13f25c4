/** The signal of a network as rows: what the panel, the command line, hovers and lenses show of it. */
import { number } from '../../../core/describe-spec.js';
import type { Operation } from '../../model/graph.js';
import type { Model } from '../../model/model.js';
import type { Parameter } from '../../model/parameters.js';
import { type ModelSignal, type OperationSignal, signalOf } from '../../preview/signal/index.js';
import type { MomentsOf } from '../../preview/signal/linear.js';
import type { Site } from '../../text/span.js';
import { startNumbersOf } from '../numbers.js';
import { describeStart } from '../start-text.js';

/** How a figure came about. */
export type Source = 'theory' | 'Monte Carlo' | 'exact simulation';

export interface SignalRow extends Figures {
  /** Of the module where there is one, with the operation's own. */
  readonly name: string;
  readonly operation: string;
  readonly shape?: readonly (number | undefined)[];
  readonly site?: Site;
  readonly state?: SignalState;
  /** Its parameters, and how each starts. */
  readonly weights: readonly string[];
}

export interface Figures {
  /** Std of what comes out; absent where it is not known. */
  readonly std?: number;
  /** Relative spread by seed of `std`, one standard deviation; above 0.3 only the order of magnitude is meant. */
  readonly band?: number;
  /** Std of the gradient there, where it is 1 at the network's outputs. */
  readonly gradient?: number;
  /** The same of `gradient`. */
  readonly gradientBand?: number;
  readonly source: Source;
}

export type SignalState = 'zero' | 'vanishing' | 'exploding';

export interface SignalReport {
  readonly rows: readonly SignalRow[];
  readonly assumptions: readonly string[];
}

export function signalReport(model: Model, momentsOf?: MomentsOf): SignalReport | undefined {
  const signal = signalOf(model, momentsOf);
  return signal && reportOf(signal);
}

/** With figures by simulation in the place of the theory's, where there are some. */
export function reportOf(
  { operations, assumptions }: ModelSignal,
  simulated: ReadonlyMap<Operation, Figures> = new Map(),
): SignalReport {
  const shown = operations.filter(({ operation }) => SHOWN.has(operation.kind));
  const rows = shown.map(it => rowOf(it.operation, simulated.get(it.operation) ?? theoryOf(it)));
  return { rows, assumptions };
}

const SHOWN: ReadonlySet<string> = new Set([
  'input',
  'layer',
  'nonlinearity',
  'norm',
  'add',
  'multiply',
  'matmul',
  'concatenate',
  'pool',
  'softmax',
  'normalize',
  'opaque',
  'output',
]);

/** What three digits round away. */
const ROUNDING = 0.005;

export const statedBand = (deviation: number): number => Math.max(ROUNDING, deviation);

function theoryOf({ forward, gradient, gradientBand }: OperationSignal): Figures {
  return {
    ...(forward && { std: Math.sqrt(forward.variance), band: statedBand(forward.bandOfStd) }),
    ...(gradient !== undefined && { gradient: Math.sqrt(gradient), gradientBand: statedBand(gradientBand ?? 0) }),
    source: 'theory',
  };
}

function rowOf(operation: Operation, figures: Figures): SignalRow {
  const state = stateOf(figures.std, figures.gradient);
  const { shape, site } = operation;
  return {
    name: nameOf(operation),
    operation: operation.name,
    ...(shape && { shape: shape.map(size => (typeof size === 'number' ? size : undefined)) }),
    ...(site && { site }),
    ...figures,
    ...(state && { state }),
    weights: operation.parameters.map(weightText),
  };
}

function weightText(parameter: Parameter): string {
  const { spec, write, std } = startNumbersOf(parameter);
  const values = spec === undefined ? 'raw memory' : describeStart(spec, write);
  return `${parameter.name}: ${values}${std === undefined || std === 0 ? '' : `, std ${number(std)}`}`;
}

function nameOf({ module, name }: Operation): string {
  if (module === undefined) return name;
  return module.path === '' ? module.className : module.path;
}

/** Beyond a factor of a thousand in either direction nobody learns any more. */
function stateOf(std: number | undefined, gradient: number | undefined): SignalState | undefined {
  const known = [std, gradient].filter(it => it !== undefined);
  if (known.some(it => it === 0)) return 'zero';
  if (known.some(it => it > EXTREME)) return 'exploding';
  return known.some(it => it < 1 / EXTREME) ? 'vanishing' : undefined;
}

const EXTREME = 1000;
