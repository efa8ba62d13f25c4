/** Steps on single numbers: nonlinearities, sums, products, factors, dropout. */
import { nonlinearityOf } from '../../nonlinearities.js';
import { drawBernoulli, drawRounded } from './inputs.js';
import type { DropoutStep, StepOperation } from './program.js';
import { atOnce } from './rule.js';
import { broadcastStrides, countOf, isSameShape, placesOf, type Tensor } from './tensor.js';

type Of<Kind extends StepOperation['kind']> = Extract<StepOperation, { kind: Kind }>;

export const nonlinearity = atOnce<Of<'nonlinearity'>>({
  forward({ name, parameter }, { inputs: [input] }) {
    const phi = nonlinearityOf(name, parameter);
    return phi && { data: mapped(input!.data, phi.value) };
  },
  backward({ name, parameter }, { inputs: [input], gradient }) {
    const { slope } = nonlinearityOf(name, parameter)!;
    return [mapped(gradient, (g, i) => g * slope(input!.data[i]!))];
  },
});

export const scale = atOnce<Of<'scale'>>({
  forward({ factor }, { inputs: [input] }) {
    return { data: mapped(input!.data, x => factor * x) };
  },
  backward({ factor }, { gradient }) {
    return [mapped(gradient, g => factor * g)];
  },
});

export const add = atOnce<Of<'add'>>({
  forward(_, { inputs, shape }) {
    const data = new Float32Array(countOf(shape));
    for (const input of inputs) {
      const at = placesIn(input, shape);
      for (let i = 0; i < data.length; i++) data[i]! += input.data[at === undefined ? i : at[i]!]!;
    }
    return { data };
  },
  backward(_, { inputs, shape, gradient, wanted }) {
    const summed: (Float32Array | undefined)[] = [];
    for (const [position, input] of inputs.entries()) {
      summed.push(wanted[position] ? summedOver(gradient, input, shape) : undefined);
    }
    return summed;
  },
});

export const multiply = atOnce<Of<'multiply'>>({
  forward(_, { inputs, shape }) {
    const data = new Float32Array(countOf(shape)).fill(1);
    for (const input of inputs) {
      timesInPlace(data, input, shape);
    }
    return { data };
  },
  backward(_, { inputs, shape, gradient, wanted }) {
    const back: (Float32Array | undefined)[] = [];
    for (const [position, input] of inputs.entries()) {
      const own = gradient.slice();
      for (const [other, factor] of inputs.entries()) if (other !== position) timesInPlace(own, factor, shape);
      back.push(wanted[position] ? summedOver(own, input, shape) : undefined);
    }
    return back;
  },
});

function timesInPlace(data: Float32Array, factor: Tensor, shape: readonly number[]): void {
  const at = placesIn(factor, shape);
  for (let i = 0; i < data.length; i++) data[i]! *= factor.data[at === undefined ? i : at[i]!]!;
}

/** Where each element of the result finds its operand; undefined where both lie alike. */
function placesIn(input: Tensor, shape: readonly number[]): Int32Array | undefined {
  return isSameShape(input.shape, shape) ? undefined : placesOf(shape, broadcastStrides(input.shape, shape));
}

/** What was used for many elements hears of all of them. */
function summedOver(gradient: Float32Array, input: Tensor, shape: readonly number[]): Float32Array {
  const at = placesIn(input, shape);
  if (at === undefined) return gradient;
  const sums = new Float32Array(input.data.length);
  for (let i = 0; i < gradient.length; i++) sums[at[i]!]! += gradient[i]!;
  return sums;
}

export const mask = atOnce<Of<'mask'>>({
  forward({ value }, { inputs: [input, test], shape }) {
    return { data: filled(input!, test!, shape, value) };
  },
  backward(_, { inputs: [input, test], shape, gradient }) {
    return [summedOver(filled({ shape, data: gradient }, test!, shape, 0), input!, shape), undefined];
  },
});

function filled(input: Tensor, test: Tensor, shape: readonly number[], value: number): Float32Array {
  const [from, of] = [placesIn(input, shape), placesIn(test, shape)];
  const data = new Float32Array(countOf(shape));
  for (let i = 0; i < data.length; i++) {
    data[i] = test.data[of === undefined ? i : of[i]!] === 0 ? input.data[from === undefined ? i : from[i]!]! : value;
  }
  return data;
}

/** Keeps the mask, scaled, and where each element finds its part of it. */
export const dropout = atOnce<DropoutStep>({
  forward({ probability, mask, factor, isRounded = false }, { inputs: [input], shape, generator }) {
    const draw = isRounded ? drawRounded : drawBernoulli;
    const drawn = draw(generator, 1 - probability, countOf(mask ?? shape));
    const scale = factor ?? (probability < 1 ? 1 / (1 - probability) : 0);
    const values = mapped(drawn, it => it * scale);
    const at = mask === undefined ? undefined : placesIn({ shape: mask, data: values }, shape);
    const kept: Mask = { values, at };
    return { data: masked(input!.data, kept), kept };
  },
  backward(_, { gradient, kept }) {
    return [masked(gradient, kept as Mask)];
  },
});

interface Mask {
  readonly values: Float32Array;
  readonly at: Int32Array | undefined;
}

const masked = (data: Float32Array, { values, at }: Mask): Float32Array =>
  mapped(data, (x, i) => x * values[at === undefined ? i : at[i]!]!);

function mapped(data: Float32Array, f: (x: number, i: number) => number): Float32Array {
  const result = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) result[i] = f(data[i]!, i);
  return result;
}
