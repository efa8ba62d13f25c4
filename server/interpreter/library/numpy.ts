/** A little of `numpy`: constants, and functions of numbers and of small arrays. The rest is unknown. */
import { integer, real } from '../builtins/arguments.js';
import { inputsOf, isVague, unknownFrom } from '../builtins/define.js';
import { roundFloat } from '../builtins/float.js';
import { collect } from '../builtins/list.js';
import * as elementary from '../elementary/index.js';
import type { Machine } from '../machine.js';
import { absent } from '../native.js';
import { numberOf } from '../numbers.js';
import { powerOf, raised, withPower } from '../powers.js';
import { type ClassValue, Float, Instance, type Unknown, type Value } from '../values.js';
import { classOf, type Entry, method, silentFunctions } from './define.js';
import { arrayFrom, arrayMethods, converted, flat, type Kind, LARGEST, mapped, NdArray, scalar } from './ndarray.js';
import { shuffle } from './quiet.js';

const functions: Readonly<Record<string, (x: number) => number>> = {
  sqrt: Math.sqrt,
  exp: elementary.exp,
  log: elementary.log,
  log2: elementary.log2,
  log10: elementary.log10,
  log1p: Math.log1p,
  expm1: Math.expm1,
  sin: elementary.sin,
  cos: elementary.cos,
  tan: elementary.tan,
  tanh: Math.tanh,
  arctan: elementary.atan,
  ceil: Math.ceil,
  floor: Math.floor,
  trunc: Math.trunc,
  rint: halfEven,
  cbrt: Math.cbrt,
  deg2rad: x => (x * Math.PI) / 180,
};
const sameKind: Readonly<Record<string, (x: number) => number>> = {
  abs: Math.abs,
  absolute: Math.abs,
  square: x => x * x,
  negative: x => -x,
  sign: Math.sign,
};

const DTYPES =
  'float16 float32 float64 double single half int8 int16 int32 int64 uint8 uint16 uint32 uint64 bool_ int_ float_ complex64 complex128 object_ str_ generic number integer floating';

export function numpyNames(m: Machine, module: (name: string) => Value): Entry[] {
  const cls = classOf(m, 'numpy', 'ndarray', [...arrayMethods, ...reductions(true)]);
  return [
    ['ndarray', cls],
    ['__version__', '1.26.4'],
    ['pi', new Float(Math.PI)],
    ['e', new Float(Math.E)],
    ['inf', new Float(Infinity)],
    ['nan', new Float(Number.NaN)],
    ['newaxis', null],
    ['random', module('numpy.random')],
    ...dtypes(m),
    ...Object.entries(functions).map(([name, compute]) => elementwise(cls, name, compute, 'float')),
    ...Object.entries(sameKind).map(([name, compute]) => elementwise(cls, name, compute, undefined)),
    ...reductions(false).map(([name, reduce]): Entry => [name, onArrays(cls, name, reduce)]),
    ...creators(cls),
    method('power', 'x1, x2, /', (machine, a, b) => machine.binary('**', asArray(cls, a!), b!)),
    method('clip', 'a, a_min, a_max', (machine, a, low, high) => {
      const array = arrayFrom(cls, a!);
      if (array === undefined || isVague(low!) || isVague(high!)) return vague(machine, 'clip', [a!, low!, high!]);
      const [least, most] = [
        low === null ? -Infinity : real(machine, low!),
        high === null ? Infinity : real(machine, high!),
      ];
      return mapped(array, x => Math.min(Math.max(x, least), most), array.kind);
    }),
    ...['round', 'around', 'round_'].map(name =>
      method(name, 'a, decimals=0', (machine, a, decimals) => {
        const array = arrayFrom(cls, a!);
        if (array === undefined || isVague(decimals!)) return vague(machine, name, [a!]);
        return mapped(array, x => numberOf(roundFloat(machine, x, decimals!))!, array.kind);
      }),
    ),
    method('interp', 'x, xp, fp', (machine, x, xs, ys) => interpolated(machine, cls, x!, xs!, ys!)),
    method('concatenate', 'arrays, axis=0', (machine, arrays) => {
      const parts = collect(machine, arrays!).map(it => arrayFrom(cls, it));
      if (parts.includes(undefined) || parts.some(it => it!.shape.length !== 1))
        return vague(machine, 'concatenate', [arrays!]);
      const data = parts.flatMap(it => it!.data);
      return new NdArray(cls, data, [data.length], parts.some(it => it!.kind === 'float') ? 'float' : 'int');
    }),
    ...silentFunctions('seterr set_printoptions save savez'),
  ];
}

