/**
 * Elementary functions of single-precision tensors as torch without MKL computes them: SLEEF's vector code, operation by
 * operation, within one unit in the last place. Every sum and product rounds; `fma32` rounds once.
 */
import { fma32 } from './fma.js';

const f = Math.fround;

type VectorCode = (x: number) => number;

const vectorCode: ReadonlyMap<string, VectorCode> = new Map(Object.entries({ sin, cos, exp, expm1, log, log1p, tanh }));

/** Of float32 numbers, by torch's name; only for arguments that `isWithin` accepts. */
export const vectorCodeOf = (name: string): VectorCode | undefined => vectorCode.get(name);

/** Turns are taken off large angles in another way, and `log1p` of large numbers is the logarithm. */
export function isWithin(name: string, x: number): boolean {
  if (name === 'sin' || name === 'cos') return Math.abs(x) < 124;
  return name !== 'log1p' || x < 1e30;
}

const ONE_BY_PI = f(0.3183098861837907);
const PI_FIRST = f(3.1414794921875);
const PI_SECOND = f(0.0001131594181060791);
const PI_THIRD = f(1.984187258941006e-9);

type Pair = readonly [high: number, low: number];

function sin(x: number): number {
  if (x === 0) return x;
  const turns = halfEven(f(x * ONE_BY_PI));
  const [high, low] = sum(fma32(turns, -PI_FIRST, x), f(turns * -PI_SECOND));
  const value = ofReduced(added([high, low], f(turns * -PI_THIRD)));
  return turns % 2 === 0 ? value : -value;
}

function cos(x: number): number {
  const turns = f(1 + 2 * halfEven(fma32(x, ONE_BY_PI, -0.5)));
  const first = sum(x, f(turns * f(PI_FIRST * -0.5)));
  const second = lifted(first, f(turns * f(PI_SECOND * -0.5)));
  const value = ofReduced(lifted(second, f(turns * f(PI_THIRD * -0.5))));
  return (turns & 2) === 0 ? -value : value;
}

/** The sine of an angle that is left, by a polynomial whose first terms are pairs. */
function ofReduced([t, tLow]: Pair): number {
  const square = f(t * t);
  const squareLow = fma32(f(t + t), tLow, fma32(t, t, -square));
  let rest = f(2.6083159809786594e-6);
  rest = fma32(rest, square, f(-0.00019810690719168633));
  rest = fma32(rest, square, f(0.00833307858556509));
  const [a, aLow] = quickSum(f(-0.16666659712791443), f(rest * square));
  const m = f(a * square);
  const mLow = fma32(a, squareLow, fma32(aLow, square, fma32(a, square, -m)));
  const one = f(1 + m);
  const oneLow = f(f(f(1 - one) + m) + mLow);
  return fma32(t, one, fma32(t, oneLow, f(tLow * one)));
}

function sum(a: number, b: number): Pair {
  const high = f(a + b);
  const back = f(high - a);
  return [high, f(f(a - f(high - back)) + f(b - back))];
}

/** For a that is not smaller than b. */
function quickSum(a: number, b: number): Pair {
  const high = f(a + b);
  return [high, f(f(a - high) + b)];
}

const added = ([high, low]: Pair, b: number): Pair => {
  const total = f(high + b);
  return [total, f(f(f(high - total) + b) + low)];
};

const lifted = ([high, low]: Pair, b: number): Pair => {
  const [total, rest] = sum(high, b);
  return [total, f(rest + low)];
};

const LN2_FIRST = f(0.693145751953125);
const LN2_SECOND = f(1.428606765330187e-6);
const EXPONENTIAL = [
  0.00019852761761285365, 0.0013930435525253415, 0.008333360776305199, 0.041666485369205475, 0.1666666716337204, 0.5,
].map(f);

/** Numbers below give zero, those beyond infinity. */
const [LEAST_EXPONENT, MOST_EXPONENT] = [-104, 100];

function exp(x: number): number {
  if (Number.isNaN(x) || x < LEAST_EXPONENT || x > MOST_EXPONENT) return x < 0 ? 0 : x + Infinity;
  const powers = halfEven(f(x * f(Math.LOG2E)));
  const rest = fma32(powers, -LN2_SECOND, fma32(powers, -LN2_FIRST, x));
  const value = polynomial(EXPONENTIAL, rest);
  return f(f(1 + fma32(f(rest * rest), value, rest)) * 2 ** powers);
}

const EXPONENTIAL_OF_PAIR = [0.1980960224e-3, 0.1394256484e-2, 0.8333456703e-2, 0.4166637361e-1].map(f);

/** As a pair, for numbers of which the result is finite and normal. */
function expPair(x: number): Pair {
  const powers = halfEven(f(x * f(Math.LOG2E)));
  const first = sum(x, f(powers * -LN2_FIRST));
  const rest = lifted(first, f(powers * -LN2_SECOND));
  let tail = lifted(scaled(rest, polynomial(EXPONENTIAL_OF_PAIR, rest[0])), f(0.1666666567325592));
  tail = lifted(product(rest, tail), 0.5);
  tail = sumOfPairs(rest, product(squared(rest), tail));
  const whole = f(1 + tail[0]);
  const low = f(f(f(1 - whole) + tail[0]) + tail[1]);
  return [f(whole * 2 ** powers), f(low * 2 ** powers)];
}

