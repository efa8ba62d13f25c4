/** The view family: methods and functions that answer the same elements in another shape. */
import { floorDivide, isKnown, type Size } from '../../../../core/size.js';
import type { Machine } from '../../../interpreter/machine.js';
import { Tuple, type Value } from '../../../interpreter/values.js';
import { axesOf, axisOf, dtypeOf, integerValue, isMissing, itemsOf, sizesOf, sizeValue } from '../arguments.js';
import { type Dtype, dtypes } from '../dtypes.js';
import { reshaped } from '../shapes.js';
import { elementsOf, isContiguous, isTensor, type Shape, type Tensor } from '../tensor.js';
import { permuted, selected, sliced, squeezed, swapped, unsqueezed } from './axes.js';
import { opaqueResult, resultOf } from './results.js';
import { type Operation, operation } from './variants.js';
import { copyOf, inOrder, reshape, viewOf } from './views.js';

type OnTensor = (machine: Machine, source: Tensor, ...bound: Value[]) => Value;

/** Of a value that is no tensor, nothing but its tie to the graph is known. */
export function onTensor(name: string, run: OnTensor) {
  return (machine: Machine, source: Value, ...bound: Value[]): Value =>
    isTensor(source) ? run(machine, source, ...bound) : opaqueResult(machine, name, [source]);
}

function view(name: string, signature: string, run: OnTensor, places: Operation['places'] = 'both'): Operation {
  return operation(name, signature, onTensor(name, run), { places });
}

const rankOf = (source: Tensor): number | undefined => source.shape?.length;

/** An axis of the result of `unsqueeze` and `stack`, which has one more. */
export function newAxis(value: Value | undefined, rank: number | undefined): number | undefined {
  return axisOf(value, rank === undefined ? undefined : rank + 1);
}

export const views: readonly Operation[] = [
  view('view', 'input, *shape, dtype=None', viewed, 'method'),
  view(
    'reshape',
    'input, *shape',
    (m, x, shape) => reshape(m, x, 'reshape', reshaped(x.shape, sizesOf(m, shape))),
    'method',
  ),
  view(
    'reshape',
    'input, shape',
    (m, x, shape) => reshape(m, x, 'reshape', reshaped(x.shape, sizesOf(m, shape))),
    'function',
  ),
  ...['view_as', 'reshape_as'].map(name =>
    view(
      name,
      'input, other',
      (m, x, other) => reshape(m, x, name, isTensor(other) ? other.shape : undefined),
      'method',
    ),
  ),
  view('flatten', 'input, start_dim=0, end_dim=-1', flattened),
  view('ravel', 'input', (m, x) => flattened(m, x, 0, -1)),
  view('unflatten', 'input, dim, sizes', unflattened),
  view('unsqueeze', 'input, dim', (m, x, dim) => unsqueezed(m, x, newAxis(dim, rankOf(x)))),
  view('squeeze', 'input, dim=None', (m, x, dim) =>
    squeezed(m, x, isMissing(dim) ? undefined : axesOf(m, dim, rankOf(x))),
  ),
  ...['transpose', 'swapaxes', 'swapdims'].map(name =>
    view(name, 'input, dim0, dim1', (m, x, a, b) => swapped(m, x, name, axisOf(a, rankOf(x)), axisOf(b, rankOf(x)))),
  ),
  view('t', 'input', (m, x) => (rankOf(x) === 1 ? x : swapped(m, x, 't', 0, 1))),
  view('adjoint', 'input', (m, x) => swappedLast(m, x, 'adjoint')),
  view('permute', 'input, *dims', (m, x, dims) => permuted(m, x, 'permute', orderOf(m, x, dims)), 'method'),
  view('permute', 'input, dims', (m, x, dims) => permuted(m, x, 'permute', orderOf(m, x, dims)), 'function'),
  ...['movedim', 'moveaxis'].map(name =>
    view(name, 'input, source, destination', (m, x, from, to) => moved(m, x, from, to)),
  ),
  view('expand', 'input, *size', (m, x, size) => expanded(m, x, sizesOf(m, size)), 'method'),
  view(
    'expand_as',
    'input, other',
    (m, x, other) => expanded(m, x, isTensor(other) ? other.shape : undefined),
    'method',
  ),
  view('broadcast_to', 'input, size', (m, x, size) => expanded(m, x, sizesOf(m, size))),
  view('narrow', 'input, dim, start, length', (m, x, dim, start, length) => narrowed(m, x, dim, start, length)),
  view('select', 'input, dim, index', (m, x, dim, index) =>
    selected(m, x, axisOf(dim, rankOf(x)) ?? 0, integerValue(index)),
  ),
  view('unbind', 'input, dim=0', unbound),
  view('chunk', 'input, chunks, dim=0', chunked),
  view('tensor_split', 'input, indices_or_sections, dim=0', chunked),
  view('split', 'input, split_size_or_sections, dim=0', split),
  view('split_with_sizes', 'input, split_sizes, dim=0', split),
  view('diagonal', 'input, offset=0, dim1=0, dim2=1', diagonal),
  view('unfold', 'input, dimension, size, step', unfolded, 'method'),
  view('contiguous', 'input, *, memory_format=None', (m, x) => contiguous(m, x), 'method'),
  view('clone', 'input, *, memory_format=None', (m, x) => copyOf(m, x)),
  ...['alias', 'positive', 'resolve_conj', 'resolve_neg', 'pin_memory', 'view_as_real', 'view_as_complex'].map(name =>
    view(name, 'input', (_, x) => x),
  ),
];

