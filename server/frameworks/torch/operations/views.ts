/** Views: tensors that share another's storage and show it in another shape. */
import type { Machine } from '../../../interpreter/machine.js';
import type { Region, StorageWrite } from '../../../model/draws.js';
import type { Setting } from '../graph.js';
import { torchOf } from '../state.js';
import { Storage } from '../storage.js';
import {
  contiguousStrides,
  countOf,
  isContiguous,
  knownShape,
  newTensor,
  regionOf,
  type Shape,
  type Tensor,
} from '../tensor.js';
import { approximationBehind } from './approximate.js';
import { constantOf, dataWrite, elementsOf } from './data.js';
import { isLaidOutOtherwise, tie } from './results.js';

export interface ViewRequest {
  readonly name: string;
  readonly shape: Shape;
  /** Absent where they cannot be told. */
  readonly strides?: readonly number[] | undefined;
  readonly offset?: number;
  /** True when it leaves elements out. */
  readonly isPart?: boolean;
  /** The source's axis behind each axis of the view. */
  readonly axes?: readonly (number | undefined)[] | undefined;
  readonly settings?: Iterable<readonly [string, Setting]>;
}

export function viewOf(machine: Machine, source: Tensor, request: ViewRequest): Tensor {
  machine.step();
  const isWhole = source.view.isWhole && request.isPart !== true;
  const view = newTensor(machine, request.shape, {
    dtype: source.dtype,
    device: source.device,
    storage: source.storage,
    view: { strides: request.strides, offset: request.offset ?? source.view.offset, isWhole },
  });
  show(view, source, request.axes);
  follow(machine, view, source, request);
  return view;
}

/** A view of what the forward graph follows is a step in it; a view of a parameter is still that parameter. */
function follow(machine: Machine, view: Tensor, source: Tensor, request: ViewRequest): void {
  const { gradEnabled } = torchOf(machine);
  view.requiresGrad = gradEnabled && source.requiresGrad;
  view.isLeaf = !view.requiresGrad;
  view.base = source.base ?? source;
  if (source.operation === undefined) return;
  tie(machine, view, { kind: 'shape', name: request.name, inputs: [source], settings: request.settings ?? [] });
}

function show(view: Tensor, source: Tensor, axes: ViewRequest['axes']): void {
  if (source.shows === undefined) return;
  const { parameter, axes: known } = source.shows;
  const mapped = known && axes?.map(axis => (axis === undefined ? undefined : known[axis]));
  view.shows = { parameter, axes: mapped };
}

/** The same elements in another shape: a view where memory allows, a copy otherwise. */
export function reshape(machine: Machine, source: Tensor, name: string, shape: Shape): Tensor {
  const strides = isContiguous(source) ? undefined : stridesAs(source, shape);
  if (strides !== undefined) return viewOf(machine, source, { name, shape, strides });
  if (!isContiguous(source)) return inOrder(machine, source, name, shape);
  const axes = knownShape(shape) && keptAxes(source.shape, shape);
  return viewOf(machine, source, { name, shape, strides: contiguousStrides(shape), axes });
}

/** A copy of which the elements lie in the order of their indices. */
export function inOrder(machine: Machine, source: Tensor, name: string, shape: Shape): Tensor {
  const copy = copyOf(machine, source);
  copy.storage.isLaidOutOtherwise = false;
  return viewOf(machine, copy, { name, shape, strides: contiguousStrides(shape) });
}

/** The strides under which the elements, as they lie, have another shape; undefined where they have to be copied. */
function stridesAs({ shape, view }: Tensor, to: Shape): readonly number[] | undefined {
  const [sizes, wanted] = [knownShape(shape), knownShape(to)];
  if (sizes === undefined || wanted === undefined || view.strides === undefined || sizes.includes(0)) return undefined;
  const strides = wanted.map(() => 0);
  let next = wanted.length - 1;
  let [run, taken] = [1, 1];
  let step = view.strides.at(-1) ?? 1;
  for (let axis = sizes.length - 1; axis >= 0; axis--) {
    run *= sizes[axis]!;
    const isBroken = axis === 0 || (sizes[axis - 1] !== 1 && view.strides[axis - 1] !== run * step);
    if (!isBroken) continue;
    for (; next >= 0 && (taken < run || wanted[next] === 1); next--) {
      strides[next] = taken * step;
      taken *= wanted[next]!;
    }
    if (taken !== run) return undefined;
    step = view.strides[axis - 1] ?? 1;
    [run, taken] = [1, 1];
  }
  return next < 0 ? strides : undefined;
}

