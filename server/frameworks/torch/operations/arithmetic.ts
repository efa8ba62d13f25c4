/** Addition, multiplication, division: residual branches, gates and scales of the graph, arithmetic on draws. */
import { fma32, fma64 } from '../../../../core/random/fma.js';
import type { Machine } from '../../../interpreter/machine.js';
import { powerOf, raised } from '../../../interpreter/powers.js';
import type { Value } from '../../../interpreter/values.js';
import type { MapOperation, StorageWrite } from '../../../model/draws.js';
import { numberValue } from '../arguments.js';
import { dtypes } from '../dtypes.js';
import type { RecordedOperation } from '../graph.js';
import { isTensor, knownShape, type Tensor } from '../tensor.js';
import { type BinaryRequest, binary, commonDtype, floatResult } from './binary.js';
import { combined } from './combined.js';
import { maskSettings } from './masks.js';
import { recognized } from './recognize.js';
import { isTracked } from './results.js';
import { specAfter } from './spec-maps.js';
import { contentsOfCopy } from './views.js';

export function sum(machine: Machine, a: Value, b: Value, alpha: Value = 1): Tensor {
  const factor = numberValue(alpha) ?? Number.NaN;
  return binary(machine, a, b, {
    name: 'add',
    kind: 'add',
    compute: fused(machine, a, b, factor),
    settings: termSettings(a, b, factor),
    ...(factor === 1 && combined(a, b, 'add', 'add')),
    ...follow(machine, a, b, 'add', factor),
  });
}

export function difference(machine: Machine, a: Value, b: Value, alpha: Value = 1): Tensor {
  const factor = numberValue(alpha) ?? Number.NaN;
  return binary(machine, a, b, {
    name: 'sub',
    kind: 'add',
    compute: fused(machine, a, b, -factor),
    settings: termSettings(a, b, -factor),
    ...(factor === 1 && combined(a, b, 'subtract', 'sub')),
    ...followDifference(machine, a, b, factor),
  });
}

/** Torch multiplies by alpha and adds in one step, rounded once. */
function fused(machine: Machine, a: Value, b: Value, factor: number): (x: number, y: number) => number {
  if (factor === 1) return (x, y) => x + y;
  if (factor === -1) return (x, y) => x - y;
  switch (commonDtype(machine, a, b)) {
    case 'float32': {
      const single = Math.fround(factor);
      return (x, y) => fma32(y, single, x);
    }
    case 'float64':
      return (x, y) => fma64(y, factor, x);
    default:
      return (x, y) => x + factor * y;
  }
}

export function productOf(machine: Machine, a: Value, b: Value): Tensor {
  const factor = numberOf(a) ?? numberOf(b);
  const mask = factor === undefined ? (maskSettings(a) ?? maskSettings(b)) : undefined;
  const request: BinaryRequest = {
    name: 'mul',
    kind: factor !== undefined ? 'scale' : isInverseSpread(a) || isInverseSpread(b) ? 'normalize' : 'multiply',
    compute: (x, y) => x * y,
    settings: factor === undefined ? [] : [['factor', factor]],
    ...combined(a, b, 'multiply', 'mul'),
    ...follow(machine, a, b, 'multiply', 1),
    ...(mask && { kind: 'dropout' as const, settings: mask }),
  };
  const result = binary(machine, a, b, request);
  noteScale(result, ...(isTensor(a) ? ([a, b] as const) : ([b, a] as const)), 1);
  return withActivation(result);
}

/** An activation that is written out, of which this is the last step, becomes one operation. */
function withActivation(result: Tensor): Tensor {
  const activation = result.operation && recognized(result.operation);
  if (activation !== undefined) result.operation = activation;
  return result;
}

export function quotient(machine: Machine, a: Value, b: Value, rounding: Value = null): Tensor {
  const [dividend, divisor] = [numberOf(a), numberOf(b)];
  const integer = rounding === 'floor' ? Math.floor : rounding === 'trunc' ? Math.trunc : undefined;
  const result = binary(machine, a, b, {
    name: rounding === 'floor' ? 'floor_divide' : 'div',
    kind: divisor !== undefined ? 'scale' : 'multiply',
    compute: integer === undefined ? divide(machine, a, b) : (x, y) => integer(x / y),
    settings:
      divisor !== undefined ? [['factor', 1 / divisor]] : dividend === undefined ? [] : [['dividend', dividend]],
    ...(integer === undefined && {
      dtype: floatResult(machine),
      ...combined(a, b, 'divide', 'div'),
      ...(isTensor(a) ? follow(machine, a, b, 'divide', 1) : followInverse(machine, a, b)),
    }),
    ...(isTensor(b) && divides(b) && { kind: 'normalize' as const }),
  });
  if (integer === undefined) noteScale(result, a, b, -1);
  return withActivation(result);
}

/** A number is divided by a tensor by multiplying it with the inverse, which is rounded on the way. */
function divide(machine: Machine, a: Value, b: Value): (x: number, y: number) => number {
  if (isTensor(a) || !isTensor(b)) return (x, y) => x / y;
  const { round } = dtypes[floatResult(machine)(commonDtype(machine, a, b))];
  return (x, y) => x * round(1 / y);
}

