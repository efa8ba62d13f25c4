/** Gives a tensor the values that an initializer asks for: draws or constants, and the record of it. */
import { type Fans, fansOf, type InitSpec } from '../../../../core/initializer.js';
import { isKnown, type Size } from '../../../../core/size.js';
import type { Machine } from '../../../interpreter/machine.js';
import { numberOf, sizeOf } from '../../../interpreter/machine.js';
import type { Value } from '../../../interpreter/values.js';
import type { StorageWrite } from '../../../model/draws.js';
import type { PowerOfSize, Write } from '../../../model/parameters.js';
import { type InitializerRow, initializerNamed, type Plain } from '../initializers.js';
import { addContents, inRegion, type RecordedCall } from '../storage.js';
import { countOf, isTensor, knownShape, regionOf, type Shape, type Tensor } from '../tensor.js';
import { drawInto, fillWith, recordWrite } from '../writes.js';
import { type ModuleInstance, member, membersOf, tensorsIn } from './instance.js';
import type { Plan, PlannedMember } from './plan.js';
import type { LayerRow, Start } from './row.js';

export interface StartOptions {
  readonly origin: Write['origin'];
  readonly call?: RecordedCall;
  readonly powers?: Write['powers'] | undefined;
}

/** Torch's fans of a tensor; undefined below rank 2 and where a size is unknown. */
export function tensorFans(shape: Shape): Fans | undefined {
  return shape === undefined || shape.includes(undefined) ? undefined : fansOf(shape as readonly Size[]);
}

/** What an initializer comes to for a tensor of a shape. */
export interface Beginning {
  readonly row: InitializerRow;
  readonly args: Plain;
  readonly fans: Fans | undefined;
  readonly spec: InitSpec;
  readonly draw: { readonly kind: string; readonly args: readonly number[] } | undefined;
  /** Arguments that are known up to a size. */
  readonly powers: Write['powers'] | undefined;
}

function beginningOf(shape: Shape, row: InitializerRow, args: Plain, powers?: Write['powers']): Beginning {
  const fans = tensorFans(shape);
  const subject = { shape, fans };
  const draw = row.draw?.(args, subject);
  return {
    row,
    args,
    fans,
    spec: row.spec(args, subject),
    draw: draw && { kind: draw.kind, args: draw.args.map(it => it ?? Number.NaN) },
    powers,
  };
}

export function initialize(
  machine: Machine,
  tensor: Tensor,
  row: InitializerRow,
  args: Plain,
  options: StartOptions,
): void {
  begin(machine, tensor, beginningOf(tensor.shape, row, args, options.powers), options);
}

function begin(machine: Machine, tensor: Tensor, beginning: Beginning, { origin, call }: StartOptions): void {
  const { row, args, fans, spec, draw, powers } = beginning;
  if (draw !== undefined) drawInto(machine, tensor, draw.kind, draw.args);
  else if (spec.kind === 'constant') fillWith(machine, tensor, spec.value);
  else addContents(machine, tensor.storage, inRegion(onesOf(tensor, args.get('groups')), regionOf(tensor)));
  recordWrite(machine, tensor, { initializer: row.name, spec, fans, origin, call, powers });
}

/** The largest identity or dirac tensor that is written out. */
const MOST_ELEMENTS = 2 ** 24;

function onesOf(tensor: Tensor, groups: unknown): StorageWrite {
  const shape = knownShape(tensor.shape);
  const count = countOf(tensor.shape);
  if (shape === undefined || count === undefined || count > MOST_ELEMENTS) {
    return { kind: 'opaque', reason: 'its size is not known' };
  }
  const values = new Float32Array(count);
  const [rows, columns, ...field] = shape as [number, number, ...number[]];
  const area = field.reduce((a, b) => a * b, 1);
  const centre = field.reduce((at, size) => at * size + Math.floor(size / 2), 0);
  const perGroup = Math.floor(rows / (typeof groups === 'number' ? groups : 1));
  for (let row = 0; row < rows; row++) {
    const column = row % perGroup;
    if (column < columns) values[(row * columns + column) * area + centre] = 1;
  }
  return { kind: 'data', values };
}

/** Draws what torch's `reset_parameters` draws for this parameter. */
export function startByDefault(machine: Machine, module: ModuleInstance, tensor: Tensor, start: Start): void {
  const beginning = defaultOf(module, tensor.shape, start);
  if (beginning !== undefined) begin(machine, tensor, beginning, BY_DEFAULT);
}

const BY_DEFAULT: StartOptions = { origin: 'default' };

function defaultOf(module: ModuleInstance, shape: Shape, start: Start): Beginning | undefined {
  const call = defaultCall(module, start);
  return call && beginningOf(shape, initializerNamed.get(call.name)!, call.args, call.powers);
}

