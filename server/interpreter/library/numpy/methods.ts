/** Methods of `numpy.ndarray`. */
import { integer } from '../../builtins/arguments.js';
import { getter } from '../../builtins/construct.js';
import { isVague, lazily } from '../../builtins/define.js';
import type { Machine } from '../../machine.js';
import { numberOf } from '../../numbers.js';
import { Float, Tuple, type Value } from '../../values.js';
import { type Entry, method } from '../define.js';
import {
  arrayOf,
  converted,
  isScalar,
  NdArray,
  nested,
  numberIn,
  resultOf,
  rowsOf,
  scalarOr,
  selfOf,
  unknownArray,
} from './array.js';
import { dtypeNamed, isFloat, roundTo } from './dtypes.js';
import { halfEven, operated, unary } from './elementwise.js';
import { forget, itemOf, setItem } from './indexing.js';
import { isContiguous } from './layout.js';
import { matmul } from './products.js';
import { accumulated, reduced, reductionNames } from './reductions.js';
import { copied, repeated, reshaped, squeezed, swapped, transposed } from './shapes.js';

const UNKNOWN = 'the numbers of the array are not known';

/** Of arrays whose numbers are known: one that a subclass or `__new__` made has none. */
function own(name: string, signature: string, run: (m: Machine, self: NdArray, ...args: Value[]) => Value): Entry {
  return method(name, signature, (m, self, ...args) => {
    const array = selfOf(self!);
    if (array === undefined) return m.unknown(UNKNOWN);
    const result = run(m, array, ...(args as Value[]));
    const isOfScalar = array !== self || array.cls !== array.family;
    return isOfScalar && result instanceof NdArray ? scalarOr(m, result) : result;
  });
}

/** The type that a value names: a class of numpy, Python's own, or text. */
export function dtypeOf(value: Value) {
  if (typeof value === 'string') return dtypeNamed(value);
  if (value === null || typeof value !== 'object' || !('name' in value)) return undefined;
  return typeof value.name === 'string' ? dtypeNamed(value.name) : undefined;
}

/** `array.astype(dtype)`: always a copy. */
export function typed(m: Machine, array: NdArray, dtype: Value): Value {
  if (dtype === null) return array;
  const type = dtypeOf(dtype);
  const { shape, family } = array;
  if (type !== undefined && array.values === undefined) return unknownArray(m, family, { shape, dtype: type });
  const result = type && converted(array, type);
  return result ?? m.unknown('the type of an array is not followed');
}

/** Of two operands, by the names of their methods. */
export const operators = 'add sub mul truediv floordiv mod pow and or xor lshift rshift'.split(' ');
const comparisons = 'lt le gt ge eq ne'.split(' ');

/** `array ∘= other`: into the array's own memory. */
function inPlace(name: string): Entry {
  return own(`__i${name}__`, 'self, other, /', (m, self, other) => {
    const result = operated(m, name, self, other!, false);
    if (result === m.builtins.notImplemented) return result;
    if (isVague(result)) forget(m, self);
    else setItem(m, self, new Tuple([]), result);
    return self;
  });
}

const single = (m: Machine, self: NdArray): number | undefined =>
  self.size === 1 ? self.values?.[0] : m.raise('TypeError', 'only size-1 arrays can be converted to Python scalars');

const asNumber = (name: string, make: (x: number) => Value): Entry =>
  own(name, 'self, /', (m, self) => {
    const value = single(m, self);
    if (value === undefined) return m.unknown(UNKNOWN);
    numberIn(m, self, value);
    return make(value);
  });

/** Methods that write to the array. */
const WRITERS = 'put partition resize itemset setfield setflags byteswap'.split(' ');
const OTHERS =
  'argsort argpartition choose compress conj conjugate diagonal dump dumps getfield newbyteorder nonzero ptp searchsorted take tobytes tofile tostring trace view'.split(
    ' ',
  );
const ATTRIBUTES = 'real imag strides flags itemsize nbytes base data ctypes'.split(' ');

