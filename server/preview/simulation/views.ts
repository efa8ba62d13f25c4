/** Views, copies and joined tensors as steps. */
import type { Operation } from '../../model/graph.js';
import { countOf } from '../signal/geometry.js';
import type { ProgramBuilder } from './network.js';
import { operandList, operandsOf, stepOf } from './operands.js';
import { placesOf } from './places.js';

/** Undefined for what moves numbers in a way that is not known: patches, lists of indices into what is computed. */
export function viewStep(operation: Operation, builder: ProgramBuilder, shape: readonly number[]): number | undefined {
  const { inputs, parameters, settings } = operation;
  const [first] = operandList(operation);
  const given = first && stepOf(first, builder);
  if (given === undefined || inputs.length + parameters.length !== 1) return undefined;
  const places = placesOf(operation, builder.shapeAt(given), shape);
  if (places !== undefined) return taken(builder, given, places, shape, settings.get('value'));
  const from = builder.shapeAt(given);
  const order = settings.get('order');
  if (typeof order === 'string') {
    return builder.push({ kind: 'permute', order: order.split('×').map(Number) }, [given], shape);
  }
  const [axis, start, stride] = ['dim', 'start', 'step'].map(it => settings.get(it));
  if (typeof axis === 'number' && typeof start === 'number' && typeof stride === 'number') {
    return cut(builder, given, { axis, start, stride }, shape);
  }
  const shuffled = shuffle(operation, builder, given, shape);
  if (shuffled !== undefined) return shuffled;
  if (operation.name === 'expand') return builder.push({ kind: 'expand' }, [given], shape);
  if (operation.name === 'roll' || operation.name === 'flip') {
    builder.standIns.add('maps are not rolled or turned');
    return builder.push({ kind: 'reshape' }, [given], shape);
  }
  if (operation.name === 'index' && parameters.length === 1 && from.length === shape.length) {
    const isOfRows = from.slice(1).every((size, at) => size === shape[at + 1]);
    if (isOfRows) builder.standIns.add('rows of a table are read in another order');
    return isOfRows ? builder.push({ kind: 'rows' }, [given], shape) : undefined;
  }
  const isKept = KEEPING.has(operation.name) && countOf(from) === countOf(shape);
  return isKept ? builder.push({ kind: 'reshape' }, [given], shape) : undefined;
}

/** Names under which numbers stay in order. */
const KEEPING: ReadonlySet<string> = new Set([
  'reshape',
  'view',
  'flatten',
  'unflatten',
  'view_as',
  'reshape_as',
  'squeeze',
  'unsqueeze',
  'contiguous',
  'clone',
  'to',
  'getitem',
  'pad',
]);

/** Channels that become space, or space that becomes channels: (channels, factor, factor) beside (height, width). */
function shuffle(
  { name }: Operation,
  builder: ProgramBuilder,
  given: number,
  shape: readonly number[],
): number | undefined {
  const from = builder.shapeAt(given);
  if (!/^pixel_(un)?shuffle$/.test(name) || from.length !== 4) return undefined;
  const isUp = name === 'pixel_shuffle';
  const [samples, channels, height, width] = (isUp ? shape : from) as [number, number, number, number];
  const [rows, columns] = (isUp ? from : shape).slice(2) as [number, number];
  const [down, across] = [height / rows, width / columns];
  const apart = isUp
    ? [samples, channels, down, across, rows, columns]
    : [samples, channels, rows, down, columns, across];
  const order = isUp ? [0, 1, 4, 2, 5, 3] : [0, 1, 3, 5, 2, 4];
  const split = builder.push({ kind: 'reshape' }, [given], apart);
  const turned = builder.push(
    { kind: 'permute', order },
    [split],
    order.map(axis => apart[axis]!),
  );
  return builder.push({ kind: 'reshape' }, [turned], shape);
}

function taken(
  builder: ProgramBuilder,
  given: number,
  places: readonly (readonly number[] | undefined)[],
  shape: readonly number[],
  value: unknown,
): number {
  const from = builder.shapeAt(given);
  const rows = places.map((along, axis) => along?.length ?? from[axis]!);
  const filling = typeof value === 'number' && value !== 0 ? { filling: value } : {};
  const picked = builder.push({ kind: 'take', places, ...filling }, [given], rows);
  return String(rows) === String(shape) ? picked : builder.push({ kind: 'reshape' }, [picked], shape);
}

interface Cut {
  readonly axis: number;
  readonly start: number;
  readonly stride: number;
}

/** A slice; of one index, whose axis goes, a slice of length 1. */
function cut(builder: ProgramBuilder, given: number, { axis, start, stride }: Cut, shape: readonly number[]): number {
  const from = builder.shapeAt(given);
  const isIndex = shape.length < from.length;
  const kept = isIndex ? from.with(axis, 1) : shape;
  const sliced = builder.push({ kind: 'slice', axis, start, stride }, [given], kept);
  return isIndex ? builder.push({ kind: 'reshape' }, [sliced], shape) : sliced;
}

export function concatenationStep(
  operation: Operation,
  builder: ProgramBuilder,
  shape: readonly number[],
): number | undefined {
  const dim = operation.settings.get('dim');
  const parts = operandsOf(operation, builder);
  if (typeof dim !== 'number' || parts === undefined) return undefined;
  const axis = dim < 0 ? dim + shape.length : dim;
  if (!parts.every(it => isPart(builder.shapeAt(it), shape, axis))) return undefined;
  const isWhole = parts.reduce((sum, it) => sum + builder.shapeAt(it)[axis]!, 0) === shape[axis];
  return isWhole ? builder.push({ kind: 'concatenate', axis }, parts, shape) : undefined;
}

const isPart = (own: readonly number[], shape: readonly number[], axis: number): boolean =>
  own.length === shape.length && own.every((size, at) => at === axis || size === shape[at]);
