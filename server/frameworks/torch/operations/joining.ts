/** Tensors put together: concatenation, stacking, grids. */
import type { Machine } from '../../../interpreter/machine.js';
import { Tuple, Unknown, type Value } from '../../../interpreter/values.js';
import type { StorageWrite } from '../../../model/draws.js';
import { axisOf, isMissing, itemsOf } from '../arguments.js';
import { promoted } from '../dtypes.js';
import { concatenated } from '../shapes.js';
import { contiguousStrides, countOf, isTensor, knownShape, type Shape, type Tensor } from '../tensor.js';
import { unsqueezed } from './axes.js';
import { broadcastTo } from './broadcasting.js';
import { elementsOf, MOST_ELEMENTS } from './data.js';
import { type Data, Elements } from './elements.js';
import { opaqueResult, resultOf } from './results.js';
import { type Operation, operation } from './variants.js';
import { newAxis } from './view.table.js';
import { contentsOfCopy, placedAt } from './views.js';

export const joins: readonly Operation[] = [
  ...['cat', 'concat', 'concatenate'].map(name =>
    operation(name, 'tensors, dim=0, *, out=None', (m, tensors, dim) => concatenate(m, tensors!, dim), {
      places: 'function',
    }),
  ),
  operation('stack', 'tensors, dim=0, *, out=None', (m, tensors, dim) => stack(m, tensors!, dim), {
    places: 'function',
  }),
  ...['hstack', 'column_stack'].map(name =>
    operation(
      name,
      'tensors, *, out=None',
      (m, tensors) => concatenate(m, tensors!, rankOfFirst(m, tensors!) === 1 ? 0 : 1),
      {
        places: 'function',
      },
    ),
  ),
  ...['vstack', 'row_stack'].map(name =>
    operation(name, 'tensors, *, out=None', (m, tensors) => concatenate(m, atLeast(m, tensors!, 2), 0), {
      places: 'function',
    }),
  ),
  operation('dstack', 'tensors, *, out=None', (m, tensors) => opaqueResult(m, 'cat', itemsOf(m, tensors) ?? []), {
    places: 'function',
  }),
  operation('meshgrid', '*tensors, indexing=None', (m, tensors, indexing) => meshgrid(m, tensors!, indexing!), {
    places: 'function',
  }),
  operation('broadcast_tensors', '*tensors', (m, tensors) => broadcastAll(m, tensors!), { places: 'function' }),
  operation(
    'cartesian_prod',
    '*tensors',
    (m, tensors) => opaqueResult(m, 'cartesian_prod', itemsOf(m, tensors) ?? []),
    {
      places: 'function',
    },
  ),
  operation('block_diag', '*tensors', (m, tensors) => blockDiagonal(m, itemsOf(m, tensors) ?? []), {
    places: 'function',
  }),
];

function concatenate(machine: Machine, tensors: Value, dim: Value = 0): Tensor {
  const items = itemsOf(machine, tensors);
  if (items === undefined) return joined(machine, [tensors], undefined, dim);
  const known = items.find(it => isTensor(it) && it.shape !== undefined) as Tensor | undefined;
  const axis = axisOf(dim, known?.shape?.length);
  const shape = concatenated(
    items.map(it => (isTensor(it) ? it.shape : undefined)),
    axis,
  );
  return joined(machine, items, shape, dim, axis);
}

function joined(machine: Machine, items: readonly Value[], shape: Shape, dim: Value, axis?: number): Tensor {
  const tensors = items.filter(isTensor);
  return resultOf(machine, {
    kind: 'concatenate',
    name: 'cat',
    inputs: items,
    shape,
    ...(tensors.length > 0 && { dtype: tensors.map(it => it.dtype).reduce(promoted) }),
    settings: [['dim', typeof dim === 'number' ? dim : null], ...untracked(items)],
    data: axis === undefined || tensors.length < items.length ? undefined : joinedElements(tensors, shape, axis),
    contents: axis === undefined || tensors.length < items.length ? undefined : joinedContents(tensors, shape, axis),
  });
}

/** Places of the parts that no operation made. */
function untracked(items: readonly Value[]): readonly (readonly [string, string])[] {
  const places = [...items.keys()].filter(at => isTensor(items[at]) && items[at].operation === undefined);
  return places.length === 0 ? [] : [['untracked', places.join('×')]];
}

/** What decides the values of each part, put where it lies in the whole. */
function joinedContents(tensors: readonly Tensor[], shape: Shape, axis: number): readonly StorageWrite[] | undefined {
  const strides = contiguousStrides(shape);
  if (strides === undefined) return undefined;
  const writes: StorageWrite[] = [{ kind: 'constant', value: 0 }];
  let start = 0;
  for (const tensor of tensors) {
    const sizes = knownShape(tensor.shape);
    const source = contentsOfCopy(tensor);
    if (sizes === undefined || sizes.length !== strides.length || source.length === 0) return undefined;
    const region = { offset: start * strides[axis]!, shape: sizes, strides };
    writes.push({ kind: 'copy', source, region });
    start += sizes[axis]!;
  }
  return writes;
}

