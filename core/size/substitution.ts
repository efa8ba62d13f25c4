/** The symbols of a size, and values put in for them. */
import { floorDivide } from './division.js';
import { type Atom, add, atomsOf, isKnown, multiply, ofAtom, product, type Size } from './polynomial.js';

/** Names of the symbols in `size`, each once. */
export function symbolsOf(size: Size): ReadonlySet<string> {
  const names = new Set<string>();
  for (const atom of atomsOf(size)) {
    if (atom.kind === 'symbol') names.add(atom.name);
    else for (const part of [atom.dividend, atom.divisor]) symbolsOf(part).forEach(name => void names.add(name));
  }
  return names;
}

/** `size` with values put in for symbols; a symbol without a value stays. */
export function substitute(size: Size, lookUp: (name: string) => Size | undefined): Size {
  if (isKnown(size)) return size;
  const terms = size.terms.map(term => {
    const values = term.atoms.map(atom => substituteAtom(atom, lookUp));
    return multiply(term.coefficient, product(values));
  });
  return terms.reduce(add, 0);
}

function substituteAtom(atom: Atom, lookUp: (name: string) => Size | undefined): Size {
  if (atom.kind === 'symbol') return lookUp(atom.name) ?? ofAtom(atom);
  return floorDivide(substitute(atom.dividend, lookUp), substitute(atom.divisor, lookUp));
}
