/** Draws: in-place methods, and the factories that answer random tensors. */
import type { InitSpec } from '../../../../core/initializer.js';
import type { Machine } from '../../../interpreter/machine.js';
import { native } from '../../../interpreter/native.js';
import { Instance, type NativeFunction, Unknown, type Value } from '../../../interpreter/values.js';
import { isMissing, numberValue, sizeValue } from '../arguments.js';
import { describeCall } from '../calls.js';
import { isTensor, newTensor, type Tensor } from '../tensor.js';
import { drawInto, fillWith } from '../writes.js';
import { guardLeaf, overwrite, remember } from './in-place.js';

interface Distribution {
  readonly kind: string;
  /** Parameters behind `self`, and what they are when they are left out. */
  readonly parameters: readonly (readonly [name: string, byDefault: string])[];
  readonly spec: (args: readonly (number | undefined)[]) => InitSpec;
}

const distributions: readonly Distribution[] = [
  {
    kind: 'normal_',
    parameters: [
      ['mean', '0.0'],
      ['std', '1.0'],
    ],
    spec: ([mean, std]) => ({ kind: 'normal', mean, std }),
  },
  {
    kind: 'uniform_',
    parameters: [
      ['from', '0.0'],
      ['to', '1.0'],
    ],
    spec: ([low, high]) => ({ kind: 'uniform', low, high }),
  },
  { kind: 'bernoulli_', parameters: [['p', '0.5']], spec: ([p]) => bernoulliSpec(p) },
  { kind: 'exponential_', parameters: [['lambd', '1.0']], spec: ([rate]) => exponentialSpec(rate) },
  { kind: 'geometric_', parameters: [['p', '0.5']], spec: () => ({ kind: 'unknown', reason: 'a geometric draw' }) },
  {
    kind: 'cauchy_',
    parameters: [
      ['median', '0.0'],
      ['sigma', '1.0'],
    ],
    spec: () => ({ kind: 'unknown', reason: 'a Cauchy draw' }),
  },
  {
    kind: 'log_normal_',
    parameters: [
      ['mean', '1.0'],
      ['std', '2.0'],
    ],
    spec: () => ({ kind: 'unknown', reason: 'a log-normal draw' }),
  },
  {
    kind: 'random_',
    parameters: [
      ['from', '0'],
      ['to', 'None'],
    ],
    spec: () => ({ kind: 'unknown', reason: 'random integers' }),
  },
];

function bernoulliSpec(p: number | undefined): InitSpec {
  const std = p === undefined ? undefined : Math.sqrt(p * (1 - p));
  return { kind: 'data', mean: p, std, min: 0, max: 1 };
}

function exponentialSpec(rate: number | undefined): InitSpec {
  const mean = rate === undefined ? undefined : 1 / rate;
  return { kind: 'data', mean, std: mean, min: 0 };
}

/** `from` is a word of the language: no call can name it, and no signature can be parsed with it. */
const inSignature = (name: string): string => (name === 'from' ? 'low' : name);

export const drawMethods: readonly NativeFunction[] = distributions.map(row => {
  const given = row.parameters.map(([name, byDefault]) => `${inSignature(name)}=${byDefault}`).join(', ');
  const method: NativeFunction = native(row.kind, `self, ${given}, *, generator=None`, (machine, self, ...bound) => {
    if (!isTensor(self)) return self!;
    return drawMethod(machine, self, row, bound);
  });
  return method;
});

/** One number for each probability, of single precision but for doubles: below it comes 1, else 0. */
export function bernoulliOf(
  machine: Machine,
  like: Tensor,
  probabilities: Tensor,
  generator: Value | undefined,
): Tensor {
  const dtype = probabilities.dtype === 'float64' ? 'float64' : 'float32';
  const noise = newTensor(machine, like.shape, { dtype, device: like.device });
  drawInto(machine, noise, 'uniform_', [0, 1], generatorOf(machine, generator));
  const drawn = machine.callMethod(machine.callMethod(noise, 'lt', [probabilities]), 'type_as', [like]);
  return isTensor(drawn) ? drawn : noise;
}

