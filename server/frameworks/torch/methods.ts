/** Everything that a tensor answers to. */
import { NdArray } from '../../interpreter/library/numpy/array.js';
import type { Machine } from '../../interpreter/machine.js';
import { native, rawNative } from '../../interpreter/native.js';
import {
  type ClassValue,
  Dict,
  Instance,
  type NativeFunction,
  Tuple,
  Unknown,
  type Value,
} from '../../interpreter/values.js';
import { activationMethods } from './activations.js';
import { dtypeOf, isMissing, itemsOf, sizesOf } from './arguments.js';
import type { Dtype } from './dtypes.js';
import { newMethods } from './factories.js';
import { softmaxFunctions } from './functional/softmax.js';
import { operatorMethods } from './operations/arithmetic.table.js';
import { arrayOfTensor } from './operations/arrays.js';
import { assignmentMethods } from './operations/assignments.js';
import { answers, properties } from './operations/attributes.js';
import { converted, movedTo, transferred } from './operations/conversions.js';
import { operations } from './operations/index.js';
import { tensorFrom } from './operations/literals.js';
import { bernoulliOf, drawMethods, multinomial } from './operations/random.js';
import { opaqueResult } from './operations/results.js';
import { unseenOperations } from './operations/unseen.table.js';
import { methodsOf } from './operations/variants.js';
import { detached } from './operations/views.js';
import { torchOf } from './state.js';
import { isTensor, newTensor, type Tensor } from './tensor.js';

const conversions: Readonly<Record<string, Dtype>> = {
  float: 'float32',
  double: 'float64',
  half: 'float16',
  bfloat16: 'bfloat16',
  long: 'int64',
  int: 'int32',
  short: 'int16',
  char: 'int8',
  byte: 'uint8',
  bool: 'bool',
  cfloat: 'complex64',
};

const onTensor =
  (run: (machine: Machine, tensor: Tensor, ...bound: Value[]) => Value) =>
  (machine: Machine, self: Value, ...bound: Value[]): Value =>
    isTensor(self) ? run(machine, self, ...bound) : self;

const transfers: readonly NativeFunction[] = [
  ...Object.entries(conversions).map(([name, dtype]) =>
    native(
      name,
      'self, memory_format=None',
      onTensor((machine, tensor) => converted(machine, tensor, dtype)),
    ),
  ),
  native(
    'to',
    'self, *args, device=None, dtype=None, non_blocking=False, copy=False, memory_format=None',
    onTensor((machine, tensor, args, device, dtype) =>
      transferred(
        machine,
        tensor,
        [...(itemsOf(machine, args) ?? []), device!, dtype!].filter(it => !isMissing(it)),
      ),
    ),
  ),
  native(
    'type',
    'self, dtype=None, non_blocking=False',
    onTensor((machine, tensor, dtype) =>
      isMissing(dtype) ? 'torch.FloatTensor' : transferred(machine, tensor, [dtype]),
    ),
  ),
  native(
    'type_as',
    'self, other',
    onTensor((machine, tensor, other) => transferred(machine, tensor, [other!])),
  ),
  native(
    'cuda',
    'self, device=None, non_blocking=False, memory_format=None',
    onTensor((machine, tensor) => movedTo(machine, tensor, 'cuda')),
  ),
  native(
    'cpu',
    'self, memory_format=None',
    onTensor((machine, tensor) => movedTo(machine, tensor, 'cpu')),
  ),
  native('detach', 'self', onTensor(detached)),
  native(
    'detach_',
    'self',
    onTensor((machine, tensor) => {
      machine.touch(tensor);
      tensor.requiresGrad = false;
      tensor.isLeaf = true;
      return tensor;
    }),
  ),
  native('numpy', 'self, *, force=False', onTensor(arrayOfTensor)),
  native('__array__', 'self, dtype=None', onTensor(detached)),
  native(
    'astype',
    'self, dtype',
    onTensor((machine, tensor, dtype) => transferred(machine, tensor, [dtype!])),
  ),
];

/** Methods that change shape in place. */
const reshaping: readonly NativeFunction[] = [
  'squeeze',
  'unsqueeze',
  't',
  'transpose',
  'swapaxes',
  'resize',
  'resize_as',
].map(name =>
  rawNative(`${name}_`, (machine, args) => {
    const [self, ...rest] = args.positional;
    if (!isTensor(self)) return self ?? null;
    const result = name.startsWith('resize')
      ? newTensor(
          machine,
          sizesOf(machine, isTensor(rest[0]) ? new Tuple([...(rest[0].shape ?? [])] as Value[]) : new Tuple(rest)),
          {},
        )
      : machine.callWith(machine.getAttribute(self, name), { positional: rest, keywords: args.keywords });
    if (!isTensor(result)) return self;
    machine.touch(self);
    self.shape = result.shape;
    self.view = result.view;
    self.operation = result.operation;
    return self;
  }),
);

