/** Python's standard library, and a few packages that model code uses beside it, as far as models need them. */
import type { Library } from '../native.js';

export function standardLibrary(): Library {
  return { module: () => undefined };
}
