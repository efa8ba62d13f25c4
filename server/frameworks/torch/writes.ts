/** Writes values into tensors: logs draws, keeps what decides the values, and records how a parameter came by them. */
import type { Fans, InitSpec } from '../../../core/initializer.js';
import type { Size } from '../../../core/size.js';
import type { Machine } from '../../interpreter/machine.js';
import type { Value } from '../../interpreter/values.js';
import type { Building } from '../../model/building.js';
import type { Draw, Region, StorageWrite } from '../../model/draws.js';
import type { BoundArgument, CallTarget, InitializerCall, Write } from '../../model/parameters.js';
import type { Site } from '../../text/span.js';
import { drawnDtype, isComplex } from './dtypes.js';
import { torchOf } from './state.js';
import { addContents, inRegion, type LaterSpec, type RecordedCall, type RecordedWrite } from './storage.js';
import { countOf, isContiguous, isTensor, knownShape, regionOf, type Tensor } from './tensor.js';

export interface WriteRequest {
  readonly initializer: string;
  readonly spec: LaterSpec;
  readonly fans?: Fans | undefined;
  readonly origin: Write['origin'];
  readonly region?: Write['region'];
  readonly mixed?: boolean;
  readonly call?: RecordedCall | undefined;
  readonly powers?: Write['powers'] | undefined;
  /** Where it is written, when that is not the call being evaluated. */
  readonly site?: Site;
  readonly callee?: Site;
}

/** Adds to the history by which a parameter is judged; `drawInto` and `fillWith` keep what decides its values. */
export function recordWrite(machine: Machine, tensor: Tensor, request: WriteRequest): void {
  const { storage } = tensor;
  const region = request.region ?? (tensor.view.isWhole ? 'whole' : 'part');
  machine.touch(storage);
  storage.isRaw = false;
  if (region === 'whole') {
    storage.spec = request.spec;
    storage.fans = request.fans;
  } else storage.spec = specOfParts(storage.laterSpec, request.spec);
  const write = writeOf(machine, request, region);
  if (write === undefined) return;
  // Each copies those before it.
  machine.step(storage.history.length >> 5);
  storage.history = [...storage.history, write];
}

/** Of values that are computed it is asked when all of them are there. */
function specOfParts(before: LaterSpec, written: LaterSpec): LaterSpec | undefined {
  if (typeof before === 'function' || typeof written === 'function') return undefined;
  if (JSON.stringify(before) === JSON.stringify(written)) return before;
  return { kind: 'unknown', reason: 'its parts start differently' };
}

function writeOf(machine: Machine, request: WriteRequest, region: Write['region']): RecordedWrite | undefined {
  const callSite = machine.callSite();
  const site = request.site ?? request.call?.site ?? callSite?.site ?? machine.site();
  if (site === undefined) return undefined;
  const powers = request.powers ?? powersIn(request.call);
  const write: Building<RecordedWrite> = {
    site,
    callee: request.callee ?? request.call?.callee ?? callSite?.callee ?? site,
    origin: request.origin,
    region,
    initializer: request.initializer,
    spec: typeof request.spec === 'function' ? LATER : request.spec,
    certain: true,
    repeated: machine.flags.repeated > 0,
    context: contextOf(machine),
    chain: machine.chain(),
    order: machine.nextOrder(),
  };
  if (request.fans !== undefined) write.fans = request.fans;
  if (request.mixed) write.mixed = true;
  if (request.call !== undefined) write.call = request.call;
  if (powers !== undefined) write.powers = powers;
  return typeof request.spec === 'function' ? withLaterSpec(write, request.spec) : write;
}

const LATER: InitSpec = { kind: 'unknown', reason: 'it is told when it is asked for' };

const withLaterSpec = (write: RecordedWrite, spec: () => InitSpec): RecordedWrite =>
  Object.defineProperty(write, 'spec', { get: spec, enumerable: true });

function powersIn(call: RecordedCall | undefined): Write['powers'] {
  if (call === undefined || !call.args.some(isOnlyPower)) return undefined;
  return new Map(call.args.filter(isOnlyPower).map(it => [it.name, it.power!]));
}

const isOnlyPower = ({ value, power }: BoundArgument): boolean => value === undefined && power !== undefined;

/** A test that nothing calls is a test all the same. */
function contextOf({ flags: { uncalled, context } }: Machine): Write['context'] {
  return uncalled && context !== 'test' ? 'uncalled' : context;
}

