/** Finds functions of torch.nn.functional for the layers whose forward calls them. */
import type { Value } from '../../../interpreter/values.js';
import { functionals } from '../functional.js';

export const functional = (name: string): Value | undefined => functionals.get(name);
