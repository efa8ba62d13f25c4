/** `math`. */
import { bigInteger, integer, isInteger, real } from '../builtins/arguments.js';
import { type Entry, fail, isVague, lenient, strict, symbolFor, type Table, unknownFrom } from '../builtins/define.js';
import { isNegative, ratioOf } from '../builtins/floats.js';
import { truncated } from '../builtins/int.js';
import { collect } from '../builtins/list.js';
import { gamma, logGamma } from '../elementary/gamma.js';
import * as elementary from '../elementary/index.js';
import type { Machine } from '../machine.js';
import { intOf, numberOf } from '../numbers.js';
import { powerOf, raised, withPower } from '../powers.js';
import { Float, Instance, NativeFunction, Tuple, Unknown, type Value } from '../values.js';

export const mathNames: Table = [
  ['pi', new Float(Math.PI)],
  ['e', new Float(Math.E)],
  ['tau', new Float(2 * Math.PI)],
  ['inf', new Float(Infinity)],
  ['nan', new Float(Number.NaN)],
  knowing(
    real1('sqrt', Math.sqrt, x => x >= 0),
    ([x]) => raised(powerOf(x!), 0.5),
  ),
  real1('cbrt', Math.cbrt),
  real1('exp', elementary.exp),
  real1('exp2', x => elementary.pow(2, x)),
  real1('expm1', Math.expm1),
  real1('log2', elementary.log2, x => x > 0),
  real1('log10', elementary.log10, x => x > 0),
  real1('log1p', Math.log1p, x => x > -1),
  real1('sin', elementary.sin, Number.isFinite),
  real1('cos', elementary.cos, Number.isFinite),
  real1('tan', elementary.tan, Number.isFinite),
  real1('asin', elementary.asin, x => Math.abs(x) <= 1),
  real1('acos', elementary.acos, x => Math.abs(x) <= 1),
  real1('atan', elementary.atan),
  real1('sinh', Math.sinh),
  real1('cosh', Math.cosh),
  real1('tanh', Math.tanh),
  real1('asinh', Math.asinh),
  real1('acosh', Math.acosh, x => x >= 1),
  real1('atanh', Math.atanh, x => Math.abs(x) < 1),
  real1('erf', elementary.erf),
  real1('erfc', elementary.erfc),
  real1('gamma', gamma, x => !(x <= 0 && Number.isInteger(x)) && x !== -Infinity),
  real1('lgamma', logGamma, x => !(x <= 0 && Number.isInteger(x))),
  real1('fabs', Math.abs),
  real1('degrees', x => x * (180 / Math.PI)),
  real1('radians', x => x * (Math.PI / 180)),
  real1('ulp', elementary.ulp),
  strict('log', 'x, base=None, /', (m, x, base) => {
    const value = logarithm(m, x!);
    return base === null || value instanceof Unknown ? value : m.binary('/', value, logarithm(m, base!));
  }),
  knowing(
    strict('pow', 'x, y, /', (m, x, y) => power(m, real(m, x!), real(m, y!))),
    ([x, y]) => raised(powerOf(x!), numberOf(y!)),
  ),
  real2('atan2', elementary.atan2),
  real2('copysign', (x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x))),
  real2(
    'fmod',
    (x, y) => x % y,
    (x, y) => Number.isFinite(x) && y !== 0,
  ),
  real2('remainder', remainder, (x, y) => Number.isFinite(x) && y !== 0),
  strict('nextafter', 'x, y, /', (m, x, y) => new Float(elementary.nextAfter(real(m, x!), real(m, y!)))),
  strict('ldexp', 'x, i, /', (m, x, i) => new Float(real(m, x!) * 2 ** integer(m, i!))),
  strict('frexp', 'x, /', (m, x) => {
    const { mantissa, exponent } = elementary.split(real(m, x!));
    return new Tuple([new Float(mantissa), exponent]);
  }),
  strict('modf', 'x, /', (m, x) => {
    const value = real(m, x!);
    const whole = Math.trunc(value);
    return new Tuple([
      new Float(Number.isFinite(value) ? (isNegative(value) ? -Math.abs(value - whole) : value - whole) : 0),
      new Float(whole),
    ]);
  }),
  toInteger('floor', Math.floor),
  toInteger('ceil', Math.ceil),
  toInteger('trunc', Math.trunc),
  test('isnan', Number.isNaN),
  test('isinf', x => Math.abs(x) === Infinity),
  test('isfinite', Number.isFinite),
  strict('isclose', 'a, b, *, rel_tol=1e-09, abs_tol=0.0', (m, a, b, relative, absolute) =>
    isClose(real(m, a!), real(m, b!), real(m, relative!), real(m, absolute!)),
  ),
  strict('factorial', 'n, /', (m, n) => factorial(m, integer(m, n!))),
  strict('comb', 'n, k, /', (m, n, k) => combinations(m, bigInteger(m, n!), bigInteger(m, k!))),
  strict('perm', 'n, k=None, /', (m, n, k) =>
    k === null ? factorial(m, integer(m, n!)) : permutations(m, bigInteger(m, n!), bigInteger(m, k!)),
  ),
  strict('isqrt', 'n, /', (m, n) => {
    const value = bigInteger(m, n!);
    return value < 0n
      ? fail(m, 'ValueError', 'isqrt() argument must be nonnegative')
      : intOf(elementary.squareRoot(value));
  }),
  strict('gcd', '*integers', (m, values) =>
    intOf((values as Tuple).items.map(it => bigInteger(m, it)).reduce(gcd, 0n)),
  ),
  strict('lcm', '*integers', (m, values) =>
    intOf((values as Tuple).items.map(it => bigInteger(m, it)).reduce(lcm, 1n)),
  ),
  strict('hypot', '*coordinates', (m, values) => new Float(norm((values as Tuple).items.map(it => real(m, it))))),
  lenient('dist', 'p, q, /', (m, p, q) => {
    const [a, b] = [collect(m, p!), collect(m, q!)];
    if ([...a, ...b].some(isVague)) return unknownFrom(m, 'dist', [...a, ...b]);
    return new Float(norm(a.map((it, i) => real(m, it) - real(m, b[i]!))));
  }),
  lenient('fsum', 'seq, /', (m, values) => {
    const items = collect(m, values!);
    if (items.some(isVague)) return unknownFrom(m, 'fsum', items);
    return new Float(elementary.exactSum(items.map(it => real(m, it))));
  }),
  lenient('prod', 'iterable, /, *, start=1', (m, values, start) =>
    values instanceof Unknown
      ? unknownFrom(m, 'prod', [values], symbolFor('prod', [values]))
      : collect(m, values!).reduce((a, b) => m.binary('*', a, b), start!),
  ),
];

