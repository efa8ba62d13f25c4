/** The forward graph of a model as core's propagation takes it: every operation, its operands, its sizes where known. */
import type { InputOperation, SignalGraph, SignalNode, SignalOperation } from '../../../core/propagation/index.js';
import type { Graph, Operation } from '../../model/graph.js';
import type { Parameter } from '../../model/parameters.js';
import { dataInputs, isRecurrent } from '../../model/questions/operations.js';
import { attendingOf, rolesOf } from './attention.js';
import { sizesOf } from './geometry.js';
import { linearOf, type MomentsOf } from './linear.js';
import { meanSquareOf } from './moments.js';
import {
  constantSignals,
  dropoutPart,
  type FixedOperand,
  featureAxis,
  featuresOf,
  fixedOperands,
  nonlinearityPart,
  normPart,
  operandSignal,
  poolPart,
  viewPart,
} from './parts.js';
import { behindScores, behindSoftmax, type SoftmaxWeights } from './scores.js';

export interface SignalNetwork {
  readonly graph: SignalGraph;
  /** The node that holds an operation's result; none for what nothing follows to the output. */
  readonly nodeOf: ReadonlyMap<Operation, number>;
  /** What was taken for granted, for people: "49 positions per map". */
  readonly assumptions: ReadonlySet<string>;
}

/** Where nothing says how many: a 7×7 map, a sentence. */
const ASSUMED_POSITIONS = 49;
const ASSUMED_TOKENS = 128;

export function networkOf(graph: Graph, momentsOf: MomentsOf): SignalNetwork {
  const builder = new Builder(momentsOf);
  for (const operation of graph.operations) builder.add(operation);
  return builder.finished(graph.outputs);
}

class Builder {
  readonly #nodes: SignalNode[] = [];
  readonly #nodeOf = new Map<Operation, number>();
  readonly #assumptions = new Set<string>();
  readonly #momentsOf: MomentsOf;

  constructor(momentsOf: MomentsOf) {
    this.#momentsOf = momentsOf;
  }

  finished(outputs: readonly Operation[]): SignalNetwork {
    return {
      graph: { nodes: this.#nodes, outputs: outputs.map(it => this.#nodeOf.get(it)!) },
      nodeOf: this.#nodeOf,
      assumptions: this.#assumptions,
    };
  }

  add(operation: Operation): void {
    const node = this.#nodeFor(operation);
    const samples = samplesOf(operation);
    if (samples !== undefined) this.#nodes[node] = { ...this.#nodes[node]!, samples };
    this.#nodeOf.set(operation, node);
  }

  #push(operation: SignalOperation, inputs: readonly number[] = []): number {
    return this.#nodes.push({ operation, inputs }) - 1;
  }

  #inputsOf(operation: Operation): readonly number[] {
    return dataInputs(operation).map(it => this.#nodeOf.get(it)!);
  }

