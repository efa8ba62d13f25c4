/** Torch's random numbers on the CPU. */
export { type DrawRequest, draw, isExact, skipDraw } from './draw.js';
export type { Build } from './erfinv.js';
export { Mt19937 } from './mt19937.js';
export { bytesOf, type Dtype, roundTo, type Values } from './precision.js';
