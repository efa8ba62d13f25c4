/** Turns a row of the table into a class that behaves as if Python had defined it. */
import type { Machine } from '../../../interpreter/machine.js';
import { native, nativeClass, rawNative, signatureOf } from '../../../interpreter/native.js';
import { plainNumber } from '../../../interpreter/numbers.js';
import {
  type ClassValue,
  NativeFunction,
  type NativeSignature,
  Union,
  type Value,
} from '../../../interpreter/values.js';
import { isTensor, knownShape, newTensor, wholeView } from '../tensor.js';
import { fillWith } from '../writes.js';
import { type Assignment, assignmentsOf, evaluate, holds, type Names, shapeOf, valueIn } from './expression.js';
import { ModuleInstance, member, put, slotOf } from './instance.js';
import { forwardOf } from './layer-forward.js';
import { initializeAlike, initializeModule, overrides } from './module.js';
import { asParameter, lazyParameter, newParameter, type Placement } from './parameter.js';
import { type Attribute, isPlain, type Plan, type PlannedMember, plansOf } from './plan.js';
import { stackedParameters } from './recurrent.js';
import { checkSizes, refuse } from './refusals.js';
import type { BufferRow, LayerRow, ParameterRow } from './row.js';
import { resetParameters, startByDefault } from './start.js';

/** Finds what a row's expressions may call: other layers, and the few functions of words.ts. */
export type Vocabulary = (name: string) => Value | undefined;

export function layerClass(row: LayerRow, base: ClassValue, vocabulary: Vocabulary): ClassValue {
  const reset = row.reset ?? 'reset_parameters';
  const members: (readonly [string, Value])[] = [['__init__', constructorOf(row, reset, vocabulary)]];
  if (drawsByDefault(row)) {
    members.push([
      reset,
      native(reset, 'self', (machine, self) => {
        resetParameters(machine, self as ModuleInstance, row);
        return null;
      }),
    ]);
  }
  if (row.forward !== undefined) members.push(['forward', forwardOf(row)]);
  else if (row.file === 'loss') members.push(['forward', unseenForward(row)]);
  return nativeClass(row.name, `torch.nn.modules.${row.file}`, [base], members);
}

/** Nothing is told of what losses compute. */
const unseenForward = ({ name }: LayerRow): Value =>
  rawNative('forward', machine => machine.unknown(`what \`${name}\` computes is not followed`));

const drawsByDefault = (row: LayerRow): boolean => row.parameters !== undefined || row.stacked !== undefined;

function constructorOf(row: LayerRow, reset: string, vocabulary: Vocabulary): Value {
  const parameters = row.signature === '' ? 'self' : `self, ${row.signature}`;
  const plans = plansOf(row);
  const signature = signatureOf(parameters);
  let places: Places | undefined;
  const initialize = ({ machine, self, values }: Call): Value => {
    places ??= placesIn(signature);
    const args = new LayerArguments(places, values);
    const plan = plans.for(values);
    construct(machine, self, row, args, vocabulary, plan);
    if (weightGiven(args) !== null) return null;
    const { replacedInitializer } = machine.patches ?? {};
    if (replacedInitializer !== undefined) machine.inexact(`\`${replacedInitializer}\` is replaced`);
    if (overrides(machine, self, reset)) machine.callMethod(self, reset);
    else if (drawsByDefault(row)) resetParameters(machine, self, row, plan);
    else if (row.reset !== undefined) machine.callMethod(self, reset);
    for (const [path, start] of row.afterwards ?? []) startAfterwards(machine, self, path, start);
    return null;
  };
  return new NativeFunction('__init__', signature, (machine, _, bound) =>
    initialize({ machine, self: bound[0] as ModuleInstance, values: plainBehind(bound) }),
  );
}

interface Call {
  readonly machine: Machine;
  readonly self: ModuleInstance;
  /** Of its arguments, in the order of the signature. */
  readonly values: readonly Value[];
}

function plainBehind(bound: readonly Value[]): readonly Value[] {
  const values = new Array<Value>(bound.length - 1);
  for (let i = 1; i < bound.length; i++) values[i - 1] = plainNumber(bound[i]!);
  return values;
}

/** Where each argument stands. */
type Places = ReadonlyMap<string, number>;

const placesIn = ({ parameters }: NativeSignature): Places =>
  new Map(parameters.slice(1).map(({ name }, index) => [name, index]));

/** Arguments by name, without a table of their own for every layer. */
class LayerArguments {
  constructor(
    private readonly places: Places,
    private readonly values: readonly Value[],
  ) {}

  get(name: string): Value | undefined {
    const place = this.places.get(name);
    return place === undefined ? undefined : this.values[place];
  }
}

/** Embeddings may be given their weight: then nothing is drawn. */
const weightGiven = (args: LayerArguments): Value => args.get('_weight') ?? null;

/** One run of a constructor. */
interface Construction {
  readonly machine: Machine;
  readonly self: ModuleInstance;
  readonly row: LayerRow;
  readonly args: LayerArguments;
  /** What the row's expressions may name: arguments first. */
  readonly names: Names;
  readonly placement: Placement;
  readonly plan: Plan | undefined;
}

/** What its parameters and settings take beyond the call, and what is asked of them later. */
const STEPS_PER_LAYER = 8;

