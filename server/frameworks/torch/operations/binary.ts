/** Arithmetic of two operands with broadcasting and promotion. */
import { NdArray } from '../../../interpreter/library/numpy/array.js';
import { type Operand as ArrayOperand, dtypeNamed, resultDtype } from '../../../interpreter/library/numpy/dtypes.js';
import type { Machine } from '../../../interpreter/machine.js';
import { plainNumber } from '../../../interpreter/numbers.js';
import { Float, Instance, Symbolic, Unknown, type Value } from '../../../interpreter/values.js';
import type { StorageWrite } from '../../../model/draws.js';
import type { OperationKind } from '../../../model/graph.js';
import { numberValue } from '../arguments.js';
import { type Dtype, dtypes, isFloating, promoted, rankOf } from '../dtypes.js';
import type { Setting } from '../graph.js';
import { broadcast } from '../shapes.js';
import { torchOf } from '../state.js';
import { isTensor, knownShape, type Shape, type Tensor } from '../tensor.js';
import { broadcastTo } from './broadcasting.js';
import { constantOf, elementsOf, MOST_ELEMENTS } from './data.js';
import { Elements } from './elements.js';
import { tensorFrom } from './literals.js';
import { resultOf } from './results.js';

export interface BinaryRequest {
  readonly name: string;
  readonly kind: OperationKind;
  readonly compute: (a: number, b: number) => number;
  readonly settings?: Iterable<readonly [string, Setting]>;
  readonly dtype?: (promoted: Dtype) => Dtype;
  /** What decides the values where they cannot be computed. */
  readonly contents?: readonly StorageWrite[] | undefined;
  readonly spec?: Tensor['storage']['spec'] | undefined;
}

export function binary(machine: Machine, left: Value, right: Value, request: BinaryRequest): Tensor {
  const isByNumpy = isArray(left) || isArray(right);
  const a = isArray(left) ? tensorFrom(machine, left) : left;
  const b = isArray(right) ? tensorFrom(machine, right) : right;
  const shape = broadcast(shapeOf(a), shapeOf(b));
  const common = isByNumpy ? numpyDtype(machine, a, b) : commonDtype(machine, a, b);
  const dtype = isByNumpy ? numpyResult(request, common) : (request.dtype?.(common) ?? common);
  const constants = [numberOrConstant(a), numberOrConstant(b)] as const;
  const value = constantResult(constants, request, common, dtype);
  return resultOf(machine, {
    ...request,
    inputs: [a, b],
    shape,
    dtype,
    data: value === undefined ? computed(a, b, shape, request, common, dtype) : undefined,
    contents: value === undefined ? request.contents : [{ kind: 'constant', value }],
    spec: value === undefined ? request.spec : undefined,
  });
}

/** With an array of numpy's it is numpy that computes; with one of its numbers it is torch. */
const isArray = (value: Value): boolean => value instanceof NdArray && value.cls === value.family;

function numpyDtype(machine: Machine, a: Value, b: Value): Dtype {
  const common = [a, b].map(it => ({
    dtype: operandDtype(machine, it).dtype,
    isScalar: !isTensor(it) || it.shape?.length === 0,
  }));
  return common.every((it): it is ArrayOperand => dtypeNamed(it.dtype) !== undefined) ? resultDtype(common) : 'float64';
}

function numpyResult({ dtype }: BinaryRequest, common: Dtype): Dtype {
  const result = dtype?.(common) ?? common;
  return isFloating(result) && !isFloating(common) ? 'float64' : result;
}

/** An unknown operand that the graph does not follow is taken for a number. */
function shapeOf(value: Value): Shape {
  if (isTensor(value)) return value.shape;
  return value instanceof Unknown && (value.inputs?.length ?? 0) > 0 ? undefined : [];
}

function numberOrConstant(value: Value): number | undefined {
  return isTensor(value) ? constantOf(value) : numberValue(value);
}

function constantResult(
  [a, b]: readonly [number | undefined, number | undefined],
  { compute }: BinaryRequest,
  common: Dtype,
  dtype: Dtype,
): number | undefined {
  if (a === undefined || b === undefined) return undefined;
  const { round } = dtypes[common];
  return dtypes[dtype].round(compute(round(a), round(b)));
}

function computed(
  a: Value,
  b: Value,
  shape: Shape,
  { compute }: BinaryRequest,
  common: Dtype,
  dtype: Dtype,
): Elements | undefined {
  const sizes = knownShape(shape);
  if (sizes === undefined || sizes.reduce((x, y) => x * y, 1) > MOST_ELEMENTS) return undefined;
  const left = elementsFor(a, sizes, common);
  const right = left && elementsFor(b, sizes, common);
  if (left === undefined || right === undefined) return undefined;
  const { round } = dtypes[dtype];
  return new Elements([left, right], () => {
    const others = right.values;
    return left.values.map((x, i) => round(compute(x, others[i]!)));
  });
}

function elementsFor(value: Value, sizes: readonly number[], common: Dtype): Elements | undefined {
  const elements = isTensor(value) ? elementsOf(value) : scalarElements(value);
  if (elements === undefined) return undefined;
  const isRounded = isTensor(value) && value.dtype === common;
  const from = isTensor(value) ? knownShape(value.shape)! : [];
  if (isRounded && areSame(from, sizes)) return elements;
  return new Elements([elements], () => {
    const { values } = elements;
    return broadcastTo(isRounded ? values : values.map(dtypes[common].round), from, sizes);
  });
}

const areSame = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((size, axis) => size === b[axis]);

function scalarElements(value: Value): Elements | undefined {
  const number = numberValue(value);
  return number === undefined ? undefined : Elements.of(Float64Array.of(number));
}

/** Numbers and tensors of rank 0 only decide when they are of a higher kind: integer, float, complex. */
export function commonDtype(machine: Machine, a: Value, b: Value): Dtype {
  const [left, right] = [operandDtype(machine, a), operandDtype(machine, b)];
  if (left.weight === right.weight) return promoted(left.dtype, right.dtype);
  const [strong, weak] = left.weight > right.weight ? [left, right] : [right, left];
  if (rankOf(weak.dtype) <= rankOf(strong.dtype)) return strong.dtype;
  return promoted(strong.dtype, weak.dtype);
}

interface OperandDtype {
  readonly dtype: Dtype;
  /** Tensors outweigh tensors of rank 0, and these outweigh numbers. */
  readonly weight: 0 | 1 | 2;
}

/** Truths of numpy's are no truths to torch. */
function operandDtype(machine: Machine, operand: Value): OperandDtype {
  if (isTensor(operand)) return { dtype: operand.dtype, weight: operand.shape?.length === 0 ? 1 : 2 };
  const value = plainNumber(operand);
  if (typeof operand === 'boolean') return { dtype: 'bool', weight: 0 };
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof Symbolic)
    return { dtype: 'int64', weight: 0 };
  if (value instanceof Float || operand instanceof Instance) return { dtype: torchOf(machine).defaultDtype, weight: 0 };
  return { dtype: 'bool', weight: 0 };
}

/** True division of integers gives floats. */
export function floatResult(machine: Machine): (dtype: Dtype) => Dtype {
  return dtype => (isFloating(dtype) || dtypes[dtype].category === 'complex' ? dtype : torchOf(machine).defaultDtype);
}
