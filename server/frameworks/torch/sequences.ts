/** Functions of torch that make tensors out of numbers: ranges, grids, literals. */
import { NdArray } from '../../interpreter/library/numpy/array.js';
import { type Machine, plainNumber } from '../../interpreter/machine.js';
import { native } from '../../interpreter/native.js';
import { Float, type NativeFunction, Unknown, type Value } from '../../interpreter/values.js';
import { deviceOf, dtypeOf, integerValue, isMissing, numberValue, sizeValue } from './arguments.js';
import type { Dtype } from './dtypes.js';
import { dtypes, isFloating } from './dtypes.js';
import { blank, factory, type Named } from './factories.js';
import { converted, movedTo } from './operations/conversions.js';
import { MOST_ELEMENTS } from './operations/data.js';
import type { Data } from './operations/elements.js';
import { spaced } from './operations/linspace.js';
import { tensorFrom } from './operations/literals.js';
import { opaqueResult } from './operations/results.js';
import { copyOf } from './operations/views.js';
import { torchOf } from './state.js';
import { isTensor, type Shape, type Tensor } from './tensor.js';
import { fillWith } from './writes.js';

const PLACE = 'dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False';

function withData(
  machine: Machine,
  shape: Shape,
  named: Named,
  dtype: Dtype | undefined,
  data: Data | undefined,
): Tensor {
  const tensor = blank(machine, shape, named, undefined, dtype);
  if (data === undefined) {
    fillWith(machine, tensor, undefined);
    return tensor;
  }
  const { round } = dtypes[tensor.dtype];
  tensor.storage.contents = [{ kind: 'data', values: data.map(round) }];
  tensor.storage.isRaw = false;
  return tensor;
}

/** `arange(end)`, `arange(start, end, step)`: open at its end; `range` is closed there. */
function range(machine: Machine, named: Named, kind: 'open' | 'closed'): Tensor {
  const given = [named('start'), named('end'), named('step')];
  const [first, second, third] = isMissing(given[1]) ? [0, given[0]!, given[2]!] : (given as Value[]);
  const [start, end, step] = [numberValue(first), numberValue(second), numberValue(third)];
  const hasFloat = [first, second, third].some(it => (isTensor(it) ? isFloating(it.dtype) : isReal(it!)));
  const dtype: Dtype | undefined = hasFloat || kind === 'closed' ? undefined : 'int64';
  if (start === undefined || end === undefined || step === undefined) {
    return withData(machine, [start === 0 && step === 1 ? sizeValue(second) : undefined], named, dtype, undefined);
  }
  const count = Math.max(0, kind === 'closed' ? Math.floor((end - start) / step) + 1 : Math.ceil((end - start) / step));
  const data = count > MOST_ELEMENTS ? undefined : Float64Array.from({ length: count }, (_, i) => start + i * step);
  return withData(machine, [count], named, dtype, data);
}

/** A number that torch does not take for an integer: truths of numpy's are none to it. */
function isReal(value: Value): boolean {
  const plain = plainNumber(value);
  return plain instanceof Float || (plain !== value && typeof plain === 'boolean');
}

function linspace(machine: Machine, named: Named, map: (x: number) => number): Tensor {
  const [start, end] = [numberValue(named('start')), numberValue(named('end'))];
  const steps = sizeValue(named('steps'));
  const canCompute = start !== undefined && end !== undefined && typeof steps === 'number' && steps <= MOST_ELEMENTS;
  const dtype = dtypeOf(machine, named('dtype')) ?? torchOf(machine).defaultDtype;
  const data = canCompute ? spaced(start, end, steps, dtype) : undefined;
  return withData(machine, [steps], named, undefined, data?.map(map));
}

function eye(machine: Machine, named: Named): Tensor {
  const rows = sizeValue(named('n'));
  const columns = isMissing(named('m')) ? rows : sizeValue(named('m'));
  const isSmall = typeof rows === 'number' && typeof columns === 'number' && rows * columns <= MOST_ELEMENTS;
  const data = isSmall
    ? new Float64Array(rows * columns).map((_, i) => Number(Math.floor(i / columns) === i % columns))
    : undefined;
  const tensor = withData(machine, [rows, columns], named, undefined, data);
  tensor.storage.spec = { kind: 'identity', gain: 1 };
  return tensor;
}

/** Two rows of indices. */
function triangleIndices(
  machine: Machine,
  named: Named,
  isKept: (diagonal: number, offset: number) => boolean,
): Tensor {
  const [rows, columns, offset] = ['row', 'col', 'offset'].map(it => integerValue(named(it)));
  if (rows === undefined || columns === undefined || offset === undefined)
    return withData(machine, [2, undefined], named, 'int64', undefined);
  const places = Array.from({ length: rows * columns }, (_, i) => [Math.floor(i / columns), i % columns] as const);
  const kept = places.filter(([row, column]) => isKept(column - row, offset));
  const data = Float64Array.from([...kept.map(it => it[0]), ...kept.map(it => it[1])]);
  return withData(machine, [2, kept.length], named, 'int64', data);
}

