/** Weights that take nothing from the generator: constants, identities, Dirac kernels. */
import type { InitSpec } from '../initializer.js';
import { type Dtype, roundTo, type Values, valuesFor } from '../random/index.js';

/** In memory order; undefined for what is drawn, and where a number is missing. */
export function fixedValues(spec: InitSpec, shape: readonly number[], dtype: Dtype): Values | undefined {
  const count = shape.reduce((a, b) => a * b, 1);
  switch (spec.kind) {
    case 'constant':
      return spec.value === undefined ? undefined : valuesFor(dtype, count).fill(roundTo(dtype, spec.value));
    case 'identity':
      return spec.gain === undefined ? undefined : identity(shape, roundTo(dtype, spec.gain), valuesFor(dtype, count));
    case 'dirac':
      return spec.groups === undefined ? undefined : dirac(shape, spec.groups, valuesFor(dtype, count));
    default:
      return undefined;
  }
}

function identity([rows = 0, columns = 0]: readonly number[], gain: number, values: Values): Values {
  for (let i = 0; i < Math.min(rows, columns); i++) values[i * columns + i] = gain;
  return values;
}

/** How often each value stands in them, without holding them; undefined as above. */
export function fixedRuns(spec: InitSpec, shape: readonly number[], dtype: Dtype): readonly Run[] | undefined {
  const count = shape.reduce((a, b) => a * b, 1);
  switch (spec.kind) {
    case 'constant':
      return spec.value === undefined ? undefined : [{ value: roundTo(dtype, spec.value), count }];
    case 'identity':
      return spec.gain === undefined ? undefined : runsOf(roundTo(dtype, spec.gain), Math.min(...pairOf(shape)), count);
    case 'dirac': {
      if (spec.groups === undefined) return undefined;
      const [outputs, inputs] = pairOf(shape);
      return runsOf(1, spec.groups * Math.min(Math.floor(outputs / spec.groups), inputs), count);
    }
    default:
      return undefined;
  }
}

export interface Run {
  readonly value: number;
  readonly count: number;
}

const pairOf = ([a = 0, b = 0]: readonly number[]) => [a, b] as const;

const runsOf = (value: number, times: number, count: number): readonly Run[] => [
  { value, count: times },
  { value: 0, count: count - times },
];

/** In each group, input channel i goes to output channel i at the middle of the kernel. */
function dirac([outputs = 0, inputs = 0, ...kernel]: readonly number[], groups: number, values: Values): Values {
  const field = kernel.reduce((a, b) => a * b, 1);
  const middle = kernel.reduce((offset, size) => offset * size + Math.floor(size / 2), 0);
  const perGroup = Math.floor(outputs / groups);
  for (let group = 0; group < groups; group++) {
    for (let i = 0; i < Math.min(perGroup, inputs); i++) {
      const output = group * perGroup + i;
      values[(output * inputs + i) * field + middle] = 1;
    }
  }
  return values;
}
