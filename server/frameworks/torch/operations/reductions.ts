/** Reductions over axes: computed for small tensors, shapes for the rest. */
import type { Machine } from '../../../interpreter/machine.js';
import { Instance, Tuple, type Value } from '../../../interpreter/values.js';
import type { StorageWrite } from '../../../model/draws.js';
import type { OperationKind } from '../../../model/graph.js';
import { axesOf, axisOf, dtypeOf, isMissing, numberValue } from '../arguments.js';
import { type Dtype, dtypes, isFloating, isInteger } from '../dtypes.js';
import type { Setting } from '../graph.js';
import { reduced } from '../shapes.js';
import { torchOf } from '../state.js';
import { countOf, isContiguous, isTensor, knownShape, type Tensor } from '../tensor.js';
import { dataOf, elementsOf, gather, manyForeseen, wholeRegion } from './data.js';
import { type Data, Elements } from './elements.js';
import { resultOf } from './results.js';
import { type Operation, operation } from './variants.js';
import { contentsOfCopy } from './views.js';

type Fold = (values: Data) => number;

interface Reduction {
  readonly name: string;
  readonly kind: OperationKind;
  readonly fold: Fold;
  readonly dtype?: (from: Dtype, machine: Machine) => Dtype;
  readonly settings?: readonly (readonly [string, Setting])[];
  /** Whether torch folds single precision in doubles: one last bit of these more or less hardly makes another result. */
  readonly inDoubles?: boolean;
}

const total: Fold = values => values.reduce((a, b) => a + b, 0);
const mean: Fold = values => total(values) / values.length;
const largest: Fold = values => values.reduce((a, b) => Math.max(a, b), -Infinity);
const smallest: Fold = values => values.reduce((a, b) => Math.min(a, b), Infinity);
const product: Fold = values => values.reduce((a, b) => a * b, 1);
const any: Fold = values => Number(values.some(it => it !== 0));
const all: Fold = values => Number(values.every(it => it !== 0));
const spread =
  (correction: number): Fold =>
  values => {
    const center = mean(values);
    return values.reduce((sum, it) => sum + (it - center) ** 2, 0) / Math.max(0, values.length - correction);
  };

const keep = (from: Dtype): Dtype => from;
const widened = (from: Dtype): Dtype => (isInteger(from) ? 'int64' : from);
const floating = (from: Dtype, machine: Machine): Dtype => (isFloating(from) ? from : torchOf(machine).defaultDtype);
const boolean = (): Dtype => 'bool';

/** `name(input, dim=None, keepdim=False)`. */
const simple: readonly Reduction[] = [
  { name: 'sum', kind: 'opaque', fold: total, dtype: widened },
  { name: 'nansum', kind: 'opaque', fold: total, dtype: widened },
  { name: 'mean', kind: 'pool', fold: mean, dtype: floating },
  { name: 'nanmean', kind: 'pool', fold: mean, dtype: floating },
  { name: 'prod', kind: 'opaque', fold: product, dtype: widened },
  { name: 'amax', kind: 'pool', fold: largest },
  { name: 'amin', kind: 'pool', fold: smallest },
  { name: 'any', kind: 'opaque', fold: any, dtype: boolean },
  { name: 'all', kind: 'opaque', fold: all, dtype: boolean },
  { name: 'logsumexp', kind: 'opaque', fold: values => Math.log(total(values.map(Math.exp))), dtype: floating },
  { name: 'count_nonzero', kind: 'opaque', fold: values => values.filter(it => it !== 0).length, dtype: () => 'int64' },
];

function reduce(machine: Machine, input: Value, dim: Value, keepdim: Value, how: Reduction): Tensor {
  const source = isTensor(input) ? input : undefined;
  const axes = isMissing(dim) ? [] : axesOf(machine, dim, source?.shape?.length);
  const shape = axes === undefined ? undefined : reduced(source?.shape, axes, keepdim === true);
  return resultOf(machine, {
    kind: how.kind,
    name: how.name,
    inputs: [input],
    shape,
    dtype: (how.dtype ?? keep)(source?.dtype ?? 'float32', machine),
    settings: [
      ...(typeof dim === 'number' ? [['dim', dim] as const] : []),
      ...(axes === undefined ? [] : [['axes', axes.join('×')] as const]),
      ...(how.settings ?? []),
    ],
    data: axes === undefined || source === undefined ? undefined : foldedElements(source, axes, how),
    isSure: () => axes !== undefined && source !== undefined && isSureInDoubles(source, axes, how),
  });
}

