/** Distributions that torch's CPU kernels draw one value at a time, from a uniform number of 53 bits. */
import type { Mt19937 } from './mt19937.js';
import { serialNormal } from './normal.js';
import { type Dtype, roundTo, type Values, valuesFor } from './precision.js';

/** `bernoulli_` of builds without MKL; also the mask of a dropout. */
export function bernoulli(generator: Mt19937, count: number, probability: number, dtype: Dtype = 'float32'): Values {
  return fill(count, dtype, () => (generator.fraction53() < probability ? 1 : 0));
}

/** `exponential_` of builds without MKL; `rate` is torch's `lambd`, the mean 1/rate. */
export function exponential(generator: Mt19937, count: number, rate: number, dtype: Dtype = 'float32'): Values {
  return fill(count, dtype, () => (-1 / rate) * Math.log1p(-generator.fraction53()));
}

/** `log_normal_`; mean and std are those of the logarithm. */
export function logNormal(
  generator: Mt19937,
  count: number,
  mean: number,
  std: number,
  dtype: Dtype = 'float32',
): Values {
  return fill(count, dtype, () => Math.exp(serialNormal(generator) * std + mean));
}

/** `cauchy_`: without a mean; half of the values lie within `sigma` of the median. */
export function cauchy(
  generator: Mt19937,
  count: number,
  median: number,
  sigma: number,
  dtype: Dtype = 'float32',
): Values {
  return fill(count, dtype, () => median + sigma * Math.tan(Math.PI * (generator.fraction53() - 0.5)));
}

/** `geometric_`: trials until the first success, at least 1. */
export function geometric(generator: Mt19937, count: number, probability: number, dtype: Dtype = 'float32'): Values {
  const draw = () => Math.ceil(Math.log(generator.fraction53()) / Math.log(1 - probability));
  return fill(count, dtype, draw);
}

function fill(count: number, dtype: Dtype, draw: () => number): Values {
  const values = valuesFor(dtype, count);
  for (let i = 0; i < count; i++) values[i] = roundTo(dtype, draw());
  return values;
}
