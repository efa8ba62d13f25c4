/** The fans of raw parameters, from how forward multiplies by them. */
import { type Fans, fansOf } from '../../../../core/initializer.js';
import { product, type Size } from '../../../../core/size.js';
import type { RecordedOperation } from '../graph.js';
import type { Tensor } from '../tensor.js';

/** Looks a tensor's use up; undefined where it is not multiplied by, or in two ways. */
export function usedFans(outputs: readonly RecordedOperation[]): (tensor: Tensor) => Fans | undefined {
  const users = usersOf(outputs);
  return tensor => {
    const { shape } = tensor;
    if (shape === undefined || shape.length < 2 || !shape.every(it => it !== undefined)) return undefined;
    const fans = (users.get(tensor) ?? []).map(it => fansFor(it, shape as readonly Size[]));
    return fans.every(it => it?.fanIn === fans[0]?.fanIn) ? fans[0] : undefined;
  };
}

function usersOf(outputs: readonly RecordedOperation[]): ReadonlyMap<Tensor, readonly RecordedOperation[]> {
  const users = new Map<Tensor, RecordedOperation[]>();
  const seen = new Set<RecordedOperation>();
  const open = [...outputs];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    for (const tensor of next.parameters) users.set(tensor, [...(users.get(tensor) ?? []), next]);
    open.push(...next.inputs);
  }
  return users;
}

/** A product sums over one axis of its parameter; functions of layers read a weight as the layers do. */
function fansFor(operation: RecordedOperation, shape: readonly Size[]): Fans | undefined {
  if (operation.kind === 'layer') return fansOf(shape);
  if (operation.kind !== 'matmul') return undefined;
  const summed = operation.settings.get('contracted_axes');
  if (typeof summed === 'string') return fansOfAxes(shape, summed, operation.settings.get('output_axes'));
  const contracted = operation.settings.get('contracted_axis');
  if (typeof contracted !== 'number' || shape[contracted] === undefined) return undefined;
  const other = operation.settings.get('other_axis');
  const kept = typeof other === 'number' ? other : shape.findLastIndex((_, axis) => axis !== contracted);
  return { fanIn: shape[contracted], fanOut: shape[kept]! };
}

/** An `einsum` may sum over several axes. */
function fansOfAxes(shape: readonly Size[], summed: string, kept: unknown): Fans | undefined {
  const sizesAt = (axes: string) => axes.split(',').map(axis => (axis === '' ? undefined : shape[Number(axis)]));
  const [inputs, outputs] = [sizesAt(summed), sizesAt(String(kept))];
  if (inputs.includes(undefined) || outputs.includes(undefined)) return undefined;
  return { fanIn: product(inputs as Size[]), fanOut: product(outputs as Size[]) };
}
