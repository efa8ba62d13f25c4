/** Branches that only objects of a class reach that is not known: what an object of another kind raises there does not happen. */
import type { FaultCode } from '../model/model.js';

export class UnseenKinds {
  #depth = 0;

  /** Evaluates such a branch. */
  during<T>(evaluate: () => T): T {
    this.#depth++;
    try {
      return evaluate();
    } finally {
      this.#depth--;
    }
  }

  /** Whether a fault depends on what kind of object it is, where that is in doubt. */
  cover(code: FaultCode): boolean {
    return this.#depth > 0 && OF_A_KIND.has(code);
  }
}

const OF_A_KIND: ReadonlySet<FaultCode> = new Set(['wrong-rank', 'bias-none', 'exception', 'none-callable']);