function viewed(machine: Machine, source: Tensor, shape?: Value, dtype?: Value): Value {
  const [first] = itemsOf(machine, shape) ?? [];
  const asType = dtypeOf(machine, first ?? null) ?? dtypeOf(machine, dtype);
  if (asType !== undefined) return reinterpreted(machine, source, asType);
  return reshape(machine, source, 'view', reshaped(source.shape, sizesOf(machine, shape)));
}

/** The same bytes read as another type. */
function reinterpreted(machine: Machine, source: Tensor, dtype: Dtype): Value {
  if (source.dtype === dtype) return source;
  const last = source.shape?.at(-1);
  const ratio = dtypes[source.dtype].bytes / dtypes[dtype].bytes;
  const shape = source.shape?.with(-1, typeof last === 'number' ? last * ratio : undefined);
  return resultOf(machine, { kind: 'opaque', name: 'view', inputs: [source], shape, dtype });
}

function flattened(machine: Machine, source: Tensor, start?: Value, end?: Value): Value {
  const { shape } = source;
  const [from, to] = [axisOf(start, shape?.length), axisOf(end, shape?.length)];
  if (shape === undefined || from === undefined || to === undefined)
    return reshape(machine, source, 'flatten', rankOne(start, end));
  if (shape.length === 0) return reshape(machine, source, 'flatten', [1]);
  const middle = elementsOf(shape.slice(from, to + 1));
  return reshape(machine, source, 'flatten', [...shape.slice(0, from), middle, ...shape.slice(to + 1)]);
}

/** What `flatten(1)` leaves of an unknown rank: two axes. */
function rankOne(start?: Value, end?: Value): Shape {
  const from = integerValue(start);
  if (from === undefined || from < 0 || integerValue(end) !== -1) return undefined;
  return Array.from({ length: from + 1 }, () => undefined);
}

function unflattened(machine: Machine, source: Tensor, dim?: Value, sizes?: Value): Value {
  const axis = axisOf(dim, source.shape?.length);
  const parts = sizesOf(machine, sizes);
  if (source.shape === undefined || axis === undefined || parts === undefined)
    return reshape(machine, source, 'unflatten', undefined);
  const filled = reshaped([source.shape[axis]], parts) ?? parts;
  return reshape(machine, source, 'unflatten', source.shape.toSpliced(axis, 1, ...filled));
}

export function swappedLast(machine: Machine, source: Tensor, name: string): Tensor {
  const rank = source.shape?.length;
  return rank === undefined
    ? permuted(machine, source, name, undefined)
    : swapped(machine, source, name, rank - 2, rank - 1);
}

/** `.T` of any rank: all axes backwards. */
export function reversed(machine: Machine, source: Tensor): Tensor {
  return permuted(machine, source, 'T', source.shape && [...source.shape.keys()].reverse());
}

