/** What the elementwise operations in a log of writes compute, in double precision. */
import { erfinv32 } from '../../core/random/index.js';
import { vectorCodeOf } from '../../core/random/vector-code.js';
import type { MapOperation } from './draws.js';

type Round = (x: number) => number;

/** Of an element and the write's operands; `inner` rounds what lies between. */
type Step = (x: number, a: number, b: number, inner: Round) => number;

/** What lies between the steps of an operation is single precision, for halves as well; for doubles it is double. */
export const innerRounding = (dtype: string): Round => (dtype === 'float64' ? it => it : Math.fround);

/** In single precision torch without MKL computes these in vector code that is known for every number. */
export const inVectorCode: ReadonlySet<MapOperation> = new Set(['exp', 'log', 'tanh']);

export function mapOperationIn(dtype: string, operation: MapOperation): Step {
  const vector = dtype === 'float32' && inVectorCode.has(operation) ? vectorCodeOf(operation) : undefined;
  return vector ?? mapOperations[operation];
}

const mapOperations: Readonly<Record<MapOperation, Step>> = {
  add: (x, a) => x + a,
  multiply: (x, a) => x * a,
  divide: (x, a) => x / a,
  clamp: (x, low, high) => Math.min(high, Math.max(low, x)),
  /** In single precision, as builds without MKL compute it. */
  erfinv: x => erfinv32(x, 'plain'),
  floor: Math.floor,
  exp: Math.exp,
  log: Math.log,
  negate: x => -x,
  power: (x, a, _, inner) => powerOf(x, a, inner),
  abs: Math.abs,
  sqrt: Math.sqrt,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  sigmoid: x => 1 / (1 + Math.exp(-x)),
};

/** Torch multiplies, divides and takes roots where the exponent allows it. */
function powerOf(x: number, exponent: number, inner: Round): number {
  switch (exponent) {
    case 2:
      return x * x;
    case 3:
      return inner(x * x) * x;
    case -2:
      return 1 / inner(x * x);
    case -1:
      return 1 / x;
    case 0.5:
      return Math.sqrt(x);
    case -0.5:
      return 1 / inner(Math.sqrt(x));
    default:
      return x ** exponent;
  }
}
