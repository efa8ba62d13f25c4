/** `operator`. */
import type { BinaryOperator, ComparisonOperator } from '../../syntax/tree.js';
import { lengthOf } from '../builtins/aggregates.js';
import { lenient, type Table, unknownFrom } from '../builtins/define.js';
import { collect } from '../builtins/list.js';
import { countOf } from '../builtins/sequences.js';
import type { Machine } from '../machine.js';
import { rawNative } from '../native.js';
import { augmented, unary } from '../operators.js';
import { Tuple, type Value } from '../values.js';

const binaries: Readonly<Record<string, BinaryOperator>> = {
  add: '+',
  sub: '-',
  mul: '*',
  truediv: '/',
  floordiv: '//',
  mod: '%',
  pow: '**',
  matmul: '@',
  and_: '&',
  or_: '|',
  xor: '^',
  lshift: '<<',
  rshift: '>>',
  concat: '+',
};
const comparisons: Readonly<Record<string, ComparisonOperator>> = {
  eq: '==',
  ne: '!=',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
  is_: 'is',
  is_not: 'is not',
};

export const operatorNames: Table = [
  ...Object.entries(binaries).flatMap(([name, operator]) => [
    lenient(name, 'a, b, /', (m, a, b) => m.binary(operator, a!, b!)),
    lenient(`__${name.replace('_', '')}__`, 'a, b, /', (m, a, b) => m.binary(operator, a!, b!)),
    lenient(`i${name.replace('_', '')}`, 'a, b, /', (m, a, b) => augmented(m, operator, a!, b!)),
  ]),
  ...Object.entries(comparisons).map(([name, operator]) =>
    lenient(name, 'a, b, /', (m, a, b) => m.compare(operator, a!, b!) ?? unknownFrom(m, name, [a!, b!])),
  ),
  lenient('contains', 'a, b, /', (m, a, b) => m.compare('in', b!, a!) ?? unknownFrom(m, 'contains', [a!, b!])),
  lenient('neg', 'a, /', (m, a) => unary(m, '-', a!)),
  lenient('pos', 'a, /', (m, a) => unary(m, '+', a!)),
  lenient('invert', 'a, /', (m, a) => unary(m, '~', a!)),
  lenient('inv', 'a, /', (m, a) => unary(m, '~', a!)),
  lenient('not_', 'a, /', (m, a) => unary(m, 'not', a!)),
  lenient('truth', 'a, /', (m, a) => m.truth(a!) ?? unknownFrom(m, 'truth', [a!])),
  lenient('abs', 'a, /', (m, a) => m.call(m.builtins.names.get('abs')!, [a!])),
  lenient('index', 'a, /', (m, a) => m.callMethod(a!, '__index__')),
  lenient('length_hint', 'obj, default=0, /', (m, value) => lengthOf(m, value!)),
  lenient('countOf', 'a, b, /', (m, items, item) => countOf(m, collect(m, items!), item!)),
  lenient('getitem', 'a, b, /', (m, object, index) => m.getItem(object!, index!)),
  lenient('setitem', 'a, b, c, /', (m, object, index, value) => {
    m.setItem(object!, index!, value!);
    return null;
  }),
  lenient('delitem', 'a, b, /', (m, object, index) => {
    m.deleteItem(object!, index!);
    return null;
  }),
  lenient('itemgetter', '*items', (_, items) =>
    getter((items as Tuple).items, (m, object, key) => m.getItem(object, key)),
  ),
  lenient('attrgetter', '*attrs', (_, names) => getter((names as Tuple).items, dottedAttribute)),
  lenient('methodcaller', 'name, /, *args, **kwargs', (_, name, args) =>
    rawNative('methodcaller', (m, { positional }) =>
      m.callMethod(positional[0]!, name as string, (args as Tuple).items),
    ),
  ),
  lenient('call', 'obj, /, *args', (m, callee, args) => m.call(callee!, (args as Tuple).items)),
];

function getter(keys: readonly Value[], read: (m: Machine, object: Value, key: Value) => Value): Value {
  return rawNative('getter', (m, { positional }) => {
    const values = keys.map(it => read(m, positional[0]!, it));
    return values.length === 1 ? values[0]! : new Tuple(values);
  });
}

function dottedAttribute(m: Machine, object: Value, name: Value): Value {
  return String(name)
    .split('.')
    .reduce((value: Value, part) => m.getAttribute(value, part), object);
}
