/** Runs a network with the numbers that it would have: forward, and a random gradient back, measured at every step. */
import type { Multiplier } from '../../backends/multiplier.js';
import type { Mt19937 } from '../../random/index.js';
import { drawCotangent, drawNormals } from './inputs.js';
import type { Steps } from './product.js';
import { NO_SHORTFALL, type Program, type Step } from './program.js';
import type { Back, Forward, Run } from './rule.js';
import { ruleOf } from './rules.js';
import { countOf, spreadOf, type Tensor } from './tensor.js';

export interface Setup {
  /** What a parameter starts from; asked for anew on the way back, so that nobody need keep it. */
  valuesOf(index: number, shape: readonly number[]): Float32Array | undefined;
  /** Draws the input, then what forward draws, then the gradient at the outputs. */
  readonly generator: Mt19937;
  readonly multiplier: Multiplier;
}

/** Absent where it could not be computed. */
export interface Figures {
  /** Standard deviation of the values. */
  readonly std?: number;
  /** The same of the gradient, where it is 1 at the outputs. */
  readonly gradient?: number;
}

/** One per step of the program, in its order. */
export function* simulate(program: Program, setup: Setup): Steps<readonly Figures[]> {
  const simulation = new Simulation(program, setup);
  yield* simulation.forward();
  yield* simulation.backward();
  return simulation.figures();
}

class Simulation {
  readonly #program: Program;
  readonly #setup: Setup;
  readonly #values: (Tensor | undefined)[] = [];
  readonly #kept: unknown[] = [];
  readonly #gradients: (Float32Array | undefined)[] = [];
  readonly #std: (number | undefined)[] = [];
  readonly #gradientStd: (number | undefined)[] = [];
  /** Steps that what the network is given reaches: the others are made of parameters alone. */
  readonly #isData: readonly boolean[];

  constructor(program: Program, setup: Setup) {
    this.#program = program;
    this.#setup = setup;
    this.#isData = dataSteps(program);
  }

  *forward(): Steps<void> {
    for (const [index, step] of this.#program.steps.entries()) {
      const found = yield* this.#valuesOf(step);
      this.#kept[index] = found?.kept;
      this.#values[index] = found && { shape: step.shape, data: found.data };
      if (found !== undefined && this.#isData[index]) this.#std[index] = spreadOf(found.data);
      if (step.operation.kind === 'parameter') this.#values[index] = undefined;
      yield;
    }
  }

  *backward(): Steps<void> {
    const { steps, outputs } = this.#program;
    for (const output of outputs) {
      if (this.#values[output] === undefined) return;
      this.#receive(output, drawCotangent(this.#setup.generator, countOf(steps[output]!.shape)));
    }
    for (let index = steps.length - 1; index >= 0; index--) {
      const gradient = this.#gradients[index];
      if (gradient !== undefined) {
        this.#gradientStd[index] = spreadOf(gradient);
        yield* this.#handBack(index, gradient);
      }
      this.#gradients[index] = undefined;
      this.#values[index] = undefined;
      yield;
    }
  }

  figures(): readonly Figures[] {
    return this.#program.steps.map((_, index) => {
      const [std, gradient] = [this.#std[index], this.#gradientStd[index]];
      return { ...(std !== undefined && { std }), ...(gradient !== undefined && { gradient }) };
    });
  }

  *#valuesOf(step: Step): Steps<Forward | undefined> {
    const { operation, shape } = step;
    if (operation.kind === 'input') return { data: drawNormals(this.#setup.generator, countOf(shape)) };
    if (operation.kind === 'constant') return { data: constantOf(operation.value, countOf(shape)) };
    if (operation.kind === 'parameter') return this.#parameter(operation.index, shape);
    const run = this.#runOf(step);
    return run && (yield* ruleOf(operation).forward(operation, run));
  }

  #parameter(index: number, shape: readonly number[]): Forward | undefined {
    const data = this.#setup.valuesOf(index, shape);
    return data?.length === countOf(shape) ? { data } : undefined;
  }

  #runOf({ inputs, shape, shortfall = NO_SHORTFALL }: Step): Run | undefined {
    const given = inputs.map(input => this.#tensorAt(input));
    if (!given.every(it => it !== undefined)) return undefined;
    const { multiplier, generator } = this.#setup;
    return { inputs: given, shape, multiplier, generator, shortfall };
  }

  #tensorAt(index: number): Tensor | undefined {
    const { operation, shape } = this.#program.steps[index]!;
    if (operation.kind !== 'parameter') return this.#values[index];
    const values = this.#parameter(operation.index, shape);
    return values && { shape, data: values.data };
  }

  *#handBack(index: number, gradient: Float32Array): Steps<void> {
    const step = this.#program.steps[index]!;
    const { operation, inputs } = step;
    const output = this.#values[index]!;
    const run = inputs.length === 0 ? undefined : this.#runOf(step);
    if (
      run === undefined ||
      operation.kind === 'input' ||
      operation.kind === 'parameter' ||
      operation.kind === 'constant'
    )
      return;
    const wanted = inputs.map(input => this.#isData[input]!);
    const back: Back = { ...run, output, gradient, wanted, kept: this.#kept[index] };
    const handed = yield* ruleOf(operation).backward(operation, back);
    this.#kept[index] = undefined;
    inputs.forEach((input, position) => {
      const part = handed[position];
      if (part !== undefined && wanted[position]) this.#receive(input, part);
    });
  }

  /** Gradients may be shared with what handed them back, so that sums are new ones. */
  #receive(index: number, gradient: Float32Array): void {
    const before = this.#gradients[index];
    this.#gradients[index] = before === undefined ? gradient : sumOf(before, gradient);
  }
}

const constantOf = (value: number | Float32Array, count: number): Float32Array =>
  typeof value === 'number' ? new Float32Array(count).fill(value) : value;

function sumOf(a: Float32Array, b: Float32Array): Float32Array {
  const sum = new Float32Array(a.length);
  for (let i = 0; i < a.length; i++) sum[i] = a[i]! + b[i]!;
  return sum;
}

function dataSteps({ steps }: Program): readonly boolean[] {
  const isData: boolean[] = [];
  for (const { operation, inputs } of steps) {
    const isSource = operation.kind === 'input' || operation.kind === 'embedding';
    isData.push(isSource || inputs.some(input => isData[input]));
  }
  return isData;
}
