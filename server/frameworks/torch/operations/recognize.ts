/** Activations that are written out by hand, known by what they compute: `x * torch.sigmoid(x)` is SiLU. */
import { nonlinearityOf as valuesOf } from '../../../../core/nonlinearities.js';
import { nonlinearityOf } from '../../../model/questions/operations.js';
import type { RecordedOperation } from '../graph.js';
import { realFunctions } from './unary.table.js';

/** The operation as a nonlinearity of what it is computed from; undefined where it is none that is known. */
export function recognized(result: RecordedOperation): RecordedOperation | undefined {
  if (!mayEndOne(result)) return undefined;
  const sources = [...elementwiseBehind(result)].sort((a, b) => b.id - a.id);
  for (const source of sources) {
    const name = nameOf(x => valueAt(result, source, x, DEEPEST));
    if (name === undefined) continue;
    const { operands: _, ...operation } = result;
    const settings: RecordedOperation['settings'] = new Map(name === 'gelu_tanh' ? [['approximate', 'tanh']] : []);
    return {
      ...operation,
      kind: 'nonlinearity',
      name: name === 'gelu_tanh' ? 'gelu' : name,
      inputs: [source],
      settings,
    };
  }
  return undefined;
}

/** They all end with a product of a signal and its gate, or with what brings that to scale. */
function mayEndOne({ kind, inputs }: RecordedOperation): boolean {
  return (
    isProduct(kind, inputs) ||
    (kind === 'scale' && inputs.length === 1 && isProduct(inputs[0]!.kind, inputs[0]!.inputs))
  );
}

const isProduct = (kind: RecordedOperation['kind'], inputs: RecordedOperation['inputs']): boolean =>
  kind === 'multiply' && inputs.length === 2;

const DEEPEST = 10;
const MOST_OPERATIONS = 24;

/** What the result was computed from element by element, and what that was. */
function elementwiseBehind(result: RecordedOperation): ReadonlySet<RecordedOperation> {
  const found = new Set<RecordedOperation>();
  const open = [...result.inputs];
  for (let next = open.shift(); next !== undefined && found.size < MOST_OPERATIONS; next = open.shift()) {
    if (found.has(next)) continue;
    found.add(next);
    if (isElementwise(next)) open.push(...next.inputs);
  }
  return found;
}

const isElementwise = (operation: RecordedOperation): boolean => functionOf(operation) !== undefined;

/** What the result is where the source is x; undefined where it depends on anything else. */
function valueAt(
  operation: RecordedOperation,
  source: RecordedOperation,
  x: number,
  depth: number,
): number | undefined {
  if (operation === source) return x;
  const compute = depth > 0 ? functionOf(operation) : undefined;
  if (compute === undefined) return undefined;
  const values: number[] = [];
  for (const input of operation.inputs) {
    const value = valueAt(input, source, x, depth - 1);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return compute(values[0]!, values[1] ?? Number.NaN);
}

type Compute = (a: number, b: number) => number;

/** How it computes an element from those of its inputs; undefined where it takes more than them, or does something else. */
function functionOf({ kind, name, inputs, parameters, operands, settings }: RecordedOperation): Compute | undefined {
  if (operands !== undefined || parameters.length > 0) return undefined;
  const number = (key: string, otherwise = Number.NaN): number => {
    const value = settings.get(key);
    return typeof value === 'number' ? value : otherwise;
  };
  if (inputs.length === 2) {
    if (kind === 'add') return (a, b) => a + number('alpha', 1) * b;
    return kind !== 'multiply' ? undefined : name === 'div' ? (a, b) => a / b : (a, b) => a * b;
  }
  if (inputs.length !== 1) return undefined;
  switch (kind) {
    case 'scale':
      return a => number('factor') * a;
    case 'add':
      return a => number('alpha', 1) * a + number('value');
    case 'multiply':
      return name === 'div' ? a => number('dividend') / a : undefined;
    case 'nonlinearity': {
      const known = nonlinearityOf({ name, settings });
      return known && valuesOf(known.name, known.parameter)?.value;
    }
    case 'opaque':
      return name === 'pow' ? a => a ** number('exponent') : realFunctions[name];
    default:
      return undefined;
  }
}

/** Those that people write out. */
const WRITTEN_OUT = ['silu', 'gelu', 'gelu_tanh', 'mish', 'hardswish', 'quick_gelu', 'tanh', 'sigmoid', 'softsign'];
const PROBES = [-3.4, -1.7, -0.6, 0.3, 1.2, 2.5];
/** Constants such as √(2/π) are written with few digits. */
const TOLERANCE = 1e-4;

function nameOf(valueWith: (x: number) => number | undefined): string | undefined {
  const values: number[] = [];
  for (const probe of PROBES) {
    const value = valueWith(probe);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return WRITTEN_OUT.find(name => {
    const { value } = valuesOf(name)!;
    return PROBES.every((probe, index) => Math.abs(value(probe) - values[index]!) < TOLERANCE);
  });
}
