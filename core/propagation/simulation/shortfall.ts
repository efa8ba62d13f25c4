/** By how much the sums of a narrow network are too small. */
import { NO_SHORTFALL, type Shortfall, type Step } from './program.js';

/** Of a step that is `narrow` in place of `whole`; its first input has the shape `now` in place of `from`. */
export function shortfallOf(whole: Step, narrow: Step, from: readonly number[], now: readonly number[]): Shortfall {
  const root = (full: number, here: number) => Math.sqrt(full / here);
  switch (narrow.operation.kind) {
    case 'linear':
    case 'recurrent': {
      const forward = root(from.at(-1)!, now.at(-1)!);
      return { ...NO_SHORTFALL, forward, columns: root(whole.shape.at(-1)!, narrow.shape.at(-1)!) };
    }
    case 'convolution': {
      const { groups } = narrow.operation;
      const before = (whole.operation as typeof narrow.operation).groups;
      const forward = root(from[1]! / before, now[1]! / groups);
      return { ...NO_SHORTFALL, forward, columns: root(whole.shape[1]! / before, narrow.shape[1]! / groups) };
    }
    case 'product': {
      const [rows, columns] = [-2, -1].map(axis => root(whole.shape.at(axis)!, narrow.shape.at(axis)!));
      return { forward: root(from.at(-1)!, now.at(-1)!), rows: rows!, columns: columns! };
    }
    default:
      return NO_SHORTFALL;
  }
}
