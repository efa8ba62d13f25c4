/** Functions of torch that make tensors: constants, draws, sequences, data. */
import type { InitSpec } from '../../../core/initializer.js';
import { type Machine, plainNumber } from '../../interpreter/machine.js';
import { native } from '../../interpreter/native.js';
import type { NativeFunction, Value } from '../../interpreter/values.js';
import { deviceOf, dtypeOf, integerValue, isMissing, itemsOf, numberValue, sizesOf, sizeValue } from './arguments.js';
import { describeCall } from './calls.js';
import type { Dtype } from './dtypes.js';
import { dtypes, isComplex } from './dtypes.js';
import { approximationBehind } from './operations/approximate.js';
import { overwrite } from './operations/in-place.js';
import { bernoulliOf, generatorOf, multinomial, specOfDraw } from './operations/random.js';
import { isLaidOutOtherwise } from './operations/results.js';
import { broadcast } from './shapes.js';
import { isTensor, newTensor, type Shape, type Tensor } from './tensor.js';
import { drawInto, fillWith, recordWrite } from './writes.js';

const PLACE = 'dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False';
const SIZES = `*sizes, size=None, generator=None, out=None, names=None, memory_format=None, ${PLACE}`;
const LIKE = `input, *, memory_format=None, ${PLACE}`;

/** What a factory is given by name, whatever its other parameters. */
export type Named = (name: string) => Value | undefined;

/** Fills the tensor; answers what it follows, or undefined for raw memory. */
type Fill = (machine: Machine, tensor: Tensor, named: Named) => InitSpec | undefined;

const constant =
  (value: number): Fill =>
  (machine, tensor) => {
    fillWith(machine, tensor, value);
    return { kind: 'constant', value };
  };

const drawn =
  (kind: string, args: readonly number[]): Fill =>
  (machine, tensor, named) => {
    drawInto(machine, tensor, kind, args, generatorOf(machine, named('generator')));
    return specOfDraw(kind, args);
  };

const raw: Fill = () => undefined;

/** Fills of the factories that take nothing but a shape. */
const fills: Readonly<Record<string, Fill>> = {
  zeros: constant(0),
  ones: constant(1),
  empty: raw,
  rand: drawn('uniform_', [0, 1]),
  randn: drawn('normal_', [0, 1]),
};

interface Factory {
  readonly name: string;
  readonly signature: string;
  make(machine: Machine, named: Named): Tensor;
}

/** A native that makes a tensor, or fills the one that it is given, and remembers how, should it become a parameter. */
export function factory({ name, signature, make }: Factory): NativeFunction {
  const made: NativeFunction = native(name, signature, (machine, ...bound) => {
    const { parameters } = made.signature!;
    const named: Named = wanted => bound[parameters.findIndex(it => it.name === wanted)];
    const tensor = make(machine, named);
    const out = named('out');
    if (isTensor(out)) return overwrite(machine, out, tensor, { initializer: name });
    remember(machine, tensor, made, bound);
    return tensor;
  });
  return made;
}

/** Raw memory has no first write. */
function remember(machine: Machine, tensor: Tensor, made: NativeFunction, bound: readonly Value[]): void {
  if (tensor.storage.isRaw) return;
  const { parameters } = made.signature!;
  const call = describeCall(machine, {
    initializer: made.name,
    form: 'factory',
    parameters,
    bound,
    given: tensor,
    before: 0,
    // A dozen placements that nobody wrote say nothing about the values.
    onlyWritten: true,
  });
  recordWrite(machine, tensor, { initializer: made.name, spec: tensor.storage.spec, origin: 'written', call });
}

/** An uninitialized tensor as the named arguments ask for it. */
export function blank(machine: Machine, shape: Shape, named: Named, like?: Tensor, dtype?: Dtype): Tensor {
  const type = dtypeOf(machine, named('dtype')) ?? dtype ?? like?.dtype;
  const device = deviceOf(named('device')) ?? like?.device;
  return newTensor(machine, shape, { requiresGrad: named('requires_grad') === true, dtype: type, device });
}

function filled(machine: Machine, tensor: Tensor, fill: Fill, named: Named): Tensor {
  const spec = fill(machine, tensor, named);
  if (spec !== undefined) tensor.storage.spec = spec.kind === 'uniform' && isComplex(tensor.dtype) ? COMPLEX : spec;
  return tensor;
}