/** What torch folds in doubles is sure where no result is close to half-way between two floats. */
function isSureInDoubles(source: Tensor, axes: readonly number[], how: Reduction): boolean {
  if (how.inDoubles !== true || source.dtype !== 'float32') return false;
  if (elementsOf(source) === undefined && manyForeseen(source)?.approximate !== undefined) return false;
  const results = folded(source, axes, how)?.values;
  const means = folded(source, axes, { ...how, fold: mean })?.values;
  const spreads = folded(source, axes, { ...how, fold: deviation(0) })?.values;
  if (!means?.every((it, i) => Math.abs(it) <= FURTHEST_MEAN * spreads![i]!)) return false;
  const each = (countOf(source.shape) ?? 0) / (results?.length ?? 1);
  return results?.every(it => isFarFromHalfWay(it, CLOSE + CLOSER * each)) ?? false;
}

/** In units in the last place of a float: what a mean in single precision makes of it, and what each double may add. */
const [CLOSE, CLOSER] = [1e-4, 2 ** -30];

/** How many times the spread a mean in single precision may be that does not matter more. */
const FURTHEST_MEAN = 4;

function isFarFromHalfWay(x: number, close: number): boolean {
  if (!Number.isFinite(x) || Math.abs(x) < 2 ** -100) return false;
  const ulp = 2 ** (Math.floor(Math.log2(Math.abs(x))) - 23);
  return 0.5 - Math.abs(x - Math.fround(x)) / ulp > close;
}

function foldedElements(source: Tensor, axes: readonly number[], how: Reduction): Elements | undefined {
  const { dtype } = how;
  const { round } = dtypes[dtype === undefined ? source.dtype : isFloating(source.dtype) ? source.dtype : 'float32'];
  const found = folded(source, axes, how);
  return found && new Elements([found], () => found.values.map(round));
}

/** Not yet rounded. */
function folded(source: Tensor, axes: readonly number[], { fold, inDoubles }: Reduction): Elements | undefined {
  const elements = elementsOf(source) ?? (inDoubles ? manyForeseen(source)?.elements : undefined);
  const shape = knownShape(source.shape);
  if (elements === undefined || shape === undefined) return undefined;
  const gone = axes.length === 0 ? [...shape.keys()] : axes;
  const kept = [...shape.keys()].filter(axis => !gone.includes(axis));
  const { strides } = wholeRegion(shape);
  const order = [...kept, ...gone];
  const region = { offset: 0, shape: order.map(axis => shape[axis]!), strides: order.map(axis => strides[axis]!) };
  const each = gone.reduce((count, axis) => count * shape[axis]!, 1);
  const groups = kept.reduce((count, axis) => count * shape[axis]!, 1);
  return new Elements([elements], () => {
    const sorted = gather(elements.values, region);
    return Float64Array.from({ length: groups }, (_, i) => fold(sorted.subarray(i * each, (i + 1) * each)));
  });
}

/** `max(dim)` and its kin answer values and where they stand. */
function extreme(machine: Machine, name: 'max' | 'min', input: Value, dim: Value, keepdim: Value): Value {
  const fold = name === 'max' ? largest : smallest;
  const how: Reduction = { name: name === 'max' ? 'amax' : 'amin', kind: 'pool', fold };
  if (isTensor(dim)) return machine.call(machine.getAttribute(input, name === 'max' ? 'maximum' : 'minimum'), [dim]);
  const values = reduce(machine, input, dim, keepdim, how);
  if (isMissing(dim)) return values;
  return named(machine, ['values', 'indices'], [values, positions(machine, input, dim, keepdim, fold)]);
}

function positions(machine: Machine, input: Value, dim: Value, keepdim: Value, fold: Fold): Tensor {
  const where: Fold = values => values.indexOf(fold(values));
  return reduce(machine, input, dim, keepdim, { name: 'argmax', kind: 'opaque', fold: where, dtype: () => 'int64' });
}

/** A named tuple, near enough: items by position and by name. */
export function named(machine: Machine, names: readonly string[], values: readonly Value[]): Value {
  const result = new Instance(machine.builtins.tupleClass);
  result.payload = new Tuple(values);
  for (const [i, name] of names.entries()) result.attributes.set(name, values[i]!);
  return result;
}

const moments = (name: string, fold: (correction: number) => Fold): readonly Operation[] => [
  operation(
    name,
    'input, dim=None, unbiased=True, keepdim=False, *, correction=1, out=None',
    (m, input, dim, unbiased, keepdim, correction) => {
      const isFlag = typeof dim === 'boolean';
      const used = (isFlag ? dim : unbiased) === false ? 0 : typeof correction === 'number' ? correction : 1;
      const settings = [['correction', used] as const];
      const how: Reduction = { name, kind: 'opaque', fold: fold(used), dtype: floating, settings, inDoubles: true };
      return reduce(m, input!, isFlag ? null : dim!, keepdim!, how);
    },
  ),
];

