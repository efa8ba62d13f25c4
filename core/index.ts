/**
 * The init core: sizes, initializers, generators, statistics, propagation. Drawing on a graphics processor
 * (`backends/webgpu`) and running whole networks (`propagation/simulation`) are entries of their own.
 */
export * from './backend.js';
export { chosenBackend, type DeviceChoice, LazyGpu } from './backends/choice.js';
export { processorBackend } from './backends/processor.js';
export type { Sampler } from './backends/sampler.js';
export { scalarSampler } from './backends/scalar.js';
export { type Kernel, type KernelExports, type KernelVariant, kernelVariants } from './backends/wasm/kernel.js';
export { type OpenedKernel, openKernel } from './backends/wasm/open.js';
export { type Reply, WorkerPool, type WorkerPort } from './backends/workers/pool.js';
export { perform, type Task } from './backends/workers/task.js';
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
export * from './size.js';
export { type Histogram, Statistics, type Summary, summarizeValues } from './statistics.js';