export const arrayMethods: readonly Entry[] = [
  ...[...operators, ...comparisons].map(name =>
    own(`__${name}__`, 'self, other, /', (m, self, other) => operated(m, name, self, other!, false)),
  ),
  ...operators.map(name =>
    own(`__r${name}__`, 'self, other, /', (m, self, other) => operated(m, name, self, other!, true)),
  ),
  ...operators.map(inPlace),
  own('__matmul__', 'self, other, /', (m, self, other) =>
    other instanceof NdArray ? matmul(m, self, other) : m.unknown('an operand is not known'),
  ),
  own('__neg__', 'self, /', (m, self) => unary(m, 'negative', self)),
  own('__pos__', 'self, /', (m, self) => copied(m, self)),
  own('__abs__', 'self, /', (m, self) => unary(m, 'abs', self)),
  own('__invert__', 'self, /', (m, self) => unary(m, 'invert', self)),
  own('__len__', 'self, /', (m, self) => self.shape[0] ?? m.raise('TypeError', 'len() of unsized object')),
  own('__iter__', 'self, /', (m, self) =>
    isScalar(self) ? m.raise('TypeError', 'iteration over a 0-d array') : lazily('iterator', rowsOf(m, self)),
  ),
  own('__getitem__', 'self, index, /', (m, self, index) => itemOf(m, self, index!)),
  own('__setitem__', 'self, index, value, /', (m, self, index, value) => setItem(m, self, index!, value!)),
  asNumber('__float__', x => new Float(x)),
  asNumber('__int__', x => Math.trunc(x)),
  own('__index__', 'self, /', (m, self) =>
    isScalar(self) && !self.dtype.startsWith('float')
      ? (self.values?.[0] ?? m.unknown(UNKNOWN))
      : m.raise('TypeError', 'only integer scalar arrays can be converted to a scalar index'),
  ),
  own('__bool__', 'self, /', (m, self) => {
    if (self.size > 1)
      return m.raise('ValueError', 'The truth value of an array with more than one element is ambiguous');
    const value = self.values?.[0];
    if (value === undefined) return m.unknown(UNKNOWN);
    numberIn(m, self, value);
    return value !== 0;
  }),
  own('__array__', 'self, dtype=None', (m, self, dtype) => typed(m, self, dtype!)),
  own('__repr__', 'self, /', m => m.unknown('the text of an array is not worked out')),
  ...['copy', '__copy__'].map(name => own(name, "self, order='C'", (m, self) => copied(m, self))),
  own('__deepcopy__', 'self, memo=None, /', (m, self) => copied(m, self)),
  own('tolist', 'self, /', (m, self) => nested(m, self)),
  own('item', 'self, *index', (m, self, index) => {
    const at = (index as Tuple).items.map(it => numberOf(it) ?? 0);
    const value = at.length === 0 ? single(m, self) : self.values?.[at[0]!];
    return value === undefined || at.length > 1 ? m.unknown(UNKNOWN) : numberIn(m, self, value);
  }),
  own('fill', 'self, value', (m, self, value) => setItem(m, self, new Tuple([]), value!)),
  own('flatten', "self, order='C'", (m, self) => copied(m, self, [self.size])),
  own('ravel', "self, order='C'", (m, self) => reshaped(m, self, [-1])),
  own('reshape', "self, *shape, order='C'", (m, self, shape) => reshaped(m, self, (shape as Tuple).items)),
  own('transpose', 'self, *axes', (m, self, axes) => transposed(m, self, (axes as Tuple).items)),
  own('swapaxes', 'self, axis1, axis2', (m, self, a, b) => swapped(m, self, a!, b!)),
  own('squeeze', 'self, axis=None', (m, self, axis) => squeezed(m, self, axis!)),
  own('repeat', 'self, repeats, axis=None', (m, self, times, axis) => repeated(m, self, times!, axis!)),
  own('astype', 'self, dtype, **kwargs', (m, self, dtype) => typed(m, self, dtype!)),
  own('round', 'self, decimals=0', (m, self, decimals) => rounded(m, self, decimals!)),
  own('clip', 'self, min=None, max=None', (m, self, low, high) => clipped(m, self, low!, high!)),
  own('dot', 'self, b', (m, self, other) =>
    other instanceof NdArray ? matmul(m, self, other) : m.unknown('an operand is not known'),
  ),
  ...reductionNames.map(name =>
    own(name, 'self, axis=None, dtype=None, out=None, keepdims=False', (m, self, axis, dtype, out, keeps) => {
      if (out instanceof NdArray) forget(m, out);
      if (out !== null || dtype !== null) return m.unknown(`\`ndarray.${name}\` of this is not computed`);
      return reduced(m, name, self, axis!, keeps === true);
    }),
  ),
  ...['cumsum', 'cumprod'].map(name =>
    own(name, 'self, axis=None, **kwargs', (m, self, axis) => accumulated(m, name, self, axis!)),
  ),
  own('sort', 'self, axis=-1, **kwargs', (m, self) => {
    const { values } = self;
    if (values === undefined || self.shape.length !== 1) return forget(m, self);
    return setItem(
      m,
      self,
      new Tuple([]),
      arrayOf(self.family, values.toSorted(), { shape: self.shape, dtype: self.dtype }),
    );
  }),
  ...WRITERS.map(name => own(name, 'self, *args, **kwargs', (m, self) => forget(m, self))),
  getter(
    own('flat', 'self, /', (m, self) => {
      const flat = isContiguous(self.layout) ? reshaped(m, self, [-1]) : m.unknown('the order is not followed');
      if (!(flat instanceof NdArray)) forget(m, self);
      return flat;
    }),
  ),
  ...OTHERS.map(name => own(name, 'self, *args, **kwargs', m => m.unknown(`\`ndarray.${name}\` is not followed`))),
  ...ATTRIBUTES.map(name => getter(own(name, 'self, /', m => m.unknown(`\`ndarray.${name}\` is not followed`)))),
  getter(own('T', 'self, /', (m, self) => transposed(m, self, []))),
  getter(own('shape', 'self, /', (_, self) => new Tuple(self.shape))),
  getter(own('ndim', 'self, /', (_, self) => self.shape.length)),
  getter(own('size', 'self, /', (_, self) => self.size)),
  getter(own('dtype', 'self, /', m => m.unknown('the type of an array is not followed'))),
];

