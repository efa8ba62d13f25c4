/** Arithmetic, comparisons and logic: functions, methods and operators. */
import type { Machine } from '../../../interpreter/machine.js';
import { native } from '../../../interpreter/native.js';
import type { NativeFunction, Value } from '../../../interpreter/values.js';
import { isTensor, type Tensor } from '../tensor.js';
import { difference, productOf, quotient, sum } from './arithmetic.js';
import { binary } from './binary.js';
import { clamp, power, whereOf } from './choices.js';
import { approximated } from './data.js';
import { matmul } from './products.js';
import { unary } from './unary.js';
import { negated } from './unary.table.js';
import { inPlaceOf, type Operation, operation, type Run } from './variants.js';

type Compute = (a: number, b: number) => number;

const comparisons: Readonly<Record<string, Compute>> = {
  eq: (a, b) => Number(a === b),
  ne: (a, b) => Number(a !== b),
  lt: (a, b) => Number(a < b),
  le: (a, b) => Number(a <= b),
  gt: (a, b) => Number(a > b),
  ge: (a, b) => Number(a >= b),
};

const comparisonAliases = {
  not_equal: 'ne',
  less: 'lt',
  less_equal: 'le',
  greater: 'gt',
  greater_equal: 'ge',
} as const;

const logic: Readonly<Record<string, Compute>> = {
  logical_and: (a, b) => Number(a !== 0 && b !== 0),
  logical_or: (a, b) => Number(a !== 0 || b !== 0),
  logical_xor: (a, b) => Number((a !== 0) !== (b !== 0)),
};

/** Functions of two numbers without a meaning for the graph. */
const plain: Readonly<Record<string, Compute>> = {
  maximum: Math.max,
  minimum: Math.min,
  fmax: Math.max,
  fmin: Math.min,
  atan2: Math.atan2,
  arctan2: Math.atan2,
  hypot: Math.hypot,
  copysign: (a, b) => Math.abs(a) * (b < 0 || Object.is(b, -0) ? -1 : 1),
  fmod: (a, b) => a % b,
  remainder: (a, b) => a - b * Math.floor(a / b),
  floor_divide: (a, b) => Math.floor(a / b),
  bitwise_and: (a, b) => a & b,
  bitwise_or: (a, b) => a | b,
  bitwise_xor: (a, b) => a ^ b,
  bitwise_left_shift: (a, b) => a * 2 ** b,
  bitwise_right_shift: (a, b) => Math.floor(a / 2 ** b),
  heaviside: (a, b) => (a === 0 ? b : Number(a > 0)),
};

const OTHER = 'input, other, *, out=None';

function compare(machine: Machine, name: string, a: Value, b: Value): Value {
  return binary(machine, a, b, { name, kind: 'opaque', compute: comparisons[name]!, dtype: () => 'bool' });
}

function named(names: readonly string[], signature: string, run: Run): readonly Operation[] {
  return names.map(name => operation(name, signature, run, { inPlace: true }));
}

export const arithmetic: readonly Operation[] = [
  operation('add', 'input, other, *, alpha=1, out=None', (m, a, b, alpha) => sum(m, a!, b!, alpha), { inPlace: true }),
  ...named(['sub', 'subtract'], 'input, other, *, alpha=1, out=None', (m, a, b, alpha) => difference(m, a!, b!, alpha)),
  operation('rsub', 'input, other, *, alpha=1', (m, a, b, alpha) => difference(m, b!, a!, alpha)),
  ...named(['mul', 'multiply'], OTHER, (m, a, b) => productOf(m, a!, b!)),
  ...named(['div', 'divide', 'true_divide'], 'input, other, *, rounding_mode=None, out=None', (m, a, b, rounding) =>
    quotient(m, a!, b!, rounding),
  ),
  ...named(['pow', 'float_power'], 'input, exponent, *, out=None', (m, a, b) => power(m, a!, b!)),
  ...named(['clamp', 'clip'], 'input, min=None, max=None, *, out=None', (m, a, low, high) => clamp(m, a!, low!, high!)),
  ...named(['clamp_min'], 'input, min, *, out=None', (m, a, low) => clamp(m, a!, low!, null)),
  ...named(['clamp_max'], 'input, max, *, out=None', (m, a, high) => clamp(m, a!, null, high!)),
  ...named(['lerp'], 'input, end, weight, *, out=None', (m, a, b, weight) =>
    inOneStep('lerp', sum(m, a!, productOf(m, difference(m, b!, a!), weight!))),
  ),
  ...named(['addcmul'], 'input, tensor1, tensor2, *, value=1, out=None', (m, a, b, c, value) =>
    inOneStep('addcmul', sum(m, a!, productOf(m, b!, c!), value)),
  ),
  ...named(['addcdiv'], 'input, tensor1, tensor2, *, value=1, out=None', (m, a, b, c, value) =>
    inOneStep('addcdiv', sum(m, a!, quotient(m, b!, c!), value)),
  ),
  operation('where', 'condition, input=None, other=None, *, out=None', (m, a, b, c) => whereOf(m, a!, b!, c!), {
    places: 'function',
  }),
  operation('where', 'input, condition, other', (m, a, condition, other) => whereOf(m, condition!, a!, other!), {
    places: 'method',
  }),
  ...Object.keys(comparisons).map(name =>
    operation(name, OTHER, (m, a, b) => compare(m, name, a!, b!), { inPlace: true }),
  ),
  ...Object.entries(comparisonAliases).map(([name, same]) =>
    operation(name, OTHER, (m, a, b) => compare(m, same, a!, b!)),
  ),
  ...Object.entries(logic).map(([name, compute]) =>
    operation(name, OTHER, (m, a, b) => binary(m, a!, b!, { name, kind: 'opaque', compute, dtype: () => 'bool' })),
  ),
  ...Object.entries(plain).map(([name, compute]) =>
    operation(name, OTHER, (m, a, b) => binary(m, a!, b!, { name, kind: 'opaque', compute }), { inPlace: true }),
  ),
];

