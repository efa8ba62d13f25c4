/** All operations that are functions of torch, methods of tensors, or both. */
import { arithmetic } from './arithmetic.table.js';
import { decompositions } from './decompositions.table.js';
import { joins } from './joining.js';
import { products } from './product.table.js';
import { reductions, scanned } from './reductions.js';
import { selections } from './selection.table.js';
import { unaries } from './unary.table.js';
import type { Operation } from './variants.js';
import { views } from './view.table.js';

export const operations: readonly Operation[] = [
  ...unaries,
  ...arithmetic,
  ...products,
  ...decompositions,
  ...reductions,
  ...scanned,
  ...views,
  ...joins,
  ...selections,
];