/** Of which no number is greater than another. */
const COMPLEX: InitSpec = { kind: 'unknown', reason: 'its numbers are complex' };

function shapeGiven(machine: Machine, named: Named): Shape {
  const size = named('size');
  return isMissing(size) ? sizesOf(machine, named('sizes')) : sizesOf(machine, size);
}

const plain = Object.entries(fills).map(([name, fill]) =>
  factory({
    name,
    signature: SIZES,
    make: (machine, named) => filled(machine, blank(machine, shapeGiven(machine, named), named), fill, named),
  }),
);

const likes = Object.entries(fills).map(([name, fill]) =>
  factory({
    name: `${name}_like`,
    signature: LIKE,
    make: (machine, named) => filled(machine, blankLike(machine, named), fill, named),
  }),
);

/** The layout of the model is kept: a transposed tensor gives a transposed one. */
function blankLike(machine: Machine, named: Named): Tensor {
  const input = named('input');
  const like = isTensor(input) ? input : undefined;
  const tensor = blank(machine, like?.shape, named, like);
  tensor.storage.isLaidOutOtherwise = like !== undefined && isLaidOutOtherwise(like);
  return tensor;
}

function fillValue(machine: Machine, tensor: Tensor, value: Value | undefined): Tensor {
  const number = numberValue(value);
  const rounded = number === undefined ? undefined : dtypes[tensor.dtype].round(number);
  fillWith(machine, tensor, rounded);
  const behind = isTensor(value) ? approximationBehind(value) : undefined;
  if (behind !== undefined) machine.incomplete(`\`${behind}\` is not reproduced to the bit`);
  tensor.storage.spec = { kind: 'constant', value: number };
  return tensor;
}

function typeOfFill(given: Value | undefined): Dtype | undefined {
  if (given === undefined) return undefined;
  const value = plainNumber(given);
  // Truths of numpy's are no truths to torch.
  if (typeof given === 'boolean') return 'bool';
  if (isTensor(value)) return value.dtype;
  return typeof value === 'number' ? 'int64' : undefined;
}

const fulls: readonly NativeFunction[] = [
  factory({
    name: 'full',
    signature: `size, fill_value, *, out=None, names=None, ${PLACE}`,
    make: (machine, named) => {
      const value = named('fill_value');
      return fillValue(
        machine,
        blank(machine, sizesOf(machine, named('size')), named, undefined, typeOfFill(value)),
        value,
      );
    },
  }),
  factory({
    name: 'full_like',
    signature: `input, fill_value, *, memory_format=None, ${PLACE}`,
    make: (machine, named) => fillValue(machine, blankLike(machine, named), named('fill_value')),
  }),
  factory({
    name: 'empty_strided',
    signature: `size, stride, *, ${PLACE}`,
    make: (machine, named) => blank(machine, sizesOf(machine, named('size')), named),
  }),
];

/** `randint(high, size)` and `randint(low, high, size)`. */
function randint(machine: Machine, named: Named): Tensor {
  const size = named('size');
  const last = itemsOf(machine, named('args'))?.at(-1);
  return integers(machine, named, sizesOf(machine, isMissing(size) ? last : size), 'int64');
}

function randintLike(machine: Machine, named: Named): Tensor {
  const input = named('input');
  return isTensor(input)
    ? integers(machine, named, input.shape, input.dtype)
    : integers(machine, named, undefined, 'int64');
}

/** From `low`, or 0, up to `high`. */
function integers(machine: Machine, named: Named, shape: Shape, dtype: Dtype): Tensor {
  const items = itemsOf(machine, named('args')) ?? [];
  const numbers = items.filter(it => itemsOf(machine, it) === undefined).map(it => integerValue(it));
  const low = numbers.length > 1 ? numbers[0] : (integerValue(named('low')) ?? 0);
  const high = (numbers.length > 1 ? numbers[1] : numbers[0]) ?? integerValue(named('high'));
  const tensor = blank(machine, shape, named, undefined, dtype);
  const bounds = [low ?? Number.NaN, high ?? Number.NaN];
  drawInto(machine, tensor, 'random_', bounds, generatorOf(machine, named('generator')));
  return tensor;
}

