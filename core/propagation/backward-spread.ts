/** What each operation adds to the gradient's spread over seeds: the luck of slopes, and of what a norm divides by. */
import { remembering } from '../memory.js';
import { moments, nonlinearities } from '../nonlinearities.js';
import type { Edge } from './backward.js';
import { pairMoments } from './pairs.js';
import { type Signal, sharedVariance, varianceOfSignal } from './signal.js';

/** Relative variance that a step back adds to the mean square. Random cotangents leave a linear layer's luck aside. */
export function backwardSpread({ operation, inputs, position }: Edge): number {
  const input = inputs[position];
  if (input === undefined) return 0;
  switch (operation.kind) {
    case 'nonlinearity':
      return slopeSpread(operation.name, operation.parameter, input);
    case 'norm':
      return input.seedVariance + input.unitVariance;
    case 'multiply':
      return inputs.reduce(
        (sum, it, index) => sum + (index === position || !it ? 0 : it.seedVariance + it.unitVariance),
        0,
      );
    default:
      return 0;
  }
}

const recall = remembering<number>(10_000);

/** Few units, whose slopes all samples share; and slopes that depend on a scale which the seed decides. */
function slopeSpread(name: string, parameter: number | undefined, input: Signal): number {
  const row = nonlinearities[name];
  if (row === undefined) return 0;
  const p = parameter ?? row.parameter ?? 0;
  const [variance, shared] = [varianceOfSignal(input), sharedVariance(input)];
  const key = `${name} ${p} ${input.mean} ${variance} ${shared}`;
  const luck = recall(key, () => {
    const mean = moments(name, variance, parameter, input.mean)?.slopeMeanSquare ?? 0;
    if (mean === 0) return 0;
    const slope = (x: number) => row.slope(x, p) / Math.sqrt(mean);
    return Math.max(0, pairMoments(slope, input.mean, variance, shared).squares - 1);
  });
  return luck / input.units + slopeSensitivity(name, parameter, input) ** 2 * (input.seedVariance + input.unitVariance);
}

/** d ln E[φ′²] / d ln q */
function slopeSensitivity(name: string, parameter: number | undefined, input: Signal): number {
  const variance = varianceOfSignal(input);
  const step = 0.01;
  const low = moments(name, variance * (1 - step), parameter, input.mean)?.slopeMeanSquare ?? 0;
  const high = moments(name, variance * (1 + step), parameter, input.mean)?.slopeMeanSquare ?? 0;
  if (low <= 0 || high <= 0) return 0;
  return Math.log(high / low) / Math.log((1 + step) / (1 - step));
}
