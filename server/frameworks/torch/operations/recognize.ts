/** Activations that are written out by hand, known by what they compute: `x * torch.sigmoid(x)` is SiLU. */
import { nonlinearityOf as valuesOf } from '../../../../core/nonlinearities.js';
import { nonlinearityOf } from '../../../model/questions/operations.js';
import type { RecordedOperation } from '../graph.js';
import { realFunctions } from './unary.table.js';

/** The operation as a nonlinearity of what it is computed from; undefined where it is none that is known. */
export function recognized(result: RecordedOperation): RecordedOperation | undefined {
  if (!mayEndOne(result)) return undefined;
  const steps = stepsTo(result);
  const sources = new Set(steps.flatMap(it => it.operation.inputs));
  for (const source of [...sources].sort((a, b) => b.id - a.id)) {
    const name = nameOf(valuesFrom(source, steps).get(result));
    if (name !== undefined) return asNonlinearity(result, source, name);
  }
  return undefined;
}

function asNonlinearity(result: RecordedOperation, source: RecordedOperation, name: string): RecordedOperation {
  const { operands: _, ...operation } = result;
  const [called, settings] = name === 'gelu_tanh' ? (['gelu', [['approximate', 'tanh']]] as const) : [name, []];
  return { ...operation, kind: 'nonlinearity', name: called, inputs: [source], settings: new Map(settings) };
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

const MOST_STEPS = 24;

interface Step {
  readonly operation: RecordedOperation;
  readonly compute: Compute;
}

/** What computes the result element by element, in order of evaluation, as far back as it goes. */
function stepsTo(result: RecordedOperation): readonly Step[] {
  const steps = new Map<RecordedOperation, Step>();
  const open = [result];
  for (let operation = open.shift(); operation !== undefined && steps.size < MOST_STEPS; operation = open.shift()) {
    const compute = steps.has(operation) ? undefined : functionOf(operation);
    if (compute === undefined) continue;
    steps.set(operation, { operation, compute });
    open.push(...operation.inputs);
  }
  return [...steps.values()].sort((a, b) => a.operation.id - b.operation.id);
}

/** What the steps come to where the source takes the values that are asked for; absent where they take anything else. */
function valuesFrom(source: RecordedOperation, steps: readonly Step[]): ReadonlyMap<RecordedOperation, Values> {
  const known = new Map<RecordedOperation, Values>([[source, PROBES]]);
  for (const { operation, compute } of steps) {
    const [first, second = first] = operation.inputs.map(it => known.get(it));
    if (operation === source || first === undefined || second === undefined) continue;
    if (operation.inputs.every(it => known.has(it)))
      known.set(
        operation,
        first.map((it, i) => compute(it, second[i]!)),
      );
  }
  return known;
}

type Values = readonly number[];
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
const PROBES: Values = [-3.4, -1.7, -0.6, 0.3, 1.2, 2.5];
/** Constants such as √(2/π) are written with few digits. */
const TOLERANCE = 1e-4;

function nameOf(values: Values | undefined): string | undefined {
  if (values === undefined) return undefined;
  return WRITTEN_OUT.find(name => {
    const { value } = valuesOf(name)!;
    return PROBES.every((probe, i) => Math.abs(value(probe) - values[i]!) < TOLERANCE);
  });
}
