/** Torch's random numbers on the CPU. */
export { countOf, type DrawRequest, draw, isExact, skipDraw, wordsOf } from './draw.js';
export type { Build } from './erfinv.js';
export { erfinv32, erfinv64 } from './erfinv.js';
export { Mt19937, type MtState } from './mt19937.js';
export { fillNormal } from './normal.js';
export { bytesOf, type Dtype, isHalf, roundTo, type Values, valuesFor } from './precision.js';
export { thinOut } from './sparse.js';
export { erfinvRange, fillTruncatedNormal, type Truncation } from './truncated-normal.js';
export { fillUniform } from './uniform.js';
