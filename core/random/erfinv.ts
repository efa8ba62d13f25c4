/** The inverse error function in the variants that torch builds have. */
import { erf } from '../erf.js';
import { fma32 } from './fma.js';
import { erff, expf, logf } from './libm.js';

/** `plain`: torch without MKL, exact. `mkl`: pip and conda wheels for x86-64, whose MKL is within 1 ulp of this. */
export type Build = 'plain' | 'mkl';

const f32 = Math.fround;

// Coefficients of torch's erfinv; they go back to the MATLAB function of that name.
const CENTRAL_P = Float32Array.of(-0.140543331, 0.914624893, -1.645349621, 0.886226899);
const CENTRAL_Q = Float32Array.of(0.012229801, -0.329097515, 1.442710462, -2.118377725, 1);
const TAIL_P = Float32Array.of(1.641345311, 3.429567803, -1.624906493, -1.970840454);
const TAIL_Q = Float32Array.of(1.6370678, 3.5438892, 1);
const CENTRAL_UNTIL = f32(0.7);

/** Of a float32 number in [−1, 1], as a float32 number; ±∞ at the ends. */
export function erfinv32(y: number, build: Build): number {
  return build === 'plain' ? erfinvPlain(y) : erfinvRounded(y);
}

/** A rational guess improved by two Newton steps, in float32 throughout. */
function erfinvPlain(y: number): number {
  const size = Math.abs(y);
  if (size >= 1) return size === 1 ? y * Infinity : Number.NaN;
  const guess = size <= CENTRAL_UNTIL ? guessCentral(y) : guessTail(y, size);
  return newton32(newton32(guess, y), y);
}

function guessCentral(y: number): number {
  const square = f32(y * y);
  return f32(f32(horner(CENTRAL_P, square) * y) / horner(CENTRAL_Q, square));
}

function guessTail(y: number, size: number): number {
  const z = f32(Math.sqrt(-logf(f32(f32(1 - size) * 0.5))));
  const x = f32(horner(TAIL_P, z) / horner(TAIL_Q, z));
  return y < 0 ? -x : x;
}

/** The float32 next below 2/√π: bits 0x3f906eba. */
const TWO_OVER_SQRT_PI = 1.1283791065216064;

function newton32(x: number, y: number): number {
  const slope = f32(TWO_OVER_SQRT_PI * expf(f32(-x * x)));
  return f32(x - f32(f32(erff(x) - y) / slope));
}

function horner(coefficients: Float32Array, x: number): number {
  let value = coefficients[0]!;
  for (let i = 1; i < coefficients.length; i++) value = fma32(value, x, coefficients[i]!);
  return value;
}

/**
 * erfinv(y)/y is smooth in w = −ln(1 − y²). Chebyshev interpolation at 40 digits, relative error below 2⁻⁴³;
 * highest power first: for w < 5 in (w − 2.5)/2.5, beyond in √w mapped from [√5, 4.1] to [−1, 1].
 */
const RATIO_CENTRAL = Float64Array.of(
  7.10516424395793e-9,
  -1.1309114482012665e-8,
  -6.380180204305365e-8,
  2.057667442607047e-7,
  1.2879753585430247e-7,
  -1.8590636806194696e-6,
  2.855752006497104e-6,
  8.655424869087984e-6,
  -4.1433480207514406e-5,
  2.0471556836406084e-5,
  0.00029219095779842565,
  -0.0008341354853528542,
  -0.00048789842480961393,
  0.008525400936055222,
  -0.01957356105855538,
  -0.02610823577684995,
  0.6166006918604113,
  1.5014093511107887,
);
const RATIO_TAIL = Float64Array.of(
  9.532282028442888e-9,
  -1.045694136121417e-7,
  2.0727468111604792e-7,
  3.874318558179871e-7,
  -2.3080605532216045e-6,
  3.5564298455148293e-6,
  3.351811450418479e-6,
  -2.8016995826392654e-5,
  5.8959808681959344e-5,
  -2.3710281785720156e-5,
  -0.00021432626426346995,
  0.000758691758754746,
  -0.0015520320259004294,
  0.0024791780917293913,
  -0.00379847499353568,
  0.005562028701029017,
  0.9359706740765009,
  3.001526811460835,
);
const TAIL_FROM = 5;
const TAIL_MIDDLE = (Math.sqrt(TAIL_FROM) + 4.1) / 2;
const TAIL_HALF = (4.1 - Math.sqrt(TAIL_FROM)) / 2;

/** Correctly rounded. */
function erfinvRounded(y: number): number {
  if (Math.abs(y) === 1) return y * Infinity;
  const w = -Math.log(1 - y * y);
  const isTail = w >= TAIL_FROM;
  const coefficients = isTail ? RATIO_TAIL : RATIO_CENTRAL;
  const u = isTail ? (Math.sqrt(w) - TAIL_MIDDLE) / TAIL_HALF : w / 2.5 - 1;
  let ratio = coefficients[0]!;
  for (let i = 1; i < coefficients.length; i++) ratio = ratio * u + coefficients[i]!;
  return f32(y * ratio);
}

/** In float64, two Newton steps from the float32 answer. */
export function erfinv64(y: number): number {
  const size = Math.abs(y);
  if (size >= 1) return size === 1 ? y * Infinity : Number.NaN;
  const start = erfinvRounded(Math.min(Math.max(y, -LARGEST_BELOW_ONE), LARGEST_BELOW_ONE));
  return newton64(newton64(newton64(start, y), y), y);
}

const LARGEST_BELOW_ONE = 1 - 2 ** -24;

function newton64(x: number, y: number): number {
  const slope = (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x);
  return x - (erf(x) - y) / slope;
}
