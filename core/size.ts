/** Integer sizes that may be symbolic: numbers stay numbers, the rest are polynomials in canonical form. */
export { floorDivide, modulo } from './size/division.js';
export { format } from './size/format.js';
export { compare, equalSizes } from './size/order.js';
export {
  add,
  isKnown,
  multiply,
  negate,
  product,
  type Size,
  type SizeExpression,
  subtract,
  symbol,
} from './size/polynomial.js';
export { substitute, symbolsOf } from './size/substitution.js';