interface DefaultCall {
  readonly name: string;
  readonly args: Plain;
  /** Arguments that are known up to a size. */
  readonly powers?: NonNullable<Write['powers']>;
}

function defaultCall(module: ModuleInstance, start: Start): DefaultCall | undefined {
  switch (start) {
    case 'kaiming_uniform':
      return kaimingUniform;
    case 'fan_in_uniform': {
      const fan = fanInOfWeight(module);
      return fan === 0 && isConvolution(module) ? undefined : withinRoot(fan);
    }
    case 'first_axis_uniform':
      return withinRoot(weightOf(module)?.shape?.[1]);
    case 'hidden_uniform':
      return withinRoot(sizeOf(module.own('hidden_size') ?? null));
    case 'xavier_uniform':
      return xavierUniform;
    case 'xavier_normal':
      return xavierNormal;
    case 'normal':
      return standardNormal;
    case 'zeros':
      return zeros;
    case 'ones':
      return ones;
    case 'init':
      return constant(numberOf(module.own('init') ?? null));
    case 'raw':
      return undefined;
  }
}

const callOf = (name: string, ...args: readonly (readonly [string, number | string])[]): DefaultCall => ({
  name,
  args: new Map(args),
});

const kaimingUniform = callOf(
  'kaiming_uniform_',
  ['a', Math.sqrt(5)],
  ['mode', 'fan_in'],
  ['nonlinearity', 'leaky_relu'],
);
const xavierUniform = callOf('xavier_uniform_', ['gain', 1]);
const xavierNormal = callOf('xavier_normal_', ['gain', 1]);
const standardNormal = callOf('normal_', ['mean', 0], ['std', 1]);
const zeros = callOf('zeros_');
const ones = callOf('ones_');

const constant = (value: number | undefined): DefaultCall =>
  value === undefined ? callOf('constant_') : callOf('constant_', ['val', value]);

/** Within ±1/√fan. */
function withinRoot(fan: Size | undefined): DefaultCall {
  if (fan === undefined) return callOf('uniform_');
  if (isKnown(fan)) return callOf('uniform_', ['a', -bound(fan)], ['b', bound(fan)]);
  const [a, b] = [-1, 1].map((coefficient): PowerOfSize => ({ coefficient, base: fan, exponent: -0.5 }));
  return {
    ...callOf('uniform_'),
    powers: new Map([
      ['a', a!],
      ['b', b!],
    ]),
  };
}

const bound = (fan: number): number => (fan > 0 ? 1 / Math.sqrt(fan) : 0);

function weightOf(module: ModuleInstance): Tensor | undefined {
  const weight = member(module, 'weight');
  return isTensor(weight) ? weight : undefined;
}

/** Convolutions that hear of nothing leave their bias as the memory is. */
const isConvolution = (module: ModuleInstance): boolean => (weightOf(module)?.shape?.length ?? 0) > 2;

const fanInOfWeight = (module: ModuleInstance): Size | undefined => tensorFans(weightOf(module)?.shape)?.fanIn;

/**
 * Draws every parameter that the module has, in the order of the row. With the plan of a constructor that has just made
 * them, how they start is found out once for all layers that are made alike.
 */
export function resetParameters(machine: Machine, module: ModuleInstance, row: LayerRow, plan?: Plan): void {
  if (row.stacked !== undefined) {
    for (const [, value] of membersOf(module, '_parameters')) reset(machine, module, value, 'hidden_uniform');
  }
  for (const { name, start } of row.parameters ?? []) {
    const value = member(module, name) ?? null;
    const planned = plan?.members.get(name);
    if (planned !== undefined && isTensor(value) && value.shape === planned.shape && !value.isLazy)
      resetAsPlanned(machine, module, value, start, planned);
    else reset(machine, module, value, start);
  }
  clearPaddingRow(machine, module);
}

function resetAsPlanned(
  machine: Machine,
  module: ModuleInstance,
  tensor: Tensor,
  start: Start,
  planned: PlannedMember,
): void {
  if (planned.start === undefined) planned.start = defaultOf(module, planned.shape, start) ?? null;
  if (planned.start !== null) begin(machine, tensor, planned.start, BY_DEFAULT);
}

function reset(machine: Machine, module: ModuleInstance, value: Value, start: Start): void {
  for (const tensor of tensorsIn(value)) if (!tensor.isLazy) startByDefault(machine, module, tensor, start);
}

/** An embedding's row for padding starts at zero. */
function clearPaddingRow(machine: Machine, module: ModuleInstance): void {
  const index = module.own('padding_idx');
  const weight = weightOf(module);
  if (typeof index !== 'number' || weight === undefined) return;
  const row = machine.getItem(weight, index);
  if (isTensor(row)) initialize(machine, row, initializerNamed.get('zeros_')!, new Map(), { origin: 'default' });
}
