/** What a parameter starts from as a person reads it; bounds that only a symbol decides are formulas: `U(−1/√dim, 1/√dim)`. */
import { describeSpec, number } from '../../core/describe-spec.js';
import type { InitSpec } from '../../core/initializer.js';
import { format, isKnown, type Size } from '../../core/size.js';
import type { PowerOfSize, Write } from '../model/parameters.js';

export function describeStart(spec: InitSpec, write: Write | undefined): string {
  return formulaOf(spec, write?.powers) ?? describeSpec(spec, write?.fans);
}

/** The arguments that decide a bound or a std, by the names that torch has for them. */
const LOW = ['a', 'from'];
const HIGH = ['b', 'to'];
const STD = ['std'];

function formulaOf(spec: InitSpec, powers: Write['powers']): string | undefined {
  if (powers === undefined) return undefined;
  const textOf = (known: number | undefined, names: readonly string[]) =>
    known === undefined ? powerText(names.map(it => powers.get(it)).find(it => it !== undefined)) : number(known);
  if (spec.kind === 'uniform') return `U(${textOf(spec.low, LOW)}, ${textOf(spec.high, HIGH)})`;
  return spec.kind === 'normal' ? `N(${number(spec.mean)}, (${textOf(spec.std, STD)})²)` : undefined;
}

/** `1/√dim`, `0.02·dim`, `√(2·dim)` as far as the coefficient is known; `?` where it is not. */
function powerText(power: PowerOfSize | undefined): string {
  if (power?.coefficient === undefined) return '?';
  const { coefficient, base, exponent } = power;
  const size = Math.abs(coefficient);
  const sign = coefficient < 0 ? '−' : '';
  if (exponent < 0) return `${sign}${number(size)}/${raisedText(base, -exponent)}`;
  return `${sign}${size === 1 ? '' : `${number(size)}·`}${raisedText(base, exponent)}`;
}

function raisedText(base: Size, exponent: number): string {
  const text = isKnown(base) || /^[\w.]+$/.test(format(base)) ? format(base) : `(${format(base)})`;
  if (exponent === 1) return text;
  return exponent === 0.5 ? `√${text}` : `${text}^${number(exponent)}`;
}