function orderOf(machine: Machine, source: Tensor, dims: Value | undefined): readonly number[] | undefined {
  const items = itemsOf(machine, dims);
  const flat = items?.length === 1 && itemsOf(machine, items[0]) !== undefined ? items[0] : dims;
  return axesOf(machine, flat, source.shape?.length);
}

function moved(machine: Machine, source: Tensor, from?: Value, to?: Value): Value {
  const rank = source.shape?.length;
  const [sources, targets] = [axesOf(machine, from, rank), axesOf(machine, to, rank)];
  if (rank === undefined || sources === undefined || targets === undefined)
    return permuted(machine, source, 'movedim', undefined);
  const rest = [...source.shape!.keys()].filter(axis => !sources.includes(axis));
  const order = Array.from({ length: rank }, (_, axis) => {
    const at = targets.indexOf(axis);
    return at >= 0 ? sources[at]! : rest.shift()!;
  });
  return permuted(machine, source, 'movedim', order);
}

/** −1 keeps a size; new axes come in front. */
function expanded(machine: Machine, source: Tensor, target: Shape): Tensor {
  const { shape, view: where } = source;
  if (shape === undefined || target === undefined) return viewOf(machine, source, { name: 'expand', shape: target });
  const added = target.length - shape.length;
  const sizes = target.map((size, axis) => (size === -1 ? shape[axis - added] : size));
  const strides =
    where.strides && sizes.map((_, axis) => (shape[axis - added] === 1 ? 0 : (where.strides![axis - added] ?? 0)));
  const axes = sizes.map((_, axis) => (axis < added ? undefined : axis - added));
  return viewOf(machine, source, { name: 'expand', shape: sizes, strides, axes });
}

function narrowed(machine: Machine, source: Tensor, dim?: Value, start?: Value, length?: Value): Value {
  const axis = axisOf(dim, source.shape?.length) ?? 0;
  const [from, count] = [integerValue(start), sizeValue(length)];
  const stop = from !== undefined && typeof count === 'number' ? from + count : undefined;
  return sliced(machine, source, axis, { start: from, stop, step: 1 }, 'narrow');
}

function unbound(machine: Machine, source: Tensor, dim?: Value): Value {
  const axis = axisOf(dim, source.shape?.length);
  const size = axis === undefined ? undefined : source.shape?.[axis];
  if (axis === undefined || size === undefined || !isKnown(size))
    return openParts(machine, source, someSelected(machine, source, axis));
  return new Tuple(Array.from({ length: size }, (_, i) => selected(machine, source, axis, i)));
}

function chunked(machine: Machine, source: Tensor, chunks?: Value, dim?: Value): Value {
  const count = integerValue(chunks);
  const axis = axisOf(dim, source.shape?.length);
  if (count === undefined) return openParts(machine, source, somePart(machine, source, axis, 'chunk'));
  const size = axis === undefined ? undefined : source.shape?.[axis];
  if (size !== undefined && isKnown(size)) return parts(machine, source, axis!, evenParts(size, count), 'chunk');
  const part = size === undefined ? undefined : floorDivide(size, count);
  return parts(
    machine,
    source,
    axis ?? 0,
    Array.from({ length: count }, () => part),
    'chunk',
  );
}

function evenParts(size: number, count: number): readonly number[] {
  if (size === 0) return Array.from({ length: count }, () => 0);
  const each = Math.ceil(size / count);
  return Array.from({ length: Math.ceil(size / each) }, (_, i) => Math.min(each, size - i * each));
}

function split(machine: Machine, source: Tensor, sections?: Value, dim?: Value): Value {
  const axis = axisOf(dim, source.shape?.length);
  const sizes = itemsOf(machine, sections);
  if (sizes !== undefined) return parts(machine, source, axis ?? 0, sizes.map(sizeValue), 'split');
  const [each, size] = [sizeValue(sections), axis === undefined ? undefined : source.shape?.[axis]];
  const count = each === undefined || size === undefined || each === 0 ? undefined : floorDivide(size, each);
  if (each === undefined || count === undefined || !isKnown(count))
    return openParts(machine, source, somePart(machine, source, axis, 'split', each));
  if (isKnown(each) && isKnown(size!))
    return parts(machine, source, axis!, evenParts(size, Math.max(1, Math.ceil(size / each))), 'split');
  return parts(
    machine,
    source,
    axis!,
    Array.from({ length: count }, () => each),
    'split',
  );
}