  #nodeFor(operation: Operation): number {
    const inputs = this.#inputsOf(operation);
    switch (operation.kind) {
      case 'input':
        return this.#push({ kind: 'input', units: featuresOf(operation) ?? 1 });
      case 'layer':
        return this.#layer(operation, inputs);
      case 'matmul':
        return this.#product(operation, inputs);
      case 'nonlinearity':
        return this.#push(nonlinearityPart(operation, this.#momentsOf), inputs);
      case 'norm':
        return this.#push(normPart(operation, this.#momentsOf), inputs);
      case 'add':
        return this.#sum(operation, inputs);
      case 'multiply':
        return this.#gate(operation, inputs);
      case 'scale':
        return this.#push({ kind: 'scale', ...factorOf(operation) }, inputs);
      case 'concatenate':
        return this.#concatenation(operation);
      case 'shape':
        return this.#push(inputs.length === 1 ? viewPart(operation) : UNKNOWN, inputs);
      case 'pool':
        return this.#push(
          poolPart(operation, () => this.#assume(ASSUMED_POSITIONS, 'positions per map')),
          inputs,
        );
      case 'softmax':
        return this.#softmax(operation, inputs);
      case 'dropout':
        return this.#dropout(operation, inputs);
      case 'join':
        return this.#branches(inputs);
      case 'output':
        return this.#push(inputs.length === 1 ? { kind: 'identity' } : UNKNOWN, inputs);
      case 'constant':
      case 'normalize':
      case 'opaque':
        return this.#push(UNKNOWN, inputs);
    }
  }

  #assume(count: number, what: string): number {
    this.#assumptions.add(`${count} ${what}`);
    return count;
  }

  /** Of several branches, the one that is written first. */
  #branches(inputs: readonly number[]): number {
    if (inputs.length > 1) this.#assumptions.add('the first of the branches that forward may take');
    const [first] = inputs;
    return first === undefined ? this.#push(UNKNOWN) : this.#push({ kind: 'identity' }, [first]);
  }

  #layer(operation: Operation, inputs: readonly number[]): number {
    const { module, name } = operation;
    if (module?.role === 'attention' || /multi_?head_?attention/i.test(name)) return this.#attention(operation, inputs);
    if (isRecurrent(module)) return this.#push(UNKNOWN, inputs);
    const operands = this.#weightsAndBias(operation);
    if (operands === undefined) return this.#push(UNKNOWN, inputs);
    const { weight, bias } = operands;
    if (isEmbedding(operation)) return this.#table(weight);
    const layer = this.#linear(operation, weight, bias);
    return this.#push(inputs.length === 1 ? (layer ?? UNKNOWN) : UNKNOWN, inputs);
  }

  /** Of one weight, whose own moments may have been changed on the way. */
  #linear(operation: Operation, weight: FixedOperand, bias: FixedOperand | undefined): SignalOperation | undefined {
    const momentsOf = (it: Parameter) => (it === weight.parameter ? weight.moments : bias?.moments);
    return linearOf(operation, weight.parameter, bias?.parameter, momentsOf);
  }

  #weightsAndBias(operation: Operation) {
    const operands = fixedOperands(operation, this.#momentsOf);
    const bias = operands.find(it => it.parameter.kind === 'bias');
    const [weight, ...others] = operands.filter(it => it !== bias);
    return weight === undefined || others.length > 0 ? undefined : { weight, bias };
  }

  #table({ parameter, moments }: FixedOperand): number {
    if (moments === undefined) return this.#push(UNKNOWN);
    const units = parameter.shape?.at(-1);
    const features = typeof units === 'number' ? units : 1;
    return this.#push({ kind: 'input', units: features, meanSquare: meanSquareOf(moments), mean: moments.mean });
  }

  /** Values, queries and keys go through their projections, meet, and go through the last one. */
  #attention(operation: Operation, inputs: readonly number[]): number {
    const parts = attendingOf(operation, this.#momentsOf);
    const [query, key, value] = this.#rolesOf(operation, inputs);
    if (parts === undefined || query === undefined || key === undefined || value === undefined)
      return this.#push(UNKNOWN, inputs);
    const count = parts.count ?? this.#assume(ASSUMED_TOKENS, 'tokens');
    const projected = [value, query, key].map((it, index) => this.#push(parts.projections[index]!, [it]));
    const met = this.#push({ kind: 'attention', count, ...parts.hearing }, projected);
    return this.#push(parts.output, [met]);
  }

  /** Nodes of queries, keys and values; where the layer does not tell, keys are values. */
  #rolesOf(operation: Operation, inputs: readonly number[]): readonly (number | undefined)[] {
    const roles = rolesOf(operation);
    if (roles === undefined) return [inputs[0], inputs.at(inputs.length === 3 ? 1 : -1), inputs.at(-1)];
    return roles.map(role => {
      const given = operation.operands?.[role];
      if (operation.operands === undefined) return inputs[role];
      return given?.kind === 'operation' ? this.#nodeOf.get(given.operation) : undefined;
    });
  }

  #product(operation: Operation, inputs: readonly number[]): number {
    const operands = this.#weightsAndBias(operation);
    if (inputs.length === 1 && operands !== undefined) {
      return this.#push(this.#linear(operation, operands.weight, undefined) ?? UNKNOWN, inputs);
    }
    const data = dataInputs(operation);
    const weights = data.map(behindSoftmax);
    const at = weights.findIndex(it => it !== undefined);
    if (at < 0 || data.length !== 2) return this.#push(UNKNOWN, inputs);
    return this.#attended(weights[at]!, inputs[1 - at]!);
  }

  /** softmax(q·kᵀ)·v of single operations. */
  #attended({ softmax, dropped }: SoftmaxWeights, value: number): number {
    const size = softmax.shape?.at(-1);
    const count = typeof size === 'number' ? size : this.#assume(ASSUMED_TOKENS, 'tokens');
    const scores = behindScores(softmax.inputs[0]);
    const [query, key] = scores === undefined ? [] : dataInputs(scores.product).map(it => this.#nodeOf.get(it)!);
    if (scores === undefined || query === undefined || key === undefined) {
      return this.#push({ kind: 'attention', count, dropped }, [value]);
    }
    const hearing = { dropped, isCausal: scores.isCausal };
    const terms = dataInputs(scores.product)[0]?.shape?.at(-1);
    const contrast = typeof terms === 'number' ? terms * scores.factor ** 2 : undefined;
    const operation = { kind: 'attention', count, ...hearing, ...(contrast !== undefined && { contrast }) } as const;
    return this.#push(operation, [value, query, key]);
  }

  #sum(operation: Operation, inputs: readonly number[]): number {
    const fixed = fixedOperands(operation, this.#momentsOf);
    const constant = operation.settings.get('value');
    const shifts = [
      ...fixed.map(it => this.#push(operandSignal(it))),
      ...(typeof constant === 'number' ? [this.#push(constantSignal(constant))] : []),
      ...constantSignals(operation).map(it => this.#push(it)),
    ];
    const all = [...inputs, ...shifts];
    const alpha = operation.settings.get('alpha');
    if (typeof alpha === 'number' && inputs.length > 0) {
      all[inputs.length - 1] = this.#push({ kind: 'scale', factor: alpha }, [inputs.at(-1)!]);
    }
    return this.#push(all.length < 2 ? UNKNOWN : { kind: 'add' }, all);
  }

  /** Quotients, masks and choices are no products. */
  #gate(operation: Operation, inputs: readonly number[]): number {
    if (operation.name !== 'mul') return this.#push(UNKNOWN, inputs);
    const [gate, ...others] = fixedOperands(operation, this.#momentsOf);
    const constants = constantSignals(operation).map(it => this.#push(it));
    if (gate === undefined)
      return this.#push(inputs.length + constants.length < 2 ? UNKNOWN : { kind: 'multiply' }, [
        ...inputs,
        ...constants,
      ]);
    if (gate.moments === undefined || others.length > 0) return this.#push(UNKNOWN, inputs);
    return this.#push({ kind: 'scale', factor: Math.sqrt(meanSquareOf(gate.moments)) }, inputs);
  }

  /** A token that is put before the others counts as one of them; where their number is not known, it is left out. */
  #concatenation(operation: Operation): number {
    const inputs = dataInputs(operation);
    const data = inputs.map(it => this.#nodeOf.get(it)!);
    const fixed = fixedOperands(operation, this.#momentsOf);
    const constants = constantSignals(operation);
    if (isAlongFeatures(operation)) {
      const others = [...fixed.map(operandSignal), ...constants.map(it => alongFeatures(it, operation))];
      return this.#push({ kind: 'concatenate' }, [...data, ...others.map(it => this.#push(it))]);
    }
    const batch = operation.shape?.[0];
    const counts = inputs.map(it => sizesOf(it.shape));
    const perSample = fixed.map(it => (sizesOf(it.parameter.shape) ?? 1) * (typeof batch === 'number' ? batch : 1));
    if (counts.every(it => it !== undefined)) {
      const operands = [...fixed.map(operandSignal), ...constants].map(it => this.#push(it));
      const all = [...counts, ...perSample, ...constants.map(it => it.units)];
      return this.#push({ kind: 'concatenate', counts: all }, [...data, ...operands]);
    }
    const equal = inputs.map(() => 1);
    return this.#push(data.length === 0 ? UNKNOWN : { kind: 'concatenate', counts: equal }, data);
  }

  /** A mask that was drawn by hand need not be scaled up by what it drops. */
  #dropout(operation: Operation, inputs: readonly number[]): number {
    const part = dropoutPart(operation);
    const dropped = this.#push(part, inputs);
    const factor = operation.settings.get('factor');
    if (typeof factor !== 'number' || part.probability === 1) return dropped;
    return this.#push({ kind: 'scale', factor: factor * (1 - part.probability) }, [dropped]);
  }

  #softmax(operation: Operation, inputs: readonly number[]): number {
    const size = operation.shape?.at(-1);
    return this.#push(typeof size === 'number' ? { kind: 'softmax', count: size } : UNKNOWN, inputs);
  }
}

/** Elements of the result for each feature. */
function samplesOf(operation: Operation): number | undefined {
  const [elements, features] = [sizesOf(operation.shape), featuresOf(operation)];
  return elements === undefined || features === undefined ? undefined : elements / features;
}

const UNKNOWN: SignalOperation = { kind: 'unknown' };

function isEmbedding({ module, name }: Operation): boolean {
  return module?.role === 'embedding' || /^embedding$/i.test(name);
}

function factorOf({ settings }: Operation): { readonly factor?: number } {
  const factor = settings.get('factor');
  return typeof factor === 'number' ? { factor } : {};
}

const constantSignal = (value: number): SignalOperation => ({
  kind: 'input',
  units: 1,
  meanSquare: value ** 2,
  mean: value,
});

/** As many features as its share of the elements that are not its users' samples. */
function alongFeatures(constant: InputOperation, operation: Operation): InputOperation {
  return { ...constant, units: constant.units / (samplesOf(operation) ?? 1) };
}

/** Without shapes, the second axis is taken for that of features. */
function isAlongFeatures(operation: Operation): boolean {
  const dim = operation.settings.get('dim');
  const axis = featureAxis(operation);
  if (axis === undefined || typeof dim !== 'number') return dim === 1 || dim === -1 || dim === -3;
  return (dim < 0 ? dim + operation.shape!.length : dim) === axis;
}
