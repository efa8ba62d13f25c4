/** Decimal digits of doubles, rounded exactly as C does: half to even on the exact binary value. */

/** A decimal number `d.ddd × 10^exponent`; the sign is the caller's. */
export interface Decimal {
  readonly digits: string;
  readonly exponent: number;
}

/** As `repr` prints it. */
export function floatRepr(value: number): string {
  if (!Number.isFinite(value)) return nonFinite(value);
  const { digits, exponent } = shortest(value);
  const body = exponent < -4 || exponent >= 16 ? scientific(digits, exponent) : positional(digits, exponent);
  return (isNegative(value) ? '-' : '') + body;
}

export function nonFinite(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  return value > 0 ? 'inf' : '-inf';
}

export function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}

/** The fewest digits that read back as the same double. */
function shortest(value: number): Decimal {
  const [mantissa, exponent] = Math.abs(value).toExponential().split('e');
  return { digits: mantissa!.replace('.', ''), exponent: Number(exponent) };
}

/** `|value|` with this many decimals; a negative count rounds to tens, hundreds and so on. */
export function fixedDigits(value: number, decimals: number): string {
  const [numerator, denominator] = ratioOf(Math.abs(value));
  if (decimals < 0) {
    const unit = 10n ** BigInt(-decimals);
    return String(roundedQuotient(numerator, denominator * unit) * unit);
  }
  const scaled = roundedQuotient(numerator * 10n ** BigInt(decimals), denominator);
  const digits = String(scaled).padStart(decimals + 1, '0');
  if (decimals === 0) return digits;
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** `|value|` with `decimals + 1` significant digits. */
export function significantDigits(value: number, decimals: number): Decimal {
  if (value === 0) return { digits: '0'.repeat(decimals + 1), exponent: 0 };
  const [numerator, denominator] = ratioOf(Math.abs(value));
  let exponent = shortest(value).exponent;
  for (;;) {
    const digits = String(scaledQuotient(numerator, denominator, decimals - exponent));
    if (digits.length === decimals + 1) return { digits, exponent };
    exponent += digits.length > decimals + 1 ? 1 : -1;
  }
}

/** `1.5e-07`: at least two digits of exponent. */
export function scientific(digits: string, exponent: number): string {
  const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
  const size = String(Math.abs(exponent)).padStart(2, '0');
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${size}`;
}

/** The exact fraction that a finite double is, in lowest terms. */
export function ratioOf(value: number): readonly [numerator: bigint, denominator: bigint] {
  const bits = new BigUint64Array(new Float64Array([value]).buffer)[0]!;
  const stored = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = stored === 0 ? fraction : fraction | 0x10000000000000n;
  const signed = bits >> 63n ? -mantissa : mantissa;
  return reduced(signed, Math.max(stored, 1) - 1075);
}

function reduced(mantissa: bigint, exponent: number): readonly [bigint, bigint] {
  if (mantissa === 0n) return [0n, 1n];
  let [numerator, power] = [mantissa, exponent];
  while (power < 0 && (numerator & 1n) === 0n) {
    numerator >>= 1n;
    power += 1;
  }
  return power >= 0 ? [numerator << BigInt(power), 1n] : [numerator, 1n << BigInt(-power)];
}

/** `a / b` to the nearest integer, ties to even; for `b > 0`. */
export function roundedQuotient(a: bigint, b: bigint): bigint {
  const remainder = ((a % b) + b) % b;
  const floor = (a - remainder) / b;
  const twice = remainder * 2n;
  const isUp = twice > b || (twice === b && (floor & 1n) === 1n);
  return isUp ? floor + 1n : floor;
}

function scaledQuotient(numerator: bigint, denominator: bigint, power: number): bigint {
  if (power >= 0) return roundedQuotient(numerator * 10n ** BigInt(power), denominator);
  return roundedQuotient(numerator, denominator * 10n ** BigInt(-power));
}

export function positional(digits: string, exponent: number): string {
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${whole}.${digits.slice(exponent + 1) || '0'}`;
}
