/** Steps that sum over products: linear layers, and products of two tensors. */
import { addProduct, type Matrix, type Sizes, type Steps } from './product.js';
import type { StepOperation } from './program.js';
import type { Back, Rule, Run } from './rule.js';
import { countOf, type Tensor } from './tensor.js';

type Of<Kind extends StepOperation['kind']> = Extract<StepOperation, { kind: Kind }>;

/** Inputs: data, weight, and a bias where there is one. */
export const linear: Rule<Of<'linear'>> = {
  *forward({ isTransposed = false }, run) {
    const { inputs, shape, multiplier } = run;
    const [input, weight, bias] = inputs;
    const outputs = shape.at(-1)!;
    const terms = input!.shape.at(-1)!;
    if (weight!.data.length !== outputs * terms) return undefined;
    const data = new Float32Array(countOf(shape));
    const sizes = { rows: data.length / outputs, terms, columns: outputs };
    const rows = { data: input!.data, down: terms, across: 1 };
    const columns = isTransposed ? plain(weight!.data, outputs) : swapped(weight!.data, terms);
    yield* addProduct(multiplier, rows, columns, sizes, { data, down: outputs }, run.shortfall.forward);
    if (bias !== undefined) for (let i = 0; i < data.length; i++) data[i]! += bias.data[i % outputs]!;
    return { data };
  },
  *backward({ isTransposed = false }, back) {
    const { inputs, shape, gradient, multiplier } = back;
    const [input, weight] = inputs;
    const outputs = shape.at(-1)!;
    const columns = input!.shape.at(-1)!;
    const data = new Float32Array(input!.data.length);
    const sizes = { rows: gradient.length / outputs, terms: outputs, columns };
    const rows = { data: gradient, down: outputs, across: 1 };
    const through = isTransposed ? swapped(weight!.data, outputs) : plain(weight!.data, columns);
    yield* addProduct(multiplier, rows, through, sizes, { data, down: columns }, back.shortfall.columns);
    return [data, undefined, undefined];
  },
};

const plain = (data: Float32Array, down: number): Matrix => ({ data, down, across: 1 });
const swapped = (data: Float32Array, across: number): Matrix => ({ data, down: 1, across });

/** Of matrices that lie one behind the other; the second may be the same for all. */
export const product: Rule<Of<'product'>> = {
  *forward(_, run) {
    const { inputs, shape } = run;
    const [a, b] = inputs;
    const sizes = sizesOf(a!, b!);
    if (sizes === undefined) return undefined;
    const data = new Float32Array(countOf(shape));
    const { rows, terms, columns } = sizes;
    const batch = batchOf(run, sizes);
    yield* eachMatrix(run, batch, { rows, terms, columns }, data, run.shortfall.forward, it => [
      { data: a!.data, offset: it * rows * terms, down: terms, across: 1 },
      { data: b!.data, offset: it * batch.second, down: columns, across: 1 },
    ]);
    return { data };
  },
  *backward(_, back) {
    const { inputs, gradient, wanted } = back;
    const [a, b] = inputs;
    const sizes = sizesOf(a!, b!)!;
    const { rows, terms, columns } = sizes;
    const batch = batchOf(back, sizes);
    const left = new Float32Array(wanted[0] ? a!.data.length : 0);
    const right = new Float32Array(wanted[1] ? b!.data.length : 0);
    const ofA = { rows, terms: columns, columns: terms };
    const ofB = { rows: terms, terms: rows, columns };
    if (wanted[0]) {
      yield* eachMatrix(back, batch, ofA, left, back.shortfall.columns, it => [
        { data: gradient, offset: it * rows * columns, down: columns, across: 1 },
        { data: b!.data, offset: it * batch.second, down: 1, across: columns },
      ]);
    }
    if (wanted[1]) {
      yield* eachMatrix(back, { ...batch, target: batch.second }, ofB, right, back.shortfall.rows, it => [
        { data: a!.data, offset: it * rows * terms, down: 1, across: terms },
        { data: gradient, offset: it * rows * columns, down: columns, across: 1 },
      ]);
    }
    return [wanted[0] ? left : undefined, wanted[1] ? right : undefined];
  },
};

function sizesOf(a: Tensor, b: Tensor): Sizes | undefined {
  if (a.shape.length < 2 || b.shape.length < 2) return undefined;
  const [rows, terms] = a.shape.slice(-2) as [number, number];
  const [depth, columns] = b.shape.slice(-2) as [number, number];
  return terms === depth ? { rows, terms, columns } : undefined;
}

interface Batch {
  readonly count: number;
  /** Elements from one second matrix to the next: 0 where all share it. */
  readonly second: number;
  /** The same of the results; absent: they lie one behind the other. */
  readonly target?: number;
}

function batchOf({ inputs: [a, b] }: Run | Back, { rows, terms, columns }: Sizes): Batch {
  const isShared = b!.data.length === terms * columns;
  return { count: a!.data.length / (rows * terms), second: isShared ? 0 : terms * columns };
}

function* eachMatrix(
  { multiplier }: Run,
  { count, target }: Batch,
  sizes: Sizes,
  data: Float32Array,
  factor: number,
  operands: (at: number) => readonly [Matrix, Matrix],
): Steps<void> {
  const { rows, columns } = sizes;
  for (let it = 0; it < count; it++) {
    const [a, b] = operands(it);
    const offset = it * (target ?? rows * columns);
    yield* addProduct(multiplier, a, b, sizes, { data, offset, down: columns }, factor);
  }
}
