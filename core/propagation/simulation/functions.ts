/** Functions of one number that are no nonlinearities of a network: what norms and schedules by hand are made of. */
import type { FunctionName, FunctionStep } from './program.js';
import { atOnce } from './rule.js';

interface Row {
  value(x: number, p: number, q: number): number;
  /** The derivative. */
  slope(x: number, p: number, q: number): number;
}

const rows: Readonly<Record<FunctionName, Row>> = {
  exp: { value: Math.exp, slope: Math.exp },
  log: { value: Math.log, slope: x => 1 / x },
  square: { value: x => x * x, slope: x => 2 * x },
  power: { value: (x, exponent) => x ** exponent, slope: (x, exponent) => exponent * x ** (exponent - 1) },
  clamp: {
    value: (x, low, high) => Math.min(high, Math.max(low, x)),
    slope: (x, low, high) => (x >= low && x <= high ? 1 : 0),
  },
};

export const mathematical = atOnce<FunctionStep>({
  forward({ name, parameters: [p = 0, q = 0] = [] }, { inputs: [input] }) {
    return { data: input!.data.map(x => rows[name].value(x, p, q)) };
  },
  backward({ name, parameters: [p = 0, q = 0] = [] }, { inputs: [input], gradient }) {
    return [gradient.map((g, i) => g * rows[name].slope(input!.data[i]!, p, q))];
  },
});
