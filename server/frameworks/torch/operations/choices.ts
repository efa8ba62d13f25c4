/** Powers, limits and choices between two tensors. */
import type { Machine } from '../../../interpreter/machine.js';
import { Float, type Value } from '../../../interpreter/values.js';
import { isMissing, numberValue } from '../arguments.js';
import { isInteger } from '../dtypes.js';
import { broadcast } from '../shapes.js';
import { isTensor, knownShape, type Shape } from '../tensor.js';
import { binary, commonDtype } from './binary.js';
import { broadcastData } from './broadcasting.js';
import { dataOf } from './data.js';
import type { Data } from './elements.js';
import { resultOf } from './results.js';
import { floatOf, unary } from './unary.js';
import { integral, squared } from './unary.table.js';

export function power(machine: Machine, a: Value, b: Value): Value {
  const exponent = isTensor(b) ? undefined : numberValue(b);
  if (exponent === 2 && !(b instanceof Float && isTensor(a) && isInteger(a.dtype))) return squared(machine, a);
  if (exponent === undefined) return binary(machine, a, b, { name: 'pow', kind: 'opaque', compute: (x, y) => x ** y });
  return unary(machine, a, {
    name: exponent === -0.5 ? 'rsqrt' : exponent === 0.5 ? 'sqrt' : 'pow',
    kind: exponent === 1 ? 'shape' : 'opaque',
    compute: x => x ** exponent,
    map: { operation: 'power', operands: [exponent] },
    dtype: b instanceof Float ? floatOf(machine) : integral,
    settings: [['exponent', exponent]],
  });
}

/** Limits that make a clamp a known activation. */
export function clamp(machine: Machine, input: Value, min: Value, max: Value): Value {
  if (isTensor(min) || isTensor(max)) return clampByTensors(machine, input, min, max);
  const low = isMissing(min) ? -Infinity : (numberValue(min) ?? Number.NaN);
  const high = isMissing(max) ? Infinity : (numberValue(max) ?? Number.NaN);
  const name = low === 0 && high === Infinity ? 'relu' : low === 0 && high === 6 ? 'relu6' : 'hardtanh';
  const isKnown = name !== 'hardtanh' || low === -high;
  return unary(machine, input, {
    name: isKnown ? name : 'clamp',
    kind: isKnown ? 'nonlinearity' : 'opaque',
    compute: x => Math.min(high, Math.max(low, x)),
    dtype: min instanceof Float || max instanceof Float ? floatOf(machine) : integral,
    map:
      Number.isNaN(low + high) && !(low === -Infinity && high === Infinity)
        ? undefined
        : { operation: 'clamp', operands: [low, high] },
    settings: [
      ['min_val', low],
      ['max_val', high],
    ],
  });
}

function clampByTensors(machine: Machine, input: Value, min: Value, max: Value): Value {
  const raised = isMissing(min)
    ? input
    : binary(machine, input, min, { name: 'clamp', kind: 'opaque', compute: Math.max });
  return isMissing(max) ? raised : binary(machine, raised, max, { name: 'clamp', kind: 'opaque', compute: Math.min });
}

/** Elements of `a` where the condition holds, of `b` elsewhere. */
export function whereOf(machine: Machine, condition: Value, a: Value, b: Value): Value {
  if (isMissing(a)) return machine.callMethod(condition, 'nonzero', [], new Map([['as_tuple', true]]));
  const shape = broadcast(shapeOf(condition), shapeOf(a), shapeOf(b));
  return resultOf(machine, {
    kind: 'multiply',
    name: 'where',
    inputs: [a, b],
    shape,
    dtype: commonDtype(machine, a, b),
    data: chosen(condition, a, b, knownShape(shape)),
  });
}

const shapeOf = (value: Value): Shape => (isTensor(value) ? value.shape : []);

function chosen(condition: Value, a: Value, b: Value, shape: readonly number[] | undefined): Data | undefined {
  const [test, left, right] = [condition, a, b].map(it => shape && elements(it, shape));
  if (test === undefined || left === undefined || right === undefined) return undefined;
  return test.map((it, i) => (it !== 0 ? left[i]! : right[i]!));
}

function elements(value: Value, shape: readonly number[]): Data | undefined {
  if (isTensor(value)) {
    const data = dataOf(value);
    return data && broadcastData(data, knownShape(value.shape)!, shape);
  }
  const number = numberValue(value);
  return number === undefined ? undefined : broadcastData(Float64Array.of(number), [], shape);
}