function expm1(x: number): number {
  if (Number.isNaN(x) || x === 0) return x;
  if (x < f(-16.63553237915039)) return -1;
  if (x > f(88.72283172607422)) return Infinity;
  const [high, low] = lifted(expPair(x), -1);
  return f(high + low);
}

function tanh(x: number): number {
  if (Number.isNaN(x)) return x;
  const size = Math.abs(x);
  const value = size > f(8.664339742) ? 1 : tangentOf(expPair(size));
  return x < 0 || Object.is(x, -0) ? -value : value;
}

/** (e − 1/e) / (e + 1/e). */
function tangentOf(e: Pair): number {
  const inverse = reciprocal(e);
  const [high, low] = quotient(addedPair(e, [-inverse[0], -inverse[1]]), addedPair(e, inverse));
  return f(high + low);
}

const LN2: Pair = [f(0.6931471824645996), f(-1.904654323148236e-9)];
const LOGARITHM = [0.3027294874, 0.3996108174, 0.666669488].map(f);
const SMALLEST_NORMAL = 2 ** -126;

function log(x: number): number {
  if (!(x > 0) || x === Infinity) return x === 0 ? -Infinity : x < 0 ? Number.NaN : x;
  const lift = x < SMALLEST_NORMAL ? 64 : 0;
  const raised = x * 2 ** lift;
  const exponent = exponentOf(f(raised * f(1 / 0.75)));
  const mantissa = raised * 2 ** -exponent;
  return logarithmOf(exponent - lift, quotient(sum(-1, mantissa), sum(1, mantissa)));
}

function log1p(x: number): number {
  if (!(x > -1)) return x === -1 ? -Infinity : Number.NaN;
  if (x === 0) return x;
  const exponent = exponentOf(f(f(x + 1) * f(1 / 0.75)));
  const power = 2 ** -exponent;
  const mantissa = fma32(x, power, f(power - 1));
  return logarithmOf(exponent, quotient([mantissa, 0], quickSum(2, mantissa)));
}

/** ln(2)·exponent + 2·artanh(x). */
function logarithmOf(exponent: number, x: Pair): number {
  const square = f(x[0] * x[0]);
  const series = polynomial(LOGARITHM, square);
  const known = addedPair(scaled(LN2, exponent), [2 * x[0], 2 * x[1]]);
  const [high, low] = added(known, f(f(square * x[0]) * series));
  return f(high + low);
}

const single = new Float32Array(1);
const bits = new Uint32Array(single.buffer);

function exponentOf(x: number): number {
  single[0] = x;
  return ((bits[0]! >>> 23) & 0xff) - 127;
}

/** The highest power's coefficient first. */
function polynomial(coefficients: readonly number[], x: number): number {
  let value = coefficients[0]!;
  for (let i = 1; i < coefficients.length; i++) value = fma32(value, x, coefficients[i]!);
  return value;
}

function scaled([high, low]: Pair, by: number): Pair {
  const value = f(high * by);
  return [value, fma32(low, by, fma32(high, by, -value))];
}

function product([a, aLow]: Pair, [b, bLow]: Pair): Pair {
  const value = f(a * b);
  return [value, fma32(a, bLow, fma32(aLow, b, fma32(a, b, -value)))];
}

function squared([a, aLow]: Pair): Pair {
  const value = f(a * a);
  return [value, fma32(f(a + a), aLow, fma32(a, a, -value))];
}

function quotient([n, nLow]: Pair, [d, dLow]: Pair): Pair {
  const inverse = f(1 / d);
  const value = f(n * inverse);
  const missing = fma32(-dLow, inverse, fma32(-d, inverse, 1));
  return [value, fma32(value, missing, fma32(nLow, inverse, fma32(inverse, n, -value)))];
}

function reciprocal([d, dLow]: Pair): Pair {
  const inverse = f(1 / d);
  return [inverse, f(inverse * fma32(-dLow, inverse, fma32(-d, inverse, 1)))];
}

/** For a that is not smaller than b. */
function addedPair([a, aLow]: Pair, [b, bLow]: Pair): Pair {
  const total = f(a + b);
  return [total, f(f(f(f(a - total) + b) + aLow) + bLow)];
}

function sumOfPairs([a, aLow]: Pair, [b, bLow]: Pair): Pair {
  const [total, rest] = sum(a, b);
  return [total, f(rest + f(aLow + bLow))];
}

function halfEven(x: number): number {
  const floor = Math.floor(x);
  const distance = x - floor;
  if (distance !== 0.5) return distance > 0.5 ? floor + 1 : floor;
  return floor % 2 === 0 ? floor : floor + 1;
}
