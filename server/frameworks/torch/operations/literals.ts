/** Tensors out of Python's numbers and nested lists. */
import { collect } from '../../../interpreter/builtins/list.js';
import { NdArray } from '../../../interpreter/library/numpy/array.js';
import type { Machine } from '../../../interpreter/machine.js';
import { numberOf } from '../../../interpreter/machine.js';
import { Float, Instance, List, Range, Tuple, Unknown, type Value } from '../../../interpreter/values.js';
import { itemsOf } from '../arguments.js';
import { type Dtype, dtypes, promoted } from '../dtypes.js';
import { torchOf } from '../state.js';
import { isTensor, knownShape, newTensor, type Shape, type Tensor } from '../tensor.js';
import { approximationBehind, worst } from './approximate.js';
import { dataOf } from './data.js';

interface Parsed {
  readonly shape: Shape;
  readonly values: ArrayLike<number> | undefined;
  readonly dtype: Dtype;
  /** The function whose last bits are a library's own affair. */
  readonly approximate?: string | undefined;
}

/** Undefined for what is no data at all. */
export function tensorFrom(machine: Machine, value: Value, dtype?: Dtype): Tensor {
  const parsed = parse(machine, value);
  const type = dtype ?? parsed.dtype;
  const tensor = newTensor(machine, parsed.shape, { dtype: type });
  tensor.storage.contents =
    parsed.values === undefined
      ? [{ kind: 'opaque', reason: 'it is made of values that are not known' }]
      : [{ kind: 'data', values: rounded(machine, parsed.values, type), ...approximately(parsed) }];
  tensor.storage.isRaw = false;
  return tensor;
}

function rounded(machine: Machine, values: ArrayLike<number>, dtype: Dtype): Float64Array {
  machine.step(values.length >> 4);
  const { round } = dtypes[dtype];
  const made = new Float64Array(values.length);
  for (let i = 0; i < made.length; i++) made[i] = round(values[i]!);
  return made;
}

const approximately = ({ approximate }: Parsed) => approximate !== undefined && { approximate };

function parse(machine: Machine, value: Value): Parsed {
  const defaultDtype = torchOf(machine).defaultDtype;
  if (isTensor(value)) return parseTensor(value);
  if (value instanceof NdArray) return parseArray(value);
  if (isOpen(value)) return { shape: undefined, values: undefined, dtype: defaultDtype };
  if (isSequence(value)) return parseItems(machine, itemsOf(machine, value) ?? collect(machine, value));
  const number = numberOf(value);
  if (typeof value === 'boolean') return { shape: [], values: [number!], dtype: 'bool' };
  if (value instanceof Float) {
    return { shape: [], values: [number!], dtype: value.cls === undefined ? defaultDtype : 'float64' };
  }
  if (number !== undefined) return { shape: [], values: [number], dtype: 'int64' };
  const isArray = value instanceof Instance && value.payload === undefined;
  return { shape: isArray ? undefined : [], values: undefined, dtype: defaultDtype };
}

/** Nobody knows how many items it has, if any. */
const isOpen = (value: Value): boolean =>
  value instanceof Unknown || (value instanceof List && value.more !== undefined);

function isSequence(value: Value): boolean {
  if (value instanceof List || value instanceof Tuple || value instanceof Range) return true;
  return value instanceof Instance && (value.payload instanceof Tuple || value.payload instanceof List);
}

function parseTensor(tensor: Tensor): Parsed {
  const data = dataOf(tensor);
  return {
    shape: tensor.shape,
    values: data && [...data],
    dtype: tensor.dtype,
    approximate: approximationBehind(tensor),
  };
}

const parseArray = ({ shape, values, dtype, memory }: NdArray): Parsed => ({
  shape,
  values,
  dtype,
  approximate: memory.approximate,
});

/** Long lists are mostly of plain numbers of one kind. */
function parseNumbers(machine: Machine, items: readonly Value[]): Parsed | undefined {
  const isWhole = typeof items[0] === 'number';
  const values = new Float64Array(items.length);
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (isWhole ? typeof item !== 'number' : !(item instanceof Float) || item.cls !== undefined) return undefined;
    values[i] = numberOf(item!)!;
  }
  return { shape: [items.length], values, dtype: isWhole ? 'int64' : torchOf(machine).defaultDtype };
}

function parseItems(machine: Machine, items: readonly Value[]): Parsed {
  if (items.length === 0) return { shape: [0], values: [], dtype: torchOf(machine).defaultDtype };
  const flat = parseNumbers(machine, items);
  if (flat !== undefined) return flat;
  const parts = items.map(it => parse(machine, it));
  const [first] = parts;
  const isRegular = parts.every(it => String(knownShape(it.shape)) === String(knownShape(first!.shape)));
  const isKnown = isRegular && parts.every(it => it.values !== undefined);
  return {
    shape: first!.shape && isRegular ? [items.length, ...first!.shape] : undefined,
    values: isKnown ? parts.flatMap(it => Array.from(it.values!)) : undefined,
    dtype: parts.map(it => it.dtype).reduce(promoted),
    approximate: parts.map(it => it.approximate).reduce((a, b) => worst(a, b), undefined),
  };
}
