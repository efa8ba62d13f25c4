/** What can be read off a tensor: its properties, and the methods that answer numbers instead of tensors. */
import type { Machine } from '../../../interpreter/machine.js';
import { valueOfSize } from '../../../interpreter/machine.js';
import { native } from '../../../interpreter/native.js';
import { Descriptor, Float, Iterator, List, type NativeFunction, type Value } from '../../../interpreter/values.js';
import { axisOf, dtypeValue, isMissing } from '../arguments.js';
import { makeDevice, sizeAt, sizeOfTensor } from '../descriptions.js';
import { dtypes, isFloating } from '../dtypes.js';
import { replaceData } from '../parameters.js';
import { noteArgument } from '../size-reads.js';
import { torchOf } from '../state.js';
import { countOf, elementsOf, isContiguous, isTensor, knownShape, type Tensor } from '../tensor.js';
import { approximationBehind } from './approximate.js';
import { selected } from './axes.js';
import { dataOf } from './data.js';
import type { Data } from './elements.js';
import { itemOf } from './indexing.js';
import { reversed, swappedLast } from './view.table.js';
import { detached } from './views.js';

type Read = (machine: Machine, tensor: Tensor) => Value;

const readable: Readonly<Record<string, Read>> = {
  shape: sizeOfTensor,
  dtype: (machine, tensor) => dtypeValue(machine, tensor.dtype),
  device: (machine, tensor) => makeDevice(machine, tensor.device),
  ndim: (machine, tensor) => tensor.shape?.length ?? machine.unknown('the rank of the tensor is not known'),
  is_leaf: (_, tensor) => tensor.isLeaf,
  grad: machine => (torchOf(machine).hasGradients ? machine.unknown('a gradient') : null),
  grad_fn: (machine, tensor) => (tensor.isLeaf ? null : machine.unknown('a gradient function')),
  is_cuda: (_, tensor) => tensor.device.startsWith('cuda'),
  is_cpu: (_, tensor) => tensor.device === 'cpu',
  is_meta: (_, tensor) => tensor.device === 'meta',
  is_sparse: () => false,
  is_quantized: () => false,
  is_mps: () => false,
  is_nested: () => false,
  layout: machine => machine.unknown('a layout'),
  names: (_, tensor) => new List((tensor.shape ?? []).map(() => null)),
  itemsize: (_, tensor) => dtypes[tensor.dtype].bytes,
  nbytes: (machine, tensor) => machine.binary('*', machine.callMethod(tensor, 'numel'), dtypes[tensor.dtype].bytes),
  T: reversed,
  mT: (machine, tensor) => swappedLast(machine, tensor, 'mT'),
  H: reversed,
  mH: (machine, tensor) => swappedLast(machine, tensor, 'mH'),
  real: (_, tensor) => tensor,
  imag: (_, tensor) => tensor,
  retains_grad: () => false,
  output_nr: () => 0,
  _version: () => 0,
};

const property = (name: string, read: Read, set?: NativeFunction): readonly [string, Value] => [
  name,
  new Descriptor(
    'property',
    native(name, 'self', (machine, self) => (isTensor(self) ? read(machine, self) : null)),
    set,
  ),
];

/** `tensor.grad = None` and the like leave the values alone. */
const ignored = native('set', 'self, value', () => null);

export const properties: readonly (readonly [string, Value])[] = [
  ...Object.entries(readable).map(([name, read]) => property(name, read, ignored)),
  property(
    'data',
    detached,
    native('data', 'self, value', (machine, self, value) => {
      if (isTensor(self)) replaceData(machine, self, value!);
      return null;
    }),
  ),
  property(
    'requires_grad',
    (_, tensor) => tensor.requiresGrad,
    native('requires_grad', 'self, value', (machine, self, value) => setRequiresGrad(machine, self!, value!)),
  ),
];

function setRequiresGrad(machine: Machine, self: Value, value: Value): Value {
  if (!isTensor(self)) return self;
  machine.touch(self);
  self.requiresGrad = value !== false;
  return self;
}

