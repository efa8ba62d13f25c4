/** What can be said of the order of two sizes when symbols are positive integers. */
import { type Atom, isKnown, negate, type Size, subtract, type Term } from './polynomial.js';

/** Whether they are equal for all values of the symbols; false where that cannot be told. */
export function equalSizes(a: Size, b: Size): boolean {
  if (isKnown(a) || isKnown(b)) return a === b;
  return a.key === b.key;
}

/** The sign of `a − b`, where it is the same for all positive values of the symbols. */
export function compare(a: Size, b: Size): -1 | 0 | 1 | undefined {
  const difference = subtract(a, b);
  if (isKnown(difference)) return signOf(difference);
  if (lowestOf(difference) > 0) return 1;
  if (lowestOf(negate(difference)) > 0) return -1;
  return undefined;
}

/** The lowest value that `size` can take; −∞ where a negative term can grow without bound. */
function lowestOf(size: Size): number {
  if (isKnown(size)) return size;
  return size.terms.reduce((sum, term) => sum + lowestOfTerm(term), 0);
}

function lowestOfTerm({ coefficient, atoms }: Term): number {
  if (atoms.length === 0) return coefficient;
  const lowest = atoms.map(lowestOfAtom);
  const isBounded = coefficient > 0 && lowest.every(bound => bound >= 0);
  return isBounded ? lowest.reduce((a, b) => a * b, coefficient) : -Infinity;
}

function lowestOfAtom(atom: Atom): number {
  if (atom.kind === 'symbol') return 1;
  const isNonNegative = lowestOf(atom.dividend) >= 0 && lowestOf(atom.divisor) > 0;
  if (!isNonNegative) return -Infinity;
  return isKnown(atom.divisor) ? Math.floor(lowestOf(atom.dividend) / atom.divisor) : 0;
}

function signOf(value: number): -1 | 0 | 1 | undefined {
  if (Number.isNaN(value)) return undefined;
  return value === 0 ? 0 : value > 0 ? 1 : -1;
}
