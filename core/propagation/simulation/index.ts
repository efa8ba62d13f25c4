/** Networks run on numbers, for whoever wants more than theory: an entry of its own, which the init core does without. */
export { type Cost, costOf } from './cost.js';
export type { Steps } from './product.js';
export type * from './program.js';
export { type Figures, type Setup, simulate } from './run.js';
export { type Estimate, monteCarlo, type Plan, planFor, type SeedSource } from './seeds.js';
