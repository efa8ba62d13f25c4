/** Picking, masking, sorting, repeating: functions and methods that answer other arrangements of elements. */
import { multiply, type Size } from '../../../../core/size.js';
import type { Machine } from '../../../interpreter/machine.js';
import { Tuple, type Value } from '../../../interpreter/values.js';
import type { Region } from '../../../model/draws.js';
import { axisOf, integerValue, isMissing, itemsOf, numberValue, sizesOf } from '../arguments.js';
import { broadcast } from '../shapes.js';
import { countOf, isTensor, knownShape, type Shape, type Tensor } from '../tensor.js';
import { arranged, flipped, rankOf, readAs, rolled } from './arranged.js';
import { broadcastData } from './broadcasting.js';
import { dataOf, gather, MOST_ELEMENTS, wholeRegion } from './data.js';
import type { Data } from './elements.js';
import { takenData } from './indexing.js';
import { argsorted, gathered, largest, scattered, sorted } from './ordered.js';
import { named } from './reductions.js';
import { isTracked, opaqueResult, resultOf } from './results.js';
import { type Operation, operation } from './variants.js';
import { onTensor } from './view.table.js';

export const selections: readonly Operation[] = [
  ...['masked_fill', 'index_fill'].map(name =>
    operation(
      name,
      name === 'masked_fill' ? 'input, mask, value' : 'input, dim, index, value',
      onTensor(name, maskedFill),
      {
        inPlace: true,
      },
    ),
  ),
  operation('masked_scatter', 'input, mask, source', onTensor('masked_scatter', sameShape('masked_scatter')), {
    inPlace: true,
  }),
  operation(
    'masked_select',
    'input, mask, *, out=None',
    onTensor('masked_select', (m, x) => arranged(m, x, { name: 'masked_select', shape: [undefined] })),
  ),
  operation('index_select', 'input, dim, index, *, out=None', onTensor('index_select', indexSelect)),
  operation('gather', 'input, dim, index, *, sparse_grad=False, out=None', onTensor('gather', gathered)),
  operation(
    'take_along_dim',
    'input, indices, dim=None, *, out=None',
    onTensor('take_along_dim', (m, x, index, dim) => gathered(m, x, dim, index)),
  ),
  operation(
    'take',
    'input, index',
    onTensor('take', (m, x, index) =>
      arranged(m, x, { name: 'take', shape: isTensor(index) ? index.shape : undefined }),
    ),
  ),
  operation('scatter', 'input, *args, **kwargs', onTensor('scatter', scattered), { inPlace: true }),
  ...['scatter_add', 'index_copy', 'index_add', 'index_put', 'scatter_reduce', 'put'].map(name =>
    operation(name, 'input, *args, **kwargs', onTensor(name, sameShape(name)), { inPlace: true }),
  ),
  ...['tril', 'triu'].map(name =>
    operation(name, 'input, diagonal=0, *, out=None', onTensor(name, triangle(name)), { inPlace: true }),
  ),
  operation('flip', 'input, *dims', onTensor('flip', flipped), { places: 'method' }),
  operation('flip', 'input, dims', onTensor('flip', flipped), { places: 'function' }),
  operation(
    'fliplr',
    'input',
    onTensor('flip', (m, x) => flipped(m, x, 1)),
  ),
  operation(
    'flipud',
    'input',
    onTensor('flip', (m, x) => flipped(m, x, 0)),
  ),
  operation('roll', 'input, shifts, dims=None', onTensor('roll', rolled)),
  operation('repeat', 'input, *sizes', onTensor('repeat', repeated), { places: 'method' }),
  operation('tile', 'input, *dims', onTensor('tile', repeated)),
  operation(
    'repeat_interleave',
    'input, repeats, dim=None, *, output_size=None',
    onTensor('repeat_interleave', interleaved),
  ),
  operation(
    'rot90',
    'input, k=1, dims=(0, 1)',
    onTensor('rot90', (m, x) => arranged(m, x, { name: 'rot90', shape: undefined })),
  ),
  operation('topk', 'input, k, dim=-1, largest=True, sorted=True, *, out=None', onTensor('topk', largest)),
  operation(
    'kthvalue',
    'input, k, dim=-1, keepdim=False, *, out=None',
    onTensor('kthvalue', (m, x) => pairOf(m, x, 'kthvalue', undefined)),
  ),
  operation('sort', 'input, dim=-1, descending=False, stable=False, *, out=None', onTensor('sort', sorted)),
  operation('argsort', 'input, dim=-1, descending=False, stable=False', onTensor('argsort', argsorted)),
  operation(
    'cummax',
    'input, dim, *, out=None',
    onTensor('cummax', (m, x) => pairOf(m, x, 'cummax', x.shape)),
  ),
  operation('nonzero', 'input, *, out=None, as_tuple=False', onTensor('nonzero', nonzero)),
  operation(
    'argwhere',
    'input',
    onTensor('argwhere', (m, x) => nonzero(m, x, null, false)),
  ),
  operation(
    'unique',
    'input, sorted=True, return_inverse=False, return_counts=False, dim=None',
    onTensor('unique', unique),
  ),
  operation('unique_consecutive', 'input', onTensor('unique_consecutive', uniqueConsecutive)),
  operation('diag', 'input, diagonal=0, *, out=None', onTensor('diag', diag)),
  operation('diag_embed', 'input, offset=0, dim1=-2, dim2=-1', onTensor('diag_embed', diagonalMatrices)),
  operation('diff', 'input, n=1, dim=-1, prepend=None, append=None', onTensor('diff', differences)),
  operation(
    'trace',
    'input',
    onTensor('trace', (m, x) => arranged(m, x, { kind: 'opaque', name: 'trace', shape: [] })),
  ),
  operation(
    'bincount',
    'input, weights=None, minlength=0',
    onTensor('bincount', (m, x) => arranged(m, x, { kind: 'opaque', name: 'bincount', shape: [undefined] })),
  ),
  operation(
    'bucketize',
    'input, boundaries, *, out_int32=False, right=False, out=None',
    onTensor('bucketize', (m, x) =>
      arranged(m, x, { kind: 'opaque', name: 'bucketize', shape: x.shape, dtype: 'int64' }),
    ),
  ),
  operation('searchsorted', 'sorted_sequence, input, *args, **kwargs', (m, _, input) =>
    opaqueResult(m, 'searchsorted', [input!], isTensor(input) ? input.shape : undefined),
  ),
  operation(
    'isin',
    'elements, test_elements, *, assume_unique=False, invert=False',
    onTensor('isin', (m, x) => arranged(m, x, { kind: 'opaque', name: 'isin', shape: x.shape, dtype: 'bool' })),
  ),
  ...['allclose', 'equal', 'is_nonzero'].map(name =>
    operation(name, 'input, *args, **kwargs', (machine, a, others) =>
      sameData(machine, name, a!, itemsOf(machine, others)?.[0]),
    ),
  ),
];

