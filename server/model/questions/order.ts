/** Two events of one evaluation, and where in the code their order was decided. */
import { isSameSite, type Site } from '../../text/span.js';

/** Where two events part: the statements of one function that led to each. */
export interface Parting {
  readonly first: Site | undefined;
  readonly second: Site;
}

/**
 * Both ways lead from the event outwards to the entry point. The outermost steps that they share were made once;
 * the steps after the last shared one stand in the same function.
 */
export function partingOf(first: readonly Site[], second: readonly Site[]): Parting {
  const isShared = (i: number): boolean => i < first.length && isSameSite(first.at(-1 - i)!, second.at(-1 - i)!);
  const depth = [...second.keys()].find(i => !isShared(i)) ?? second.length - 1;
  return { first: first.at(-1 - depth), second: second.at(-1 - depth)! };
}
