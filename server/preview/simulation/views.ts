/** Views, copies and joined tensors as steps. */
import type { Operation } from '../../model/graph.js';
import { countOf } from '../signal/geometry.js';
import type { ProgramBuilder } from './network.js';

/** Undefined for what moves numbers in a way that is not known: patches, lists of indices into what is computed. */
export function viewStep(operation: Operation, builder: ProgramBuilder, shape: readonly number[]): number | undefined {
  const { inputs, parameters, settings } = operation;
  const given = inputs.length === 1 ? builder.stepAt(inputs[0]!) : parameters[0] && builder.parameter(parameters[0]);
  if (given === undefined || inputs.length + parameters.length !== 1) return undefined;
  const from = builder.shapeAt(given);
  const order = settings.get('order');
  if (typeof order === 'string') {
    return builder.push({ kind: 'permute', order: order.split('×').map(Number) }, [given], shape);
  }
  const [axis, start, stride] = ['dim', 'start', 'step'].map(it => settings.get(it));
  if (typeof axis === 'number' && typeof start === 'number' && typeof stride === 'number') {
    return cut(builder, given, { axis, start, stride }, shape);
  }
  if (operation.name === 'expand') return builder.push({ kind: 'expand' }, [given], shape);
  if (operation.name === 'roll') {
    builder.standIns.add('maps are not rolled');
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
  const data = operation.inputs.map(it => builder.stepAt(it));
  if (typeof dim !== 'number' || !data.every(it => it !== undefined)) return undefined;
  const axis = dim < 0 ? dim + shape.length : dim;
  const parts = [...data];
  const places = String(operation.settings.get('untracked') ?? '')
    .split('×')
    .map(Number);
  for (const [at, parameter] of operation.parameters.entries()) {
    const own = builder.parameter(parameter);
    if (own === undefined || builder.shapeAt(own).length !== shape.length) return undefined;
    const target = shape.with(axis, builder.shapeAt(own)[axis]!);
    parts.splice(places[at] ?? parts.length, 0, builder.push({ kind: 'expand' }, [own], target));
  }
  const isWhole = parts.reduce((sum, it) => sum + builder.shapeAt(it)[axis]!, 0) === shape[axis];
  return isWhole ? builder.push({ kind: 'concatenate', axis }, parts, shape) : undefined;
}
