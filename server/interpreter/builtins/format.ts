/** Strings and numbers laid out by a format specification. */
import type { Machine } from '../machine.js';
import { fixedDigits, floatRepr, isNegative, nonFinite, scientific, significantDigits } from './floats.js';
import { lengthOf, pointsOf } from './points.js';
import type { Spec } from './spec.js';

/** Widest text that is made. */
const LARGEST_WIDTH = 1e6;

export function formatString(m: Machine, value: string, spec: Spec): string | undefined {
  if (spec.type !== '' && spec.type !== 's') return unknownCode(m, spec.type, 'str');
  if (spec.align === '=' && spec.fill !== '0') return refuse(m, "'=' alignment not allowed in string format specifier");
  if (spec.sign !== '-') return refuse(m, 'Sign not allowed in string format specifier');
  if (spec.grouping !== '') return refuse(m, `Cannot specify '${spec.grouping}' with 's'.`);
  const cut = spec.precision === undefined ? value : pointsOf(value).slice(0, spec.precision).join('');
  return pad(cut, spec, spec.align === '=' ? '<' : (spec.align ?? '<'));
}

export function formatInteger(m: Machine, value: bigint, spec: Spec): string | undefined {
  if (/^[eEfFgG%]$/.test(spec.type)) return formatFloat(m, Number(value), spec);
  if (spec.precision !== undefined) return refuse(m, 'Precision not allowed in integer format specifier');
  const size = value < 0n ? -value : value;
  switch (spec.type) {
    case '':
    case 'd':
    case 'n':
      return layOut(value < 0n, '', String(size), '', spec);
    case 'c':
      return pad(characterOf(m, value), spec, spec.align ?? '<');
    case 'b':
      return layOut(value < 0n, spec.isAlternate ? '0b' : '', size.toString(2), '', spec);
    case 'o':
      return layOut(value < 0n, spec.isAlternate ? '0o' : '', size.toString(8), '', spec);
    case 'x':
      return layOut(value < 0n, spec.isAlternate ? '0x' : '', size.toString(16), '', spec);
    case 'X':
      return layOut(value < 0n, spec.isAlternate ? '0X' : '', size.toString(16).toUpperCase(), '', spec);
    default:
      return unknownCode(m, spec.type, 'int');
  }
}

function characterOf(m: Machine, code: bigint): string {
  if (code < 0n || code > 0x10ffffn) return m.raise('OverflowError', '%c arg not in range(0x110000)');
  return String.fromCodePoint(Number(code));
}

export function formatFloat(m: Machine, value: number, spec: Spec): string | undefined {
  if (!/^[eEfFgGn%]?$/.test(spec.type)) return unknownCode(m, spec.type, 'float');
  const text = spec.type === '%' ? `${floatDigits(value * 100, spec)}%` : floatDigits(value, spec);
  const isZero = spec.isZeroPositive && Number.isFinite(value) && !/[1-9]/.test(text.replace(/e.*/i, ''));
  const cased = /[EFG]/.test(spec.type) ? text.toUpperCase() : text;
  const [whole, rest] = splitNumber(cased);
  return layOut(isNegative(value) && !isZero, '', whole, rest, spec);
}

/** The digits of `|value|` as `spec` wants them, without sign, padding and groups. */
function floatDigits(value: number, spec: Pick<Spec, 'type' | 'precision' | 'isAlternate'>): string {
  if (!Number.isFinite(value)) return nonFinite(Math.abs(value));
  const { precision = 6, isAlternate } = spec;
  switch (spec.type.toLowerCase()) {
    case 'f':
    case '%':
      return fixedDigits(value, precision) + (isAlternate && precision === 0 ? '.' : '');
    case 'e': {
      const { digits, exponent } = significantDigits(value, precision);
      return scientific(digits, exponent);
    }
    case 'g':
    case 'n':
      return general(value, Math.max(precision, 1), { isAlternate, isFloat: false });
    default:
      if (spec.precision === undefined) return floatRepr(Math.abs(value));
      return general(value, Math.max(precision, 1), { isAlternate, isFloat: true });
  }
}

interface GeneralFormat {
  /** `#`: zeros at the end stay. */
  readonly isAlternate: boolean;
  /** The result keeps a decimal point, as `str` of a float does. */
  readonly isFloat: boolean;
}

/** `%g` */
function general(value: number, precision: number, { isAlternate, isFloat }: GeneralFormat): string {
  const { digits, exponent } = significantDigits(value, precision - 1);
  const isScientific = exponent < -4 || exponent >= (isFloat ? precision - 1 : precision);
  const kept = isAlternate ? digits : digits.replace(/(?<=.)0+$/, '');
  if (isScientific) return scientific(kept, exponent);
  const decimals = precision - 1 - exponent;
  const text = fixedDigits(value, decimals);
  if (isAlternate) return text.includes('.') ? text : `${text}.`;
  const trimmed = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return isFloat && !trimmed.includes('.') ? `${trimmed}.0` : trimmed;
}

function splitNumber(text: string): [whole: string, rest: string] {
  const whole = /^\d+/.exec(text)?.[0] ?? text;
  return [whole, text.slice(whole.length)];
}

/** Sign, prefix, grouped digits and what follows them, padded to the width. */
function layOut(negative: boolean, prefix: string, whole: string, rest: string, spec: Spec): string | undefined {
  const head = (negative ? '-' : spec.sign === '-' ? '' : spec.sign) + prefix;
  const isPadded = spec.fill === '0' && spec.align === '=';
  const room = isPadded ? spec.width - head.length - rest.length : 0;
  if (room > LARGEST_WIDTH) return undefined;
  const body = grouped(whole, room, spec) + rest;
  if ((spec.align ?? '>') !== '=') return pad(head + body, spec, spec.align ?? '>');
  const filled = pad(body, { ...spec, width: spec.width - head.length }, '>');
  return filled === undefined ? undefined : head + filled;
}

/** Groups digits, with zeros in front until `room` is filled; a separator never comes first. */
function grouped(whole: string, room: number, spec: Spec): string {
  if (spec.grouping === '' || !/^\w+$/.test(whole) || /^(inf|nan)$/i.test(whole)) return whole;
  const size = /[boxX]/.test(spec.type) ? 4 : 3;
  const groups = (digits: string) => digits.replace(new RegExp(`(?!^)(?=(?:\\w{${size}})+$)`, 'g'), spec.grouping);
  let digits = whole;
  while (groups(digits).length < room) digits = `0${digits}`;
  return groups(digits);
}

function pad(text: string, { fill, width }: Spec, align: '<' | '>' | '^' | '='): string | undefined {
  const missing = width - lengthOf(text);
  if (missing <= 0) return text;
  if (missing > LARGEST_WIDTH) return undefined;
  const left = align === '<' ? 0 : align === '^' ? Math.floor(missing / 2) : missing;
  return fill.repeat(left) + text + fill.repeat(missing - left);
}

const unknownCode = (m: Machine, code: string, type: string): never =>
  refuse(m, `Unknown format code '${code}' for object of type '${type}'`);

const refuse = (m: Machine, message: string): never => m.raise('ValueError', message);
