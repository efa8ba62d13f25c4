/** The forward graph of a model as a program that core's simulation runs: only where every size is a number. */
import type { Program, Step, StepOperation } from '../../../core/propagation/simulation/index.js';
import type { Graph, Operation } from '../../model/graph.js';
import type { Parameter } from '../../model/parameters.js';
import { isLayer, isOriginal } from '../../model/questions/operations.js';
import type { MomentsOf } from '../signal/linear.js';
import { stepsFor } from './operations.js';
import { numbersIn } from './sizes.js';

export interface SimulatedNetwork {
  readonly program: Program;
  /** What the program's parameters are. */
  readonly parameters: readonly Parameter[];
  /** The step with an operation's result; none for what could not be followed. */
  readonly stepOf: ReadonlyMap<Operation, number>;
  /** False where no gradient comes back, since an output, or what leads to it, cannot be followed. */
  readonly isWhole: boolean;
  /** What only stands in for what the code does: then the seed's own numbers are others. */
  readonly standIns: ReadonlySet<string>;
}

/** Undefined where no layer of it can be followed. */
export function simulatedNetwork(graph: Graph, momentsOf: MomentsOf): SimulatedNetwork | undefined {
  const builder = new ProgramBuilder(momentsOf);
  for (const operation of graph.operations) builder.add(operation);
  return builder.finished(graph.outputs);
}

export class ProgramBuilder {
  readonly standIns = new Set<string>();
  readonly #steps: Step[] = [];
  readonly #parameters: Parameter[] = [];
  readonly #stepOf = new Map<Operation, number>();
  readonly #made = new Map<string, unknown>();

  constructor(readonly momentsOf: MomentsOf) {}

  finished(outputs: readonly Operation[]): SimulatedNetwork | undefined {
    const ends = outputs.map(it => this.#stepOf.get(it));
    const isWhole = ends.length > 0 && ends.every(it => it !== undefined);
    if (!isWhole && ![...this.#stepOf.keys()].some(isLayer)) return undefined;
    return {
      program: { steps: this.#steps, outputs: isWhole ? ends : [] },
      isWhole,
      parameters: this.#parameters,
      stepOf: this.#stepOf,
      standIns: this.standIns,
    };
  }

  /** Without a step of its own where an operand has none, or what it does is not known. */
  add(operation: Operation): void {
    if (operation.kind === 'input') return;
    const step = stepsFor(operation, this);
    if (step !== undefined) this.#stepOf.set(operation, step);
  }

  push(operation: StepOperation, inputs: readonly number[], shape: readonly number[]): number {
    return this.#steps.push({ operation, inputs, shape }) - 1;
  }

  /** An input is drawn when it is first asked for: what only picks rows of a table has no numbers of its own. */
  stepAt(operation: Operation): number | undefined {
    const known = this.#stepOf.get(operation);
    const shape = numbersIn(operation.shape);
    if (known !== undefined || operation.kind !== 'input' || shape === undefined) return known;
    const made = this.push({ kind: 'input' }, [], shape);
    this.#stepOf.set(operation, made);
    return made;
  }

  shapeAt(step: number): readonly number[] {
    return this.#steps[step]!.shape;
  }

  isParameter(step: number): boolean {
    return this.#steps[step]!.operation.kind === 'parameter';
  }

  /** A number that broadcasts. */
  number(value: number): number {
    return this.push({ kind: 'constant', value }, [], [1]);
  }

  /** What several operations have in common, made for the first of them. */
  once<T>(key: string, make: () => T): T {
    if (!this.#made.has(key)) this.#made.set(key, make());
    return this.#made.get(key) as T;
  }

  parameter(parameter: Parameter): number | undefined {
    const shape = numbersIn(parameter.shape);
    if (shape === undefined || isOriginal(parameter)) return undefined;
    const known = this.#parameters.indexOf(parameter);
    const index = known >= 0 ? known : this.#parameters.push(parameter) - 1;
    const made = this.#steps.findIndex(it => it.operation.kind === 'parameter' && it.operation.index === index);
    return made >= 0 ? made : this.push({ kind: 'parameter', index }, [], shape);
  }
}
