/** Python's `//` and `%` on sizes: what comes out even is divided, the rest stays under an opaque floor. */
import { compare } from './order.js';
import {
  add,
  isKnown,
  keyOf,
  multiply,
  ofAtom,
  ofTerms,
  type Size,
  type SizeExpression,
  subtract,
  type Term,
  termOf,
  termsOf,
} from './polynomial.js';

/** Python's `//`: rounds towards minus infinity. NaN where the divisor is 0. */
export function floorDivide(a: Size, b: Size): Size {
  if (isKnown(a) && isKnown(b)) return floorDivideNumbers(a, b);
  if (b === 0) return Number.NaN;
  return isKnown(b) ? floorDivideByNumber(a, b) : floorDivideByExpression(a, b);
}

/** Python's `%`: has the sign of the divisor. NaN where the divisor is 0. */
export function modulo(a: Size, b: Size): Size {
  if (isKnown(a) && isKnown(b)) return moduloNumbers(a, b);
  return subtract(a, multiply(b, floorDivide(a, b)));
}

function floorDivideNumbers(a: number, b: number): number {
  return (a - moduloNumbers(a, b)) / b;
}

function moduloNumbers(a: number, b: number): number {
  const remainder = a % b;
  const isWrongSide = remainder !== 0 && remainder < 0 !== b < 0;
  return (isWrongSide ? remainder + b : remainder) + 0;
}

/** Every coefficient gives up its whole multiples of the divisor; `(x // m + k) // n` becomes `(x + k·m) // (m·n)`. */
function floorDivideByNumber(a: Size, b: number): Size {
  const whole = ofTerms(termsOf(a).map(term => ({ ...term, coefficient: floorDivideNumbers(term.coefficient, b) })));
  const rest = subtract(a, multiply(whole, b));
  if (isKnown(rest)) return add(whole, floorDivideNumbers(rest, b));
  return add(whole, joinDivisions(rest, b) ?? floorDivision(rest, b));
}

function joinDivisions(rest: SizeExpression, divisor: number): Size | undefined {
  const [first, second] = rest.terms;
  const inner = first?.atoms[0];
  if (rest.terms.length > 2 || first?.atoms.length !== 1 || first.coefficient !== 1) return undefined;
  if (inner?.kind !== 'floor_division' || !isKnown(inner.divisor) || inner.divisor < 1 || divisor < 1) return undefined;
  if (second !== undefined && second.atoms.length > 0) return undefined;
  const shift = (second?.coefficient ?? 0) * inner.divisor;
  return floorDivide(add(inner.dividend, shift), inner.divisor * divisor);
}

/** Long division by the leading term; what is left over stays under an opaque floor. */
function floorDivideByExpression(a: Size, b: SizeExpression): Size {
  let whole: Size = 0;
  let rest = a;
  for (;;) {
    const quotient = divideTerms(termsOf(rest)[0], b.terms[0]);
    if (quotient === undefined) break;
    whole = add(whole, ofTerms([quotient]));
    rest = subtract(rest, multiply(ofTerms([quotient]), b));
  }
  if (rest === 0) return whole;
  const isFraction = (compare(rest, 0) ?? -1) >= 0 && compare(rest, b) === -1;
  return isFraction ? whole : add(whole, floorDivision(rest, b));
}

function divideTerms(a: Term | undefined, b: Term | undefined): Term | undefined {
  if (a === undefined || b === undefined || a.coefficient % b.coefficient !== 0) return undefined;
  const atoms = [...a.atoms];
  for (const atom of b.atoms) {
    const position = atoms.findIndex(other => other.key === atom.key);
    if (position < 0) return undefined;
    atoms.splice(position, 1);
  }
  return termOf(a.coefficient / b.coefficient, atoms);
}

function floorDivision(dividend: Size, divisor: Size): SizeExpression {
  const key = `(${keyOf(dividend)} // ${keyOf(divisor)})`;
  return ofAtom({ kind: 'floor_division', dividend, divisor, key });
}