/** `torch.tensor(data)`: always a copy. */
function literal(machine: Machine, named: Named): Tensor {
  const data = named('data')!;
  const tensor = literalOf(machine, data, dtypeOf(machine, named('dtype')));
  tensor.requiresGrad = named('requires_grad') === true;
  return movedTo(machine, tensor, deviceOf(named('device')) ?? 'cpu');
}

/** Of the default type, whatever the number's own. */
function scalarTensor(machine: Machine, named: Named): Tensor {
  const dtype = dtypeOf(machine, named('dtype')) ?? torchOf(machine).defaultDtype;
  const tensor = literalOf(machine, named('data')!, dtype);
  return movedTo(machine, tensor, deviceOf(named('device')) ?? 'cpu');
}

function literalOf(machine: Machine, data: Value, dtype: Dtype | undefined): Tensor {
  if (isTensor(data))
    return dtype === undefined ? copyOf(machine, data) : converted(machine, copyOf(machine, data), dtype);
  if (data instanceof Unknown) return opaqueResult(machine, 'tensor', [data]);
  return tensorFrom(machine, data, dtype);
}

/** What is written to the tensor shows in the array. */
function lend(data: Value, { storage }: Tensor): void {
  if (!(data instanceof NdArray)) return;
  const { contents } = storage;
  data.memory.borrowers.push(() => storage.contents === contents);
}

/** `as_tensor` and `from_numpy` share memory where they can. */
function shared(machine: Machine, data: Value, dtype: Value | undefined, device: Value | undefined): Value {
  const type = dtypeOf(machine, dtype);
  const tensor = isTensor(data) ? data : literalOf(machine, data, type);
  lend(data, tensor);
  const typed = type === undefined ? tensor : converted(machine, tensor, type);
  return movedTo(machine, typed, deviceOf(device) ?? typed.device);
}

const WINDOWS = ['hann_window', 'hamming_window', 'blackman_window', 'bartlett_window', 'kaiser_window'];

export const sequences: readonly NativeFunction[] = [
  factory({
    name: 'arange',
    signature: `start, end=None, step=1, *, out=None, ${PLACE}`,
    make: (machine, named) => range(machine, named, 'open'),
  }),
  factory({
    name: 'range',
    signature: `start, end=None, step=1, *, out=None, ${PLACE}`,
    make: (machine, named) => range(machine, named, 'closed'),
  }),
  factory({
    name: 'linspace',
    signature: `start, end, steps, *, out=None, ${PLACE}`,
    make: (machine, named) => linspace(machine, named, x => x),
  }),
  factory({
    name: 'logspace',
    signature: `start, end, steps, base=10.0, *, out=None, ${PLACE}`,
    make: (machine, named) => linspace(machine, named, x => (numberValue(named('base')) ?? Number.NaN) ** x),
  }),
  factory({ name: 'eye', signature: `n, m=None, *, out=None, ${PLACE}`, make: eye }),
  factory({
    name: 'tril_indices',
    signature: `row, col, offset=0, *, ${PLACE}`,
    make: (machine, named) => triangleIndices(machine, named, (diagonal, offset) => diagonal <= offset),
  }),
  factory({
    name: 'triu_indices',
    signature: `row, col, offset=0, *, ${PLACE}`,
    make: (machine, named) => triangleIndices(machine, named, (diagonal, offset) => diagonal >= offset),
  }),
  factory({ name: 'tensor', signature: `data, *, ${PLACE}`, make: literal }),
  factory({ name: 'scalar_tensor', signature: `data, *, ${PLACE}`, make: scalarTensor }),
  ...['as_tensor', 'asarray'].map(name =>
    native(name, 'data, dtype=None, device=None, **kwargs', (machine, data, dtype, device) =>
      shared(machine, data!, dtype, device),
    ),
  ),
  ...['from_numpy', 'from_dlpack', 'frombuffer'].map(name =>
    native(name, 'data, **kwargs', (machine, data) => shared(machine, data!, null, null)),
  ),
  ...WINDOWS.map(name =>
    factory({
      name,
      signature: `window_length, periodic=True, beta=12.0, *, ${PLACE}`,
      make: (machine, named) => withData(machine, [sizeValue(named('window_length'))], named, undefined, undefined),
    }),
  ),
  native('complex', 'real, imag, *, out=None', (machine, real, imag) =>
    opaqueResult(machine, 'complex', [real!, imag!], isTensor(real) ? real.shape : undefined),
  ),
  native('polar', 'abs, angle, *, out=None', (machine, abs, angle) =>
    opaqueResult(machine, 'polar', [abs!, angle!], isTensor(abs) ? abs.shape : undefined),
  ),
];