function construct(
  machine: Machine,
  self: ModuleInstance,
  row: LayerRow,
  args: LayerArguments,
  vocabulary: Vocabulary,
  plan?: Plan,
): void {
  machine.step(STEPS_PER_LAYER);
  const isAlike = plan?.shared !== undefined && initializeAlike(machine, self, plan.shared);
  if (!isAlike) initializeModule(machine, self);
  const waiting = row.lazy?.argument;
  const names: Names = name => {
    const value = name === waiting ? 0 : args.get(name);
    return value === undefined ? vocabulary(name) : value;
  };
  const placement = { device: args.get('device'), dtype: args.get('dtype') };
  const construction = { machine, self, row, args, names, placement, plan };
  refuse(machine, row, names, plan);
  const later = isAlike ? NONE : setAttributes(construction);
  const parameters = row.stacked === undefined ? (row.parameters ?? []) : stackedParameters(machine, self);
  for (const parameter of parameters) addParameter(construction, parameter);
  for (const buffer of row.buffers ?? []) addBuffer(construction, buffer);
  for (const { name, value } of assignmentsIn(row.children)) {
    machine.setAttribute(self, name, valueIn(machine, value, names));
  }
  for (const [name, value] of later) machine.setAttribute(self, name, value);
}

const NONE: readonly never[] = [];

/** Modules and tensors among the attributes are registered, after the children: those are answered. */
function setAttributes(construction: Construction): readonly Attribute[] {
  const { machine, self } = construction;
  const later: Attribute[] = [];
  machine.touch(self);
  for (const attribute of attributesFor(construction)) {
    const [name, value] = attribute;
    if (value instanceof ModuleInstance || isTensor(value)) later.push(attribute);
    else self.attributes.set(name, value);
  }
  return later;
}

function attributesFor({ machine, row, names, plan }: Construction): readonly Attribute[] {
  if (plan?.attributes !== undefined) return plan.attributes;
  const attributes = assignmentsIn(row.attributes).map(it => [it.name, valueIn(machine, it.value, names)] as const);
  if (plan !== undefined && attributes.every(([, value]) => isPlain(value))) {
    plan.attributes = attributes;
    plan.shared = new Map([['training', true], ...attributes]);
  }
  return attributes;
}

/** Whether a parameter or buffer is there, and its shape. */
function memberFor(
  { machine, row, names, plan: own }: Construction,
  { name, when, shape }: ParameterRow | BufferRow,
): PlannedMember {
  // The size of a lazy layer is told by its input.
  const plan = row.lazy === undefined ? own : undefined;
  const planned = plan?.members.get(name);
  if (planned !== undefined) return planned;
  const exists = holds(machine, when, names);
  const sizes = exists === false ? null : evaluate(machine, shape, names);
  checkSizes(machine, sizes);
  const of = shapeOf(machine, sizes);
  const member = { exists, shape: of, view: wholeView(of) };
  if (exists === false || knownShape(member.shape) !== undefined) plan?.members.set(name, member);
  return member;
}

const assignments = new Map<string, readonly Assignment[]>();

function assignmentsIn(text: string | undefined): readonly Assignment[] {
  if (text === undefined || text === '') return [];
  let parsed = assignments.get(text);
  if (parsed === undefined) {
    parsed = assignmentsOf(text);
    assignments.set(text, parsed);
  }
  return parsed;
}

/** A bias that may or may not be there is either: what is drawn after it cannot be told. */
function addParameter(construction: Construction, parameter: ParameterRow): void {
  const { machine, self, row, args, placement } = construction;
  const slot = slotOf(self, '_parameters')!;
  const given = weightGiven(args);
  if (given !== null) {
    put(machine, slot, parameter.name, isTensor(given) ? asParameter(machine, given) : given);
    return;
  }
  const { exists, shape, view } = memberFor(construction, parameter);
  if (exists === false) {
    if (row.stacked === undefined) addAbsent(machine, self, parameter);
    return;
  }
  if (self.own(parameter.name) !== undefined) self.attributes.delete(parameter.name);
  const tensor =
    row.lazy === undefined ? newParameter(machine, shape, placement, view) : lazyParameter(machine, placement);
  if (exists === undefined) machine.inexact(`it is not known whether there is a ${parameter.name}`);
  put(machine, slot, parameter.name, exists === undefined ? new Union([tensor, null]) : tensor);
}

function addAbsent(machine: Machine, self: ModuleInstance, { name }: ParameterRow): void {
  if (self.own(name) === undefined) put(machine, slotOf(self, '_parameters')!, name, null);
}

function addBuffer(construction: Construction, buffer: BufferRow): void {
  const { machine, self, row } = construction;
  const { exists, shape } = memberFor(construction, buffer);
  const slot = slotOf(self, '_buffers')!;
  if (exists === false) {
    put(machine, slot, buffer.name, null);
    return;
  }
  const waits = row.lazy !== undefined && buffer.shape.includes(row.lazy.argument);
  const tensor = newTensor(machine, waits ? undefined : shape, buffer.dtype ? { dtype: buffer.dtype } : {});
  fillWith(machine, tensor, buffer.value);
  put(machine, slot, buffer.name, tensor);
}

function startAfterwards(machine: Machine, self: Value, path: string, start: ParameterRow['start']): void {
  const names = path.split('.');
  const last = names.pop()!;
  let owner = self;
  for (const name of names) owner = machine.getAttribute(owner, name);
  const tensor = owner instanceof ModuleInstance ? member(owner, last) : undefined;
  if (isTensor(tensor)) startByDefault(machine, owner as ModuleInstance, tensor, start);
}