/** Draws as many values as the tensor has, in its order, and lets them decide its contents. Answers the draw's index. */
export function drawInto(
  machine: Machine,
  tensor: Tensor,
  kind: string,
  args: readonly number[],
  generator?: number,
): number {
  if (kind === 'sparse_' && !isContiguous(tensor)) machine.inexact('a sparse draw into strided memory is not followed');
  const draw = drawOf(machine, tensor, kind, args);
  const index = logDraw(machine, generator === undefined ? draw : { ...draw, generator });
  const region = regionOf(tensor);
  const filled = region && drawsInMemoryOrder(kind) ? inMemoryOrder(region) : region;
  const isLost = tensor.storage.isLaidOutOtherwise && drawsInMemoryOrder(kind);
  const lost = isLost ? LAYOUT : isComplex(tensor.dtype) ? 'its numbers are complex' : undefined;
  const write: StorageWrite = lost !== undefined ? { kind: 'opaque', reason: lost } : drawWrite(machine, index);
  addContents(machine, tensor.storage, inRegion(write, filled));
  return index;
}

function drawWrite(machine: Machine, index: number): StorageWrite {
  const { draws } = torchOf(machine);
  return draws.foresight === undefined ? { kind: 'draw', index } : { kind: 'draw', index, oracle: draws };
}

const LAYOUT = 'it is drawn into memory that torch lays out as what it was computed from';

/** Kernels walk a strided tensor as it lies in memory; what is drawn elsewhere and copied comes by index. */
function drawsInMemoryOrder(kind: string): boolean {
  return kind !== 'orthogonal_' && kind !== 'randperm';
}

function inMemoryOrder({ offset, shape, strides }: Region): Region {
  const axes = [...shape.keys()].sort((a, b) => strides[b]! - strides[a]!);
  return { offset, shape: axes.map(axis => shape[axis]!), strides: axes.map(axis => strides[axis]!) };
}

const NOT_LOGGED = -1;

/** A draw of which the values go nowhere, or which is not of a tensor's shape. */
export function logDraw(machine: Machine, draw: Draw): number {
  // A finished network's forward is evaluated for its graph; in Python it would not have run yet.
  if (machine.flags.context === 'forward') return NOT_LOGGED;
  // Python would have made the import, and drawn, before the seed was set.
  if (machine.lateImports > 0) return NOT_LOGGED;
  if (draw.args.some(Number.isNaN)) machine.inexact('an argument of a draw is not known');
  return torchOf(machine).draws.add(draw);
}

export function drawOf(machine: Machine, tensor: Tensor, kind: string, args: readonly number[]): Draw {
  if (tensor.device === 'meta') return { ...nothing, kind, args };
  if (tensor.device !== 'cpu' && machine.flags.context !== 'forward')
    machine.inexact(`the values are drawn on ${tensor.device}`);
  const draw: Building<Draw> = {
    kind,
    args,
    count: isComplex(tensor.dtype) ? doubled(countOf(tensor.shape)) : countOf(tensor.shape),
    shape: knownShape(tensor.shape),
    dtype: drawnDtype(tensor.dtype),
    contiguous: isContiguous(tensor),
  };
  const site = machine.callSite()?.site ?? machine.site();
  if (site !== undefined) draw.site = site;
  return draw;
}

/** A complex number is drawn as two. */
const doubled = (count: number | undefined) => (count === undefined ? undefined : 2 * count);

/** Tensors on the meta device have no values: nothing is drawn. */
const nothing = { count: 0, shape: [0], dtype: 'float32', contiguous: true } as const;

/** Sets every element to a number; an unknown one leaves the contents opaque. */
export function fillWith(machine: Machine, tensor: Tensor, value: number | undefined): void {
  const write: StorageWrite =
    value === undefined
      ? { kind: 'opaque', reason: 'it is filled with an unknown value' }
      : { kind: 'constant', value };
  addContents(machine, tensor.storage, inRegion(write, regionOf(tensor)));
}

/** What a call was given as its tensor, before it is known to be a parameter. */
export function targetOf(given: Value): CallTarget {
  if (!isTensor(given)) return { kind: 'unknown', reason: 'it is not known which tensor this is' };
  const shape = given.shape?.every(it => it !== undefined) ? (given.shape as readonly Size[]) : undefined;
  const role = given.storage.ofUnseen?.kind;
  return { kind: 'tensor', ...(shape && { shape }), ...(role && { role }) };
}

/** The seed that the function which makes the call has set just before, where it is handed one layer at a time. */
export function seedBefore(machine: Machine, given: Value): InitializerCall['seed'] {
  const { frame } = machine;
  const isHandedIn = isTensor(given) && given.storage.ofUnseen?.isHandedIn === true;
  return frame !== undefined && isHandedIn ? torchOf(machine).seeds.get(frame) : undefined;
}

/** Remembers a call of an initializer, whatever it was given. */
export function recordCall(machine: Machine, call: RecordedCall): RecordedCall {
  torchOf(machine).calls.push(call);
  return call;
}
