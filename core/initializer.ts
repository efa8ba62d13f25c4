/** What a parameter starts from: specifications of initial values, their fans, their numbers, arithmetic on them. */
export { describeSpec } from './describe-spec.js';
export { type Fans, fanOf, fansOf, type Shape } from './fans.js';
export type * from './init-spec.js';
export { clamped, scaled, shifted } from './spec-arithmetic.js';
export { boundOf, gainOf, meanOf, resolved, stdOf, varianceOf } from './spec-moments.js';