export const answers: readonly NativeFunction[] = [
  native('size', 'self, dim=None', (machine, self, dim) => sizeAlong(machine, self!, dim!)),
  native('dim', 'self', (machine, self) => machine.getAttribute(self!, 'ndim')),
  native('ndimension', 'self', (machine, self) => machine.getAttribute(self!, 'ndim')),
  native('numel', 'input', (machine, self) => numberOfElements(machine, self!)),
  native('nelement', 'self', (machine, self) => numberOfElements(machine, self!)),
  native('__len__', 'self', (machine, self) => (isTensor(self) ? sizeAt(machine, self, 0) : 0)),
  native('__iter__', 'self', (machine, self) => (isTensor(self) ? new Iterator(rows(machine, self)) : new List([]))),
  native('__bool__', 'self', (machine, self) => (isTensor(self) ? truthOf(machine, self) : true)),
  native('__contains__', 'self, item', machine => machine.unknown('whether a tensor contains a number')),
  native('__getitem__', 'self, index', (machine, self, index) =>
    isTensor(self) ? itemOf(machine, self, index!) : null,
  ),
  native('item', 'self', (machine, self) => (isTensor(self) ? itemValue(machine, self) : null)),
  native('tolist', 'self', (machine, self) => (isTensor(self) ? nested(machine, self) : null)),
  ...['__float__', '__int__', '__index__', '__complex__'].map(name =>
    native(name, 'self', (machine, self) => (isTensor(self) ? asNumber(machine, self, name) : null)),
  ),
  native('__hash__', 'self', machine => machine.nextOrder()),
  native('__repr__', 'self', machine => machine.unknown('the text of a tensor')),
  native('__format__', 'self, spec', (machine, self, spec) => formatted(machine, self!, spec!)),
  native('stride', 'self, dim=None', (machine, self, dim) => (isTensor(self) ? strideOf(machine, self, dim!) : null)),
  native('storage_offset', 'self', (_, self) => (isTensor(self) ? self.view.offset : 0)),
  native('is_contiguous', 'self, memory_format=None', (_, self) => (isTensor(self) ? isContiguous(self) : true)),
  native('element_size', 'self', (_, self) => (isTensor(self) ? dtypes[self.dtype].bytes : 0)),
  native('is_floating_point', 'input', (_, self) => (isTensor(self) ? isFloating(self.dtype) : false)),
  native('is_complex', 'input', (_, self) => (isTensor(self) ? dtypes[self.dtype].category === 'complex' : false)),
  ...['is_pinned', 'is_shared', 'is_coalesced', 'is_inference', 'is_conj', 'is_neg', 'has_names', 'is_distributed'].map(
    name => native(name, 'self', () => false),
  ),
  native('is_signed', 'self', (_, self) => isTensor(self) && self.dtype !== 'uint8' && self.dtype !== 'bool'),
  native('get_device', 'self', (_, self) => (isTensor(self) && self.device !== 'cpu' ? 0 : -1)),
  native('data_ptr', 'self', machine => machine.nextOrder()),
  native('requires_grad_', 'self, requires_grad=True', (machine, self, value) =>
    setRequiresGrad(machine, self!, value!),
  ),
];

function sizeAlong(machine: Machine, self: Value, dim: Value): Value {
  if (!isTensor(self)) return machine.unknown('the shape is not known');
  if (isMissing(dim)) return sizeOfTensor(machine, self);
  const axis = axisOf(dim, self.shape?.length);
  if (axis === undefined) return machine.unknown('the shape of the tensor is not known');
  noteArgument(machine, self, axis);
  return sizeAt(machine, self, axis);
}

function numberOfElements(machine: Machine, self: Value): Value {
  const count = isTensor(self) ? elementsOf(self.shape) : undefined;
  return count === undefined ? machine.unknown('the number of elements is not known') : valueOfSize(count);
}