const deviation =
  (correction: number): Fold =>
  values =>
    Math.sqrt(spread(correction)(values));

export const reductions: readonly Operation[] = [
  ...simple.map(how =>
    operation(how.name, 'input, dim=None, keepdim=False, *, dtype=None, out=None', (m, input, dim, keepdim, dtype) => {
      const wanted = dtypeOf(m, dtype);
      return reduce(m, input!, dim!, keepdim!, wanted === undefined ? how : { ...how, dtype: () => wanted });
    }),
  ),
  ...moments('std', deviation),
  ...moments('var', spread),
  ...['std_mean', 'var_mean'].map(name =>
    operation(
      name,
      'input, dim=None, unbiased=True, keepdim=False, *, correction=1, out=None',
      (m, input, dim, _, keepdim) => {
        const how: Reduction = { name, kind: 'opaque', fold: deviation(1), dtype: floating };
        return new Tuple([reduce(m, input!, dim!, keepdim!, how), reduce(m, input!, dim!, keepdim!, simple[2]!)]);
      },
    ),
  ),
  operation('max', 'input, dim=None, keepdim=False, *, out=None', (m, input, dim, keepdim) =>
    extreme(m, 'max', input!, dim!, keepdim!),
  ),
  operation('min', 'input, dim=None, keepdim=False, *, out=None', (m, input, dim, keepdim) =>
    extreme(m, 'min', input!, dim!, keepdim!),
  ),
  operation(
    'aminmax',
    'input, *, dim=None, keepdim=False, out=None',
    (m, input, dim, keepdim) =>
      new Tuple([extreme(m, 'min', input!, dim!, keepdim!), extreme(m, 'max', input!, dim!, keepdim!)]),
  ),
  operation('argmax', 'input, dim=None, keepdim=False', (m, input, dim, keepdim) =>
    positions(m, input!, dim!, keepdim!, largest),
  ),
  operation('argmin', 'input, dim=None, keepdim=False', (m, input, dim, keepdim) =>
    positions(m, input!, dim!, keepdim!, smallest),
  ),
  operation('median', 'input, dim=None, keepdim=False, *, out=None', (m, input, dim, keepdim) =>
    chosen(m, 'median', middle, [input!, dim!, keepdim!]),
  ),
  operation('mode', 'input, dim=-1, keepdim=False, *, out=None', (m, input, dim, keepdim) =>
    chosen(m, 'mode', mostFrequent, [input!, dim!, keepdim!]),
  ),
  ...['quantile', 'nanquantile'].map(name =>
    operation(
      name,
      "input, q, dim=None, keepdim=False, *, interpolation='linear', out=None",
      (m, input, q, dim, keepdim) => {
        const fold = between(numberValue(q) ?? Number.NaN);
        return reduce(m, input!, dim!, keepdim!, { name, kind: 'opaque', fold });
      },
    ),
  ),
  operation('norm', "input, p='fro', dim=None, keepdim=False, out=None, dtype=None", (m, input, p, dim, keepdim) =>
    norm(m, input!, p!, dim!, keepdim!),
  ),
  operation('renorm', 'input, p, dim, maxnorm, *, out=None', renormalized, { inPlace: true }),
];

const middle: Fold = values => values.slice().sort()[(values.length - 1) >> 1] ?? Number.NaN;

