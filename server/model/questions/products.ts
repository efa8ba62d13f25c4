/** Products that are written out: `(x * w).sum(-1)` sums over an axis of `w` as a matrix product does. */
import type { Graph, Operation } from '../graph.js';
import type { Parameter } from '../parameters.js';
import { usersOf } from './users.js';
import { usesOf } from './uses.js';

/**
 * The axes of the parameter that such products sum over, one for each; undefined where forward uses it for anything else, or where
 * the data has no axis of one for outputs.
 */
export function summedByHand(graph: Graph, parameter: Parameter): readonly number[] | undefined {
  const { layers, others, isRescaled } = usesOf(graph, parameter);
  if (layers.length > 0 || others.length === 0 || isRescaled) return undefined;
  const axes = others.map(it => summedAxis(graph, it, parameter));
  return axes.includes(undefined) ? undefined : (axes as number[]);
}

function summedAxis(graph: Graph, product: Operation, { shape }: Parameter): number | undefined {
  const users = usersOf(graph, product);
  const [sum] = users;
  if (product.kind !== 'multiply' || users.length !== 1 || sum?.name !== 'sum' || shape === undefined) return undefined;
  const dim = sum.settings.get('dim');
  const rank = product.shape?.length;
  if (typeof dim !== 'number' || (dim >= 0 && rank === undefined)) return undefined;
  const axis = shape.length + (dim < 0 ? dim : dim - rank!);
  const isSpread = shape.some(
    (_, it) => it !== axis && product.inputs.some(data => isOneAlong(data, it - shape.length)),
  );
  return axis < 0 || !isSpread ? undefined : axis;
}

/** Of unknown shape it has one where one was put in. */
const isOneAlong = ({ shape, name }: Operation, fromEnd: number): boolean =>
  shape === undefined ? name === 'unsqueeze' : shape.at(fromEnd) === 1;
