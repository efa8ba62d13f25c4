/** Sizes as formulas. */
import { type Atom, atomsOf, isKnown, type Size, type Term } from './polynomial.js';

/** As a formula: `4·dim`, `3·dim + 1`, `dim // 8`. */
export function format(size: Size): string {
  if (isKnown(size)) return minusSigned(size);
  return size.terms.map(formatTerm).join('');
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
