/** Taking elements out of arrays, and putting some in. */
import { bounds, integer } from '../../builtins/arguments.js';
import { isVague, unknownFrom } from '../../builtins/define.js';
import type { Machine } from '../../machine.js';
import { numberOf } from '../../numbers.js';
import { ellipsis, Float, List, Range, Slice, Tuple, Unknown, type Value } from '../../values.js';
import { arrayFrom, arrayOf, converted, NdArray, scalarOr } from './array.js';
import { isFloat } from './dtypes.js';
import {
  broadcastShape,
  type Layout,
  picked,
  positionsOf,
  sizeOf,
  stretched,
  withAxis,
  withoutAxis,
} from './layout.js';

/** Either a view, or elements picked one by one. */
type Selection =
  | { readonly kind: 'view'; readonly layout: Layout }
  | { readonly kind: 'picked'; readonly positions: Int32Array; readonly shape: readonly number[] };

export function itemOf(m: Machine, array: NdArray, index: Value): Value {
  const selection = select(m, array, index);
  if (selection instanceof Unknown) return selection;
  if (selection.kind === 'view') return scalarOr(m, array.view(selection.layout));
  const { known: values, approximate } = array.memory;
  if (values === undefined) return m.unknown('the numbers of the array are not known');
  m.step(selection.positions.length >> 3);
  const made = picked(values, selection.positions);
  return arrayOf(array.family, made, { shape: selection.shape, dtype: array.dtype, approximate });
}

export function setItem(m: Machine, array: NdArray, index: Value, value: Value): Value {
  const selection = select(m, array, index);
  if (selection instanceof Unknown) return forget(m, array);
  const shape = selection.kind === 'view' ? selection.layout.shape : selection.shape;
  const source = arrayFrom(array.family, value);
  const typed = source && converted(source, array.dtype);
  if (typed === undefined) return forget(m, array);
  const fits = broadcastShape([shape, typed.shape.slice(-Math.max(shape.length, 1))]);
  if (fits === undefined || String(fits) !== String(shape)) {
    return shape.length === 0 ? forget(m, array) : m.raise('ValueError', 'could not broadcast input array');
  }
  const positions = selection.kind === 'view' ? positionsOf(selection.layout) : selection.positions;
  m.step(positions.length >> 3);
  // Read before the first write: it may be a view of the same memory.
  const values = typed.values!;
  const from = positionsOf(stretched(typed.layout, shape));
  const memory = array.memory.writable(m);
  for (let i = 0; i < positions.length; i++) memory[positions[i]!] = values[from[i]!]!;
  array.memory.approximate ??= typed.memory.approximate;
  return null;
}

/** From here on the array's numbers are not known. */
export function forget(m: Machine, array: NdArray): Value {
  array.memory.writable(m);
  array.memory.isKnown = false;
  return null;
}

function select(m: Machine, array: NdArray, index: Value): Selection | Unknown {
  const parts = index instanceof Tuple ? index.items : [index];
  if (parts.some(isVague)) return unknownFrom(m, '__getitem__', parts);
  const whole = parts.length === 1 ? truthOf(parts[0]!) : undefined;
  if (whole !== undefined) return allOrNothing(array, whole);
  if (!parts.some(isPicker)) return viewOf(m, array, parts);
  return parts.length === 1 ? pick(m, array, parts[0]!) : pickTogether(m, array, parts);
}

const isPicker = (part: Value): boolean =>
  part instanceof List || part instanceof Range || (part instanceof NdArray && part.shape.length > 0);

/** Of a mask without axes. */
function truthOf(part: Value): boolean | undefined {
  if (typeof part === 'boolean') return part;
  const value =
    part instanceof NdArray && part.dtype === 'bool' && part.shape.length === 0 ? part.values?.[0] : undefined;
  return value === undefined ? undefined : value !== 0;
}

/** Under a new axis in front. */
function allOrNothing(array: NdArray, isTaken: boolean): Selection {
  const positions = isTaken ? positionsOf(array.layout) : new Int32Array();
  return { kind: 'picked', positions, shape: [isTaken ? 1 : 0, ...array.shape] };
}

function viewOf(m: Machine, array: NdArray, parts: readonly Value[]): Selection | Unknown {
  let layout = array.layout;
  let axis = 0;
  const taken = parts.filter(it => it !== null && it !== ellipsis).length;
  if (taken > layout.shape.length) return m.raise('IndexError', 'too many indices for array');
  for (const part of parts) {
    if (part === ellipsis) {
      axis += array.shape.length - taken;
    } else if (part === null) {
      layout = withAxis(layout, axis++);
    } else if (part instanceof Slice) {
      layout = sliced(m, layout, axis++, part);
    } else {
      const at = wholeNumber(m, part);
      if (at === undefined) return m.unknown('the index is not followed');
      layout = withoutAxis(layout, axis, within(m, at, layout.shape[axis]!));
    }
  }
  return { kind: 'view', layout };
}

