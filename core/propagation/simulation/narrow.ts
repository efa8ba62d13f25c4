/**
 * A narrow version of a network: fewer features, the same positions and samples. Every sum over features is then too
 * small by a known factor, which is put back, so that variances travel as in the whole network.
 */
import { cells } from './cells.js';
import {
  type DropoutStep,
  NO_SHORTFALL,
  type PoolStep,
  type Program,
  type RecurrentStep,
  type Step,
  type StepOperation,
  type TakeStep,
  type Window,
} from './program.js';
import { groupsOf } from './reshaping.js';
import { shortfallOf } from './shortfall.js';
import { countOf, placesOf, stridesOf } from './tensor.js';

type Shape = readonly number[];

/** With features divided by `divisor` where that leaves enough; undefined where the shapes do not come out. */
export function narrowed(program: Program, divisor: number): Program | undefined {
  const narrowing = new Narrowing(program, divisor);
  return program.steps.every((_, index) => narrowing.take(index))
    ? { steps: narrowing.steps(), outputs: program.outputs }
    : undefined;
}

/** Fewer features than this behave by their number. */
const FEWEST = 8;

class Narrowing {
  readonly #program: Program;
  readonly #divisor: number;
  readonly #shapes: (Shape | undefined)[] = [];
  readonly #operations: StepOperation[];

  constructor(program: Program, divisor: number) {
    this.#program = program;
    this.#divisor = divisor;
    this.#operations = program.steps.map(it => it.operation);
  }

  /** False where the step cannot be made narrow. A parameter waits for the step that uses it, as numbers of the code do. */
  take(index: number): boolean {
    const { operation } = this.#program.steps[index]!;
    if (operation.kind === 'parameter' || operation.kind === 'constant') return true;
    this.#shapes[index] = this.#shapeOf(index);
    return this.#shapes[index] !== undefined;
  }

  steps(): readonly Step[] {
    return this.#program.steps.map(({ inputs, shape }, index) => {
      const narrow = { operation: this.#operations[index]!, inputs, shape: this.#shapes[index] ?? shape };
      const [input] = inputs;
      if (input === undefined) return { ...narrow, shortfall: NO_SHORTFALL };
      return {
        ...narrow,
        shortfall: shortfallOf(this.#program.steps[index]!, narrow, this.#full(input), this.#at(input)),
      };
    });
  }

