/** How much of the gradient's variance each operation hands back to its inputs. */
import { moments, nonlinearityOf } from '../nonlinearities.js';
import { attentionFactor } from './attention.js';
import type { NormOperation, PoolOperation, SignalOperation } from './graph.js';
import { expectationUnder, marginalOf } from './marginal.js';
import { slopeAtMaximum } from './pool.js';
import { normalizedSize, type Signal, varianceOfSignal } from './signal.js';

/** One way from a node back to an input of its. */
export interface Edge {
  readonly operation: SignalOperation;
  readonly inputs: readonly (Signal | undefined)[];
  /** Which of the inputs. */
  readonly position: number;
  readonly output: Signal | undefined;
  /** Size of the window when the output only goes into a max pool. */
  readonly window?: number;
}

/**
 * E[(∂L/∂input)²] per E[(∂L/∂output)²]. Forward and backward weights are taken as independent (Schoenholz 2016).
 * Undefined where the forward signal is needed and not known.
 */
export function backwardFactor(edge: Edge): number | undefined {
  const { operation, inputs, position } = edge;
  const input = inputs[position];
  switch (operation.kind) {
    case 'linear':
      return linearFactor(operation);
    case 'nonlinearity':
      return slopeMeanSquare(operation.name, operation.parameter, edge);
    case 'norm':
      return input && normFactor(operation, input);
    case 'multiply':
      return productOfOthers(inputs, position);
    case 'scale':
      return operation.factor === undefined ? undefined : operation.factor ** 2;
    case 'pool':
      return poolFactor(operation);
    case 'attention':
      return attentionFactor(operation, edge.inputs, position);
    case 'dropout':
      return operation.probability < 1 ? 1 / (1 - operation.probability) : 0;
    case 'identity':
      return operation.reach ?? 1;
    case 'add':
    case 'concatenate':
      return 1;
    case 'softmax':
      return 1 / operation.count ** 2;
    case 'input':
    case 'unknown':
      return undefined;
  }
}

/** A maximum hands the gradient to one value of the window, a mean an equal part to each. */
function poolFactor({ over, count, reach }: PoolOperation): number {
  return over === 'max' ? (reach ?? 1) / count : (reach ?? 1) / count ** 2;
}

function linearFactor(layer: Extract<SignalOperation, { kind: 'linear' }>): number | undefined {
  const { fanOut, weightStd, weightMean = 0, inside = 1 } = layer;
  return weightStd === undefined ? undefined : fanOut * inside * (weightStd ** 2 + weightMean ** 2);
}

function slopeMeanSquare(name: string, parameter: number | undefined, edge: Edge): number | undefined {
  const input = edge.inputs[edge.position];
  const phi = nonlinearityOf(name, parameter);
  if (input === undefined || phi === undefined) return undefined;
  if (edge.window !== undefined && edge.output !== undefined) return slopeAtMaximum(edge.window, edge.output);
  const marginal = marginalOf(input);
  if (marginal !== undefined) return expectationUnder(marginal, x => phi.slope(x) ** 2);
  return moments(name, varianceOfSignal(input), parameter, input.mean)?.slopeMeanSquare;
}

function normFactor({ over, scale = 1, eps = 0 }: NormOperation, input: Signal): number | undefined {
  const size = normalizedSize(over, input) + eps;
  return size === 0 ? undefined : scale ** 2 / size;
}

function productOfOthers(inputs: readonly (Signal | undefined)[], position: number): number | undefined {
  return inputs.reduce<number | undefined>((product, other, index) => {
    if (index === position) return product;
    return product === undefined || other === undefined ? undefined : product * other.meanSquare;
  }, 1);
}
