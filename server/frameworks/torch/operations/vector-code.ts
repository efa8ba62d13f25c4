/**
 * Sine, cosine and exponential of single-precision tensors as torch without MKL computes them: SLEEF's vector code, operation
 * by operation (exp, and sin and cos within one unit in the last place). Every sum and product rounds; `fma32` rounds once.
 */
import { fma32 } from '../../../../core/random/fma.js';

const f = Math.fround;

/** By name; only for arguments that `isWithin` accepts. */
export const vectorCode: Readonly<Record<string, (x: number) => number>> = { sin, cos, exp };

/** Beyond, turns are taken off in another way, and powers of two leave the normal numbers. */
export function isWithin(name: string, x: number): boolean {
  return name === 'exp' ? Math.abs(x) < 80 : Math.abs(x) < 124;
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

function exp(x: number): number {
  const powers = halfEven(f(x * f(Math.LOG2E)));
  const rest = fma32(powers, -LN2_SECOND, fma32(powers, -LN2_FIRST, x));
  let value = EXPONENTIAL[0]!;
  for (const coefficient of EXPONENTIAL.slice(1)) value = fma32(value, rest, coefficient);
  return f(f(1 + fma32(f(rest * rest), value, rest)) * 2 ** powers);
}

function halfEven(x: number): number {
  const floor = Math.floor(x);
  const distance = x - floor;
  if (distance !== 0.5) return distance > 0.5 ? floor + 1 : floor;
  return floor % 2 === 0 ? floor : floor + 1;
}
