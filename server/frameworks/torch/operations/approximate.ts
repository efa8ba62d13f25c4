/** Which operations torch computes in code of its own, so that what is computed here may differ in the last bits. */
import { isWithin, vectorCodeOf } from '../../../../core/random/vector-code.js';
import { List, Tuple, type Value } from '../../../interpreter/values.js';
import { type StorageWrite, WITH_MKL } from '../../../model/draws.js';
import { numberValue } from '../arguments.js';
import { type Dtype, isFloating } from '../dtypes.js';
import { isTensor, type Tensor } from '../tensor.js';
import { contentsBefore, dataOf, foreseenIn } from './data.js';

/** Elementary functions, and sums in an order of the kernel's choosing. */
const approximate: ReadonlySet<string> = new Set(
  (
    'exp exp2 expm1 log log2 log10 log1p rsqrt tan asin acos atan arcsin arccos arctan atan2 arctan2 sin cos sinh cosh ' +
    'tanh asinh acosh atanh arcsinh arccosh arctanh erf erfc erfinv sinc deg2rad rad2deg sigmoid logit softmax softmin ' +
    'log_softmax softplus softsign gelu silu mish elu selu celu tanhshrink logsigmoid pow float_power logspace lerp ' +
    'addcmul addcdiv sum mean prod nansum nanmean cumsum cumprod norm var std var_mean std_mean logsumexp cumlogsumexp ' +
    'matmul mm bmm mv dot vdot inner einsum addmm addmv addr baddbmm tensordot chain_matmul linear bilinear cdist trace ' +
    'normalize cosine_similarity layer_norm group_norm batch_norm instance_norm interpolate conv1d conv2d conv3d ' +
    'avg_pool1d avg_pool2d adaptive_avg_pool1d adaptive_avg_pool2d fmod remainder floor_divide hypot leaky_relu rrelu ' +
    'quantile nanquantile prelu threshold hardshrink softshrink hardswish hardsigmoid'
  ).split(' '),
);

/** What makes whole numbers: how far from the nearest one at which it turns to the next. */
const WHOLE: Readonly<Record<string, number>> = { round: 0.5, floor: 0, ceil: 0, trunc: 0, fix: 0 };

const SUMS: ReadonlySet<string> = new Set(['sum', 'nansum', 'cumsum', 'prod', 'cumprod']);

/** Of all others the results are as certain as what they are computed of. */
const decisive: ReadonlySet<string> = new Set([...approximate, ...Object.keys(WHOLE), 'to']);

/** The operation, or one that its inputs were computed by. */
export function approximationOf(name: string, inputs: readonly Value[], dtype: Dtype): string | undefined {
  const plain = name.endsWith('_') ? name.slice(0, -1) : name;
  return decisive.has(plain) ? approximationBy(plain, inputs, dtype) : approximationBehindAny(inputs);
}

function approximationBy(name: string, inputs: readonly Value[], dtype: Dtype): string | undefined {
  if (isCertain(name, inputs, dtype)) return undefined;
  if (!isFloating(dtype)) return approximationBehindAny(inputs);
  if (
    areExactSums(name, inputs) ||
    areExactPowers(name, inputs, dtype) ||
    (name === 'log' && dtype === 'float32' && areSureLogarithms(inputs))
  )
    return undefined;
  if (vectorCodeOf(name) && dtype === 'float32' && areWithin(name, inputs)) return `${name}${WITH_MKL}`;
  return approximate.has(name) ? name : approximationBehindAny(inputs);
}

/** Whether it makes whole numbers, of values of which another last bit would not make others. */
function isCertain(name: string, [input, ...others]: readonly Value[], dtype: Dtype): boolean {
  const turn = isFloating(dtype) ? WHOLE[name] : name === 'to' && dtype !== 'bool' ? 0 : undefined;
  if (turn === undefined || others.length > 0 || !isTensor(input) || !isFloating(input.dtype)) return false;
  return dataOf(input)?.every(it => isFarFrom(turn, it)) ?? false;
}

const isFarFrom = (turn: number, x: number): boolean =>
  Math.abs(x - turn - Math.round(x - turn)) > 1e-5 * Math.max(1, Math.abs(x));

/** Of whole numbers that no order of adding, or multiplying, takes beyond what single precision holds. */
function areExactSums(name: string, [input, ...others]: readonly Value[]): boolean {
  if (!SUMS.has(name) || others.length > 0 || !isTensor(input) || approximationBehind(input) !== undefined)
    return false;
  const data = dataOf(input);
  if (data === undefined || !data.every(Number.isInteger)) return false;
  const sizes = data.map(Math.abs);
  const most = name.endsWith('prod') ? sizes.reduce((a, b) => a * Math.max(1, b), 1) : sizes.reduce((a, b) => a + b, 0);
  return most <= 2 ** 24 && isSingleOrDouble(input.dtype);
}