function real1(name: string, compute: (x: number) => number, domain: (x: number) => boolean = () => true): Entry {
  return strict(name, 'x, /', (m, x) => {
    const value = real(m, x!);
    if (!domain(value) && !Number.isNaN(value)) return fail(m, 'ValueError', 'math domain error');
    m.step(elementary.STEPS_OF_ELEMENTARY);
    return finite(m, compute(value), [value]);
  });
}

/** A function whose answer knows the size that it was computed from. */
function knowing([name, entry]: Entry, powerOfAnswer: (bound: readonly Value[]) => ReturnType<typeof powerOf>): Entry {
  const { signature, run } = entry as NativeFunction;
  const answer: NativeFunction['run'] = (m, args, bound) => withPower(run(m, args, bound), powerOfAnswer(bound));
  return [name, new NativeFunction(name, signature, answer, false)];
}

function real2(
  name: string,
  compute: (x: number, y: number) => number,
  domain: (x: number, y: number) => boolean = () => true,
): Entry {
  return strict(name, 'x, y, /', (m, x, y) => {
    const [a, b] = [real(m, x!), real(m, y!)];
    if (!domain(a, b)) return fail(m, 'ValueError', 'math domain error');
    return new Float(compute(a, b));
  });
}

/** An infinite result of finite arguments is an OverflowError. */
function finite(m: Machine, result: number, args: readonly number[]): Value {
  const isOverflow = Math.abs(result) === Infinity && args.every(Number.isFinite);
  return isOverflow ? fail(m, 'OverflowError', 'math range error') : new Float(result);
}

