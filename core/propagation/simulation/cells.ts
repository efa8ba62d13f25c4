/** What the cells of recurrent layers do at one position: gates, the state that they leave, and the way back. */
import type { CellName } from './program.js';

/** One position of a sequence: all samples, one after the other. */
export interface Turn {
  readonly samples: number;
  readonly width: number;
  /** Gates of each sample side by side: what comes in asks of them; the cell leaves what they became. */
  readonly gates: Float32Array;
  /** What the hidden state before asks of them. */
  readonly recalled: Float32Array;
  readonly before: Float32Array;
  readonly hidden: Float32Array;
  /** Of an LSTM: what it remembers before and after. */
  readonly cellBefore: Float32Array;
  readonly cell: Float32Array;
}

/** The gradients of one position. */
export interface BackTurn extends Turn {
  /** Of the hidden state behind. */
  readonly gradient: Float32Array;
  /** Of what is remembered behind; becomes that of what was before. */
  readonly cellGradient: Float32Array;
  /** Of what comes in, and of what the hidden state asks: for each gate. */
  readonly ofInput: Float32Array;
  readonly ofRecalled: Float32Array;
  /** Of the hidden state before, beside what goes through its weights. */
  readonly direct: Float32Array;
}

export interface Cell {
  readonly gates: number;
  forward(turn: Turn): void;
  backward(turn: BackTurn): void;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Visits every unit of every sample: its place, and where its first gate lies. */
function eachUnit({ samples, width }: Turn, gates: number, visit: (unit: number, gate: number) => void): void {
  for (let sample = 0; sample < samples; sample++) {
    const [first, firstGate] = [sample * width, sample * width * gates];
    for (let i = 0; i < width; i++) visit(first + i, firstGate + i);
  }
}

/** Input, forget, cell and output gate, as torch lays them out. */
const lstm: Cell = {
  gates: 4,
  forward(turn) {
    const { gates, recalled, hidden, cellBefore, cell, width } = turn;
    eachUnit(turn, 4, (unit, gate) => {
      const [i, f, g, o] = [gate, gate + width, gate + 2 * width, gate + 3 * width];
      for (const at of [i, f, o]) gates[at] = sigmoid(gates[at]! + recalled[at]!);
      gates[g] = Math.tanh(gates[g]! + recalled[g]!);
      cell[unit] = gates[f]! * cellBefore[unit]! + gates[i]! * gates[g]!;
      hidden[unit] = gates[o]! * Math.tanh(cell[unit]!);
    });
  },
  backward(turn) {
    const { gates, cellBefore, cell, gradient, cellGradient, ofInput, ofRecalled, width } = turn;
    eachUnit(turn, 4, (unit, gate) => {
      const [i, f, g, o] = [gate, gate + width, gate + 2 * width, gate + 3 * width];
      const squashed = Math.tanh(cell[unit]!);
      const remembered = cellGradient[unit]! + gradient[unit]! * gates[o]! * (1 - squashed ** 2);
      ofInput[i] = remembered * gates[g]! * gates[i]! * (1 - gates[i]!);
      ofInput[f] = remembered * cellBefore[unit]! * gates[f]! * (1 - gates[f]!);
      ofInput[g] = remembered * gates[i]! * (1 - gates[g]! ** 2);
      ofInput[o] = gradient[unit]! * squashed * gates[o]! * (1 - gates[o]!);
      cellGradient[unit] = remembered * gates[f]!;
    });
    ofRecalled.set(ofInput);
  },
};

/** Reset, update and new gate; the new one is reset behind the weights of the hidden state. */
const gru: Cell = {
  gates: 3,
  forward(turn) {
    const { gates, recalled, before, hidden, width } = turn;
    eachUnit(turn, 3, (unit, gate) => {
      const [r, z, n] = [gate, gate + width, gate + 2 * width];
      for (const at of [r, z]) gates[at] = sigmoid(gates[at]! + recalled[at]!);
      gates[n] = Math.tanh(gates[n]! + gates[r]! * recalled[n]!);
      hidden[unit] = (1 - gates[z]!) * gates[n]! + gates[z]! * before[unit]!;
    });
  },
  backward(turn) {
    const { gates, recalled, before, gradient, ofInput, ofRecalled, direct, width } = turn;
    eachUnit(turn, 3, (unit, gate) => {
      const [r, z, n] = [gate, gate + width, gate + 2 * width];
      const fresh = gradient[unit]! * (1 - gates[z]!) * (1 - gates[n]! ** 2);
      ofInput[n] = fresh;
      ofInput[z] = gradient[unit]! * (before[unit]! - gates[n]!) * gates[z]! * (1 - gates[z]!);
      ofInput[r] = fresh * recalled[n]! * gates[r]! * (1 - gates[r]!);
      for (const at of [r, z]) ofRecalled[at] = ofInput[at]!;
      ofRecalled[n] = fresh * gates[r]!;
      direct[unit] = gradient[unit]! * gates[z]!;
    });
  },
};

const elman = (value: (x: number) => number, slope: (y: number) => number): Cell => ({
  gates: 1,
  forward(turn) {
    const { gates, recalled, hidden } = turn;
    eachUnit(turn, 1, unit => {
      gates[unit] = value(gates[unit]! + recalled[unit]!);
      hidden[unit] = gates[unit]!;
    });
  },
  backward(turn) {
    const { gates, gradient, ofInput, ofRecalled } = turn;
    eachUnit(turn, 1, unit => {
      ofInput[unit] = gradient[unit]! * slope(gates[unit]!);
    });
    ofRecalled.set(ofInput);
  },
});

export const cells: Readonly<Record<CellName, Cell>> = {
  lstm,
  gru,
  tanh: elman(Math.tanh, y => 1 - y * y),
  relu: elman(
    x => Math.max(0, x),
    y => (y > 0 ? 1 : 0),
  ),
};
