/** Every activation as function, method and in-place form, with the nonlinearity that the graph knows it by. */
import { nonlinearityOf } from '../../../core/nonlinearities.js';
import type { Machine } from '../../interpreter/machine.js';
import { native } from '../../interpreter/native.js';
import type { NativeFunction, Value } from '../../interpreter/values.js';
import { numberValue } from './arguments.js';
import { overwrite } from './operations/in-place.js';
import { floatOf, unary } from './operations/unary.js';
import { isTensor, type Tensor } from './tensor.js';
import { drawOf, logDraw } from './writes.js';

type Place = 'F' | 'torch' | 'method';

interface ActivationRow {
  readonly name: string;
  /** Parameters behind `input`, `inplace` left out. */
  readonly parameters?: string;
  /** The argument that shapes it. */
  readonly parameter?: string;
  /** Core's name, where it differs; may depend on the arguments. */
  readonly nonlinearity?: string | ((argument: (name: string) => Value | undefined) => string);
  readonly places: readonly Place[];
  /** Whether `inplace=` is among the parameters of the function in torch.nn.functional. */
  readonly takesInplace?: boolean;
  /** Where the form that ends in `_` is found. */
  readonly inPlace?: readonly Place[];
}

const everywhere: readonly Place[] = ['F', 'torch', 'method'];

const rows: readonly ActivationRow[] = [
  { name: 'relu', places: everywhere, takesInplace: true, inPlace: everywhere },
  { name: 'relu6', places: ['F'], takesInplace: true },
  {
    name: 'leaky_relu',
    parameters: 'negative_slope=0.01',
    parameter: 'negative_slope',
    places: ['F'],
    takesInplace: true,
    inPlace: ['F'],
  },
  {
    name: 'rrelu',
    parameters: 'lower=0.125, upper=0.3333333333333333, training=False',
    places: ['F', 'torch'],
    takesInplace: true,
    inPlace: ['F', 'torch'],
  },
  { name: 'elu', parameters: 'alpha=1.0', parameter: 'alpha', places: ['F'], takesInplace: true, inPlace: ['F'] },
  { name: 'selu', places: ['F', 'torch'], takesInplace: true, inPlace: ['F', 'torch'] },
  {
    name: 'celu',
    parameters: 'alpha=1.0',
    parameter: 'alpha',
    places: ['F', 'torch'],
    takesInplace: true,
    inPlace: ['F', 'torch'],
  },
  {
    name: 'gelu',
    parameters: "approximate='none'",
    nonlinearity: argument => (argument('approximate') === 'tanh' ? 'gelu_tanh' : 'gelu'),
    places: ['F'],
  },
  { name: 'silu', places: ['F'], takesInplace: true },
  { name: 'mish', places: ['F'], takesInplace: true },
  { name: 'hardswish', places: ['F'], takesInplace: true },
  { name: 'hardsigmoid', places: ['F'], takesInplace: true },
  {
    name: 'hardtanh',
    parameters: 'min_val=-1.0, max_val=1.0',
    parameter: 'max_val',
    places: ['F'],
    takesInplace: true,
    inPlace: ['F'],
  },
  { name: 'softplus', parameters: 'beta=1.0, threshold=20.0', parameter: 'beta', places: ['F'] },
  { name: 'softsign', places: ['F'] },
  { name: 'tanhshrink', places: ['F'] },
  { name: 'softshrink', parameters: 'lambd=0.5', parameter: 'lambd', places: ['F'] },
  { name: 'hardshrink', parameters: 'lambd=0.5', parameter: 'lambd', places: everywhere },
  {
    name: 'threshold',
    parameters: 'threshold, value',
    parameter: 'threshold',
    places: ['F', 'torch'],
    takesInplace: true,
    inPlace: ['F', 'torch'],
  },
  { name: 'sigmoid', places: everywhere, inPlace: ['torch', 'method'] },
  { name: 'tanh', places: everywhere, inPlace: ['torch', 'method'] },
  { name: 'logsigmoid', places: ['F'] },
];

