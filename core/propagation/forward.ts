/** What each operation does to a signal on its way forward. */
import { attended, attendedCount } from './attention.js';
import { concatenated, multiplied, sum } from './branches.js';
import { dropout } from './dropout.js';
import type { InputOperation, SignalOperation } from './graph.js';
import { linear } from './linear.js';
import { nonlinearity } from './nonlinearity.js';
import { norm } from './norm.js';
import { averagePool, maxPool } from './pool.js';
import { type Signal, scaledSignal, sharedVariance, varianceOfSignal } from './signal.js';

/** Undefined where the scale is not known, or no longer a number; a norm makes it known again. */
export function forward(
  operation: SignalOperation,
  inputs: readonly (Signal | undefined)[],
  samples: number,
): Signal | undefined {
  const signal = transformed(operation, inputs, samples);
  return signal !== undefined && Number.isFinite(signal.meanSquare) ? { ...signal, samples } : undefined;
}

function transformed(
  operation: SignalOperation,
  inputs: readonly (Signal | undefined)[],
  samples: number,
): Signal | undefined {
  if (operation.kind === 'input') return inputSignal(operation, samples);
  const [first] = inputs;
  if (operation.kind === 'norm') return norm(operation, first, samples);
  if (operation.kind === 'attention') return first && attended(operation, first, attendedCount(operation, inputs));
  if (first === undefined || !inputs.every(input => input !== undefined)) return undefined;
  switch (operation.kind) {
    case 'linear':
      return linear(operation, first, samples);
    case 'nonlinearity':
      return nonlinearity(operation.name, operation.parameter, first);
    case 'add':
      return inputs.reduce(sum);
    case 'multiply':
      return inputs.reduce(multiplied);
    case 'scale':
      return operation.factor === undefined ? undefined : scaledSignal(first, operation.factor);
    case 'pool':
      return operation.over === 'max' ? maxPool(operation.count, first) : averagePool(operation.count, first);
    case 'concatenate':
      return concatenated(operation, inputs);
    case 'softmax':
      return softmax(operation.count, first);
    case 'dropout':
      return dropout(operation, first);
    case 'identity':
      return operation.units === undefined ? first : { ...first, units: operation.units };
    case 'unknown':
      return undefined;
  }
}

/** Of normal numbers; so few that their own mean square differs from seed to seed. */
function inputSignal({ units, meanSquare = 1, mean = 0, correlation }: InputOperation, samples: number): Signal {
  const covariance = correlation === undefined ? mean * mean : correlation * meanSquare;
  return {
    meanSquare,
    mean,
    covariance,
    units,
    samples,
    seedVariance: 2 / (units * samples),
    unitVariance: 0,
    isRough: false,
  };
}

/** Of normal logits: E[p²] = e^{σ²}/count², to first order in 1/count. */
function softmax(count: number, input: Signal): Signal {
  const mean = 1 / count;
  const meanSquare = Math.min(mean, mean * mean * Math.exp(varianceOfSignal(input)));
  const covariance = Math.min(meanSquare, mean * mean * Math.exp(Math.max(0, sharedVariance(input))));
  return {
    meanSquare,
    mean,
    covariance,
    units: input.units,
    samples: input.samples,
    seedVariance: 0,
    unitVariance: 0,
    isRough: true,
  };
}
