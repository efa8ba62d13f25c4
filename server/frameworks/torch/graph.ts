/** Records what forward does, while it is evaluated, and turns it into the model's graph. */
import type { Machine } from '../../interpreter/machine.js';
import { type Instance, List, Tuple, Unknown, type Value } from '../../interpreter/values.js';
import type { Graph, Operation, OperationKind } from '../../model/graph.js';
import type { Module, Parameter } from '../../model/parameters.js';
import { operandsOf, type RecordedOperand, translatedOperands } from './operands.js';
import { isTensor, type Shape, type Tensor } from './tensor.js';

export type Setting = number | string | boolean | null;

/** An operation before the model is built: over instances instead of the model's modules and parameters. */
export interface RecordedOperation {
  readonly id: number;
  readonly kind: OperationKind;
  readonly name: string;
  readonly inputs: readonly RecordedOperation[];
  readonly module?: Instance;
  readonly parameters: readonly Tensor[];
  readonly shape?: NonNullable<Shape>;
  readonly settings: ReadonlyMap<string, Setting>;
  /** Absent where inputs and parameters say as much. */
  readonly operands?: readonly RecordedOperand[];
  readonly site?: NonNullable<Operation['site']>;
  readonly repeated: boolean;
}

export interface RecordOptions {
  /** Parameters read directly, beside those among the inputs. */
  readonly parameters?: readonly Tensor[];
  readonly module?: Instance;
  readonly shape?: Shape;
  readonly settings?: Iterable<readonly [string, Setting]>;
}

/** A layer of the framework whose forward is being evaluated. */
interface OpenLayer {
  readonly module: Instance;
  readonly name: string;
}

/** Marks what was done by code that cannot be seen. */
const UNSEEN = 'unseen';

/** What an operation takes beyond the call: shapes, places, inputs. A training loop in a script makes many thousands. */
const STEPS_PER_OPERATION = 8;

export class GraphRecorder {
  private nextId = 0;
  private readonly layers: OpenLayer[] = [];
  private readonly opaque = new WeakMap<Unknown, RecordedOperation>();

  /** An operation on these values; those that are tied to nothing are left out. */
  record(
    machine: Machine,
    kind: OperationKind,
    name: string,
    inputs: readonly Value[],
    options: RecordOptions = {},
  ): RecordedOperation {
    machine.step(STEPS_PER_OPERATION);
    const layer = this.layers.at(-1);
    const module = options.module ?? layer?.module;
    const site = machine.site();
    // Inputs first: what was done out of sight gets its own number while they are looked up.
    const operations = inputs.flatMap(it => this.operationsOf(machine, it));
    const operands = operandsOf(inputs);
    return {
      id: this.nextId++,
      kind,
      name: layer !== undefined && (kind === 'layer' || kind === 'norm') ? layer.name : name,
      inputs: operations,
      parameters: [...parametersIn(inputs), ...(options.parameters ?? [])],
      settings: new Map(options.settings ?? []),
      repeated: machine.flags.repeated > 0,
      ...(operands && { operands }),
      ...(module && { module }),
      ...(options.shape && { shape: options.shape }),
      ...(site && { site }),
    };
  }

  /** Evaluates the forward of a layer of the framework: what is recorded meanwhile is that layer's. */
  within<T>(module: Instance, name: string, run: () => T): T {
    this.layers.push({ module, name });
    try {
      return run();
    } finally {
      this.layers.pop();
    }
  }

  /** What computed a value: none for what is tied to no operation. */
  operationsOf(machine: Machine, value: Value): readonly RecordedOperation[] {
    if (isTensor(value)) return value.operation === undefined ? [] : [value.operation];
    if (value instanceof Tuple || value instanceof List)
      return value.items.flatMap(it => this.operationsOf(machine, it));
    if (value instanceof Unknown) return this.opaqueOf(machine, value);
    return [];
  }

  /** One operation stands for all that was done out of sight. */
  private opaqueOf(machine: Machine, unknown: Unknown): readonly RecordedOperation[] {
    if (unknown.inputs === undefined || unknown.inputs.length === 0) return [];
    let operation = this.opaque.get(unknown);
    if (operation === undefined) {
      operation = this.record(machine, 'opaque', unknown.reason, unknown.inputs, { settings: [[UNSEEN, true]] });
      this.opaque.set(unknown, operation);
    }
    return [operation];
  }
}

/** Parameters that the values show, each once. */
export function parametersIn(values: readonly Value[]): readonly Tensor[] {
  const found = new Set<Tensor>();
  for (const value of values) {
    if (isTensor(value) && value.shows !== undefined && value.operation === undefined) found.add(value.shows.parameter);
    if (value instanceof Tuple || value instanceof List) parametersIn(value.items).forEach(it => void found.add(it));
  }
  return [...found];
}

/** Finds the model's objects behind recorded ones. */
export interface Translation {
  module(instance: Instance): Module | undefined;
  parameter(tensor: Tensor): Parameter | undefined;
}

/** The graph that leads to these outputs. */
export function graphOf(outputs: readonly RecordedOperation[], translation: Translation): Graph {
  const made = new Map<RecordedOperation, Operation>();
  for (const recorded of ancestorsOf(outputs)) made.set(recorded, translate(recorded, made, translation));
  const operations = [...made.values()];
  return {
    operations,
    outputs: outputs.map(it => made.get(it)!),
    complete: !operations.some(it => it.settings.has(UNSEEN)),
  };
}

/** In the order of evaluation: inputs before users. */
function ancestorsOf(outputs: readonly RecordedOperation[]): readonly RecordedOperation[] {
  const found = new Set<RecordedOperation>();
  const open = [...outputs];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...next.inputs);
  }
  return [...found].sort((a, b) => a.id - b.id);
}

function translate(
  recorded: RecordedOperation,
  made: ReadonlyMap<RecordedOperation, Operation>,
  translation: Translation,
): Operation {
  const { inputs, module: instance, parameters: tensors, operands: given, ...same } = recorded;
  const parameters = tensors.map(it => translation.parameter(it)).filter(it => it !== undefined);
  const module = (instance && translation.module(instance)) ?? ownerOf(recorded, parameters);
  const operands = given && translatedOperands(given, made, it => translation.parameter(it));
  return {
    ...same,
    inputs: inputs.map(it => made.get(it)!),
    parameters,
    ...(operands && { operands }),
    ...(module && { module }),
  };
}

/** A layer's parameters may be used by code around it: `F.linear(x, self.fc.weight)`. */
function ownerOf({ kind }: RecordedOperation, [first]: readonly Parameter[]): Module | undefined {
  const isLayer = kind === 'layer' || kind === 'norm' || kind === 'matmul';
  return isLayer && first?.module.layer !== undefined ? first.module : undefined;
}
