/** Recurrent layers: one position after the other, and back through time. */
import { type BackTurn, type Cell, cells, type Turn } from './cells.js';
import { addProduct, type Steps } from './product.js';
import type { RecurrentStep } from './program.js';
import type { Back, Rule, Run } from './rule.js';
import { countOf } from './tensor.js';

interface Sizes {
  readonly positions: number;
  readonly samples: number;
  /** Features of what comes in, and of the hidden state. */
  readonly features: number;
  readonly width: number;
}

/** What forward leaves for the way back, position by position. */
interface Kept {
  readonly gates: Float32Array;
  readonly recalled: Float32Array;
  readonly cells: Float32Array;
}

export const recurrent: Rule<RecurrentStep> = {
  *forward(step, run) {
    const sizes = sizesOf(step, run);
    return sizes && (yield* new Unrolled(step, run, sizes).forward());
  },
  *backward(step, back) {
    return yield* new Unrolled(step, back, sizesOf(step, back)!).backward(back);
  },
};

function sizesOf({ cell }: RecurrentStep, { inputs: [sequence, incoming] }: Run): Sizes | undefined {
  const [positions, samples, features] = sequence!.shape as [number, number, number];
  const [rows, columns] = incoming!.shape as [number, number];
  return columns === features ? { positions, samples, features, width: rows / cells[cell].gates } : undefined;
}

class Unrolled {
  readonly #cell: Cell;
  readonly #gates: number;
  /** Numbers of one position: of the hidden state, and of the gates. */
  readonly #state: number;
  readonly #all: number;

  constructor(
    private readonly step: RecurrentStep,
    private readonly run: Run,
    private readonly sizes: Sizes,
  ) {
    this.#cell = cells[step.cell];
    this.#gates = this.#cell.gates * sizes.width;
    this.#state = sizes.samples * sizes.width;
    this.#all = sizes.samples * this.#gates;
  }

  *forward(): Steps<{ readonly data: Float32Array; readonly kept: Kept }> {
    const { positions, features } = this.sizes;
    const [sequence, incoming] = this.run.inputs;
    const data = new Float32Array(countOf(this.run.shape));
    const kept: Kept = {
      gates: yield* this.#asked(sequence!.data, incoming!.data, features, positions, this.run.shortfall.forward),
      recalled: new Float32Array(positions * this.#all),
      cells: new Float32Array(this.step.cell === 'lstm' ? positions * this.#state : 0),
    };
    if (this.step.hasBias) this.#addBias(kept.gates, 3);
    for (const turn of this.#turns(data, kept)) {
      const asked = yield* this.#asked(turn.before, this.#recurrent, this.sizes.width, 1, this.run.shortfall.columns);
      turn.recalled.set(asked);
      if (this.step.hasBias) this.#addBias(turn.recalled, 4);
      this.#cell.forward(turn);
      if (turn.cell.length > 0) data.set(turn.cell, positions * this.#state);
    }
    return { data, kept };
  }

  *backward(back: Back): Steps<readonly (Float32Array | undefined)[]> {
    const { positions, samples, features, width } = this.sizes;
    const { shortfall, gradient } = back;
    const ofGates = new Float32Array(positions * this.#all);
    const ofRecalled = new Float32Array(this.#all);
    let hidden = new Float32Array(this.#state);
    // Of what an LSTM ends with, which stands behind the positions.
    const cell = Float32Array.from(gradient.subarray(positions * this.#state));
    const turns = [...this.#turns(back.output.data, back.kept as Kept)].toReversed();
    for (const turn of turns) {
      const own = gradient.subarray(turn.position * this.#state, (turn.position + 1) * this.#state);
      const direct = new Float32Array(this.#state);
      const ofInput = ofGates.subarray(turn.position * this.#all, (turn.position + 1) * this.#all);
      const whole = hidden.map((it, i) => it + own[i]!);
      const at: BackTurn = { ...turn, gradient: whole, cellGradient: cell, ofInput, ofRecalled, direct };
      this.#cell.backward(at);
      hidden = yield* this.#handed(ofRecalled, this.#recurrent, width, samples, shortfall.columns);
      for (let i = 0; i < hidden.length; i++) hidden[i]! += direct[i]!;
    }
    const rows = positions * samples;
    const sequence = yield* this.#handed(ofGates, this.run.inputs[1]!.data, features, rows, shortfall.columns);
    return this.run.inputs.map((_, at) => (at === 0 ? sequence : this.#ofStates(at, hidden, cell)));
  }

  get #recurrent(): Float32Array {
    return this.run.inputs[2]!.data;
  }

  /** Gradients of the states that it started from, which stand behind the weights and biases. */
  #ofStates(at: number, hidden: Float32Array, cell: Float32Array): Float32Array | undefined {
    const first = this.step.hasBias ? 5 : 3;
    if (at === first) return hidden;
    return at === first + 1 ? cell : undefined;
  }

  /** In the order of the recurrence. */
  *#turns(data: Float32Array, { gates, recalled, cells: remembered }: Kept): Generator<Turn & { position: number }> {
    const { positions, samples, width } = this.sizes;
    const part = (of: Float32Array, at: number, size: number) => of.subarray(at * size, (at + 1) * size);
    const first = this.step.hasBias ? 5 : 3;
    const [hidden, cell] = [0, 1].map(it => this.run.inputs[first + it]?.data ?? new Float32Array(this.#state));
    const { isReversed } = this.step;
    for (let turn = 0; turn < positions; turn++) {
      const position = isReversed ? positions - 1 - turn : turn;
      const previous = isReversed ? position + 1 : position - 1;
      yield {
        position,
        samples,
        width,
        gates: part(gates, position, this.#all),
        recalled: part(recalled, position, this.#all),
        before: turn === 0 ? hidden! : part(data, previous, this.#state),
        hidden: part(data, position, this.#state),
        cellBefore: turn === 0 ? cell! : part(remembered, previous, this.#state),
        cell: part(remembered, position, this.#state),
      };
    }
  }

  /** What rows of `terms` numbers ask of the gates. */
  *#asked(
    rows: Float32Array,
    weight: Float32Array,
    terms: number,
    positions: number,
    factor: number,
  ): Steps<Float32Array> {
    const data = new Float32Array(positions * this.#all);
    const sizes = { rows: positions * this.sizes.samples, terms, columns: this.#gates };
    const target = { data, down: this.#gates };
    const left = { data: rows, down: terms, across: 1 };
    yield* addProduct(this.run.multiplier, left, { data: weight, down: 1, across: terms }, sizes, target, factor);
    return data;
  }

  /** What the gates hand back through a weight. */
  *#handed(
    gates: Float32Array,
    weight: Float32Array,
    columns: number,
    rows: number,
    factor: number,
  ): Steps<Float32Array<ArrayBuffer>> {
    const data = new Float32Array(rows * columns);
    const sizes = { rows, terms: this.#gates, columns };
    const left = { data: gates, down: this.#gates, across: 1 };
    const right = { data: weight, down: columns, across: 1 };
    yield* addProduct(this.run.multiplier, left, right, sizes, { data, down: columns }, factor);
    return data;
  }

  #addBias(gates: Float32Array, input: number): void {
    const bias = this.run.inputs[input]!.data;
    for (let i = 0; i < gates.length; i++) gates[i]! += bias[i % bias.length]!;
  }
}