function test(name: string, ask: (x: number) => boolean): Entry {
  return strict(name, 'x, /', (m, x) => ask(real(m, x!)));
}

function toInteger(name: string, round: (x: number) => number): Entry {
  return lenient(name, 'x, /', (m, x) => {
    if (x instanceof Float) return truncated(m, round(x.value));
    if (isVague(x!)) return unknownFrom(m, name, [x!], symbolFor(name, [x!]));
    const special = x instanceof Instance ? m.findMethod(x, `__${name}__`) : undefined;
    if (special !== undefined) return m.call(special, [x!]);
    return isInteger(x!) ? intOf(bigInteger(m, x!)) : truncated(m, round(real(m, x!)));
  });
}

/** Exact for integers beyond the doubles too. */
function logarithm(m: Machine, x: Value): Value {
  if (typeof x === 'bigint' && x > 0n) return new Float(elementary.logOfInteger(x));
  const value = real(m, x);
  return value <= 0 ? fail(m, 'ValueError', 'math domain error') : new Float(elementary.log(value));
}

function power(m: Machine, x: number, y: number): Value {
  const isInvalid = (x === 0 && y < 0) || (x < 0 && Number.isFinite(x) && Number.isFinite(y) && !Number.isInteger(y));
  if (isInvalid) return fail(m, 'ValueError', 'math domain error');
  return finite(m, elementary.pow(x, y), [x, y]);
}

/** IEEE remainder: to the nearest multiple, ties to the even one. */
function remainder(x: number, y: number): number {
  if (!Number.isFinite(y)) return x;
  const [a, b] = [Math.abs(x), Math.abs(y)];
  const rest = a % b;
  const other = b - rest;
  const isOdd = ((a - rest) / b) % 2 === 1;
  const result = rest < other || (rest === other && !isOdd) ? rest : -other;
  return x < 0 ? -result : result;
}

function isClose(a: number, b: number, relative: number, absolute: number): boolean {
  if (a === b) return true;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  const difference = Math.abs(b - a);
  return difference <= Math.abs(relative * b) || difference <= Math.abs(relative * a) || difference <= absolute;
}

const LARGEST_FACTORIAL = 5000;

function factorial(m: Machine, n: number): Value {
  if (n < 0) return fail(m, 'ValueError', 'factorial() not defined for negative values');
  if (n > LARGEST_FACTORIAL) return m.unknown('the number is too large to compute');
  return permutations(m, BigInt(n), BigInt(n));
}

function permutations(m: Machine, n: bigint, k: bigint): Value {
  if (n < 0n || k < 0n) return fail(m, 'ValueError', 'n must be a non-negative integer');
  let product = 1n;
  for (let i = 0n; i < k && product !== 0n; i++) {
    m.step();
    product *= n - i;
  }
  return intOf(product);
}

function combinations(m: Machine, n: bigint, k: bigint): Value {
  if (n < 0n || k < 0n) return fail(m, 'ValueError', 'n must be a non-negative integer');
  if (k > n) return 0;
  const fewer = k < n - k ? k : n - k;
  let product = 1n;
  for (let i = 0n; i < fewer; i++) {
    m.step();
    product = (product * (n - i)) / (i + 1n);
  }
  return intOf(product);
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

function lcm(a: bigint, b: bigint): bigint {
  const product = a * b;
  return product === 0n ? 0n : (product < 0n ? -product : product) / gcd(a, b);
}

/** The square root of the exact sum of squares. */
function norm(values: readonly number[]): number {
  if (values.some(it => Math.abs(it) === Infinity)) return Infinity;
  if (values.some(Number.isNaN)) return Number.NaN;
  return elementary.rootOfSquares(values.map(ratioOf));
}
