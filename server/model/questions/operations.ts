/** What single operations of the forward graph are, for the questions asked of it. */
import { isNonlinearity } from '../../../core/nonlinearities.js';
import type { Operation } from '../graph.js';
import type { Module, Parameter } from '../parameters.js';

/** A nonlinearity as core's table names it, with its slope or other number. */
export interface Nonlinearity {
  readonly name: string;
  readonly parameter?: number;
}

/** Inputs that depend on what the network is given. */
export function dataInputs({ inputs }: Operation): readonly Operation[] {
  return inputs.filter(it => !isFixed(it));
}

/** Values pass unchanged in scale and kind, or changed by a constant alone. */
export function isTransparent(operation: Operation): boolean {
  if (TRANSPARENT.has(operation.kind)) return true;
  if (operation.kind === 'matmul') return isMixing(operation);
  const isCombination = operation.kind === 'add' || operation.kind === 'multiply';
  return isCombination && dataInputs(operation).length < 2;
}

/** A product from the left with a matrix that nothing learned went into: rows are mixed, as nodes are by an adjacency matrix. */
function isMixing({ name, inputs, parameters }: Operation): boolean {
  const [matrix, rows] = inputs;
  if (rows === undefined || inputs.length > 2 || parameters.length > 0 || !MATRIX_PRODUCT.test(name)) return false;
  return !isLearned(matrix!) && isLearned(rows);
}

const MATRIX_PRODUCT = /^(matmul|__matmul__|mm|bmm|spmm|smm|hspmm)$/;

/** Whether parameters had a part in it, or may have had. */
function isLearned(operation: Operation): boolean {
  let known = learned.get(operation);
  if (known === undefined) {
    const { kind, parameters, module, inputs } = operation;
    const isOwn = kind === 'layer' || kind === 'opaque' || parameters.length > 0 || module !== undefined;
    known = isOwn || inputs.some(isLearned);
    learned.set(operation, known);
  }
  return known;
}

const learned = new WeakMap<Operation, boolean>();

const TRANSPARENT: ReadonlySet<string> = new Set(['shape', 'dropout', 'scale', 'pool', 'concatenate', 'join']);

/** Whether it sums over its input with learned weights. */
export function isLayer(operation: Operation): boolean {
  if (operation.kind === 'matmul') return weightsOf(operation).length > 0;
  return operation.kind === 'layer';
}

/** Weights that a layer sums with: its module's, or those that it is given. */
export function weightsOf(operation: Operation): readonly Parameter[] {
  const given = [...operation.parameters, ...operation.inputs.filter(isFixed).flatMap(parametersBehind)];
  const candidates = given.length > 0 ? given : (operation.module?.parameters ?? []);
  return candidates.filter(it => !NOT_SUMMED.has(it.kind));
}

const NOT_SUMMED: ReadonlySet<string> = new Set(['bias', 'scale', 'shift', 'slope']);

/** Whether the network's own input reaches it without a layer on the way, or what nobody could follow. */
export function readsInput(operation: Operation): boolean {
  const open = [...operation.inputs];
  const seen = new Set(open);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === 'input' || next.kind === 'opaque') return true;
    for (const it of isLayer(next) ? [] : next.inputs) {
      if (!seen.has(it)) open.push(it);
      seen.add(it);
    }
  }
  return false;
}

export function nonlinearityOf({ name, settings }: Pick<Operation, 'name' | 'settings'>): Nonlinearity | undefined {
  const known = isNonlinearity(name) ? name : NAMES.get(name);
  if (known === undefined) return undefined;
  const parameter = PARAMETERS.map(it => settings.get(it)).find(it => typeof it === 'number');
  return {
    name: settings.get('approximate') === 'tanh' ? 'gelu_tanh' : known,
    ...(parameter !== undefined && { parameter }),
  };
}

/** Spellings of the framework's modules, where they are not the functions'. */
const NAMES: ReadonlyMap<string, string> = new Map(
  [
    'ReLU',
    'ELU',
    'SELU',
    'CELU',
    'GELU',
    'Mish',
    'Tanh',
    'Sigmoid',
    'Softplus',
    'Softsign',
    'Hardswish',
    'Hardtanh',
    'ReLU6',
  ]
    .map((it): [string, string] => [it, it.toLowerCase()])
    .concat([
      ['LeakyReLU', 'leaky_relu'],
      ['PReLU', 'prelu'],
      ['RReLU', 'rrelu'],
      ['SiLU', 'silu'],
      ['swish', 'silu'],
    ]),
);

const PARAMETERS = ['negative_slope', 'alpha', 'beta', 'lambd', 'parameter'];

/** With the weight that another, computed one is the same as: the direction behind a weight norm that was just put on. */
export function ownParameters({ parameters, operands = [] }: Operation): readonly Parameter[] {
  const behind = operands.flatMap(it => (it.kind === 'parameter' ? [it.parameter] : []));
  return [...new Set([...parameters, ...behind])];
}

/** What torch computes a weight from at every forward, by a spectral norm or a pruning mask: its own numbers are others. */
export const isOriginal = ({ name }: Parameter): boolean => name.endsWith('_orig');

/** Recurrent layers, whose own loop decides what the signal becomes. */
export function isRecurrent(module: Module | undefined): boolean {
  return module?.role === 'recurrent';
}

/** A value that does not depend on the input: a constant, or computed from parameters alone. */
function isFixed(operation: Operation): boolean {
  let known = fixed.get(operation);
  if (known === undefined) {
    known = isConstant(operation) || (operation.inputs.length > 0 && operation.inputs.every(isFixed));
    fixed.set(operation, known);
  }
  return known && operation.kind !== 'layer';
}

const fixed = new WeakMap<Operation, boolean>();

function isConstant({ kind, inputs, parameters }: Operation): boolean {
  if (kind === 'input' || kind === 'opaque') return false;
  return kind === 'constant' || (inputs.length === 0 && parameters.length > 0);
}

function parametersBehind({ parameters, inputs }: Operation): readonly Parameter[] {
  return [...parameters, ...inputs.flatMap(parametersBehind)];
}