function* rows(machine: Machine, tensor: Tensor): Generator<Value, undefined> {
  const size = tensor.shape?.[0];
  if (typeof size !== 'number') {
    if (tensor.shape === undefined) yield machine.unknown('the shape of the tensor is not known', { inputs: [tensor] });
    else yield selected(machine, tensor, 0, undefined);
    return undefined;
  }
  for (let i = 0; i < size; i++) yield selected(machine, tensor, 0, i);
  return undefined;
}

/** Python refuses to decide for more than one element; a fault where a parameter is meant, which may be None elsewhere. */
function truthOf(machine: Machine, tensor: Tensor): Value {
  const count = countOf(tensor.shape);
  if (count === 1) {
    const [value] = dataOf(tensor) ?? [];
    if (value === undefined || !isFloating(tensor.dtype) || Math.abs(value) < 1e-6) noteApproximation(machine, tensor);
    return value === undefined ? machine.unknown('the values of the tensor are not known') : value !== 0;
  }
  const isSurely = tensor.isParameter && (count !== undefined || (tensor.shape?.length ?? 0) > 0);
  if (!isSurely) return machine.unknown('the values of the tensor are not known');
  return machine.fault({
    code: 'tensor-truth',
    exception: 'RuntimeError',
    message: 'Boolean value of Tensor with more than one value is ambiguous',
    details: { expression: expressionAt(machine), isSized: count !== undefined },
    tensor,
  });
}

/** What is being evaluated, as it is written. */
function expressionAt(machine: Machine): string | null {
  const site = machine.site();
  const module = machine.frame?.module;
  if (site === undefined || module?.path !== site.path) return null;
  return module.text.slice(site.start, site.end);
}

function asPython(tensor: Tensor, value: number): Value {
  if (tensor.dtype === 'bool') return value !== 0;
  return isFloating(tensor.dtype) ? new Float(value) : value;
}

function itemValue(machine: Machine, tensor: Tensor): Value {
  const data = dataOf(tensor);
  noteApproximation(machine, tensor);
  if (data?.length === 1) return asPython(tensor, data[0]!);
  return machine.unknown('the value of the tensor is not known');
}

/** As Python's own number nobody knows any more that its last bits are a library's own affair. */
function noteApproximation(machine: Machine, tensor: Tensor): void {
  const behind = approximationBehind(tensor);
  if (behind !== undefined) machine.incomplete(`\`${behind}\` is not reproduced to the bit`);
}

function asNumber(machine: Machine, tensor: Tensor, name: string): Value {
  const item = itemValue(machine, tensor);
  if (name === '__float__') return item instanceof Float ? item : typeof item === 'number' ? new Float(item) : item;
  return item instanceof Float ? Math.trunc(item.value) : item;
}

function nested(machine: Machine, tensor: Tensor): Value {
  const data = dataOf(tensor);
  const shape = knownShape(tensor.shape);
  if (data === undefined || shape === undefined) return machine.unknown('the values of the tensor are not known');
  machine.step(data.length >> 4);
  noteApproximation(machine, tensor);
  return listsOf(tensor, data, shape);
}

function listsOf(tensor: Tensor, data: Data, [size, ...rest]: readonly number[]): Value {
  if (size === undefined) return asPython(tensor, data[0]!);
  if (rest.length === 0) return new List(Array.from({ length: size }, (_, i) => asPython(tensor, data[i]!)));
  const each = data.length / Math.max(1, size);
  return new List(
    Array.from({ length: size }, (_, i) => listsOf(tensor, data.subarray(i * each, (i + 1) * each), rest)),
  );
}

function formatted(machine: Machine, self: Value, spec: Value): Value {
  const item = isTensor(self) && self.shape?.length === 0 ? itemValue(machine, self) : null;
  return item === null ? machine.unknown('the text of a tensor') : machine.callMethod(item, '__format__', [spec]);
}

function strideOf(machine: Machine, tensor: Tensor, dim: Value): Value {
  const { strides } = tensor.view;
  if (strides === undefined) return machine.unknown('the strides are not known');
  if (isMissing(dim)) return machine.call(machine.builtins.tupleClass, [new List([...strides])]);
  return strides[axisOf(dim, strides.length) ?? 0] ?? null;
}