function sameData(machine: Machine, name: string, a: Value, b: Value | undefined): Value {
  const [left, right] = [isTensor(a) ? dataOf(a) : undefined, isTensor(b) ? dataOf(b) : undefined];
  if (left === undefined || right === undefined)
    return machine.unknown(`\`${name}\` compares values that are not known`);
  return (
    left.length === right.length &&
    left.every((it, i) => Math.abs(it - right[i]!) <= (name === 'equal' ? 0 : 1e-8 + 1e-5 * Math.abs(right[i]!)))
  );
}

function sameShape(name: string) {
  return (machine: Machine, source: Tensor): Value =>
    arranged(machine, source, { kind: 'opaque', name, shape: source.shape });
}

function maskedFill(machine: Machine, source: Tensor, mask?: Value, value?: Value): Value {
  const number = numberValue(value);
  const shape = broadcast(source.shape, isTensor(mask) ? mask.shape : []);
  const sizes = knownShape(shape);
  const [data, test] = [dataOf(source), isTensor(mask) ? dataOf(mask) : undefined];
  const canFill = sizes !== undefined && data !== undefined && test !== undefined && number !== undefined;
  const isMasked = canFill ? broadcastData(test, knownShape((mask as Tensor).shape)!, sizes) : undefined;
  const filled =
    isMasked &&
    broadcastData(data!, knownShape(source.shape)!, sizes!)?.map((it, i) => (isMasked[i] === 0 ? it : number!));
  return arranged(machine, source, {
    kind: 'multiply',
    name: 'masked_fill',
    shape,
    data: filled,
    inputs: isTensor(mask) && !isTracked(mask) ? [source, mask] : [source],
    settings: number === undefined ? [] : [['value', number]],
  });
}