interface Placed {
  readonly place: Place;
  readonly native: NativeFunction;
}

const placed: readonly Placed[] = rows.flatMap(row => [
  ...row.places.map(place => ({ place, native: activation(row, place) })),
  ...(row.inPlace ?? []).map(place => ({ place, native: inPlaceActivation(row) })),
]);

const at = (place: Place) =>
  placed.filter(it => it.place === place).map((it): readonly [string, Value] => [it.native.name, it.native]);

export const activationFunctionals = at('F');
export const activationFunctions = at('torch');
export const activationMethods: readonly (readonly [string, Value])[] = [...at('method')];

function signatureOf(row: ActivationRow, withInplace: boolean): string {
  return ['input', row.parameters, withInplace ? 'inplace=False' : undefined].filter(it => it !== undefined).join(', ');
}

function activation(row: ActivationRow, place: Place): NativeFunction {
  const withInplace = place === 'F' && row.takesInplace === true;
  const made: NativeFunction = native(row.name, signatureOf(row, withInplace), (machine, input, ...bound) => {
    const argument = argumentsOf(made, bound);
    const result = apply(machine, row, input!, argument);
    const isInPlace = argument('inplace') === true && isTensor(input);
    return isInPlace ? overwrite(machine, input, result, { initializer: `${row.name}_` }) : result;
  });
  return made;
}

function inPlaceActivation(row: ActivationRow): NativeFunction {
  const made: NativeFunction = native(`${row.name}_`, signatureOf(row, false), (machine, input, ...bound) => {
    const result = apply(machine, row, input!, argumentsOf(made, bound));
    return isTensor(input) ? overwrite(machine, input, result, { initializer: made.name }) : result;
  });
  return made;
}

/** Activations that integers come out of as integers. */
const INTEGERS_PASS: ReadonlySet<string> = new Set(['relu', 'relu6', 'threshold', 'hardtanh']);

type Argument = (name: string) => Value | undefined;

const argumentsOf =
  (made: NativeFunction, bound: readonly Value[]): Argument =>
  name => {
    const index = made.signature!.parameters.findIndex(it => it.name === name);
    return index < 1 ? undefined : bound[index - 1];
  };

function apply(machine: Machine, row: ActivationRow, input: Value, argument: Argument): Tensor {
  const { nonlinearity } = row;
  const name = typeof nonlinearity === 'function' ? nonlinearity(argument) : (nonlinearity ?? row.name);
  const parameter = row.parameter === undefined ? undefined : numberValue(argument(row.parameter));
  if (row.name === 'rrelu' && argument('training') === true) drawSlopes(machine, input);
  return unary(machine, input, {
    name,
    kind: 'nonlinearity',
    compute: row.name === 'threshold' ? thresholdAt(argument) : nonlinearityOf(name, parameter)?.value,
    dtype: INTEGERS_PASS.has(row.name) ? same => same : floatOf(machine),
    settings: settingsOf(row, argument),
  });
}

/** Core's threshold replaces by 0, torch's by any value. */
function thresholdAt(argument: Argument): (x: number) => number {
  const [limit, value] = [numberValue(argument('threshold')), numberValue(argument('value'))];
  return x => (x > (limit ?? Number.NaN) ? x : (value ?? Number.NaN));
}

/** Slopes are drawn for negative inputs only: how many there are is not known. */
function drawSlopes(machine: Machine, input: Value): void {
  if (!isTensor(input)) return;
  const { count: _, ...draw } = drawOf(machine, input, 'uniform_', [0, 1]);
  logDraw(machine, { ...draw, count: undefined });
}

function settingsOf(row: ActivationRow, argument: Argument): readonly (readonly [string, number | string | boolean])[] {
  const names = (row.parameters ?? '').split(', ').map(it => it.split('=')[0]!);
  return names.flatMap(name => {
    const value = argument(name);
    const plain = typeof value === 'string' || typeof value === 'boolean' ? value : numberValue(value);
    return plain === undefined ? [] : [[name, plain] as const];
  });
}
