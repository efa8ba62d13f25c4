/** `numpy`: constants, and functions of numbers and of arrays. The rest is unknown. */
import type { BinaryOperator } from '../../../syntax/tree.js';
import { integer } from '../../builtins/arguments.js';
import { inputsOf, isVague, unknownFrom } from '../../builtins/define.js';
import { collect } from '../../builtins/list.js';
import type { Machine } from '../../machine.js';
import { powerOf, powerOfBinary, raised, withPower } from '../../powers.js';
import { type ClassValue, type Dict, ellipsis, Float, Slice, Tuple, type Unknown, type Value } from '../../values.js';
import { classOf, type Entry, method, silentFunctions } from '../define.js';
import { arrayFrom, isScalar, NdArray, resultOf } from './array.js';
import { creators } from './creators.js';
import { resultDtype } from './dtypes.js';
import { binary, unary, unaryRows } from './elementwise.js';
import { forget, itemOf } from './indexing.js';
import { broadcastShape, stretched } from './layout.js';
import { arrayMethods, clipped, rounded } from './methods.js';
import { einsum, matmul, outer } from './products.js';
import { accumulated, reduced, reductionNames } from './reductions.js';
import { scalarNames } from './scalars.js';
import {
  broadcast,
  concatenated,
  expanded,
  flipped,
  repeated,
  reshaped,
  squeezed,
  stacked,
  swapped,
  tiled,
  transposed,
} from './shapes.js';

export function numpyNames(m: Machine, module: (name: string) => Value): Entry[] {
  const cls = classOf(m, 'numpy', 'ndarray', arrayMethods);
  cls.comparesElementwise = true;
  return [
    ['ndarray', cls],
    ['__version__', '1.26.4'],
    ['pi', new Float(Math.PI)],
    ['e', new Float(Math.E)],
    ['inf', new Float(Infinity)],
    ['nan', new Float(Number.NaN)],
    ['newaxis', null],
    ['random', module('numpy.random')],
    ['dtype', classOf(m, 'numpy', 'dtype', [method('__init__', 'self, name, *args', () => null)])],
    ...scalarNames(m, cls, module('numbers')),
    ...Object.keys(unaryRows).map(name => unaryFunction(cls, name)),
    ...Object.entries(binaries).map(([name, operator]) => binaryFunction(cls, name, operator)),
    ...reductionNames.map(name => reduction(cls, name)),
    ...['cumsum', 'cumprod'].map(name =>
      onArray(cls, name, 'a, axis=None, **kwargs', (machine, array, axis) => accumulated(machine, name, array, axis!)),
    ),
    ...creators(m, cls),
    ...shapeFunctions(cls),
    ...writers(),
    ...productFunctions(cls),
    method('interp', 'x, xp, fp', (machine, x, xs, ys) => interpolated(machine, cls, x!, xs!, ys!)),
    method('where', 'condition, x=None, y=None', (machine, condition, x, y) =>
      chosen(machine, cls, condition!, x!, y!),
    ),
    ...silentFunctions('seterr set_printoptions save savez'),
  ];
}

const vague = (m: Machine, name: string, args: readonly Value[]): Unknown => unknownFrom(m, `numpy.${name}`, args);

type OnArray = (m: Machine, array: NdArray, ...rest: Value[]) => Value;

/** A function whose first argument is an array. */
function onArray(cls: ClassValue, name: string, signature: string, run: OnArray): Entry {
  return method(name, signature, (m, a, ...rest) => {
    const array = arrayFrom(cls, a!);
    return array === undefined || rest.some(isVague) ? vague(m, name, [a!, ...rest]) : run(m, array, ...rest);
  });
}

function unaryFunction(cls: ClassValue, name: string): Entry {
  return method(name, 'x, /, *more, **kwargs', (m, x, out, keywords) => {
    if (isWrittenTo(m, out!, keywords!)) return m.unknown(`\`numpy.${name}\` into an array is not followed`);
    const array = arrayFrom(cls, x!);
    const power = name === 'sqrt' ? raised(powerOf(x!), 0.5) : undefined;
    const reason = `\`numpy.${name}\` of this is not computed`;
    if (array === undefined) return withPower(m.unknown(reason, { inputs: inputsOf([x!]) }), power);
    return withPower(unary(m, name, array), power);
  });
}

/** Whether the result goes, in part perhaps, into an array that is given: what that holds is not known any more. */
function isWrittenTo(m: Machine, out: Value, keywords: Value): boolean {
  const given = [...(out as Tuple).items, ...[...(keywords as Dict).entries.values()].map(([, value]) => value)];
  for (const value of given) if (value instanceof NdArray) forget(m, value);
  return given.some(it => it instanceof NdArray || it instanceof Tuple);
}