/** Whole powers that single precision holds without rounding, step by step: torch has them to the bit. */
function areExactPowers(name: string, inputs: readonly Value[], dtype: Dtype): boolean {
  if (name !== 'pow' || dtype !== 'float32') return false;
  const [bases, exponents] = inputs.map(it => (isTensor(it) ? dataOf(it) : numbersOf(it)));
  if (bases === undefined || exponents === undefined || approximationBehindAny(inputs) !== undefined) return false;
  return exponents.every((exponent, i) =>
    (bases.length === exponents.length ? [bases[i]!] : [...bases]).every(it => isExactPower(Math.fround(it), exponent)),
  );
}

function numbersOf(value: Value): Float64Array | undefined {
  const number = numberValue(value);
  return number === undefined ? undefined : Float64Array.of(number);
}

const MOST_FACTORS = 5;

function isExactPower(base: number, exponent: number): boolean {
  if (!(Number.isInteger(exponent) && exponent >= 0 && exponent <= MOST_FACTORS)) return false;
  let power = 1;
  for (let factor = 0; factor < exponent; factor++) {
    power *= base;
    if (Math.fround(power) !== power) return false;
  }
  return true;
}

const isSingleOrDouble = (dtype: Dtype): boolean => dtype !== 'float16' && dtype !== 'bfloat16';

/** Of builds with MKL alone the last bits are not known: what is not known of any build tells more. */
export function worst(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.endsWith(WITH_MKL) && !b.endsWith(WITH_MKL) ? b : a;
}

/** All of them, of values that are known, and that torch without MKL has to the bit. */
function areWithin(name: string, inputs: readonly Value[]): boolean {
  const [input] = inputs;
  if (!isTensor(input) || input.dtype !== 'float32') return false;
  const isSure = approximationBehind(input)?.endsWith(WITH_MKL) ?? true;
  return isSure && (dataOf(input)?.every(it => isWithin(name, it)) ?? false);
}

/** All of them, of values that are known and computed without doubt themselves. */
function areSureLogarithms(inputs: readonly Value[]): boolean {
  const [input] = inputs;
  if (!isTensor(input) || input.dtype !== 'float32' || approximationBehind(input) !== undefined) return false;
  return dataOf(input)?.every(isSureLogarithm) ?? false;
}

/**
 * True where the logarithm, rounded to float32, is torch's: its vector code errs only within 0.13 ulp of half-way between
 * two floats (every float from 2⁻²⁴ to 2²⁴, torch 1.13 with AVX2, test/oracle/logarithms.py).
 */
export function isSureLogarithm(x: number): boolean {
  if (!(x >= 2 ** -24 && x <= 2 ** 24)) return false;
  const exact = Math.log(x);
  const rounded = Math.fround(exact);
  if (rounded === exact) return true;
  const ulp = 2 ** (Math.floor(Math.log2(Math.abs(exact))) - 23);
  return 0.5 - Math.abs(exact - rounded) / ulp > 0.2;
}

/** The function that some of these values were computed by. */
export function approximationBehindAny(values: readonly Value[]): string | undefined {
  let found: string | undefined;
  for (const value of values) {
    if (isTensor(value)) found = worst(found, approximationBehind(value));
    else if (value instanceof Tuple || value instanceof List) found = worst(found, approximationBehindAny(value.items));
  }
  return found;
}

/** Contents of no more writes are read as often as somebody asks. */
const FEW = 4;

/** The function that some of a tensor's values were computed by. */
export function approximationBehind({ storage: { contents, count, dtype } }: Tensor): string | undefined {
  const drawn = count === undefined ? undefined : foreseenIn(contents, count, dtype);
  if (drawn !== undefined) return drawn.approximate;
  if (contents.length <= FEW) return approximationOfWrites(contents);
  let known = behind.get(contents);
  if (known === undefined) {
    known = approximationAmong(contents);
    behind.set(contents, known);
  }
  return known ?? undefined;
}

/** Null where there is none. What was asked of shorter contents serves for the longer ones. */
const behind = new WeakMap<readonly StorageWrite[], string | null>();

function approximationAmong(contents: readonly StorageWrite[]): string | null {
  let found: string | null = null;
  let shorter: readonly StorageWrite[] | undefined = contents;
  while (shorter !== undefined) {
    const known = behind.get(shorter);
    if (known !== undefined) return worst(known ?? undefined, found ?? undefined) ?? null;
    const earlier = contentsBefore(shorter);
    const added = earlier === undefined ? shorter : shorter.slice(earlier.length);
    found = worst(found ?? undefined, approximationOfWrites(added)) ?? null;
    shorter = earlier;
  }
  return found;
}

function approximationOfWrites(contents: readonly StorageWrite[]): string | undefined {
  let found: string | undefined;
  for (const write of contents) if ('approximate' in write) found = worst(found, write.approximate);
  return found;
}