const DRAWN =
  'rand randn randint random uniform normal choice permutation standard_normal beta binomial get_state random_sample';

/** numpy's generator is another one than torch's: what it gives is not known, and nothing else changes. */
export function numpyRandomNames(m: Machine): Entry[] {
  const draw = (name: string, self: string) =>
    method(name, `${self}*args, **kwargs`, machine =>
      machine.unknown(`\`numpy.random.${name}\` draws from numpy's own generator`),
    );
  const generator = classOf(m, 'numpy.random', 'Generator', [
    method('__init__', 'self, *args, **kwargs', () => null),
    ...DRAWN.split(' ').map(name => draw(name, 'self, ')),
    ...['integers', 'shuffle'].map(name => draw(name, 'self, ')),
  ]);
  return [
    ...DRAWN.split(' ').map(name => draw(name, '')),
    ...silentFunctions('seed set_state'),
    method('shuffle', 'x', (machine, x) => {
      shuffle(machine, x!);
      return null;
    }),
    ['RandomState', generator],
    ['Generator', generator],
    method('default_rng', 'seed=None', () => new Instance(generator)),
  ];
}

const vague = (m: Machine, name: string, args: readonly Value[]): Unknown => unknownFrom(m, `numpy.${name}`, args);
const asArray = (cls: ClassValue, value: Value): Value => arrayFrom(cls, value) ?? value;

function dtypes(m: Machine): Entry[] {
  const dtype = classOf(m, 'numpy', 'dtype', [method('__init__', 'self, name, *args', () => null)]);
  return [
    ['dtype', dtype],
    ...DTYPES.split(' ').map(
      (name): Entry => [
        name,
        classOf(m, 'numpy', name, [
          method('__new__', 'cls, value=0, /', (machine, _, value) => {
            if (isVague(value!)) return vague(machine, name, [value!]);
            return /int/.test(name)
              ? Math.trunc(real(machine, value!))
              : new Float(name === 'float32' ? Math.fround(real(machine, value!)) : real(machine, value!));
          }),
        ]),
      ],
    ),
  ];
}

function elementwise(cls: ClassValue, name: string, compute: (x: number) => number, kind: Kind | undefined): Entry {
  return method(name, 'x, /, *args, **kwargs', (m, x) => {
    const array = arrayFrom(cls, x!);
    const power = name === 'sqrt' ? raised(powerOf(x!), 0.5) : undefined;
    const reason = `\`numpy.${name}\` of this is not computed`;
    if (array === undefined) return withPower(m.unknown(reason, { inputs: inputsOf([x!]) }), power);
    return withPower(mapped(array, compute, kind ?? (array.kind === 'bool' ? 'int' : array.kind)), power);
  });
}

function halfEven(x: number): number {
  const floor = Math.floor(x);
  const isUp = x - floor > 0.5 || (x - floor === 0.5 && floor % 2 !== 0);
  return isUp ? floor + 1 : floor;
}

type Reduction = (values: readonly number[], kind: Kind) => Value;

const whole: Readonly<Record<string, Reduction>> = {
  sum: (values, kind) =>
    scalar(
      values.reduce((a, b) => a + b, 0),
      kind === 'bool' ? 'int' : kind,
    ),
  prod: (values, kind) =>
    scalar(
      values.reduce((a, b) => a * b, 1),
      kind === 'bool' ? 'int' : kind,
    ),
  max: (values, kind) =>
    scalar(
      values.reduce((a, b) => Math.max(a, b)),
      kind,
    ),
  min: (values, kind) =>
    scalar(
      values.reduce((a, b) => Math.min(a, b)),
      kind,
    ),
  mean: values => new Float(values.reduce((a, b) => a + b, 0) / values.length),
  any: values => values.some(it => it !== 0),
  all: values => values.every(it => it !== 0),
  argmax: values => values.indexOf(Math.max(...values)),
  argmin: values => values.indexOf(Math.min(...values)),
};

/** Over all elements; along an axis they are unknown. */
function reductions(isMethod: boolean): Entry[] {
  const signature = isMethod ? 'self, axis=None, *args, **kwargs' : 'a, axis=None, *args, **kwargs';
  return [
    ...Object.entries(whole).map(([name, reduce]) =>
      method(name, signature, (m, array, axis) => {
        const isWhole = axis === null || (array as NdArray).shape.length === 1;
        return isWhole && (array as NdArray).data.length > 0
          ? reduce((array as NdArray).data, (array as NdArray).kind)
          : vague(m, name, [axis!]);
      }),
    ),
    method('cumsum', signature, (_, self) => {
      const array = flat(self as NdArray);
      let total = 0;
      return mapped(array, x => (total += x), array.kind === 'bool' ? 'int' : array.kind);
    }),
  ];
}