const draws: readonly NativeFunction[] = [
  factory({
    name: 'randint',
    signature: `*args, low=None, high=None, size=None, generator=None, out=None, ${PLACE}`,
    make: randint,
  }),
  factory({
    name: 'randint_like',
    signature: `input, *args, low=None, high=None, memory_format=None, ${PLACE}`,
    make: randintLike,
  }),
  factory({
    name: 'randperm',
    signature: `n, *, generator=None, out=None, ${PLACE}`,
    make: (machine, named) => {
      const tensor = blank(machine, [sizeValue(named('n'))], named, undefined, 'int64');
      drawInto(machine, tensor, 'randperm', [], generatorOf(machine, named('generator')));
      return tensor;
    },
  }),
  factory({
    name: 'normal',
    signature: `mean=0.0, std=1.0, size=None, *, generator=None, out=None, ${PLACE}`,
    make: (machine, named) => normal(machine, named),
  }),
  factory({
    name: 'bernoulli',
    signature: 'input, p=None, *, generator=None, out=None',
    make: (machine, named) => {
      const [input, p] = [named('input'), named('p')];
      if (isTensor(input) && isMissing(p)) return bernoulliOf(machine, input, input, named('generator'));
      const tensor = blankLike(machine, named);
      const generator = generatorOf(machine, named('generator'));
      drawInto(machine, tensor, 'bernoulli_', [numberValue(p) ?? Number.NaN], generator);
      return tensor;
    },
  }),
  factory({
    name: 'multinomial',
    signature: 'input, num_samples, replacement=False, *, generator=None, out=None',
    make: (machine, named) =>
      multinomial(machine, named('input')!, {
        count: named('num_samples'),
        isReplaced: named('replacement')!,
        generator: named('generator'),
      }),
  }),
  ...['poisson', 'binomial'].map(name =>
    factory({
      name,
      signature: 'input, *args, generator=None, **kwargs',
      make: (machine, named) => {
        const tensor = blank(machine, undefined, named, undefined, 'float32');
        drawInto(machine, tensor, name, []);
        return tensor;
      },
    }),
  ),
];

/** With a tensor of means or deviations torch draws around zero, then scales and shifts. */
function normal(machine: Machine, named: Named): Tensor {
  const [mean, std] = [named('mean'), named('std')];
  const given = [mean, std].filter(isTensor);
  const shape = given.length === 0 ? sizesOf(machine, named('size')) : broadcast(...given.map(it => it.shape));
  const tensor = blank(machine, shape, named, given[0]);
  const numbers = [numberValue(mean), numberValue(std)];
  const args = [isTensor(mean) || isTensor(std) ? 0 : numbers[0], isTensor(std) ? 1 : numbers[1]];
  const known = args.map(it => it ?? Number.NaN);
  drawInto(machine, tensor, 'normal_', known, generatorOf(machine, named('generator')));
  const result = given.length === 0 ? tensor : shifted(machine, tensor, mean, isTensor(std) ? std : undefined);
  result.storage.spec = { kind: 'normal', mean: numbers[0], std: numbers[1] };
  return result;
}

function shifted(machine: Machine, drawn: Tensor, mean: Value | undefined, std: Tensor | undefined): Tensor {
  const scaled = std === undefined ? drawn : machine.binary('*', drawn, std);
  const result = machine.binary('+', scaled, mean ?? 0);
  if (isTensor(result)) return result;
  fillWith(machine, drawn, undefined);
  return drawn;
}

/** Methods `new_zeros`, `new_full`…: of the tensor's own type and device. */
const news = Object.entries(fills)
  .filter(([name]) => !name.startsWith('rand'))
  .map(([name, fill]) =>
    factory({
      name: `new_${name}`,
      signature: `self, ${SIZES}`,
      make: (machine, named) => {
        const self = named('self');
        const tensor = blank(machine, shapeGiven(machine, named), named, isTensor(self) ? self : undefined);
        return filled(machine, tensor, fill, named);
      },
    }),
  );

const newFull = factory({
  name: 'new_full',
  signature: `self, size, fill_value, *, ${PLACE}`,
  make: (machine, named) => {
    const self = named('self');
    const tensor = blank(machine, sizesOf(machine, named('size')), named, isTensor(self) ? self : undefined);
    return fillValue(machine, tensor, named('fill_value'));
  },
});

export const shapedFactories: readonly NativeFunction[] = [...plain, ...likes, ...fulls, ...draws];
export const newMethods: readonly NativeFunction[] = [...news, newFull];