/** The smallest of those that occur most often. */
const mostFrequent: Fold = values => {
  const counts = new Map<number, number>();
  for (const value of values.slice().sort()) counts.set(value, (counts.get(value) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return [...counts].find(([, count]) => count === most)?.[0] ?? Number.NaN;
};

/** As far along the sorted values, in a straight line between two of them. */
const between =
  (share: number): Fold =>
  values => {
    const at = share * (values.length - 1);
    const sorted = values.slice().sort();
    const [low, high] = [sorted[Math.floor(at)] ?? Number.NaN, sorted[Math.ceil(at)] ?? Number.NaN];
    return low + (high - low) * (at - Math.floor(at));
  };

function chosen(
  machine: Machine,
  name: string,
  fold: Fold,
  [input, dim, keepdim]: readonly [Value, Value, Value],
): Value {
  const values = reduce(machine, input, dim, keepdim, { name, kind: 'opaque', fold });
  if (isMissing(dim)) return values;
  return named(machine, ['values', 'indices'], [values, positions(machine, input, dim, keepdim, fold)]);
}

export function norm(machine: Machine, input: Value, p: Value, dim: Value, keepdim: Value, name = 'norm'): Tensor {
  const fold: Fold =
    p === 1 ? values => total(values.map(Math.abs)) : values => Math.sqrt(values.reduce((sum, it) => sum + it * it, 0));
  const power = p === 'fro' || isMissing(p) ? 2 : (numberValue(p) ?? null);
  const settings = [['p', power] as const];
  const how: Reduction = { name, kind: 'opaque', fold, dtype: floating, settings };
  const contents = power === 2 && isMissing(dim) && isTensor(input) ? normOfAll(input) : undefined;
  if (contents === undefined || keepdim === true) return reduce(machine, input, dim, keepdim, how);
  return resultOf(machine, { kind: how.kind, name, inputs: [input], shape: [], contents, settings });
}

/** So many numbers are summed by one thread, however many there are. */
const GRAIN = 32768;

/** The 2-norm of everything that a drawn tensor holds, in the order in which it lies. */
function normOfAll(tensor: Tensor): readonly StorageWrite[] | undefined {
  const source = contentsOfCopy(tensor);
  const shape = knownShape(tensor.shape);
  if (tensor.dtype !== 'float32' || shape === undefined || !isContiguous(tensor) || dataOf(tensor) !== undefined)
    return undefined;
  if (shape.reduce((a, b) => a * b, 1) > GRAIN) return undefined;
  if (source.length === 0 || source.some(it => it.kind === 'opaque')) return undefined;
  return [{ kind: 'norms', source, from: wholeRegion(shape), rows: 1 }];
}

/** Of a matrix by its 2-norms the values are followed. */
function renormalized(machine: Machine, input: Value, p: Value, dim: Value, maxnorm: Value): Tensor {
  const shape = isTensor(input) ? knownShape(input.shape) : undefined;
  const axis = axisOf(dim, shape?.length);
  const most = numberValue(maxnorm);
  const isFollowed = isTensor(input) && input.dtype === 'float32' && shape?.length === 2 && numberValue(p) === 2;
  if (!isFollowed || axis === undefined || most === undefined || dataOf(input) !== undefined)
    return normalized(machine, input, 'renorm');
  const source = contentsOfCopy(input);
  const along = axis === 0 ? 'rows' : 'columns';
  const step = { kind: 'renorm', source, rows: shape[0]!, columns: shape[1]!, along, most } as const;
  return resultOf(machine, {
    kind: 'normalize',
    name: 'renorm',
    inputs: [input],
    shape: input.shape,
    contents: source.length === 0 ? undefined : [step],
    spec: { kind: 'unknown', reason: 'it is computed by `renorm`' },
  });
}

/** The same shape, divided by a norm. */
export function normalized(
  machine: Machine,
  input: Value,
  name: string,
  settings: readonly (readonly [string, Setting])[] = [],
): Tensor {
  return resultOf(machine, {
    settings,
    kind: 'normalize',
    name,
    inputs: [input],
    shape: isTensor(input) ? input.shape : undefined,
  });
}

/** Running sums and products along an axis. */
const scans: Readonly<Record<string, (a: number, b: number) => number>> = {
  cumsum: (a, b) => a + b,
  cumprod: (a, b) => a * b,
};

export const scanned: readonly Operation[] = Object.entries(scans).map(([name, step]) =>
  operation(
    name,
    'input, dim, *, dtype=None, out=None',
    (machine, input, dim) => scan(machine, name, input!, dim!, step),
    { inPlace: true },
  ),
);

function scan(
  machine: Machine,
  name: string,
  input: Value,
  dim: Value,
  step: (a: number, b: number) => number,
): Tensor {
  const source = isTensor(input) ? input : undefined;
  const dtype = widened(source?.dtype ?? 'float32');
  return resultOf(machine, {
    kind: 'opaque',
    name,
    inputs: [input],
    shape: source?.shape,
    dtype,
    data: source && scannedData(source, axisOf(dim, source.shape?.length), dtype, step),
  });
}

function scannedData(
  source: Tensor,
  axis: number | undefined,
  dtype: Dtype,
  step: (a: number, b: number) => number,
): Data | undefined {
  const data = dataOf(source);
  const shape = knownShape(source.shape);
  if (data === undefined || shape?.length === 0) return data;
  if (shape === undefined || axis === undefined) return undefined;
  const stride = wholeRegion(shape).strides[axis]!;
  const running = Float64Array.from(data);
  for (let i = 0; i < running.length; i++) {
    const isFirst = Math.floor(i / stride) % shape[axis]! === 0;
    if (!isFirst) running[i] = step(running[i - stride]!, running[i]!);
  }
  // Torch keeps the running value in doubles.
  return running.map(dtypes[dtype].round);
}
