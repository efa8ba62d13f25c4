/** The init core: sizes, initializers, generators, statistics, propagation. */
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
export * from './random/index.js';
export * from './size.js';
