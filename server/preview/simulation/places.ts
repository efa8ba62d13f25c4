/** Which places of its input an operation reads, axis by axis: padding, rolling, flipping, copies, known indices. */
import type { Operation } from '../../model/graph.js';
import { countOf, sizesIn } from '../signal/geometry.js';

type Shape = readonly number[];
type Places = readonly (readonly number[] | undefined)[];

/** Undefined where it is none of them, or what it asks for is not known. */
export function placesOf(operation: Operation, from: Shape, shape: Shape): Places | undefined {
  switch (operation.name) {
    case 'pad':
      return padded(operation, from);
    case 'roll':
      return rolled(operation, from);
    case 'flip':
      return flipped(operation, from);
    case 'repeat':
      return repeated(from, shape);
    case 'index':
    case 'index_select':
      return indexed(operation, from, shape);
    default:
      return undefined;
  }
}

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);

/** Amounts come in pairs, last axis first. */
function padded({ settings }: Operation, from: Shape): Places | undefined {
  const written = settings.get('pad');
  const mode = String(settings.get('mode'));
  if (typeof written !== 'string') return undefined;
  const amounts = written.split('×').map(Number);
  return from.map((size, axis) => {
    const at = 2 * (from.length - 1 - axis);
    const [before, after] = [amounts[at] ?? 0, amounts[at + 1] ?? 0];
    return before === 0 && after === 0 ? undefined : paddedPlaces(size, before, after, mode);
  });
}

export function paddedPlaces(size: number, before: number, after: number, mode: string): readonly number[] {
  return range(size + before + after).map(i => placeBeyond(i - before, size, mode));
}

function placeBeyond(at: number, size: number, mode: string): number {
  if (at >= 0 && at < size) return at;
  if (mode === 'replicate') return at < 0 ? 0 : size - 1;
  if (mode === 'circular') return (at + size) % size;
  if (mode === 'reflect') return at < 0 ? -at : 2 * (size - 1) - at;
  return -1;
}

function rolled({ settings }: Operation, from: Shape): Places | undefined {
  const shifts = String(settings.get('shifts') ?? '')
    .split('×')
    .map(Number);
  const axes = sizesIn(settings.get('axes'));
  if (axes === undefined || shifts.length !== axes.length) return undefined;
  return from.map((size, axis) => {
    const at = axes.indexOf(axis);
    return at < 0 ? undefined : range(size).map(i => (((i - shifts[at]!) % size) + size) % size);
  });
}

function flipped({ settings }: Operation, from: Shape): Places | undefined {
  const axes = sizesIn(settings.get('axes'));
  return axes && from.map((size, axis) => (axes.includes(axis) ? range(size).toReversed() : undefined));
}

/** Copies side by side, where no axis is added. */
function repeated(from: Shape, shape: Shape): Places | undefined {
  if (from.length !== shape.length) return undefined;
  return from.map((size, axis) => (size === shape[axis] ? undefined : range(shape[axis]!).map(i => i % size)));
}

/** Along one axis, by numbers of the code; the result's shape may have others in its place. */
function indexed({ settings, operands }: Operation, from: Shape, shape: Shape): Places | undefined {
  const axis = settings.get('axis');
  const index = operands?.at(-1);
  const values = index?.kind === 'constant' ? index.values() : undefined;
  if (typeof axis !== 'number' || values === undefined) return undefined;
  const along = Array.from(values, it => (it < 0 ? it + from[axis]! : it));
  const isWhole = countOf(from.with(axis, along.length)) === countOf(shape);
  return isWhole ? from.map((_, at) => (at === axis ? along : undefined)) : undefined;
}
