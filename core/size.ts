/** Integer sizes that may be symbolic: numbers stay numbers, the rest are polynomials in canonical form. */

export type Size = number | SizeExpression;

/** A sum of terms, largest monomial first; two equal expressions have the same key. */
export interface SizeExpression {
  readonly kind: 'expression';
  readonly terms: readonly Term[];
  readonly key: string;
}

/** An integer times a product of atoms; no atoms for the constant term. */
interface Term {
  readonly coefficient: number;
  readonly atoms: readonly Atom[];
  readonly key: string;
}

/** What a polynomial is made of: a named positive integer, or a floor division that does not come out even. */
type Atom =
  | { readonly kind: 'symbol'; readonly name: string; readonly key: string }
  | { readonly kind: 'floor_division'; readonly dividend: Size; readonly divisor: Size; readonly key: string };

/** A positive integer that is not known; symbols of the same name are the same integer. */
export function symbol(name: string): SizeExpression {
  return ofAtom({ kind: 'symbol', name, key: name });
}

export function isKnown(size: Size): size is number {
  return typeof size === 'number';
}

export function add(a: Size, b: Size): Size {
  if (isKnown(a) && isKnown(b)) return a + b;
  return ofTerms([...termsOf(a), ...termsOf(b)]);
}

export function negate(a: Size): Size {
  return isKnown(a) ? -a : multiply(a, -1);
}

export function subtract(a: Size, b: Size): Size {
  if (isKnown(a) && isKnown(b)) return a - b;
  return add(a, negate(b));
}

export function multiply(a: Size, b: Size): Size {
  if (isKnown(a) && isKnown(b)) return a * b;
  return ofTerms(termsOf(a).flatMap(left => termsOf(b).map(right => multiplyTerms(left, right))));
}

export function product(sizes: readonly Size[]): Size {
  return sizes.reduce(multiply, 1);
}

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

/** As a formula: `4·dim`, `3·dim + 1`, `dim // 8`. */
export function format(size: Size): string {
  if (isKnown(size)) return minusSigned(size);
  return size.terms.map(formatTerm).join('');
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

function multiplyTerms(a: Term, b: Term): Term {
  return termOf(a.coefficient * b.coefficient, [...a.atoms, ...b.atoms]);
}

function termOf(coefficient: number, atoms: readonly Atom[]): Term {
  const sorted = [...atoms].sort((a, b) => compareText(a.key, b.key));
  return { coefficient, atoms: sorted, key: sorted.map(atom => atom.key).join('·') };
}

function ofAtom(atom: Atom): SizeExpression {
  const term = termOf(1, [atom]);
  return { kind: 'expression', terms: [term], key: `1·${term.key}` };
}

/** Collects like terms; a polynomial without atoms becomes its number. */
function ofTerms(terms: readonly Term[]): Size {
  const collected = new Map<string, Term>();
  for (const term of terms) {
    const coefficient = (collected.get(term.key)?.coefficient ?? 0) + term.coefficient;
    collected.set(term.key, { ...term, coefficient });
  }
  const left = [...collected.values()].filter(term => term.coefficient !== 0).sort(byMonomial);
  const [first] = left;
  if (first === undefined) return 0;
  if (first.atoms.length === 0) return first.coefficient;
  return { kind: 'expression', terms: left, key: left.map(term => `${term.coefficient}·${term.key}`).join('+') };
}

/** Higher degree first, then by name: an order that multiplication keeps, so that long division ends. */
function byMonomial(a: Term, b: Term): number {
  if (a.atoms.length !== b.atoms.length) return b.atoms.length - a.atoms.length;
  const position = a.atoms.findIndex((atom, index) => atom.key !== b.atoms[index]?.key);
  return position < 0 ? 0 : compareText(a.atoms[position]!.key, b.atoms[position]!.key);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function termsOf(size: Size): readonly Term[] {
  if (!isKnown(size)) return size.terms;
  return size === 0 ? [] : [termOf(size, [])];
}

function atomsOf(size: Size): readonly Atom[] {
  return isKnown(size) ? [] : size.terms.flatMap(term => term.atoms);
}

function keyOf(size: Size): string {
  return isKnown(size) ? String(size) : size.key;
}

function substituteAtom(atom: Atom, lookUp: (name: string) => Size | undefined): Size {
  if (atom.kind === 'symbol') return lookUp(atom.name) ?? ofAtom(atom);
  return floorDivide(substitute(atom.dividend, lookUp), substitute(atom.divisor, lookUp));
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

function formatTerm({ coefficient, atoms }: Term, position: number): string {
  const size = Math.abs(coefficient);
  const isAlone = atoms.length === 1 && size === 1;
  const factors = powersOf(atoms).map(([atom, power]) => formatAtom(atom, isAlone) + superscript(power));
  if (size !== 1 || atoms.length === 0) factors.unshift(String(size));
  const sign = position === 0 ? (coefficient < 0 ? '−' : '') : coefficient < 0 ? ' − ' : ' + ';
  return sign + factors.join('·');
}

function formatAtom(atom: Atom, isAlone: boolean): string {
  if (atom.kind === 'symbol') return atom.name;
  const text = `${parenthesized(atom.dividend)} // ${parenthesized(atom.divisor)}`;
  return isAlone ? text : `(${text})`;
}

function parenthesized(size: Size): string {
  const isSimple = isKnown(size) ? size >= 0 : size.terms.length === 1 && atomsOf(size)[0]?.kind === 'symbol';
  return isSimple ? format(size) : `(${format(size)})`;
}

function powersOf(atoms: readonly Atom[]): readonly (readonly [Atom, number])[] {
  const powers = new Map<string, readonly [Atom, number]>();
  for (const atom of atoms) powers.set(atom.key, [atom, (powers.get(atom.key)?.[1] ?? 0) + 1]);
  return [...powers.values()];
}

function superscript(power: number): string {
  if (power === 1) return '';
  return [...String(power)].map(digit => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
}

function minusSigned(value: number): string {
  return value < 0 ? `−${-value}` : String(value);
}