  #shapeOf(index: number): Shape | undefined {
    const { operation, inputs, shape } = this.#program.steps[index]!;
    switch (operation.kind) {
      case 'input':
        return this.#input(index);
      case 'constant':
      case 'parameter':
        return shape;
      case 'linear':
        return this.#linear(operation.isTransposed === true, index);
      case 'convolution':
        return this.#convolution(index);
      case 'embedding':
      case 'rows':
        return this.#embedding(index);
      case 'add':
      case 'multiply':
      case 'mask':
        return this.#together(index);
      case 'reshape':
        return this.#reshaped(index);
      case 'permute':
        return operation.order.map(axis => this.#at(inputs[0]!)[axis]!);
      case 'slice':
        return this.#sliced(index);
      case 'concatenate':
        return this.#joined(index);
      case 'expand':
        return this.#expanded(index);
      case 'product':
        return [...this.#at(inputs[0]!).slice(0, -1), this.#at(inputs[1]!).at(-1)!];
      case 'pool':
        return this.#pooled(operation, index);
      case 'nonlinearity':
      case 'function':
      case 'norm':
      case 'scale':
      case 'softmax':
        return this.#at(inputs[0]!);
      case 'dropout':
        return this.#dropped(operation, index);
      case 'take':
        return this.#taken(operation, index);
      case 'recurrent':
        return this.#recurrent(operation, index);
    }
  }

  /** A mask has the sizes of what it covers, or 1. */
  #dropped(operation: DropoutStep, index: number): Shape {
    const now = this.#at(this.#program.steps[index]!.inputs[0]!);
    const { mask } = operation;
    if (mask !== undefined) {
      const missing = now.length - mask.length;
      this.#operations[index] = {
        ...operation,
        mask: mask.map((size, axis) => (size === 1 ? 1 : now[axis + missing]!)),
      };
    }
    return now;
  }

  #at(step: number): Shape {
    return this.#shapes[step] ?? this.#program.steps[step]!.shape;
  }

  #full(step: number): Shape {
    return this.#program.steps[step]!.shape;
  }

  #narrow(size: number): number {
    return size % this.#divisor === 0 && size / this.#divisor >= FEWEST ? size / this.#divisor : size;
  }

  /** False where another use has given the parameter another shape. */
  #give(step: number | undefined, shape: Shape): boolean {
    if (step === undefined) return true;
    const { kind } = this.#operations[step]!;
    if (kind === 'constant' && this.#shapes[step] === undefined) return this.#thinned(step, shape);
    if (kind !== 'parameter') return String(this.#at(step)) === String(shape);
    const before = this.#shapes[step];
    this.#shapes[step] = shape;
    return before === undefined || String(before) === String(shape);
  }

  /** Features are the last axis, of maps the second. */
  #input(index: number): Shape {
    const { shape } = this.#program.steps[index]!;
    const user = this.#program.steps.find(it => it.inputs.includes(index));
    const isMap = shape.length > 3 || user?.operation.kind === 'convolution';
    const axis = isMap ? 1 : shape.length - 1;
    return shape.with(axis, this.#narrow(shape[axis]!));
  }

  #linear(isTransposed: boolean, index: number): Shape | undefined {
    const { inputs, shape } = this.#program.steps[index]!;
    const [input, weight, bias] = inputs;
    const from = this.#at(input!);
    const outputs = this.#narrow(shape.at(-1)!);
    const sizes = isTransposed ? [from.at(-1)!, outputs] : [outputs, from.at(-1)!];
    return this.#give(weight!, sizes) && this.#give(bias, [outputs]) ? [...from.slice(0, -1), outputs] : undefined;
  }

  #convolution(index: number): Shape | undefined {
    const { inputs, shape, operation } = this.#program.steps[index]!;
    const [input, weight, bias] = inputs;
    const [samples, channels] = this.#at(input!) as [number, number];
    const whole = operation as Extract<StepOperation, { kind: 'convolution' }>;
    const outputs = this.#narrow(shape[1]!);
    const isDepthwise = whole.groups > 1 && whole.groups === this.#full(input!)[1];
    const groups = isDepthwise ? channels : whole.groups;
    if (channels % groups !== 0 || outputs % groups !== 0) return undefined;
    this.#operations[index] = { ...whole, groups };
    const kernel = this.#full(weight!).slice(2);
    const sizes = whole.isTransposed ? [channels, outputs / groups] : [outputs, channels / groups];
    const isGiven = this.#give(weight!, [...sizes, ...kernel]) && this.#give(bias, [outputs]);
    return isGiven ? [samples, outputs, ...shape.slice(2)] : undefined;
  }

  #recurrent({ cell, hasBias }: RecurrentStep, index: number): Shape | undefined {
    const { inputs, shape } = this.#program.steps[index]!;
    const [sequence, incoming, recurrent, ...others] = inputs;
    const from = this.#at(sequence!);
    const width = this.#narrow(shape.at(-1)!);
    const gates = cells[cell].gates * width;
    const biases = hasBias ? others.slice(0, 2) : [];
    const isGiven =
      this.#give(incoming!, [gates, from.at(-1)!]) &&
      this.#give(recurrent!, [gates, width]) &&
      biases.every(it => this.#give(it, [gates])) &&
      others.slice(biases.length).every(it => this.#at(it).at(-1) === width);
    return isGiven ? shape.with(-1, width) : undefined;
  }

  /** Of an axis that has become narrower, only a window over all of it is told. */
  #pooled(operation: PoolStep, index: number): Shape | undefined {
    const { inputs, shape } = this.#program.steps[index]!;
    const [from, now] = [this.#full(inputs[0]!), this.#at(inputs[0]!)];
    const isTold = operation.windows.every(
      (windows, axis) => windows === undefined || now[axis] === from[axis] || isWhole(windows, from[axis]!),
    );
    if (!isTold) return undefined;
    const windows = operation.windows.map((own, axis) =>
      own?.map(it => (now[axis] === from[axis] ? it : ([0, now[axis]!] as const))),
    );
    this.#operations[index] = { ...operation, windows };
    return shape.map((size, axis) => (operation.windows[axis] === undefined ? now[axis]! : size));
  }

  /** Places along an axis that has become narrower are not told. */
  #taken({ places }: TakeStep, index: number): Shape | undefined {
    const { inputs, shape } = this.#program.steps[index]!;
    const [from, now] = [this.#full(inputs[0]!), this.#at(inputs[0]!)];
    const isTold = now.every((size, axis) => places[axis] === undefined || size === from[axis]);
    return isTold ? shape.map((size, axis) => (places[axis] === undefined ? now[axis]! : size)) : undefined;
  }

  #embedding(index: number): Shape | undefined {
    const { inputs, shape } = this.#program.steps[index]!;
    const width = this.#narrow(shape.at(-1)!);
    return this.#give(inputs[0]!, [this.#full(inputs[0]!)[0]!, width]) ? shape.with(-1, width) : undefined;
  }

  /** Numbers of the code that lie along features are thinned out as these are. */
  #thinned(step: number, shape: Shape): boolean {
    const { value } = this.#operations[step]! as Extract<StepOperation, { kind: 'constant' }>;
    const from = this.#full(step);
    if (typeof value !== 'number') {
      const strides = stridesOf(from).map((stride, axis) => stride * Math.floor(from[axis]! / shape[axis]!));
      this.#operations[step] = {
        kind: 'constant',
        value: Float32Array.from(placesOf(shape, strides), at => value[at]!),
      };
    }
    this.#shapes[step] = shape;
    return true;
  }

  /** Parameters take the sizes of what they meet. */
  #together(index: number): Shape | undefined {
    const { inputs, shape } = this.#program.steps[index]!;
    const known = inputs.filter(it => this.#isKnown(it));
    const sizes = shape.map((size, axis) => {
      const met = known.map(it => this.#sizeBeside(it, axis - shape.length)).filter(it => it !== undefined && it !== 1);
      return met[0] ?? size;
    });
    const fits = inputs.every(input => {
      const own = this.#full(input);
      const wanted = own.map((size, axis) => (size === 1 ? 1 : sizes[axis + shape.length - own.length]!));
      return this.#isKnown(input) ? String(this.#at(input)) === String(wanted) : this.#give(input, wanted);
    });
    return fits ? sizes : undefined;
  }

  #isKnown(step: number): boolean {
    const { kind } = this.#operations[step]!;
    return (kind !== 'parameter' && kind !== 'constant') || this.#shapes[step] !== undefined;
  }

  #sizeBeside(step: number, fromEnd: number): number | undefined {
    return this.#at(step).at(fromEnd);
  }

  /** Axes that a reshape merges or splits share what they lost: the last of them that can gives it up. */
  #reshaped(index: number): Shape | undefined {
    const { inputs, shape } = this.#program.steps[index]!;
    const [input] = inputs;
    if (this.#operations[input!]!.kind === 'parameter') return this.#parameterReshaped(index);
    const [from, now] = [this.#full(input!), this.#at(input!)];
    const sizes = [...shape];
    for (const { left, right } of groupsOf(from, shape)) {
      const lost = countOf(left.map(axis => from[axis]!)) / countOf(left.map(axis => now[axis]!));
      if (lost === 1) continue;
      const at = right.findLast(axis => sizes[axis]! % lost === 0);
      if (at === undefined) return undefined;
      sizes[at] = sizes[at]! / lost;
    }
    return sizes;
  }

  /** A vector along one axis of its own, for one channel each. */
  #parameterReshaped(index: number): Shape | undefined {
    const { inputs, shape } = this.#program.steps[index]!;
    const [size = 1, ...others] = shape.filter(it => it !== 1);
    if (others.length > 0) return undefined;
    const narrow = this.#narrow(size);
    if (
      !this.#give(
        inputs[0]!,
        this.#full(inputs[0]!).map(it => (it === size ? narrow : it)),
      )
    )
      return undefined;
    return shape.map(it => (it === size ? narrow : it));
  }

  #sliced(index: number): Shape | undefined {
    const { inputs, shape, operation } = this.#program.steps[index]!;
    const cut = operation as Extract<StepOperation, { kind: 'slice' }>;
    const now = this.#at(inputs[0]!);
    const lost = this.#full(inputs[0]!)[cut.axis]! / now[cut.axis]!;
    if (cut.start % lost !== 0 || shape[cut.axis]! % lost !== 0) return undefined;
    this.#operations[index] = { ...cut, start: cut.start / lost };
    return now.with(cut.axis, shape[cut.axis]! / lost);
  }

  #joined(index: number): Shape | undefined {
    const { inputs, operation } = this.#program.steps[index]!;
    const { axis } = operation as Extract<StepOperation, { kind: 'concatenate' }>;
    const [first, ...others] = inputs.map(it => this.#at(it));
    const isSame = others.every(it => it.every((size, at) => at === axis || size === first![at]));
    return isSame
      ? first!.with(
          axis,
          inputs.reduce((sum, it) => sum + this.#at(it)[axis]!, 0),
        )
      : undefined;
  }

  /** A token takes the features of the layers around it, which are the last axis. */
  #expanded(index: number): Shape | undefined {
    const { inputs, shape } = this.#program.steps[index]!;
    const [input] = inputs;
    const own = this.#full(input!);
    if (this.#operations[input!]!.kind !== 'parameter') {
      const now = this.#at(input!);
      const missing = shape.length - now.length;
      return shape.map((size, axis) => (axis >= missing && own[axis - missing] !== 1 ? now[axis - missing]! : size));
    }
    const narrow = this.#narrow(shape.at(-1)!);
    return this.#give(input!, own.with(-1, own.at(-1) === 1 ? 1 : narrow)) ? shape.with(-1, narrow) : undefined;
  }
}

const isWhole = (windows: readonly Window[], size: number): boolean =>
  windows.length === 1 && windows[0]![0] === 0 && windows[0]![1] === size;
