/** The gamma function and its logarithm. */
import { cos, exp, log, pow, sin } from './index.js';

/** Lanczos' approximation with the coefficients of CPython's `mathmodule.c` (g ≈ 6.02468). */
const LANCZOS_G = 6.02468004077673;
const lanczosNumerator = [
  23531376880.41076, 42919803642.6491, 35711959237.35567, 17921034426.03721, 6039542586.352028, 1439720407.3117216,
  248874557.86205417, 31426415.585400194, 2876370.6289353725, 186056.26539522348, 8071.672002365816, 210.82427775157936,
  2.5066282746310002,
];
const lanczosDenominator = [
  0, 39916800, 120543840, 150917976, 105258076, 45995730, 13339535, 2637558, 357423, 32670, 1925, 66, 1,
];

/** As CPython computes it, operation by operation. */
export function gamma(x: number): number {
  if (Number.isNaN(x) || x === Infinity) return x;
  if (Number.isInteger(x) && x <= 23) return factorialBelow(x);
  const size = Math.abs(x);
  if (size < 1e-20) return 1 / x;
  if (size > 200) return x < 0 ? 0 / sinPi(x) : Infinity;
  return x < 0 ? reflectedGamma(size) : positiveGamma(size);
}

export function logGamma(x: number): number {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? x : Infinity;
  if (Number.isInteger(x) && x > 0 && x <= 2) return 0;
  const size = Math.abs(x);
  if (size < 1e-20) return -log(size);
  let result = log(lanczosSum(size)) - LANCZOS_G;
  result += (size - 0.5) * (log(size + LANCZOS_G - 0.5) - 1);
  if (x < 0) result = LOG_PI - log(Math.abs(sinPi(size))) - log(size) - result;
  return result;
}

const LOG_PI = 1.1447298858494002;

function factorialBelow(x: number): number {
  let product = 1;
  for (let i = 2; i < x; i++) product *= i;
  return product;
}

function lanczosSum(x: number): number {
  let [numerator, denominator] = [0, 0];
  const isSmall = x < 5;
  for (let i = 0; i < lanczosNumerator.length; i++) {
    const at = isSmall ? lanczosNumerator.length - 1 - i : i;
    numerator = isSmall ? numerator * x + lanczosNumerator[at]! : numerator / x + lanczosNumerator[at]!;
    denominator = isSmall ? denominator * x + lanczosDenominator[at]! : denominator / x + lanczosDenominator[at]!;
  }
  return numerator / denominator;
}

/** What rounding took from `x + g − ½`, relative to it. */
function correction(x: number, y: number): number {
  const lost = x > LANCZOS_G - 0.5 ? y - x - (LANCZOS_G - 0.5) : y - (LANCZOS_G - 0.5) - x;
  return (lost * LANCZOS_G) / y;
}

function positiveGamma(x: number): number {
  const y = x + (LANCZOS_G - 0.5);
  let result = lanczosSum(x) / exp(y);
  result += correction(x, y) * result;
  if (x < 140) return result * pow(y, x - 0.5);
  const root = pow(y, x / 2 - 0.25);
  return result * root * root;
}

function reflectedGamma(size: number): number {
  const y = size + (LANCZOS_G - 0.5);
  let result = ((-Math.PI / sinPi(size) / size) * exp(y)) / lanczosSum(size);
  result -= correction(size, y) * result;
  if (size < 140) return result / pow(y, size - 0.5);
  const root = pow(y, size / 2 - 0.25);
  return result / root / root;
}

/** sin(π·x) without the error of π·x. */
function sinPi(x: number): number {
  const rest = Math.abs(x) % 2;
  const eighth = Math.round(2 * rest);
  const sign = x < 0 ? -1 : 1;
  switch (eighth) {
    case 0:
      return sign * sin(Math.PI * rest);
    case 1:
      return sign * cos(Math.PI * (rest - 0.5));
    case 2:
      return sign * sin(Math.PI * (1 - rest));
    case 3:
      return sign * -cos(Math.PI * (rest - 1.5));
    default:
      return sign * sin(Math.PI * (rest - 2));
  }
}