function followInverse(machine: Machine, a: Value, b: Value) {
  const number = numberOf(a);
  if (!isTensor(b) || number === undefined) return {};
  return mapped(machine, b, [
    { operation: 'power', operands: [-1] },
    { operation: 'multiply', operands: [number] },
  ]);
}

/** What a standard normal draw is multiplied by is its std, also where only a power of a size is known of it. */
function noteScale(result: Tensor, draw: Value, factor: Value, exponent: 1 | -1): void {
  if (!isTensor(draw) || isTensor(factor) || result.operation !== undefined) return;
  const { laterSpec: spec, history } = draw.storage;
  const power = raised(powerOf(factor), exponent);
  const last = history.at(-1);
  if (power === undefined || last === undefined || typeof spec === 'function') return;
  if (spec.kind === 'uniform' && spec.low === 0 && numberOf(factor) === undefined && (power.coefficient ?? 1) > 0) {
    result.storage.history = [last];
    result.storage.spec = { kind: 'uniform', low: 0 };
  }
  if (spec.kind !== 'normal' || spec.mean !== 0 || spec.std !== 1) return;
  result.storage.history = [{ ...last, powers: new Map([['std', power]]) }];
  if (numberOf(factor) === undefined) result.storage.spec = { kind: 'normal', mean: 0 };
}

/** A number, for the graph: not a tensor that it follows. */
function numberOf(value: Value): number | undefined {
  return isTensor(value) && (isTracked(value) || value.shape?.length !== 0) ? undefined : numberValue(value);
}

/** The number among the terms, and what the second tensor, or the only one, is multiplied by. */
function termSettings(a: Value, b: Value, factor: number): readonly (readonly [string, number])[] {
  const [left, right] = [numberOf(a), numberOf(b)];
  if (right !== undefined) return [['value', factor * right]];
  const alpha = factor === 1 ? [] : [['alpha', factor] as const];
  return left === undefined ? alpha : [['value', left], ...alpha];
}

/** Norms, deviations and their inverses: what a signal is divided by when it is normalized by hand. */
const SPREADS: ReadonlySet<string> = new Set(['std', 'var', 'norm', 'rsqrt', 'vector_norm', 'std_mean', 'var_mean']);
const DEEPEST = 6;

/** RMS norms by hand multiply by `rsqrt` of the mean square. */
function isInverseSpread(value: Value): boolean {
  return isTensor(value) && value.operation?.name === 'rsqrt';
}

function divides({ operation }: Tensor): boolean {
  return operation !== undefined && isSpread(operation, DEEPEST);
}

function isSpread(operation: RecordedOperation, depth: number): boolean {
  if (SPREADS.has(operation.name)) return true;
  const goesOn = operation.kind === 'opaque' || operation.kind === 'add' || operation.kind === 'shape';
  return goesOn && depth > 0 && operation.inputs.length === 1 && isSpread(operation.inputs[0]!, depth - 1);
}

/** Contents and distribution of a draw that a number is added to, or that is multiplied by one. */
function follow(
  machine: Machine,
  a: Value,
  b: Value,
  operation: MapOperation,
  factor: number,
): { contents?: readonly StorageWrite[]; spec?: BinaryRequest['spec'] } {
  const [tensor, number] = isTensor(a) && numberOf(b) !== undefined ? [a, numberOf(b)!] : [b, numberOf(a)];
  if (!isTensor(tensor) || number === undefined || (operation === 'divide' && tensor !== a)) return {};
  const term = Math.fround(factor) * Math.fround(number);
  const isRounded = Math.abs(factor) === 1 || Math.fround(term) === term;
  return exactly(isRounded, mapped(machine, tensor, [{ operation, operands: [factor * number] }]));
}

function followDifference(machine: Machine, a: Value, b: Value, factor: number) {
  if (!isTensor(b) || numberOf(a) === undefined) return follow(machine, a, b, 'add', -factor);
  const steps: readonly Step[] = [
    { operation: 'multiply', operands: [-factor] },
    { operation: 'add', operands: [numberOf(a)!] },
  ];
  return exactly(factor === 1, mapped(machine, b, steps));
}

/** Where torch rounds once and the steps would twice, the distribution alone is told. */
function exactly(isSo: boolean, { contents, spec }: ReturnType<typeof mapped>) {
  return { ...(isSo && contents && { contents }), ...(spec && { spec }) };
}

interface Step {
  readonly operation: MapOperation;
  readonly operands: readonly number[];
}

function mapped(machine: Machine, tensor: Tensor, steps: readonly Step[]) {
  // Of values that are computed it is asked when they are there.
  const { laterSpec } = tensor.storage;
  let spec = typeof laterSpec === 'function' ? undefined : laterSpec;
  for (const { operation, operands } of steps) {
    spec &&= specAfter(spec, operation, operands);
  }
  const isFollowed = tensor.storage.contents.length > 0 && knownShape(tensor.shape) !== undefined;
  const keepsType = dtypes[tensor.dtype].category === 'float' && commonDtype(machine, tensor, 1) === tensor.dtype;
  const contents = isFollowed && keepsType ? contentsAfter(tensor, steps) : undefined;
  return { ...(contents && { contents }), ...(spec && { spec }) };
}

function contentsAfter(tensor: Tensor, steps: readonly Step[]): readonly StorageWrite[] {
  return [...contentsOfCopy(tensor), ...steps.map(step => ({ kind: 'map' as const, ...step }))];
}