/** Methods of autograd and of memory that change no values. */
const inert: readonly NativeFunction[] = [
  rawNative('backward', machine => {
    torchOf(machine).hasGradients = true;
    return null;
  }),
  ...['retain_grad', 'register_hook', 'register_post_accumulate_grad_hook', 'share_memory_', 'record_stream'].map(
    name => rawNative(name, (_, { positional }) => (name === 'share_memory_' ? (positional[0] ?? null) : null)),
  ),
  ...['rename', 'rename_', 'refine_names', 'align_to', 'to_dense', 'coalesce', 'as_subclass'].map(name =>
    rawNative(name, (_, { positional }) => positional[0] ?? null),
  ),
];

const construct = native('__new__', 'cls, *args, **kwargs', (machine, cls, given, keywords) =>
  constructed(machine, cls as ClassValue, given!, keywords!),
);

/** `torch.Tensor(2, 3)` and `torch.Tensor(size=(2, 3))` are raw memory, `torch.Tensor([1, 2])` is data. */
export function constructed(
  machine: Machine,
  cls: ClassValue,
  given: Value,
  keywords: Value,
  dtype = torchOf(machine).defaultDtype,
): Value {
  const options = { cls, dtype };
  const size = keywords instanceof Dict ? keywords.entries.get('size')?.[1] : undefined;
  if (size !== undefined) return newTensor(machine, sizesOf(machine, size), options);
  const items = itemsOf(machine, given) ?? [];
  const [first] = items;
  const isOne = items.length === 1;
  if (isOne && first instanceof Unknown && !isLength(machine, first)) return opaqueResult(machine, 'Tensor', [first]);
  const isShape = first instanceof Instance && first.cls === torchOf(machine).classes.size;
  const isData = isOne && !isShape && (isTensor(first) || isArray(first) || itemsOf(machine, first) !== undefined);
  if (!isData) return newTensor(machine, items.length === 0 ? [0] : sizesOf(machine, given), options);
  const data = isTensor(first) ? converted(machine, first, dtype) : tensorFrom(machine, first!, dtype);
  return newTensor(machine, data.shape, { ...options, storage: data.storage, view: data.view });
}

/** One of numpy's numbers is a size, as one of Python's is. */
const isArray = (value: Value | undefined): boolean => value instanceof NdArray && value.cls === value.family;

/** One argument of which nothing is known is data or a size: what else was made with it can tell, or its name. */
function isLength(machine: Machine, value: Unknown): boolean {
  const { symbol } = value;
  return torchOf(machine).lengths.has(value) || (symbol !== undefined && SIZE_NAME.test(lastNameOf(symbol)));
}

/** Of `config.hidden` and `config[hidden]` what they are asked for; a place in a sequence is called as the sequence is. */
const lastNameOf = (symbol: string): string => /(\w+)\]*$/.exec(symbol.replace(/\[(-?\d+|i)\]/g, ''))?.[1] ?? symbol;

const SIZE_NAME =
  /dim|size|len|num|count|feat|chan|hidden|units|nodes|heads|classes|vocab|width|depth|^n$|^[nd]_|^(in|out)_|_(in|out|n)$|input|output/i;

/** Methods that answer another tensor, drawn or made of data, of this one's type. */
const drawingMethods: readonly NativeFunction[] = [
  native(
    'bernoulli',
    'self, p=None, *, generator=None',
    onTensor((machine, tensor, p, generator) =>
      isMissing(p)
        ? bernoulliOf(machine, tensor, tensor, generator)
        : machine.callMethod(
            machine.callMethod(tensor, 'clone'),
            'bernoulli_',
            [p!],
            new Map([['generator', generator!]]),
          ),
    ),
  ),
  native(
    'multinomial',
    'self, num_samples, replacement=False, *, generator=None',
    onTensor((machine, tensor, count, isReplaced, generator) =>
      multinomial(machine, tensor, { count, isReplaced: isReplaced!, generator }),
    ),
  ),
  native(
    'new_tensor',
    'self, data, *, dtype=None, device=None, requires_grad=False',
    onTensor((machine, tensor, data, dtype) => tensorFrom(machine, data!, dtypeOf(machine, dtype) ?? tensor.dtype)),
  ),
  native(
    'new',
    'self, *args, **kwargs',
    onTensor((machine, tensor, given, keywords) =>
      constructed(machine, torchOf(machine).classes.tensor, given!, keywords!, tensor.dtype),
    ),
  ),
];

const named = (natives: readonly NativeFunction[]) => natives.map((it): readonly [string, Value] => [it.name, it]);

export const tensorMembers: readonly (readonly [string, Value])[] = [
  ['__new__', construct],
  ['__init__', native('__init__', 'self, *args, **kwargs', () => null)],
  ...properties,
  ...unseenOperations,
  ...named(softmaxFunctions),
  ...named(inert),
  ...methodsOf(operations),
  ...activationMethods,
  ...named(answers),
  ...named(transfers),
  ...named(reshaping),
  ...named(newMethods),
  ...named(drawMethods),
  ...named(assignmentMethods),
  ...operatorMethods,
  ...named(drawingMethods),
];