/** Pieces of which the number is not known, each like this one. */
const openParts = (machine: Machine, source: Tensor, each: Tensor): Value =>
  machine.unknown('the number of parts is not known', { inputs: [source], each });

function someSelected(machine: Machine, source: Tensor, axis: number | undefined): Tensor {
  const part = selected(machine, source, axis ?? 0, undefined);
  if (axis === undefined) part.shape = undefined;
  return part;
}

/** One of them, wherever it lies. */
function somePart(machine: Machine, source: Tensor, axis: number | undefined, name: string, size?: Size): Tensor {
  const part = sliced(machine, source, axis ?? 0, { start: undefined, stop: undefined, step: 1 }, name);
  part.shape = axis === undefined ? undefined : part.shape?.with(axis, size);
  return part;
}

/** Consecutive pieces along an axis. Places are known while the sizes before are numbers. */
function parts(
  machine: Machine,
  source: Tensor,
  axis: number,
  sizes: readonly (Size | undefined)[],
  name: string,
): Value {
  let start: number | undefined = 0;
  return new Tuple(
    sizes.map(size => {
      const stop: number | undefined = start !== undefined && typeof size === 'number' ? start + size : undefined;
      const part = sliced(machine, source, axis, { start, stop, step: 1 }, name);
      part.shape = part.shape?.with(axis, size);
      start = stop;
      return part;
    }),
  );
}

function diagonal(machine: Machine, source: Tensor, offset?: Value, dim1?: Value, dim2?: Value): Value {
  const rank = source.shape?.length;
  const [a, b, shift] = [axisOf(dim1, rank), axisOf(dim2, rank), integerValue(offset)];
  const { shape, view: where } = source;
  if (shape === undefined || a === undefined || b === undefined)
    return viewOf(machine, source, { name: 'diagonal', shape: undefined, isPart: true });
  const rest = [...shape.keys()].filter(axis => axis !== a && axis !== b);
  const [rows, columns] = [shape[a], shape[b]];
  const isPlaced = typeof rows === 'number' && typeof columns === 'number' && shift !== undefined;
  const length = isPlaced ? Math.max(0, Math.min(rows + Math.min(0, shift), columns - Math.max(0, shift))) : undefined;
  return viewOf(machine, source, {
    name: 'diagonal',
    shape: [...rest.map(axis => shape[axis]), length],
    strides: isPlaced
      ? where.strides && [...rest.map(axis => where.strides![axis]!), where.strides[a]! + where.strides[b]!]
      : undefined,
    offset: where.offset + diagonalStart(where.strides, a, b, shift ?? 0),
    isPart: true,
  });
}

function diagonalStart(strides: readonly number[] | undefined, a: number, b: number, shift: number): number {
  return shift >= 0 ? shift * (strides?.[b] ?? 0) : -shift * (strides?.[a] ?? 0);
}

/** Windows along an axis, as a new last axis. */
function unfolded(machine: Machine, source: Tensor, dimension?: Value, size?: Value, step?: Value): Value {
  const axis = axisOf(dimension, source.shape?.length);
  const [length, stride] = [sizeValue(size), integerValue(step)];
  const { shape, view: where } = source;
  if (shape === undefined || axis === undefined) return viewOf(machine, source, { name: 'unfold', shape: undefined });
  const whole = shape[axis];
  const isPlaced = typeof whole === 'number' && typeof length === 'number' && stride !== undefined;
  const count = isPlaced ? Math.floor((whole - length) / stride) + 1 : undefined;
  return viewOf(machine, source, {
    name: 'unfold',
    shape: [...shape.with(axis, count), length],
    strides: isPlaced
      ? where.strides && [...where.strides.with(axis, where.strides[axis]! * stride), where.strides[axis]!]
      : undefined,
  });
}

function contiguous(machine: Machine, source: Tensor): Value {
  const isPlaced = source.operation === undefined && source.view.strides !== undefined;
  return isPlaced && !isContiguous(source) ? inOrder(machine, source, 'contiguous', source.shape) : source;
}