/** As numpy rounds: the number times a power of ten, to the nearest integer, and back. */
export function rounded(m: Machine, array: NdArray, decimals: Value): Value {
  const { values, shape, dtype, memory } = array;
  if (values === undefined || isVague(decimals)) return m.unknown(UNKNOWN);
  const places = integer(m, decimals);
  if (!isFloat(dtype) && places < 0) return m.unknown('numbers of numpy are not rounded to tens');
  if (!isFloat(dtype)) return scalarOr(m, copied(m, array) as NdArray);
  const unit = 10 ** Math.abs(places);
  const made = values.map(it =>
    places < 0 ? halfEven(roundTo(dtype, it / unit)) * unit : halfEven(roundTo(dtype, it * unit)) / unit,
  );
  return resultOf(m, array.family, made, { shape, dtype, approximate: memory.approximate }) ?? m.unknown(UNKNOWN);
}

export function clipped(m: Machine, array: NdArray, low: Value, high: Value): Value {
  const least = selfOf(low === null ? array : operatedBy(m, 'maximum', array, low));
  if (least === undefined) return m.unknown(UNKNOWN);
  return high === null ? scalarOr(m, least) : operatedBy(m, 'minimum', least, high);
}

const operatedBy = (m: Machine, name: string, array: NdArray, other: Value): Value => {
  const result = operated(m, name, array, other, false);
  return result === m.builtins.notImplemented ? m.unknown(UNKNOWN) : result;
};
