/** Records what forward does, while it is evaluated, and turns it into the model's graph. */
import type { Machine } from '../../interpreter/machine.js';
import { type Instance, List, Tuple, Unknown, type Value } from '../../interpreter/values.js';
import type { Building } from '../../model/building.js';
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
}

export interface RecordOptions {
  /** Parameters read directly, beside those among the inputs. */
  readonly parameters?: readonly Tensor[];
  readonly module?: Instance;
  readonly shape?: Shape;
  readonly settings?: Iterable<readonly [string, Setting]> | undefined;
}

const NO_SETTINGS: ReadonlyMap<string, Setting> = new Map();

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
    const operations: RecordedOperation[] = [];
    for (const input of inputs) this.#collect(machine, input, operations);
    const operation: Building<RecordedOperation> = {
      id: this.nextId++,
      kind,
      name: layer !== undefined && (kind === 'layer' || kind === 'norm') ? layer.name : name,
      inputs: operations,
      parameters: parametersIn(inputs, options.parameters),
      settings: options.settings === undefined ? NO_SETTINGS : new Map(options.settings),
    };
    const operands = operandsOf(inputs);
    if (operands !== undefined) operation.operands = operands;
    if (module !== undefined) operation.module = module;
    if (options.shape !== undefined) operation.shape = options.shape;
    if (site !== undefined) operation.site = site;
    return operation;
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
    const found: RecordedOperation[] = [];
    this.#collect(machine, value, found);
    return found;
  }

  #collect(machine: Machine, value: Value, found: RecordedOperation[]): void {
    if (isTensor(value)) {
      if (value.operation !== undefined) found.push(value.operation);
    } else if (value instanceof Tuple || value instanceof List) {
      for (const item of value.items) this.#collect(machine, item, found);
    } else if (value instanceof Unknown && value.inputs !== undefined && value.inputs.length > 0) {
      found.push(this.opaqueOf(machine, value, value.inputs));
    }
  }

  /** One operation stands for all that was done out of sight. */
  private opaqueOf(machine: Machine, unknown: Unknown, inputs: readonly Value[]): RecordedOperation {
    let operation = this.opaque.get(unknown);
    if (operation === undefined) {
      operation = this.record(machine, 'opaque', unknown.reason, inputs, { settings: [[UNSEEN, true]] });
      this.opaque.set(unknown, operation);
    }
    return operation;
  }
}

/** Parameters that the values show, each once, and others that are known to go in. */
function parametersIn(values: readonly Value[], others: readonly Tensor[] | undefined): readonly Tensor[] {
  const found: Tensor[] = [];
  collectParameters(values, found);
  const shown = found.length > 1 ? [...new Set(found)] : found;
  return others === undefined ? shown : [...shown, ...others];
}

function collectParameters(values: readonly Value[], found: Tensor[]): void {
  for (const value of values) {
    const shown = parameterShownBy(value);
    if (shown !== undefined) found.push(shown);
    else if (value instanceof Tuple || value instanceof List) collectParameters(value.items, found);
  }
}

/** Of a tensor that nothing was computed for: the parameter, or a view of one. */
export const parameterShownBy = (value: Value): Tensor | undefined =>
  isTensor(value) && value.operation === undefined ? value.shows?.parameter : undefined;

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
  return [...backwards(outputs)].sort((a, b) => a.id - b.id);
}

/** What the outputs were made from, themselves included, from the end; each once. */
export function* backwards(outputs: readonly RecordedOperation[]): Generator<RecordedOperation> {
  const found = new Set<RecordedOperation>();
  const open = [...outputs];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    yield next;
    open.push(...next.inputs);
  }
}

function translate(
  recorded: RecordedOperation,
  made: ReadonlyMap<RecordedOperation, Operation>,
  translation: Translation,
): Operation {
  const { id, kind, name, shape, settings, site } = recorded;
  const parameters = recorded.parameters.map(it => translation.parameter(it)).filter(it => it !== undefined);
  const module = (recorded.module && translation.module(recorded.module)) ?? ownerOf(recorded, parameters);
  const operands = recorded.operands && translatedOperands(recorded.operands, made, it => translation.parameter(it));
  const inputs = recorded.inputs.map(it => made.get(it)!);
  const operation: Building<Operation> = { id, kind, name, inputs, parameters, settings };
  if (operands !== undefined) operation.operands = operands;
  if (module !== undefined) operation.module = module;
  if (shape !== undefined) operation.shape = shape;
  if (site !== undefined) operation.site = site;
  return operation;
}

/** A layer's parameters may be used by code around it: `F.linear(x, self.fc.weight)`. */
function ownerOf({ kind }: RecordedOperation, [first]: readonly Parameter[]): Module | undefined {
  const isLayer = kind === 'layer' || kind === 'norm' || kind === 'matmul';
  return isLayer && first?.module.layer !== undefined ? first.module : undefined;
}