/** Functions that write to their first argument. */
function writers(): Entry[] {
  return 'fill_diagonal copyto put place putmask put_along_axis nan_to_num'.split(' ').map(name =>
    method(name, 'a, *args, **kwargs', (m, a) => {
      if (a instanceof NdArray) forget(m, a);
      return m.unknown(`\`numpy.${name}\` is not followed`);
    }),
  );
}

const binaries: Readonly<Record<string, string>> = {
  add: 'add',
  subtract: 'sub',
  multiply: 'mul',
  divide: 'truediv',
  true_divide: 'truediv',
  floor_divide: 'floordiv',
  mod: 'mod',
  remainder: 'mod',
  power: 'pow',
  maximum: 'maximum',
  minimum: 'minimum',
  equal: 'eq',
  not_equal: 'ne',
  less: 'lt',
  less_equal: 'le',
  greater: 'gt',
  greater_equal: 'ge',
  bitwise_and: 'and',
  bitwise_or: 'or',
  bitwise_xor: 'xor',
  left_shift: 'lshift',
  right_shift: 'rshift',
  logical_and: 'logical_and',
  logical_or: 'logical_or',
};

/** What keeps track of the size that a number was computed from. */
const SIZED: Readonly<Record<string, BinaryOperator>> = { mul: '*', truediv: '/', pow: '**' };

function binaryFunction(cls: ClassValue, name: string, operator: string): Entry {
  return method(name, 'x1, x2, /, *more, **kwargs', (m, x, y, out, keywords) => {
    if (isWrittenTo(m, out!, keywords!)) return m.unknown(`\`numpy.${name}\` into an array is not followed`);
    const [a, b] = [x!, y!].map(it => arrayFrom(cls, it));
    const result = a === undefined || b === undefined ? vague(m, name, [x!, y!]) : binary(m, operator, a, b);
    const symbol = SIZED[operator];
    return symbol === undefined ? result : withPower(result, powerOfBinary(symbol, x!, y!));
  });
}

function reduction(cls: ClassValue, name: string): Entry {
  const signature = 'a, axis=None, dtype=None, out=None, keepdims=False';
  return method(name, signature, (m, a, axis, dtype, out, keeps) => {
    if (out instanceof NdArray) forget(m, out);
    if (out !== null || dtype !== null) return vague(m, name, [a!]);
    const array = arrayFrom(cls, isIterator(a!) ? m.call(m.builtins.listClass, [a!]) : a!);
    return array === undefined ? vague(m, name, [a!]) : reduced(m, name, array, axis!, keeps === true);
  });
}

const isIterator = (value: Value): boolean => value !== null && typeof value === 'object' && 'source' in value;

function shapeFunctions(cls: ClassValue): Entry[] {
  const joined = (name: string, join: (m: Machine, parts: readonly Value[], axis: Value) => Value) =>
    method(name, 'arrays, axis=0, **kwargs', (m, arrays, axis) =>
      isVague(arrays!) || isVague(axis!) ? vague(m, name, [arrays!]) : join(m, collect(m, arrays!), axis!),
    );
  return [
    joined('concatenate', (m, parts, axis) => concatenated(m, cls, parts, integer(m, axis))),
    joined('stack', (m, parts, axis) => stacked(m, cls, parts, integer(m, axis))),
    joined('hstack', (m, parts) => concatenated(m, cls, parts, rankOf(cls, parts) > 1 ? 1 : 0)),
    joined('vstack', (m, parts) =>
      rankOf(cls, parts) > 1 ? concatenated(m, cls, parts, 0) : stacked(m, cls, parts, 0),
    ),
    onArray(cls, 'reshape', "a, newshape, order='C'", (m, array, shape) => reshaped(m, array, [shape!])),
    onArray(cls, 'ravel', "a, order='C'", (m, array) => reshaped(m, array, [-1])),
    onArray(cls, 'transpose', 'a, axes=None', (m, array, axes) => transposed(m, array, [axes!])),
    onArray(cls, 'swapaxes', 'a, axis1, axis2', (m, array, a, b) => swapped(m, array, a!, b!)),
    onArray(cls, 'squeeze', 'a, axis=None', (m, array, axis) => squeezed(m, array, axis!)),
    onArray(cls, 'expand_dims', 'a, axis', (m, array, axis) => expanded(m, array, axis!)),
    onArray(cls, 'broadcast_to', 'array, shape', (m, array, shape) => broadcast(m, array, shape!)),
    onArray(cls, 'tile', 'A, reps', (m, array, times) => tiled(m, array, times!)),
    onArray(cls, 'repeat', 'a, repeats, axis=None', (m, array, times, axis) => repeated(m, array, times!, axis!)),
    onArray(cls, 'flip', 'm, axis=None', (m, array, axis) => flipped(m, array, axis!)),
    onArray(cls, 'flipud', 'm', (m, array) => flipped(m, array, 0)),
    onArray(cls, 'fliplr', 'm', (m, array) => flipped(m, array, 1)),
    onArray(cls, 'clip', 'a, a_min, a_max', (m, array, low, high) => clipped(m, array, low!, high!)),
    ...['round', 'around', 'round_'].map(name =>
      onArray(cls, name, 'a, decimals=0', (m, array, decimals) => rounded(m, array, decimals!)),
    ),
    onArray(cls, 'diff', 'a, n=1', (m, array, n) => {
      const last = array.shape.at(-1);
      if (last === undefined || last === 0 || n !== 1) return vague(m, 'diff', [n!]);
      const [after, before] = [new Slice(1, null, null), new Slice(null, -1, null)].map(it =>
        itemOf(m, array, new Tuple([ellipsis, it])),
      );
      return after instanceof NdArray && before instanceof NdArray
        ? binary(m, array.dtype === 'bool' ? 'ne' : 'sub', after, before)
        : vague(m, 'diff', [n!]);
    }),
    method('append', 'arr, values, axis=None', (m, a, b, axis) => {
      const parts = [a!, b!].map(it => arrayFrom(cls, it));
      if (parts.some(it => it === undefined) || isVague(axis!)) return vague(m, 'append', [a!, b!]);
      const whole = axis === null ? parts.map(it => reshaped(m, it!, [-1])) : (parts as NdArray[]);
      return concatenated(m, cls, whole, axis === null ? 0 : integer(m, axis!));
    }),
    onArray(cls, 'shape', 'a', (_, array) => new Tuple(array.shape)),
    onArray(cls, 'size', 'a', (_, array) => array.size),
    onArray(cls, 'ndim', 'a', (_, array) => array.shape.length),
  ];
}

