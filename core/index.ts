/** The init core: sizes, initializers, generators, statistics, propagation. */
export * from './backend.js';
export { drawOfSpec, rangeOfSpec } from './draw-of-spec.js';
export * from './initializer.js';
export {
  backwardGainOf,
  calculateGain,
  gainOf as idealGainOf,
  isBoundary,
  isNonlinearity,
  type Moments,
  moments,
  nonlinearities,
} from './nonlinearities.js';
export * from './propagation/index.js';
export * from './random/index.js';
export { scalarBackend } from './scalar/index.js';
export * from './size.js';
export { type Histogram, Statistics, type Summary, summarizeValues } from './statistics.js';
