/** Integer polynomials over symbols and opaque divisions, in canonical form. */

export type Size = number | SizeExpression;

/** A sum of terms, largest monomial first; two equal expressions have the same key. */
export interface SizeExpression {
  readonly kind: 'expression';
  readonly terms: readonly Term[];
  readonly key: string;
}

/** An integer times a product of atoms; no atoms for the constant term. */
export interface Term {
  readonly coefficient: number;
  readonly atoms: readonly Atom[];
  readonly key: string;
}

/** What a polynomial is made of: a named positive integer, or a floor division that does not come out even. */
export type Atom =
  | { readonly kind: 'symbol'; readonly name: string; readonly key: string }
  | { readonly kind: 'floor_division'; readonly dividend: Size; readonly divisor: Size; readonly key: string };

/** A positive integer that is not known; symbols of the same name are the same integer. */
export function symbol(name: string): SizeExpression {
  return ofAtom({ kind: 'symbol', name, key: name });
}

/** A number, with no symbol in it. */
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
  return isKnown(a) && isKnown(b) ? a * b : multiplyExpressions(a, b);
}

function multiplyExpressions(a: Size, b: Size): Size {
  return ofTerms(termsOf(a).flatMap(left => termsOf(b).map(right => multiplyTerms(left, right))));
}

/** 1 of none. */
export function product(sizes: readonly Size[]): Size {
  return sizes.reduce(multiply, 1);
}

function multiplyTerms(a: Term, b: Term): Term {
  return termOf(a.coefficient * b.coefficient, [...a.atoms, ...b.atoms]);
}

/** Collects like terms; a polynomial without atoms becomes its number. */
export function ofTerms(terms: readonly Term[]): Size {
  const collected = new Map<string, Term>();
  for (const term of terms) {
    const coefficient = (collected.get(term.key)?.coefficient ?? 0) + term.coefficient;
    collected.set(term.key, { ...term, coefficient });
  }
  const left = [...collected.values()].filter(term => term.coefficient !== 0).sort(byMonomial);
  const [first] = left;
  if (first === undefined) return 0;
  if (first.atoms.length === 0) return first.coefficient;
  const key = left.map(term => `${term.coefficient}·${term.key}`).join('+');
  return key.length > LONGEST_KEY ? symbol(`…${hash(key)}`) : { kind: 'expression', terms: left, key };
}

/** A loop that squares a size doubles its formula every time: beyond this it becomes a symbol of its own. */
const LONGEST_KEY = 1000;

/** FNV-1a over UTF-16 units. */
function hash(text: string): string {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  return (state >>> 0).toString(36);
}

/** Atoms in any order. */
export function termOf(coefficient: number, atoms: readonly Atom[]): Term {
  const sorted = [...atoms].sort((a, b) => compareText(a.key, b.key));
  return { coefficient, atoms: sorted, key: sorted.map(atom => atom.key).join('·') };
}

export function ofAtom(atom: Atom): SizeExpression {
  const term = termOf(1, [atom]);
  return { kind: 'expression', terms: [term], key: `1·${term.key}` };
}

export function termsOf(size: Size): readonly Term[] {
  if (!isKnown(size)) return size.terms;
  return size === 0 ? [] : [termOf(size, [])];
}

export function atomsOf(size: Size): readonly Atom[] {
  return isKnown(size) ? [] : size.terms.flatMap(term => term.atoms);
}

/** Equal for equal sizes. */
export function keyOf(size: Size): string {
  return isKnown(size) ? String(size) : size.key;
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