interface Samples {
  readonly count: Value | undefined;
  readonly isReplaced: Value;
  readonly generator: Value | undefined;
}

/** Each sample that is replaced takes a double; else every weight takes an exponential number, and the best are taken. */
export function multinomial(machine: Machine, weights: Value, { count, isReplaced, generator }: Samples): Tensor {
  const samples = sizeValue(count);
  const known = isTensor(weights) ? weights : undefined;
  const shape = known?.shape && [...known.shape.slice(0, -1), samples];
  if (typeof isReplaced !== 'boolean') machine.inexact('it is not known whether samples are replaced');
  if (isReplaced === true) {
    const noise = newTensor(machine, shape, { dtype: 'float64' });
    drawInto(machine, noise, 'uniform_', [0, 1], generatorOf(machine, generator));
  } else {
    const noise = newTensor(machine, known?.shape, known && { dtype: known.dtype });
    drawInto(machine, noise, 'exponential_', [1], generatorOf(machine, generator));
  }
  const made = newTensor(machine, shape, { dtype: 'int64' });
  fillWith(machine, made, undefined);
  return made;
}

function drawMethod(machine: Machine, self: Tensor, row: Distribution, bound: readonly Value[]): Value {
  const values = row.parameters.map((_, i) => bound[i]!);
  const call = describeCall(machine, {
    initializer: row.kind,
    form: 'method',
    parameters: row.parameters.map(([name]) => ({ name, passing: 'any' })),
    bound: values,
    given: self,
    before: 0,
  });
  const [first] = values;
  if (row.kind === 'bernoulli_' && isTensor(first)) {
    const drawn = bernoulliOf(machine, self, first, bound[row.parameters.length]);
    return overwrite(machine, self, drawn, { initializer: row.kind, call });
  }
  guardLeaf(machine, self, call);
  const numbers = values.map(it => numberValue(it));
  drawNumbers(machine, self, row.kind, numbers, bound[row.parameters.length]);
  remember(machine, self, { initializer: row.kind, spec: row.spec(numbers), call });
  return self;
}

/** Probabilities may be a tensor: as many draws, of which the values are not followed. */
function drawNumbers(
  machine: Machine,
  self: Tensor,
  kind: string,
  numbers: readonly (number | undefined)[],
  generator: Value | undefined,
): void {
  const args = kind === 'random_' ? integerRange(numbers, self) : numbers.map(it => it ?? Number.NaN);
  drawInto(machine, self, kind, args, generatorOf(machine, generator));
  if (args.some(Number.isNaN)) fillWith(machine, self, undefined);
}

/** `random_()` draws up to what the mantissa holds, `random_(to)` below `to`. */
function integerRange([from, to]: readonly (number | undefined)[], { dtype }: Tensor): readonly number[] {
  if (to !== undefined) return [from ?? Number.NaN, to];
  if (from !== undefined && from > 0) return [0, from];
  return [0, dtype === 'float32' ? 2 ** 24 + 1 : dtype === 'float64' ? 2 ** 53 + 1 : Number.NaN];
}

/** The generator's number; undefined for the default one. */
export function generatorOf(machine: Machine, value: Value | undefined): number | undefined {
  if (isMissing(value)) return undefined;
  const number = value instanceof Instance ? value.attributes.get('_number') : undefined;
  if (typeof number === 'number') return number;
  if (value instanceof Unknown) machine.inexact('it is not known which generator draws');
  return undefined;
}

export function specOfDraw(kind: string, args: readonly (number | undefined)[]): InitSpec {
  const row = distributions.find(it => it.kind === kind);
  return row?.spec(args) ?? { kind: 'unknown', reason: `\`${kind}\`` };
}