/** Torch rounds elsewhere than the steps do that say what it computes. */
function inOneStep(name: string, result: Tensor): Tensor {
  const { storage } = result;
  const [first] = storage.contents;
  const isComputed = storage.contents.length === 1 && (first?.kind === 'data' || first?.kind === 'constant');
  storage.contents = [
    isComputed ? approximated(first, name) : { kind: 'opaque', reason: `it is computed by \`${name}\`` },
  ];
  return result;
}

const byName = new Map(arithmetic.map(it => [it.native.name, it.native]));

/** `a ○ b`; what is no number and no tensor is left to the other side. */
function operator(name: string, run: Run): NativeFunction {
  return native(name, 'self, other', (machine, self, other) =>
    isOperand(other!) ? run(machine, self!, other!) : machine.builtins.notImplemented,
  );
}

function isOperand(value: Value): boolean {
  return value !== null && typeof value !== 'string';
}

const operators: Readonly<Record<string, Run>> = {
  add: (m, a, b) => sum(m, a!, b!),
  sub: (m, a, b) => difference(m, a!, b!),
  mul: (m, a, b) => productOf(m, a!, b!),
  truediv: (m, a, b) => quotient(m, a!, b!),
  floordiv: (m, a, b) => m.call(byName.get('floor_divide')!, [a!, b!]),
  mod: (m, a, b) => m.call(byName.get('remainder')!, [a!, b!]),
  pow: (m, a, b) => power(m, a!, b!),
  matmul: (m, a, b) => matmul(m, a!, b!),
  and: (m, a, b) => m.call(byName.get('bitwise_and')!, [a!, b!]),
  or: (m, a, b) => m.call(byName.get('bitwise_or')!, [a!, b!]),
  xor: (m, a, b) => m.call(byName.get('bitwise_xor')!, [a!, b!]),
  lshift: (m, a, b) => m.call(byName.get('bitwise_left_shift')!, [a!, b!]),
  rshift: (m, a, b) => m.call(byName.get('bitwise_right_shift')!, [a!, b!]),
};

/** `__iadd__` writes as `add_` does. */
const inPlaceNames: Readonly<Record<string, string>> = { truediv: 'div', floordiv: 'floor_divide', mod: 'remainder' };

function inPlaceOperator(name: string, run: Run): NativeFunction {
  const written = native(inPlaceNames[name] ?? name, 'input, other', run);
  const { run: execute, signature } = inPlaceOf(written, run);
  return native(`__i${name}__`, 'self, other', (machine, self, other) =>
    execute(
      machine,
      { positional: [self!, other!], keywords: new Map() },
      signature === undefined ? [] : [self!, other!],
    ),
  );
}

export const operatorMethods: readonly (readonly [string, Value])[] = [
  ...Object.entries(operators).flatMap(([name, run]): readonly (readonly [string, Value])[] => [
    [`__${name}__`, operator(`__${name}__`, run)],
    [`__r${name}__`, operator(`__r${name}__`, (m, a, b) => run(m, b!, a!))],
    [`__i${name}__`, inPlaceOperator(name, run)],
  ]),
  ...Object.keys(comparisons).map((name): readonly [string, Value] => [
    `__${name}__`,
    operator(`__${name}__`, (machine, a, b) => compare(machine, name, a!, b!)),
  ]),
  ['__neg__', native('__neg__', 'self', (machine, self) => negated(machine, self!))],
  ['__pos__', native('__pos__', 'self', (_, self) => self!)],
  ['__abs__', native('__abs__', 'self', (machine, self) => machine.callMethod(self!, 'abs'))],
  ['__invert__', native('__invert__', 'self', (machine, self) => inverted(machine, self!))],
];

function inverted(machine: Machine, self: Value): Value {
  const isLogical = isTensor(self) && self.dtype === 'bool';
  return unary(machine, self, {
    name: 'bitwise_not',
    kind: 'opaque',
    compute: isLogical ? x => Number(x === 0) : x => -x - 1,
  });
}
