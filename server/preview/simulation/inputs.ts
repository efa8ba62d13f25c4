/** Shapes that a network may take, where nobody says which: as its first layer asks, small ones first. */
import type { Graph, Operation } from '../../model/graph.js';
import { numbersIn } from './sizes.js';

export type InputShape = readonly number[];

/** None where it takes several inputs, or the first layer does not tell. */
export function likelyInputs({ operations }: Graph): readonly InputShape[] {
  const inputs = operations.filter(it => it.kind === 'input');
  const [only] = inputs;
  const first = only && operations.find(it => it.parameters.length > 0 && it.inputs.some(from => shows(from, only)));
  if (inputs.length !== 1 || first === undefined) return [];
  const weight = first.parameters.map(it => numbersIn(it.shape)).find(it => it !== undefined && it.length > 0);
  return weight === undefined ? [] : shapesFor(first, weight);
}

/** Itself or a view of it. */
function shows(operation: Operation, input: Operation): boolean {
  if (operation === input) return true;
  return operation.kind === 'shape' && operation.inputs.length === 1 && shows(operation.inputs[0]!, input);
}

const SAMPLES = 8;
const TOKENS = 32;

function shapesFor({ module, name }: Operation, weight: readonly number[]): readonly InputShape[] {
  if (module?.role === 'embedding' || /^embedding$/i.test(name)) return [[SAMPLES, TOKENS]];
  const last = weight.at(-1)!;
  const dimensions = weight.length - 2;
  if (dimensions < 1) {
    return [
      [SAMPLES * SAMPLES, last],
      [SAMPLES, TOKENS, last],
    ];
  }
  const groups = module?.settings.get('groups');
  const channels = weight[1]! * (typeof groups === 'number' ? groups : 1);
  return SIDES.map(side => [
    side > 100 ? SAMPLES / 2 : SAMPLES,
    channels,
    ...Array.from({ length: dimensions }, () => side),
  ]);
}

/** A map that strides of 32 leave something of, what many are trained with, small pictures. */
const SIDES = [64, 224, 32, 28];