/** Leading and trailing axes that a reshape leaves alone. */
function keptAxes(from: Shape, to: Shape): readonly (number | undefined)[] | undefined {
  if (from === undefined || to === undefined) return undefined;
  const squeezed = from.map((size, axis) => ({ size, axis })).filter(it => it.size !== 1);
  const target = to.filter(size => size !== 1);
  if (squeezed.length !== target.length || squeezed.some((it, i) => it.size !== target[i])) return undefined;
  let next = 0;
  return to.map(size => (size === 1 ? undefined : squeezed[next++]!.axis));
}

/** The same view without history: `detach()` and `.data`. */
export function detached(machine: Machine, source: Tensor): Tensor {
  const { shape, dtype, device, storage, view } = source;
  const result = newTensor(machine, shape, { dtype, device, storage, view });
  result.shows = source.shows;
  result.operation = source.operation;
  return result;
}

/** A tensor with the same values in memory of its own, in order. */
/** A copy of a parameter, or of a view of it, has memory of its own. */
export function noteCopy(copy: Tensor, { shows, operation, view }: Tensor, how: string): void {
  if (shows === undefined || operation !== undefined || !view.isWhole) return;
  copy.storage.copyOf = { parameter: shows.parameter, how };
}

export function copyOf(machine: Machine, source: Tensor): Tensor {
  machine.step();
  const storage = new Storage(source.dtype, countOf(source.shape));
  storage.contents = contentsOfCopy(source);
  storage.isRaw = source.storage.isRaw;
  storage.isLaidOutOtherwise = isLaidOutOtherwise(source);
  storage.spec = source.storage.laterSpec;
  storage.fans = source.storage.fans;
  storage.history = source.shows === undefined ? source.storage.history.slice(-1) : [];
  const copy = newTensor(machine, source.shape, { dtype: source.dtype, device: source.device, storage });
  copy.requiresGrad = torchOf(machine).gradEnabled && source.requiresGrad;
  copy.isLeaf = !copy.requiresGrad;
  copy.operation = source.operation;
  noteCopy(copy, source, 'clone');
  if (source.operation === undefined && source.shows !== undefined) {
    tie(machine, copy, { kind: 'shape', name: 'clone', inputs: [source] });
  }
  return copy;
}

/** A write that puts a tensor's values to a part of a storage. */
export function placedAt(region: Region, source: Tensor): StorageWrite {
  const constant = constantOf(source);
  const elements = constant === undefined ? elementsOf(source) : undefined;
  const behind = approximationBehind(source);
  const approximate = behind === undefined ? {} : { approximate: behind };
  if (constant !== undefined) return { kind: 'constant', value: constant, region, ...approximate };
  if (elements !== undefined) return dataWrite(elements, { region, ...approximate });
  return { kind: 'copy', source: contentsOfCopy(source), region };
}

/** What decides the values of a tensor, as the contents of a storage that is just it. */
export function contentsOfCopy(source: Tensor): readonly StorageWrite[] {
  const { contents } = source.storage;
  const from = regionOf(source);
  if (from === undefined || contents.length === 0) return contents;
  const approximate = approximationBehind(source);
  const constant = constantOf(source);
  if (constant !== undefined) return [{ kind: 'constant', value: constant, ...(approximate && { approximate }) }];
  const elements = elementsOf(source);
  if (elements !== undefined) return [dataWrite(elements, approximate === undefined ? {} : { approximate })];
  return [{ kind: 'copy', source: contents, from }];
}