function onArrays(cls: ClassValue, name: string, reduce: Value): Value {
  return method(name, 'a, axis=None, *args, **kwargs', (m, a, axis) => {
    const array = arrayFrom(cls, isIterator(a!) ? m.call(m.builtins.listClass, [a!]) : a!);
    return array === undefined ? vague(m, name, [a!]) : m.call(reduce, [array, axis!]);
  })[1];
}

const isIterator = (value: Value): boolean => value !== null && typeof value === 'object' && 'source' in value;

function creators(cls: ClassValue): Entry[] {
  const filled = (name: string, fill: number) =>
    method(name, 'shape, dtype=None, **kwargs', (m, shape, dtype) => {
      const sizes = arrayFrom(cls, shape!)?.data;
      const count = sizes?.reduce((a, b) => a * b, 1) ?? Infinity;
      if (sizes === undefined || count > LARGEST) return vague(m, name, [shape!]);
      const array = new NdArray(
        cls,
        Array.from({ length: count }, () => fill),
        sizes,
        'float',
      );
      return dtype === null ? array : converted(array, dtype!);
    });
  return [
    filled('zeros', 0),
    filled('ones', 1),
    ...['array', 'asarray', 'ascontiguousarray'].map(name =>
      method(name, 'object, dtype=None, **kwargs', (m, object, dtype) => {
        const array = arrayFrom(cls, object!);
        if (array === undefined) return vague(m, name, [object!]);
        return dtype === null ? array : converted(array, dtype!);
      }),
    ),
    method('arange', 'start, stop=..., step=1, dtype=None', (m, start, stop, step, dtype) => {
      const bounds = stop === absent ? [0, start!, step!] : [start!, stop!, step!];
      if (bounds.some(isVague)) return vague(m, 'arange', bounds);
      const [from, to, by] = bounds.map(it => real(m, it)) as [number, number, number];
      const length = Math.max(0, Math.ceil((to - from) / by));
      if (length > LARGEST) return vague(m, 'arange', bounds);
      const kind = bounds.some(it => it instanceof Float) ? 'float' : 'int';
      const array = new NdArray(
        cls,
        Array.from({ length }, (_, i) => from + i * by),
        [length],
        kind,
      );
      return dtype === null ? array : converted(array, dtype!);
    }),
    method(
      'linspace',
      'start, stop, num=50, endpoint=True, retstep=False, dtype=None',
      (m, start, stop, num, endpoint, _, dtype) => {
        if ([start!, stop!, num!].some(isVague)) return vague(m, 'linspace', [start!, stop!, num!]);
        const array = linearlySpaced(
          cls,
          real(m, start!),
          real(m, stop!),
          integer(m, num!),
          m.truth(endpoint!) !== false,
        );
        return dtype === null ? array : converted(array, dtype!);
      },
    ),
  ];
}

/** As numpy computes it: `start + i·step`, the last one set to `stop`. */
function linearlySpaced(cls: ClassValue, start: number, stop: number, count: number, withEnd: boolean): NdArray {
  const gaps = withEnd ? count - 1 : count;
  const step = (stop - start) / gaps;
  const data = Array.from({ length: Math.min(count, LARGEST) }, (_, i) => i * step + start);
  if (withEnd && count > 1) data[count - 1] = stop;
  if (gaps === 0) data.fill(start);
  return new NdArray(cls, data, [data.length], 'float');
}

function interpolated(m: Machine, cls: ClassValue, x: Value, xs: Value, ys: Value): Value {
  const [points, from, to] = [x, xs, ys].map(it => arrayFrom(cls, it));
  if (points === undefined || from === undefined || to === undefined) return vague(m, 'interp', [x, xs, ys]);
  return mapped(points, it => between(it, from.data, to.data));
}

function between(x: number, xs: readonly number[], ys: readonly number[]): number {
  const next = xs.findIndex(it => it > x);
  if (next === 0) return ys[0]!;
  if (next < 0) return ys.at(-1)!;
  const slope = (ys[next]! - ys[next - 1]!) / (xs[next]! - xs[next - 1]!);
  return slope * (x - xs[next - 1]!) + ys[next - 1]!;
}
