/** Which rule computes which kind of step. */
import { convolution } from './convolution.js';
import { add, dropout, mask, multiply, nonlinearity, scale } from './elementwise.js';
import { mathematical } from './functions.js';
import { norm, softmax } from './norms.js';
import { pool } from './pools.js';
import { linear, product } from './products.js';
import type { StepOperation } from './program.js';
import { recurrent } from './recurrent.js';
import type { Rule } from './rule.js';
import { take } from './taking.js';
import { concatenate, embedding, reshape, rows, view } from './views.js';

/** What is computed from other steps. */
export type Computed = Exclude<StepOperation, { kind: 'input' | 'parameter' | 'constant' }>;

const rules: { readonly [Kind in Computed['kind']]: Rule<Extract<Computed, { kind: Kind }>> } = {
  linear,
  convolution,
  nonlinearity,
  function: mathematical,
  norm,
  add,
  multiply,
  scale,
  pool,
  concatenate,
  reshape,
  permute: view,
  slice: view,
  expand: view,
  take,
  product,
  softmax,
  mask,
  recurrent,
  dropout,
  embedding,
  rows,
};

export const ruleOf = (operation: Computed): Rule<Computed> => rules[operation.kind] as Rule<Computed>;
