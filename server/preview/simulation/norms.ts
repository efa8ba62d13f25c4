/** Norms as steps: the statistics, then scale and shift where they do something. */
import type { Operation } from '../../model/graph.js';
import type { Parameter } from '../../model/parameters.js';
import { dataInputs } from '../../model/questions/operations.js';
import type { ProgramBuilder } from './network.js';

export function normSteps(operation: Operation, builder: ProgramBuilder, shape: readonly number[]): number | undefined {
  const [input] = dataInputs(operation);
  const from = input && builder.stepAt(input);
  if (from === undefined) return undefined;
  const normed = normalized(operation, builder, shape, from);
  return normed === undefined ? undefined : affine(operation, builder, shape, normed);
}

function normalized(
  { name, settings, module, parameters }: Operation,
  builder: ProgramBuilder,
  shape: readonly number[],
  from: number,
) {
  const given = settings.get('eps');
  const eps = typeof given === 'number' ? given : 1e-5;
  const space = [...shape.keys()].slice(2);
  const push = (axes: readonly number[], over: 'variance' | 'square' = 'variance') =>
    builder.push({ kind: 'norm', axes, over, eps }, [from], shape);
  if (/batch/i.test(name)) {
    // In evaluation mode the running statistics are still those of a standard normal.
    if (module?.settings.get('training') === false)
      return builder.push({ kind: 'scale', factor: 1 / Math.sqrt(1 + eps) }, [from], shape);
    return push([0, ...space]);
  }
  if (/instance/i.test(name)) return push(space);
  if (/group/i.test(name))
    return grouped(settings.get('num_groups') ?? module?.settings.get('num_groups'), builder, shape, from, eps);
  if (/local_response/i.test(name)) return undefined;
  const rank = parameters[0]?.shape?.length ?? rankOf(module?.settings.get('normalized_shape'));
  const axes = [...shape.keys()].slice(-rank);
  return push(axes, /rms/i.test(name) ? 'square' : 'variance');
}

const rankOf = (normalized: unknown): number => (typeof normalized === 'string' ? normalized.split('×').length : 1);

function grouped(groups: unknown, builder: ProgramBuilder, shape: readonly number[], from: number, eps: number) {
  const [samples, channels, ...space] = shape;
  if (typeof groups !== 'number' || channels === undefined || channels % groups !== 0) return undefined;
  const split = [samples!, groups, channels / groups, ...space];
  const apart = builder.push({ kind: 'reshape' }, [from], split);
  const axes = [...split.keys()].slice(2);
  const normed = builder.push({ kind: 'norm', axes, over: 'variance', eps }, [apart], split);
  return builder.push({ kind: 'reshape' }, [normed], shape);
}

/** Scale 1 and shift 0, which nearly every norm starts from, are left out. */
function affine(
  operation: Operation,
  builder: ProgramBuilder,
  shape: readonly number[],
  normed: number,
): number | undefined {
  let step = normed;
  for (const parameter of operation.parameters) {
    const isShift = parameter.kind === 'shift' || parameter.kind === 'bias';
    if (isConstant(parameter, isShift ? 0 : 1, builder)) continue;
    const own = builder.parameter(parameter);
    if (own === undefined) return undefined;
    const placed = isOverFeatures(operation) ? own : builder.push({ kind: 'reshape' }, [own], alongChannels(shape));
    step = builder.push({ kind: isShift ? 'add' : 'multiply' }, [step, placed], shape);
  }
  return step;
}

function isConstant(parameter: Parameter, value: number, builder: ProgramBuilder): boolean {
  const moments = builder.momentsOf(parameter);
  return moments !== undefined && moments.std === 0 && moments.mean === value;
}

const isOverFeatures = ({ name }: Operation): boolean => !/batch|instance|group/i.test(name);

const alongChannels = (shape: readonly number[]) => shape.map((size, axis) => (axis === 1 ? size : 1));