/** Blocks of each tensor in turn, for every index of the axes before. */
function joinedElements(tensors: readonly Tensor[], shape: Shape, axis: number): Elements | undefined {
  const sizes = knownShape(shape);
  const count = countOf(shape);
  if (sizes === undefined || count === undefined || count > MOST_ELEMENTS) return undefined;
  const parts: Part[] = [];
  for (const it of tensors) {
    if (countOf(it.shape) === 0) continue;
    const elements = elementsOf(it);
    if (elements === undefined) return undefined;
    parts.push({
      elements,
      length: knownShape(it.shape)!
        .slice(axis)
        .reduce((a, b) => a * b, 1),
    });
  }
  const outer = sizes.slice(0, axis).reduce((a, b) => a * b, 1);
  return new Elements(
    parts.map(it => it.elements),
    () => interleaved(parts, outer, count),
  );
}

interface Part {
  readonly elements: Elements;
  /** How many elements it has for every index of the axes before. */
  readonly length: number;
}

function interleaved(parts: readonly Part[], outer: number, count: number): Data {
  const result = new Float64Array(count);
  let next = 0;
  for (let block = 0; block < outer; block++) {
    for (const { elements, length } of parts) {
      result.set(elements.values.subarray(block * length, (block + 1) * length), next);
      next += length;
    }
  }
  return result;
}

/** Matrices along the diagonal, zeros beside them. */
function blockDiagonal(machine: Machine, items: readonly Value[]): Tensor {
  const blocks = items.flatMap(it => {
    const sizes = isTensor(it) ? knownShape(it.shape) : undefined;
    return sizes === undefined || sizes.length > 2 ? [] : [{ tensor: it as Tensor, ...sided(sizes) }];
  });
  if (blocks.length < items.length || blocks.length === 0) return opaqueResult(machine, 'block_diag', items);
  const shape = [sumOf(blocks.map(it => it.rows)), sumOf(blocks.map(it => it.columns))];
  const contents: StorageWrite[] = [{ kind: 'constant', value: 0 }];
  let offset = 0;
  for (const { tensor, rows, columns } of blocks) {
    const region = { offset, shape: [rows, columns], strides: [shape[1]!, 1] };
    contents.push(placedAt(region, tensor));
    offset += rows * shape[1]! + columns;
  }
  const dtype = blocks.map(it => it.tensor.dtype).reduce(promoted);
  const isFollowed = blocks.every(it => it.tensor.dtype === dtype && it.tensor.storage.contents.length > 0);
  return resultOf(machine, {
    kind: 'concatenate',
    name: 'block_diag',
    inputs: items,
    shape,
    dtype,
    contents: isFollowed ? contents : undefined,
  });
}

/** A vector is one row. */
const sided = ([first, second]: readonly number[]) =>
  second === undefined ? { rows: 1, columns: first ?? 1 } : { rows: first!, columns: second };

const sumOf = (sizes: readonly number[]): number => sizes.reduce((a, b) => a + b, 0);

function stack(machine: Machine, tensors: Value, dim: Value = 0): Tensor {
  const items = itemsOf(machine, tensors);
  if (items === undefined) return joined(machine, [tensors], undefined, dim);
  const rank = items.find(isTensor)?.shape?.length;
  const axis = newAxis(dim, rank);
  const raised = items.map(it => (isTensor(it) ? unsqueezed(machine, it, axis) : it));
  return concatenate(machine, new Tuple(raised), axis ?? dim);
}

function rankOfFirst(machine: Machine, tensors: Value): number | undefined {
  return itemsOf(machine, tensors)?.find(isTensor)?.shape?.length;
}

function atLeast(machine: Machine, tensors: Value, rank: number): Value {
  const items = itemsOf(machine, tensors);
  if (items === undefined) return tensors;
  return new Tuple(
    items.map(it =>
      isTensor(it) && it.shape !== undefined && it.shape.length < rank ? unsqueezed(machine, it, 0) : it,
    ),
  );
}

/** One tensor per axis of the grid; the last axes swap for `xy`. */
function meshgrid(machine: Machine, given: Value, indexing: Value): Value {
  const items = itemsOf(machine, given) ?? [];
  const tensors = items.length === 1 && !isTensor(items[0]) ? itemsOf(machine, items[0]) : items;
  if (tensors === undefined) return machine.unknown('the axes of the grid are not known');
  const sizes = tensors.map(it => (isTensor(it) ? (it.shape?.length === 0 ? 1 : it.shape?.[0]) : undefined));
  const isSwapped = indexing === 'xy' && tensors.length > 1;
  const order = [...sizes.keys()];
  if (isSwapped) order.splice(0, 2, 1, 0);
  const shape = order.map(axis => sizes[axis]);
  return new Tuple(tensors.map((it, i) => spreadAlong(machine, it, order.indexOf(i), shape)));
}

function spreadAlong(machine: Machine, value: Value, axis: number, shape: NonNullable<Shape>): Tensor {
  const sizes = knownShape(shape);
  const source = isTensor(value) ? elementsOf(value) : undefined;
  const from = sizes?.map((size, i) => (i === axis ? size : 1));
  const fits = sizes !== undefined && countOf(shape)! <= MOST_ELEMENTS;
  const isKnown = source !== undefined && from !== undefined && fits;
  const data = isKnown ? new Elements([source], () => broadcastTo(source.values, from, sizes)) : undefined;
  return resultOf(machine, { kind: 'shape', name: 'meshgrid', inputs: [value], shape, data });
}

function broadcastAll(machine: Machine, tensors: Value): Value {
  const items = itemsOf(machine, tensors) ?? [];
  return new Tuple(
    items.map(it => (it instanceof Unknown || isMissing(it) ? it : opaqueResult(machine, 'broadcast_tensors', [it]))),
  );
}
