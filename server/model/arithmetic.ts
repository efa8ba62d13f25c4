/** What the elementwise operations in a log of writes compute, in double precision. */
import { erfinv32 } from '../../core/random/index.js';
import type { MapOperation } from './draws.js';

/** Of an element and the write's operands. */
export const mapOperations: Readonly<Record<MapOperation, (x: number, a: number, b: number) => number>> = {
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
  power: (x, a) => x ** a,
  abs: Math.abs,
  sqrt: Math.sqrt,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  sigmoid: x => 1 / (1 + Math.exp(-x)),
};
