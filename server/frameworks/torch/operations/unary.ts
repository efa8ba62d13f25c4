/** Functions of one element: computed for small tensors, carried along for draws, a node for the graph. */
import type { InitSpec } from '../../../../core/initializer.js';
import { isWithin, vectorCodeOf } from '../../../../core/random/vector-code.js';
import type { Machine } from '../../../interpreter/machine.js';
import type { Value } from '../../../interpreter/values.js';
import type { MapOperation, StorageWrite } from '../../../model/draws.js';
import type { OperationKind } from '../../../model/graph.js';
import { type Dtype, dtypes, isFloating } from '../dtypes.js';
import type { Setting } from '../graph.js';
import { torchOf } from '../state.js';
import { isTensor, knownShape, type Tensor } from '../tensor.js';
import { constantOf, elementsOf } from './data.js';
import { Elements } from './elements.js';
import { resultOf } from './results.js';
import { specAfter } from './spec-maps.js';
import { contentsOfCopy } from './views.js';

export interface UnaryRequest {
  readonly name: string;
  readonly kind: OperationKind;
  readonly compute?: ((x: number) => number) | undefined;
  /** How contents that draws went into remember it. */
  readonly map?: { readonly operation: MapOperation; readonly operands: readonly number[] } | undefined;
  readonly settings?: Iterable<readonly [string, Setting]>;
  /** The element type of the result; the input's unless it says otherwise. */
  readonly dtype?: (from: Dtype) => Dtype;
}

export function unary(machine: Machine, input: Value, request: UnaryRequest): Tensor {
  if (!isTensor(input)) return opaqueOrKind(machine, input, request);
  const dtype = request.dtype?.(input.dtype) ?? input.dtype;
  const constant = constantOf(input);
  return resultOf(machine, {
    kind: request.kind,
    name: request.name,
    inputs: [input],
    shape: input.shape,
    dtype,
    settings: request.settings ?? [],
    data: constant === undefined ? mappedElements(input, request, dtype) : undefined,
    contents: mapContents(input, constant, request, dtype),
    spec: mappedSpec(input, request),
  });
}

/** An unknown value is taken for a tensor of unknown shape. */
function opaqueOrKind(machine: Machine, input: Value, request: UnaryRequest): Tensor {
  const { kind, name, settings } = request;
  return resultOf(machine, { kind, name, inputs: [input], shape: undefined, settings: settings ?? [] });
}

/** Of values that are computed it is asked when they are there. */
function mappedSpec({ storage: { laterSpec } }: Tensor, { map }: UnaryRequest): InitSpec | undefined {
  return map && typeof laterSpec !== 'function' ? specAfter(laterSpec, map.operation, map.operands) : undefined;
}

function mappedElements(input: Tensor, { compute, name }: UnaryRequest, dtype: Dtype): Elements | undefined {
  const elements = compute && elementsOf(input);
  if (elements === undefined) return undefined;
  const { round } = dtypes[dtype];
  const computed = computeIn(dtype, name, compute!);
  return new Elements([elements], () => elements.values.map(x => round(computed(x))));
}

function mapContents(
  input: Tensor,
  constant: number | undefined,
  { compute, map, name }: UnaryRequest,
  dtype: Dtype,
): readonly StorageWrite[] | undefined {
  if (constant !== undefined && compute !== undefined) {
    return [{ kind: 'constant', value: dtypes[dtype].round(computeIn(dtype, name, compute)(constant)) }];
  }
  const canFollow = map !== undefined && input.dtype === dtype && input.storage.contents.length > 0;
  if (!canFollow || knownShape(input.shape) === undefined) return undefined;
  return [...contentsOfCopy(input), { kind: 'map', ...map }];
}

type Compute = (x: number) => number;

/** In single precision as torch's vector code has it, where that is known. */
function computeIn(dtype: Dtype, name: string, compute: Compute): Compute {
  const plain = name.replace(/_$/, '');
  const vector = dtype === 'float32' ? vectorCodeOf(plain) : undefined;
  return vector === undefined ? compute : x => (isWithin(plain, x) ? vector(x) : compute(x));
}

/** Functions of real numbers turn integers into the default float. */
export function floatOf(machine: Machine): (dtype: Dtype) => Dtype {
  return dtype => (isFloating(dtype) || dtypes[dtype].category === 'complex' ? dtype : torchOf(machine).defaultDtype);
}