function wholeNumber(m: Machine, part: Value): number | undefined {
  if (part instanceof Float || (part instanceof NdArray && isFloat(part.dtype)) || typeof part === 'string')
    return m.raise('IndexError', 'only integers, slices and the like are valid indices');
  if (typeof part === 'boolean' || (part instanceof NdArray && part.dtype === 'bool')) return undefined;
  return numberOf(part) ?? integer(m, part);
}

function within(m: Machine, at: number, size: number): number {
  const position = at < 0 ? at + size : at;
  return position >= 0 && position < size ? position : m.raise('IndexError', `index ${at} is out of bounds`);
}

function sliced(m: Machine, { shape, strides, offset }: Layout, axis: number, slice: Slice): Layout {
  const { start, stop, step } = bounds(m, slice, shape[axis]!);
  const length = Math.max(0, Math.ceil((stop - start) / step));
  return {
    shape: shape.with(axis, length),
    strides: strides.with(axis, strides[axis]! * step),
    offset: length === 0 ? offset : offset + start * strides[axis]!,
  };
}

/** By a mask of the array's shape, or by positions along the first axis. */
function pick(m: Machine, array: NdArray, index: Value): Selection | Unknown {
  const chosen = arrayFrom(array.family, index);
  const numbers = chosen?.values;
  if (chosen === undefined || numbers === undefined) return m.unknown('the index is not followed');
  if (chosen.dtype === 'bool') {
    if (String(chosen.shape) !== String(array.shape)) return m.unknown('the mask is not followed');
    const positions = positionsOf(array.layout).filter((_, i) => numbers[i] !== 0);
    return { kind: 'picked', positions, shape: [positions.length] };
  }
  if (chosen.dtype.startsWith('float') && numbers.length > 0)
    return m.raise('IndexError', 'arrays used as indices must be of integer type');
  const rest = withoutAxis(array.layout, 0);
  const row = positionsOf(rest);
  const starts = Array.from(numbers, it => within(m, it, array.shape[0]!) * array.layout.strides[0]!);
  const positions = Int32Array.from(starts.flatMap(start => Array.from(row, it => it + start)));
  return { kind: 'picked', positions, shape: [...chosen.shape, ...rest.shape] };
}

/** Positions along several axes, which are stretched to one shape; slices keep the other axes. */
function pickTogether(m: Machine, array: NdArray, parts: readonly Value[]): Selection | Unknown {
  const wanted = [...parts, ...new Array<Value>(Math.max(0, array.shape.length - parts.length)).fill(WHOLE)];
  const isFollowed = wanted.length === array.shape.length && !wanted.includes(null) && !wanted.includes(ellipsis);
  const pickers = wanted.map(it => (it instanceof Slice ? undefined : arrayFrom(array.family, it)));
  const isWhole = (it: NdArray | undefined, i: number) =>
    wanted[i] instanceof Slice || (it?.values !== undefined && it.dtype.startsWith('int'));
  const shape = broadcastShape(pickers.flatMap(it => (it === undefined ? [] : [it.shape])));
  if (!isFollowed || !pickers.every(isWhole) || shape === undefined) return m.unknown('the index is not followed');
  const kept = viewOf(
    m,
    array,
    wanted.map(it => (it instanceof Slice ? it : WHOLE)),
  );
  if (kept instanceof Unknown || kept.kind !== 'view') return kept;
  const starts = new Int32Array(sizeOf(shape));
  for (const [axis, picker] of pickers.entries()) {
    if (picker === undefined) continue;
    const at = picker.view(stretched(picker.layout, shape)).values!;
    for (let i = 0; i < starts.length; i++) {
      starts[i]! += within(m, at[i]!, array.shape[axis]!) * array.layout.strides[axis]!;
    }
  }
  return spreadOver(kept.layout, pickers, { starts, shape });
}

interface Starts {
  readonly starts: Int32Array;
  readonly shape: readonly number[];
}

/** The picked axes come where the first of them was, or in front where slices lie between them. */
function spreadOver(layout: Layout, pickers: readonly (NdArray | undefined)[], { starts, shape }: Starts): Selection {
  const axes = pickers.flatMap((it, axis) => (it === undefined ? [] : [axis]));
  const isTogether = axes.at(-1)! - axes[0]! === axes.length - 1;
  const before = isTogether ? axes[0]! : 0;
  const slices = pickers.flatMap((it, axis) => (it === undefined ? [axis] : []));
  const { strides, offset } = layout;
  const sizes = slices.map(it => layout.shape[it]!);
  const steps = slices.map(it => strides[it]!);
  const outer = positionsOf({ shape: sizes.slice(0, before), strides: steps.slice(0, before), offset });
  const inner = positionsOf({ shape: sizes.slice(before), strides: steps.slice(before), offset: 0 });
  const positions = new Int32Array(outer.length * starts.length * inner.length);
  let next = 0;
  for (const a of outer) for (const b of starts) for (const c of inner) positions[next++] = a + b + c;
  return { kind: 'picked', positions, shape: [...sizes.slice(0, before), ...shape, ...sizes.slice(before)] };
}

const WHOLE = new Slice(null, null, null);
