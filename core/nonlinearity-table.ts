/** The nonlinearities: φ, its derivative, and where either jumps. */
import { normalCdf, normalDensity } from './truncated-normal.js';

export interface NonlinearityRow {
  /** φ(x); `p` is the parameter: a slope, α, β, λ or a threshold. */
  value(x: number, p: number): number;
  /** φ′(x) */
  slope(x: number, p: number): number;
  kinks?(p: number): readonly number[];
  /** The framework's default for the parameter. */
  readonly parameter?: number;
  /** The row is the gate g of `a · g(b)`, where a and b are the two halves of the input. */
  readonly gated?: true;
}

/** Scaled exponential units, Klambauer et al. 2017. */
const SELU_SCALE = 1.0507009873554805;
const SELU_ALPHA = 1.6732632423543772;

/** As torch 1.13 computes it on the processor, in float32: below 6e-8 nothing is left of x. */
const expMinusOne = (x: number): number => Math.fround(Math.exp(x)) - 1;

const AT_ZERO = () => [0];

const leaky = (parameter: number): NonlinearityRow => ({
  value: (x, p) => (x > 0 ? x : p * x),
  slope: (x, p) => (x > 0 ? 1 : p),
  kinks: AT_ZERO,
  parameter,
});

const relu: NonlinearityRow = {
  value: x => Math.max(0, x),
  slope: x => (x > 0 ? 1 : 0),
  kinks: AT_ZERO,
};

const sigmoid: NonlinearityRow = { value: logistic, slope: logisticSlope };

const gelu: NonlinearityRow = {
  value: x => x * normalCdf(x),
  slope: x => normalCdf(x) + x * normalDensity(x),
};

const silu: NonlinearityRow = {
  value: x => x * logistic(x),
  slope: x => logistic(x) * (1 + x * logistic(-x)),
};

const linear: NonlinearityRow = { value: x => x, slope: () => 1 };

/** Names are the framework's functional ones. */
export const nonlinearities: Readonly<Record<string, NonlinearityRow>> = {
  linear,
  relu,
  leaky_relu: leaky(0.01),
  prelu: leaky(0.25),
  // The slope is drawn from U(1/8, 1/3) in training; this is its mean, used in evaluation.
  rrelu: leaky(11 / 48),
  tanh: {
    value: Math.tanh,
    slope: x => 1 - Math.tanh(x) ** 2,
  },
  sigmoid,
  selu: {
    value: x => SELU_SCALE * (x > 0 ? x : SELU_ALPHA * expMinusOne(x)),
    slope: x => SELU_SCALE * (x > 0 ? 1 : SELU_ALPHA * Math.exp(x)),
    kinks: AT_ZERO,
  },
  elu: {
    value: (x, p) => (x > 0 ? x : p * expMinusOne(x)),
    slope: (x, p) => (x > 0 ? 1 : p * Math.exp(x)),
    kinks: AT_ZERO,
    parameter: 1,
  },
  celu: {
    value: (x, p) => (x > 0 ? x : p * expMinusOne(x / p)),
    slope: (x, p) => (x > 0 ? 1 : Math.exp(x / p)),
    kinks: AT_ZERO,
    parameter: 1,
  },
  gelu,
  gelu_tanh: {
    value: x => (x / 2) * (1 + Math.tanh(cubic(x))),
    slope: x => (1 + Math.tanh(cubic(x))) / 2 + (x / 2) * (1 - Math.tanh(cubic(x)) ** 2) * cubicSlope(x),
  },
  quick_gelu: {
    value: x => x * logistic(1.702 * x),
    slope: x => logistic(1.702 * x) + 1.702 * x * logisticSlope(1.702 * x),
  },
  silu,
  mish: {
    value: x => x * Math.tanh(softplus(x)),
    slope: x => Math.tanh(softplus(x)) + x * (1 - Math.tanh(softplus(x)) ** 2) * logistic(x),
  },
  hardswish: {
    value: x => x * clamp(x / 6 + 1 / 2, 0, 1),
    slope: x => (x <= -3 ? 0 : x >= 3 ? 1 : x / 3 + 1 / 2),
    kinks: () => [-3, 3],
  },
  hardsigmoid: {
    value: x => clamp(x / 6 + 1 / 2, 0, 1),
    slope: x => (Math.abs(x) < 3 ? 1 / 6 : 0),
    kinks: () => [-3, 3],
  },
  /** Clipped to [−p, p]. */
  hardtanh: {
    value: (x, p) => clamp(x, -p, p),
    slope: (x, p) => (Math.abs(x) < p ? 1 : 0),
    kinks: p => [-p, p],
    parameter: 1,
  },
  relu6: {
    value: x => clamp(x, 0, 6),
    slope: x => (x > 0 && x < 6 ? 1 : 0),
    kinks: () => [0, 6],
  },
  softplus: {
    value: (x, p) => softplus(p * x) / p,
    slope: (x, p) => logistic(p * x),
    parameter: 1,
  },
  softsign: {
    value: x => x / (1 + Math.abs(x)),
    slope: x => 1 / (1 + Math.abs(x)) ** 2,
    kinks: AT_ZERO,
  },
  logsigmoid: {
    value: x => -softplus(-x),
    slope: x => logistic(-x),
  },
  tanhshrink: {
    value: x => x - Math.tanh(x),
    slope: x => Math.tanh(x) ** 2,
  },
  softshrink: {
    value: (x, p) => Math.sign(x) * Math.max(0, Math.abs(x) - p),
    slope: (x, p) => (Math.abs(x) > p ? 1 : 0),
    kinks: p => [-p, p],
    parameter: 0.5,
  },
  hardshrink: {
    value: (x, p) => (Math.abs(x) > p ? x : 0),
    slope: (x, p) => (Math.abs(x) > p ? 1 : 0),
    kinks: p => [-p, p],
    parameter: 0.5,
  },
  /** x above the threshold, 0 below. */
  threshold: {
    value: (x, p) => (x > p ? x : 0),
    slope: (x, p) => (x > p ? 1 : 0),
    kinks: p => [p],
    parameter: 0,
  },
  relu_squared: {
    value: x => Math.max(0, x) ** 2,
    slope: x => 2 * Math.max(0, x),
    kinks: AT_ZERO,
  },
  sin: { value: Math.sin, slope: Math.cos },
  cos: { value: Math.cos, slope: x => -Math.sin(x) },
  abs: { value: Math.abs, slope: Math.sign, kinks: AT_ZERO },
  square: { value: x => x * x, slope: x => 2 * x },
  glu: { ...sigmoid, gated: true },
  swiglu: { ...silu, gated: true },
  geglu: { ...gelu, gated: true },
  reglu: { ...relu, gated: true },
};

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function logisticSlope(x: number): number {
  return logistic(x) * logistic(-x);
}

/** ln(1 + eˣ), without overflow. */
function softplus(x: number): number {
  return Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
}

function clamp(x: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, x));
}

/** Inner function of GELU's tanh approximation, Hendrycks & Gimpel 2016. */
function cubic(x: number): number {
  return Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3);
}

function cubicSlope(x: number): number {
  return Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
}