function indexSelect(machine: Machine, source: Tensor, dim?: Value, index?: Value): Value {
  const axis = axisOf(dim, rankOf(source));
  const count = isTensor(index) ? (index.shape?.length === 0 ? 1 : index.shape?.[0]) : undefined;
  const shape = axis === undefined ? undefined : source.shape?.with(axis, count);
  const data = axis === undefined || !isTensor(index) ? undefined : takenData(source, axis, index, shape);
  return arranged(machine, source, {
    name: 'index_select',
    shape,
    data,
    ...(axis !== undefined && indexPart(source, axis, index)),
  });
}

/** Indices that are numbers of the code go along with what they pick from. */
function indexPart(source: Tensor, axis: number, index: Value | undefined) {
  const isKnown = isTensor(index) && !isTracked(index) && index.dtype !== 'bool';
  return isKnown ? { inputs: [source, index], settings: [['axis', axis]] as const } : {};
}

function triangle(name: string) {
  return (machine: Machine, source: Tensor, diagonal?: Value): Value => {
    const [data, shape, shift] = [dataOf(source), knownShape(source.shape), integerValue(diagonal)];
    const columns = shape?.at(-1);
    const rows = shape?.at(-2);
    const keeps = (i: number) => {
      const distance = (i % columns!) - (Math.floor(i / columns!) % rows!) - shift!;
      return name === 'tril' ? distance <= 0 : distance >= 0;
    };
    const isKnown = data !== undefined && columns !== undefined && shift !== undefined;
    const kept = isKnown ? data.map((it, i) => (keeps(i) ? it : 0)) : undefined;
    const settings = shift === undefined ? [] : [['diagonal', shift] as const];
    return arranged(machine, source, { kind: 'multiply', name, shape: source.shape, data: kept, settings });
  };
}

/** Copies side by side: sizes multiply, new axes come in front. */
function repeated(machine: Machine, source: Tensor, sizes?: Value): Value {
  const times = sizesOf(machine, sizes);
  const { shape } = source;
  if (times === undefined || shape === undefined)
    return arranged(machine, source, { name: 'repeat', shape: undefined });
  const rank = Math.max(times.length, shape.length);
  const own = Array.from({ length: rank }, (_, i) => (i < rank - shape.length ? 1 : shape[i - rank + shape.length]));
  const counts = Array.from({ length: rank }, (_, i) => (i < rank - times.length ? 1 : times[i - rank + times.length]));
  const result = own.map((size, i) => timesOf(size, counts[i]));
  const region = repeatedRegion(own, counts, result);
  const data = region && dataOf(source);
  return arranged(machine, source, {
    name: 'repeat',
    shape: result,
    data: data && gather(data, region),
    contents: readAs(source, region),
  });
}

const timesOf = (a: Size | undefined, b: Size | undefined) =>
  a === undefined || b === undefined ? undefined : multiply(a, b);

/** Each axis is read as (times, size), the first of which does not move in memory. */
function repeatedRegion(own: Shape, counts: Shape, result: Shape): Region | undefined {
  const [sizes, times, total] = [knownShape(own), knownShape(counts), countOf(result)];
  if (sizes === undefined || times === undefined || total === undefined || total > MOST_ELEMENTS) return undefined;
  const { strides } = wholeRegion(sizes);
  return {
    offset: 0,
    shape: sizes.flatMap((size, axis) => [times[axis]!, size]),
    strides: strides.flatMap(stride => [0, stride]),
  };
}

function interleaved(machine: Machine, source: Tensor, repeats?: Value, dim?: Value): Value {
  const times = isTensor(repeats) ? undefined : integerValue(repeats);
  const axis = isMissing(dim) ? undefined : axisOf(dim, rankOf(source));
  const size = axis === undefined ? undefined : source.shape?.[axis];
  const shape =
    axis === undefined ? [timesOf(countOf(source.shape), times)] : source.shape?.with(axis, timesOf(size, times));
  const region = interleavedRegion(source, axis, times);
  const data = region && dataOf(source);
  return arranged(machine, source, {
    name: 'repeat_interleave',
    shape,
    data: data && gather(data, region),
    contents: readAs(source, region),
  });
}

function interleavedRegion({ shape }: Tensor, axis: number | undefined, times: number | undefined) {
  const [own, count] = [knownShape(shape), countOf(shape)];
  if (own === undefined || count === undefined || times === undefined || count * times > MOST_ELEMENTS)
    return undefined;
  const sizes = axis === undefined ? [count] : own;
  const at = axis ?? 0;
  const { strides } = wholeRegion(sizes);
  return { offset: 0, shape: sizes.toSpliced(at + 1, 0, times), strides: strides.toSpliced(at + 1, 0, 0) };
}

