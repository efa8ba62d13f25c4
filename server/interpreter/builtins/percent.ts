/** printf-style formatting: `'%5.2f' % value`. */
import type { Machine } from '../machine.js';
import { bigOf, numberOf } from '../numbers.js';
import { Dict, Float, Instance, List, Symbolic, Tuple, Union, Unknown, type Value } from '../values.js';
import { answerOf } from './arguments.js';
import { formatFloat, formatInteger, formatString } from './format.js';
import { asciiRepr } from './quoting.js';
import type { Spec } from './spec.js';

const conversion = /%(?:\(((?:[^()]|\([^()]*\))*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+)?)?[hlL]?(.)/gsu;
const hasPrecision = /\.(?:\*|\d*)[hlL]?.$/su;

/** Undefined when a value that it prints is not known. */
export function formatPercent(m: Machine, template: string, values: Value): string | undefined {
  const isMapping = values instanceof Dict || (values instanceof Instance && values.payload instanceof Dict);
  const supply = new Supply(m, values, isMapping);
  let end = 0;
  let text = '';
  for (const match of template.matchAll(conversion)) {
    const [whole, key, flags, width, precision, type] = match;
    text += literal(m, template.slice(end, match.index));
    end = match.index + whole.length;
    if (type === '%') {
      text += '%';
      continue;
    }
    const spec = specOf(supply, flags!, width, hasPrecision.test(whole) ? (precision ?? '0') : undefined, type!);
    const part = convert(m, key === undefined ? supply.next() : m.getItem(values, key), spec);
    if (part === undefined) return undefined;
    text += part;
  }
  text += literal(m, template.slice(end));
  if (!supply.isUsedUp) return m.raise('TypeError', 'not all arguments converted during string formatting');
  return text;
}

/** The values in order; anything but a tuple is a single one. */
class Supply {
  private readonly values: readonly Value[];
  private used = 0;

  constructor(
    private readonly m: Machine,
    values: Value,
    private readonly isMapping: boolean,
  ) {
    this.values = values instanceof Tuple ? values.items : tupleOf(values);
  }

  next(): Value {
    if (this.used >= this.values.length) this.m.raise('TypeError', 'not enough arguments for format string');
    return this.values[this.used++]!;
  }

  get isUsedUp(): boolean {
    const mayStay = this.isMapping || this.values[0] instanceof List || this.values[0] instanceof Unknown;
    return this.used === this.values.length || (this.used === 0 && mayStay);
  }
}

function tupleOf(value: Value): readonly Value[] {
  if (value instanceof Instance && value.payload instanceof Tuple) return value.payload.items;
  return [value];
}

function literal(m: Machine, text: string): string {
  if (text.includes('%')) m.raise('ValueError', 'incomplete format');
  return text;
}

function specOf(
  supply: Supply,
  flags: string,
  width: string | undefined,
  precision: string | undefined,
  type: string,
): Spec {
  const wide = countOf(supply, width) ?? 0;
  const isLeft = flags.includes('-') || wide < 0;
  return {
    fill: flags.includes('0') && !isLeft ? '0' : ' ',
    align: isLeft ? '<' : flags.includes('0') ? '=' : '>',
    sign: flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '-',
    isZeroPositive: false,
    isAlternate: flags.includes('#'),
    width: Math.abs(wide),
    grouping: '',
    precision: countOf(supply, precision),
    type,
  };
}

function countOf(supply: Supply, count: string | undefined): number | undefined {
  if (count === undefined) return undefined;
  return count === '*' ? (numberOf(supply.next()) ?? 0) : Number(count);
}

function convert(m: Machine, value: Value, spec: Spec): string | undefined {
  if (value instanceof Unknown || value instanceof Symbolic || value instanceof Union) return undefined;
  switch (spec.type) {
    case 's':
      return asString(m, m.toText(value), spec);
    case 'r':
      return asString(m, m.repr(value), spec);
    case 'a': {
      const text = m.repr(value);
      return asString(m, text === undefined ? undefined : asciiRepr(text), spec);
    }
    case 'c':
      return asString(m, typeof value === 'string' ? value : String.fromCodePoint(numberOf(value) ?? 0), spec);
    case 'd':
    case 'i':
    case 'u':
    case 'x':
    case 'X':
    case 'o':
      return asInteger(m, value, spec);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return floating(m, value, spec);
    default:
      return m.raise('ValueError', `unsupported format character '${spec.type}'`);
  }
}

function asString(m: Machine, text: string | undefined, spec: Spec): string | undefined {
  if (text === undefined) return undefined;
  return formatString(m, text, { ...spec, fill: ' ', align: spec.align === '<' ? '<' : '>', sign: '-', type: 's' });
}

function asInteger(m: Machine, value: Value, spec: Spec): string | undefined {
  const integer = value instanceof Float && 'diu'.includes(spec.type) ? whole(m, value.value) : bigOf(value);
  if (integer === undefined) return notNumber(m, spec.type, value);
  const digits = spec.precision ?? 0;
  const type = 'iu'.includes(spec.type) ? 'd' : spec.type;
  const plain = { ...spec, type, precision: undefined };
  if (digits === 0) return formatInteger(m, integer, plain);
  const body = formatInteger(m, integer < 0n ? -integer : integer, { ...plain, width: digits, fill: '0', align: '=' });
  return (
    body &&
    formatString(m, signed(integer, spec) + body, {
      ...plain,
      fill: ' ',
      align: spec.align === '<' ? '<' : '>',
      sign: '-',
      type: 's',
    })
  );
}

function floating(m: Machine, value: Value, spec: Spec): string | undefined {
  const number = numberOf(value);
  return number === undefined ? notNumber(m, spec.type, value) : formatFloat(m, number, spec);
}

const signed = (value: bigint, spec: Spec): string => (value < 0n ? '-' : spec.sign === '-' ? '' : spec.sign);

function whole(m: Machine, value: number): bigint {
  if (Number.isNaN(value)) return m.raise('ValueError', 'cannot convert float NaN to integer');
  if (!Number.isFinite(value)) return m.raise('OverflowError', 'cannot convert float infinity to integer');
  return BigInt(Math.trunc(value));
}

/** Undefined for an object that is a number of which the value is not known. */
function notNumber(m: Machine, type: string, value: Value): undefined {
  if (answerOf(m, value, '__float__') instanceof Unknown) return undefined;
  return m.raise('TypeError', `%${type} format: a real number is required, not ${m.classOf(value).name}`);
}
