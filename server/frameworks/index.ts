/** The frameworks that InitLens reads. */
import type { Framework } from './framework.js';
import { torch } from './torch/index.js';

export const frameworks: readonly Framework[] = [torch];