function pairOf(machine: Machine, source: Tensor, name: string, shape: Shape): Value {
  const values = arranged(machine, source, { kind: 'opaque', name, shape });
  const indices = resultOf(machine, { kind: 'opaque', name: `${name} indices`, inputs: [], shape, dtype: 'int64' });
  return named(machine, ['values', 'indices'], [values, indices]);
}

function nonzero(machine: Machine, source: Tensor, _?: Value, asTuple?: Value): Value {
  const one = (shape: Shape) =>
    resultOf(machine, { kind: 'opaque', name: 'nonzero', inputs: [], shape, dtype: 'int64' });
  if (asTuple !== true) return one([undefined, rankOf(source)]);
  return new Tuple(Array.from({ length: rankOf(source) ?? 1 }, () => one([undefined])));
}

function unique(machine: Machine, source: Tensor, _?: Value, inverse?: Value, counts?: Value, dim?: Value): Value {
  const seen = isMissing(dim) ? dataOf(source) : undefined;
  // Of zeros with and without a sign one stays, and nobody says which.
  const data = seen?.some(it => Object.is(it, -0)) ? undefined : seen;
  const values = data && Float64Array.from(new Set(data)).sort();
  const positions = values && new Map([...values].map((it, i) => [it, i]));
  const places = positions && data?.map(it => positions.get(it)!);
  const times = values?.map((_value, i) => places!.filter(it => it === i).length);
  const extra = (shape: Shape, found: Data | undefined) =>
    resultOf(machine, { kind: 'opaque', name: 'unique', inputs: [], shape, dtype: 'int64', data: found });
  const first = arranged(machine, source, { kind: 'opaque', name: 'unique', shape: [values?.length], data: values });
  const more = [
    ...(inverse === true ? [extra(source.shape, places)] : []),
    ...(counts === true ? [extra([values?.length], times)] : []),
  ];
  return more.length === 0 ? first : new Tuple([first, ...more]);
}

/** Neighbours that are equal count once. */
function uniqueConsecutive(machine: Machine, source: Tensor): Value {
  const data = dataOf(source)?.filter((it, i, all) => i === 0 || it !== all[i - 1]);
  return arranged(machine, source, { kind: 'opaque', name: 'unique', shape: [data?.length], data });
}

/** A matrix of a vector, the diagonal of a matrix. */
function diag(machine: Machine, source: Tensor, diagonal?: Value): Value {
  if (rankOf(source) !== 1) return machine.callMethod(source, 'diagonal', [diagonal ?? 0]);
  const data = dataOf(source);
  const size = knownShape(source.shape)?.[0];
  const isKnown = data !== undefined && size !== undefined && size * size <= MOST_ELEMENTS && diagonal === 0;
  const matrix = isKnown
    ? new Float64Array(size * size).map((_, i) => (i % (size + 1) === 0 ? data[i / (size + 1)]! : 0))
    : undefined;
  return arranged(machine, source, { name: 'diag', shape: [source.shape![0], source.shape![0]], data: matrix });
}

/** One of each row, with zeros beside the diagonal. */
function diagonalMatrices(machine: Machine, source: Tensor, offset?: Value, first?: Value, second?: Value): Value {
  const shape = source.shape && [...source.shape, source.shape.at(-1)];
  const isUsual = offset === 0 && first === -2 && second === -1;
  const [data, size, count] = [isUsual ? dataOf(source) : undefined, knownShape(source.shape)?.at(-1), countOf(shape)];
  const isKnown = data !== undefined && size !== undefined && count !== undefined && count <= MOST_ELEMENTS;
  const matrices = isKnown ? new Float64Array(count) : undefined;
  if (matrices) for (const [i, value] of data!.entries()) matrices[i * size! + (i % size!)] = value;
  return arranged(machine, source, { name: 'diag_embed', shape, data: matrices });
}

function differences(machine: Machine, source: Tensor, _?: Value, dim?: Value): Value {
  const axis = axisOf(dim, rankOf(source));
  const data = rankOf(source) === 1 ? dataOf(source) : undefined;
  const size = axis === undefined ? undefined : source.shape?.[axis];
  const shape =
    axis === undefined ? undefined : source.shape?.with(axis, typeof size === 'number' ? size - 1 : undefined);
  return arranged(machine, source, {
    kind: 'opaque',
    name: 'diff',
    shape,
    data: data?.slice(1).map((it, i) => it - data[i]!),
  });
}
