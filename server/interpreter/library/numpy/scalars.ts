/** Numpy's own numbers: what is taken out of an array or computed of one keeps the type that it had there. */
import { isVague, unknownFrom } from '../../builtins/define.js';
import { isNegative, nonFinite, positional, scientific } from '../../builtins/floats.js';
import { toInt } from '../../builtins/int.js';
import type { Machine } from '../../machine.js';
import type { ClassValue, Value } from '../../values.js';
import { classOf, type Entry, method } from '../define.js';
import { arrayFrom, converted, declareScalars, isScalar, numberIn, scalarOf, selfOf } from './array.js';
import type { ArrayDtype } from './dtypes.js';
import { arrayMethods, operators, rounded } from './methods.js';

/** Abstract classes and what they derive from. */
const ABSTRACT = [
  ['generic'],
  ['number', 'generic'],
  ['integer', 'number'],
  ['signedinteger', 'integer'],
  ['unsignedinteger', 'integer'],
  ['inexact', 'number'],
  ['floating', 'inexact'],
  ['complexfloating', 'inexact'],
] as const;

const BASES: Readonly<Record<ArrayDtype, string>> = {
  bool: 'generic',
  uint8: 'unsignedinteger',
  int8: 'signedinteger',
  int16: 'signedinteger',
  int32: 'signedinteger',
  int64: 'signedinteger',
  float32: 'floating',
  float64: 'floating',
};

/** Other names of the same classes. */
const ALIASES: Readonly<Record<string, ArrayDtype>> = {
  bool_: 'bool',
  byte: 'int8',
  ubyte: 'uint8',
  short: 'int16',
  intc: 'int32',
  int_: 'int64',
  intp: 'int64',
  longlong: 'int64',
  single: 'float32',
  float_: 'float64',
  double: 'float64',
};

/** Classes of which nothing is computed. */
const UNFOLLOWED =
  'float16 half uint16 uint32 uint64 uint longdouble complex64 complex128 object_ str_ bytes_ void datetime64 timedelta64';

/** The classes by their names; `family` is that of arrays. */
export function scalarNames(m: Machine, family: ClassValue, numbers: Value): Entry[] {
  const abstract = new Map<string, ClassValue>();
  for (const [name, base] of ABSTRACT) {
    const bases = base === undefined ? [] : [abstract.get(base)!];
    abstract.set(name, classOf(m, 'numpy', name, base === undefined ? methods : [], bases));
  }
  const classes = new Map(
    (Object.keys(BASES) as ArrayDtype[]).map(dtype => [dtype, scalarClass(m, family, dtype, abstract)] as const),
  );
  declareScalars(family, classes);
  for (const [name, base] of Object.entries({ number: 'Number', integer: 'Integral', floating: 'Real' }))
    m.callMethod(m.getAttribute(numbers, base), 'register', [abstract.get(name)!]);
  return [
    ...abstract,
    ...[...classes].filter(([dtype]) => dtype !== 'bool'),
    ...Object.entries(ALIASES).map(([name, dtype]): Entry => [name, classes.get(dtype)!]),
    ...UNFOLLOWED.split(' ').map((name): Entry => [name, classOf(m, 'numpy', name, [unfollowed(name)])]),
  ];
}

function scalarClass(
  m: Machine,
  family: ClassValue,
  dtype: ArrayDtype,
  abstract: ReadonlyMap<string, ClassValue>,
): ClassValue {
  const make = method('__new__', 'cls, value=0, /', (machine, _, value) => scalarFrom(machine, family, dtype, value!));
  const bases = [abstract.get(BASES[dtype])!, ...(dtype === 'float64' ? [m.builtins.floatClass] : [])];
  const cls = classOf(m, 'numpy', dtype === 'bool' ? 'bool_' : dtype, [make], bases);
  cls.comparesElementwise = true;
  return cls;
}

const unfollowed = (name: string): Entry =>
  method('__new__', 'cls, *args, **kwargs', (m, _, args) => unknownFrom(m, `numpy.${name}`, [args!]));

/** `np.float32(value)`. */
function scalarFrom(m: Machine, family: ClassValue, dtype: ArrayDtype, value: Value): Value {
  const number = typeof value === 'string' ? parsed(m, dtype, value) : value;
  const given = isVague(number) ? undefined : arrayFrom(family, number);
  const array = given && converted(given, dtype);
  if (array === undefined) return unknownFrom(m, `numpy.${dtype}`, [value]);
  const { values, memory } = array;
  return isScalar(array) ? scalarOf(m, family, { value: values![0]!, dtype, approximate: memory.approximate }) : array;
}

function parsed(m: Machine, dtype: ArrayDtype, text: string): Value {
  return dtype.startsWith('float') ? m.call(m.builtins.floatClass, [text]) : toInt(m, text, 10);
}

/** What scalars share with arrays: everything but what writes to them or goes through their elements. */
const NOT_SHARED = new Set([
  ...'__len__ __iter__ __setitem__ __repr__ fill sort put partition resize itemset'.split(' '),
  ...operators.map(name => `__i${name}__`),
]);

const methods: readonly Entry[] = [
  ...arrayMethods.filter(([name]) => !NOT_SHARED.has(name)),
  method('__round__', 'self, ndigits=None, /', (m, self, digits) => {
    const array = selfOf(self!);
    if (array === undefined || isVague(digits!)) return m.unknown('a number of numpy is not known');
    return digits === null
      ? m.call(m.builtins.names.get('round')!, [numberIn(m, array, array.values![0]!)])
      : rounded(m, array, digits!);
  }),
  ...['__repr__', '__str__'].map(name => method(name, 'self, /', textOf)),
  method('__hash__', 'self, /', (m, self) => {
    const array = selfOf(self!);
    if (array === undefined) return m.unknown('a number of numpy is not known');
    return m.call(m.builtins.names.get('hash')!, [numberIn(m, array, array.values![0]!)]);
  }),
  method('__format__', 'self, spec, /', (m, self, spec) => {
    const array = selfOf(self!);
    if (array === undefined) return m.unknown('a number of numpy is not known');
    return m.callMethod(numberIn(m, array, array.values![0]!), '__format__', [spec!]);
  }),
];

/** Single precision has the fewest digits that read back as the same number of its own. */
function textOf(m: Machine, self?: Value): Value {
  const array = self === undefined ? undefined : selfOf(self);
  const value = array?.values?.[0];
  if (array === undefined || value === undefined) return m.unknown('a number of numpy is not known');
  if (array.dtype !== 'float32') return m.repr(numberIn(m, array, value)) ?? m.unknown('its text is not known');
  numberIn(m, array, value);
  return singleRepr(value);
}

function singleRepr(value: number): string {
  if (!Number.isFinite(value)) return nonFinite(value);
  const precisions = Array.from({ length: 9 }, (_, i) => Math.abs(value).toExponential(i));
  const [mantissa, power] = precisions.find(it => Math.fround(Number(it)) === Math.abs(value))!.split('e');
  const [digits, exponent] = [mantissa!.replace('.', ''), Number(power)];
  const body = exponent < -4 || exponent >= 16 ? scientific(digits, exponent) : positional(digits, exponent);
  return (isNegative(value) ? '-' : '') + body;
}
