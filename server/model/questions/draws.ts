/** Which draws of the generator decide a parameter's values. */
import type { StorageWrite } from '../draws.js';
import type { Parameter } from '../parameters.js';

/** The position in the log of the draw that all of the values come from; undefined where it is not one draw. */
export function drawOf({ contents }: Parameter): number | undefined {
  const [first, ...others] = contents.writes;
  const isWhole = first?.kind === 'draw' && first.region === undefined;
  return isWhole && others.every(isArithmetic) && first.index >= 0 ? first.index : undefined;
}

const isArithmetic = ({ kind }: StorageWrite): boolean => kind === 'map';
