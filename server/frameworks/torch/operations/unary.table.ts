/** Functions of one element under `torch` and as methods; activations have a table of their own. */
import { erf } from '../../../../core/erf.js';
import { erfinv64 } from '../../../../core/random/erfinv.js';
import type { Machine } from '../../../interpreter/machine.js';
import type { Value } from '../../../interpreter/values.js';
import type { MapOperation } from '../../../model/draws.js';
import { numberValue } from '../arguments.js';
import { type Dtype, roundHalfToEven } from '../dtypes.js';
import { floatOf, unary } from './unary.js';
import { type Operation, operation } from './variants.js';

type Compute = (x: number) => number;

/** Functions of real numbers: integers become floats. */
export const realFunctions: Readonly<Record<string, Compute>> = {
  exp: Math.exp,
  exp2: x => 2 ** x,
  expm1: Math.expm1,
  log: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  log1p: Math.log1p,
  sqrt: Math.sqrt,
  rsqrt: x => 1 / Math.sqrt(x),
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  arcsin: Math.asin,
  arccos: Math.acos,
  arctan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  asinh: Math.asinh,
  acosh: Math.acosh,
  atanh: Math.atanh,
  erf,
  erfc: x => 1 - erf(x),
  erfinv: erfinv64,
  reciprocal: x => 1 / x,
  deg2rad: x => (x * Math.PI) / 180,
  rad2deg: x => (x * 180) / Math.PI,
  sinc: x => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)),
};

/** Those that core knows as nonlinearities. */
const nonlinear: Readonly<Record<string, Compute>> = { sin: Math.sin, cos: Math.cos };

/** Functions that keep the element type. */
const keeping: Readonly<Record<string, Compute>> = {
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
  fix: Math.trunc,
  frac: x => x - Math.trunc(x),
  sign: Math.sign,
  sgn: Math.sign,
};

const tests: Readonly<Record<string, Compute>> = {
  isnan: x => Number(Number.isNaN(x)),
  isinf: x => Number(Math.abs(x) === Infinity),
  isfinite: x => Number(Number.isFinite(x)),
  logical_not: x => Number(x === 0),
  signbit: x => Number(x < 0 || Object.is(x, -0)),
};

const mappedAs: Readonly<Record<string, MapOperation>> = {
  exp: 'exp',
  log: 'log',
  sqrt: 'sqrt',
  floor: 'floor',
  sin: 'sin',
  cos: 'cos',
  erfinv: 'erfinv',
  reciprocal: 'power',
  rsqrt: 'power',
};

/** The exponents of those that are powers. */
const exponents: Readonly<Record<string, number>> = { reciprocal: -1, rsqrt: -0.5 };

const SIGNATURE = 'input, *, out=None';
const toBool = (): Dtype => 'bool';

function map(name: string) {
  const operation = mappedAs[name];
  const exponent = exponents[name];
  return operation && { operation, operands: exponent === undefined ? [] : [exponent] };
}

function realFunction(name: string, kind: 'nonlinearity' | 'opaque', compute: Compute): Operation {
  const run = (machine: Machine, input: Value) =>
    unary(machine, input, { name, kind, compute, map: map(name), dtype: floatOf(machine) });
  return operation(name, SIGNATURE, run, { inPlace: true });
}

export const unaries: readonly Operation[] = [
  ...Object.entries(realFunctions).map(([name, compute]) => realFunction(name, 'opaque', compute)),
  ...Object.entries(nonlinear).map(([name, compute]) => realFunction(name, 'nonlinearity', compute)),
  ...Object.entries(keeping).map(([name, compute]) =>
    operation(
      name,
      SIGNATURE,
      (machine, input) => unary(machine, input!, { name, kind: 'opaque', compute, map: map(name) }),
      { inPlace: true },
    ),
  ),
  ...Object.entries(tests).map(([name, compute]) =>
    operation(name, SIGNATURE, (machine, input) =>
      unary(machine, input!, { name, kind: 'opaque', compute, dtype: toBool }),
    ),
  ),
  ...['abs', 'absolute'].map(name =>
    operation(
      name,
      SIGNATURE,
      (machine, input) =>
        unary(machine, input!, {
          name: 'abs',
          kind: 'nonlinearity',
          compute: Math.abs,
          map: { operation: 'abs', operands: [] },
        }),
      { inPlace: true },
    ),
  ),
  ...['neg', 'negative'].map(name =>
    operation(name, SIGNATURE, (machine, input) => negated(machine, input!), { inPlace: true }),
  ),
  operation('square', SIGNATURE, (machine, input) => squared(machine, input!), { inPlace: true }),
  operation(
    'round',
    'input, *, decimals=0, out=None',
    (machine, input, decimals) => rounded(machine, input!, decimals),
    {
      inPlace: true,
    },
  ),
  operation('logit', 'input, eps=None, *, out=None', (machine, input) =>
    unary(machine, input!, {
      name: 'logit',
      kind: 'opaque',
      compute: x => Math.log(x / (1 - x)),
      dtype: floatOf(machine),
    }),
  ),
  operation('nan_to_num', 'input, nan=0.0, posinf=None, neginf=None, *, out=None', (machine, input) =>
    unary(machine, input!, { name: 'nan_to_num', kind: 'shape', compute: x => (Number.isNaN(x) ? 0 : x) }),
  ),
  operation('bitwise_not', SIGNATURE, (machine, input) =>
    unary(machine, input!, { name: 'bitwise_not', kind: 'opaque', compute: x => Number(x === 0) }),
  ),
];

export function negated(machine: Machine, input: Value): Value {
  return unary(machine, input, {
    name: 'neg',
    kind: 'scale',
    compute: x => -x,
    map: { operation: 'negate', operands: [] },
    settings: [['factor', -1]],
  });
}

export function squared(machine: Machine, input: Value): Value {
  return unary(machine, input, {
    name: 'square',
    kind: 'nonlinearity',
    compute: x => x * x,
    map: { operation: 'power', operands: [2] },
    dtype: integral,
  });
}

/** Arithmetic makes integers of booleans. */
export const integral = (dtype: Dtype): Dtype => (dtype === 'bool' ? 'int64' : dtype);

function rounded(machine: Machine, input: Value, decimals: Value | undefined): Value {
  const scale = 10 ** (numberValue(decimals) ?? 0);
  return unary(machine, input, { name: 'round', kind: 'opaque', compute: x => roundHalfToEven(x * scale) / scale });
}