const rankOf = (cls: ClassValue, parts: readonly Value[]): number => arrayFrom(cls, parts[0] ?? 0)?.shape.length ?? 0;

function productFunctions(cls: ClassValue): Entry[] {
  const ofTwo = (name: string, compute: (m: Machine, a: NdArray, b: NdArray) => Value) =>
    method(name, 'a, b', (m, x, y) => {
      const [a, b] = [x!, y!].map(it => arrayFrom(cls, it));
      return a === undefined || b === undefined ? vague(m, name, [x!, y!]) : compute(m, a, b);
    });
  return [
    ofTwo('outer', outer),
    ofTwo('dot', matmul),
    ofTwo('matmul', matmul),
    method('einsum', 'formula, *operands, **kwargs', (m, formula, operands) => {
      const arrays = (operands as Tuple).items.map(it => arrayFrom(cls, it));
      if (typeof formula !== 'string' || arrays.some(it => it === undefined)) return vague(m, 'einsum', [operands!]);
      return einsum(m, formula, arrays as NdArray[]);
    }),
  ];
}

/** Elements of `x` where the condition holds, else of `y`. */
function chosen(m: Machine, cls: ClassValue, condition: Value, x: Value, y: Value): Value {
  const [mask, a, b] = [condition, x, y].map(it => (it === null ? undefined : arrayFrom(cls, it)));
  if (mask === undefined || a === undefined || b === undefined) return vague(m, 'where', [condition, x, y]);
  const shape = broadcastShape([mask, a, b].map(it => it.shape));
  if (shape === undefined) return m.raise('ValueError', 'operands could not be broadcast together');
  const [test, yes, no] = [mask, a, b].map(it => it.view(stretched(it.layout, shape)).values);
  if (test === undefined || yes === undefined || no === undefined) return m.unknown('an array is not known');
  m.step(test.length >> 3);
  const dtype = resultDtype([a, b].map(it => ({ dtype: it.dtype, isScalar: isScalar(it) })));
  const values = test.map((it, i) => (it !== 0 ? yes[i]! : no[i]!));
  const approximate = a.memory.approximate ?? b.memory.approximate;
  return resultOf(m, cls, values, { shape, dtype, approximate }) ?? vague(m, 'where', [x, y]);
}

function interpolated(m: Machine, cls: ClassValue, x: Value, xs: Value, ys: Value): Value {
  const [points, from, to] = [x, xs, ys].map(it => arrayFrom(cls, it));
  const [at, knots, heights] = [points?.values, from?.values, to?.values];
  if (points === undefined || at === undefined || knots === undefined || heights === undefined) {
    return vague(m, 'interp', [x, xs, ys]);
  }
  const values = at.map(it => between(it, knots, heights));
  return resultOf(m, cls, values, { shape: points.shape, dtype: 'float64' }) ?? vague(m, 'interp', [x]);
}

function between(x: number, xs: Float64Array, ys: Float64Array): number {
  const next = xs.findIndex(it => it > x);
  if (next === 0) return ys[0]!;
  if (next < 0) return ys.at(-1)!;
  const slope = (ys[next]! - ys[next - 1]!) / (xs[next]! - xs[next - 1]!);
  return slope * (x - xs[next - 1]!) + ys[next - 1]!;
}
