/** Special methods that builtin types have in common: operators, comparisons, text. */
import type { BinaryOperator, ComparisonOperator } from '../../syntax/tree.js';
import { unary } from '../operators.js';
import { formatValue, repr } from '../text.js';
import type { Value } from '../values.js';
import { isVague, type Receiver, type Table, unknownFrom } from './define.js';

/** Comparison, hash, truth and text of a type; the receiver must give plain values. */
export function common<T>(type: Receiver<T>): Table {
  return [
    ...comparisons.map(([name, operator]) =>
      type.lenient(name, 'other, /', (m, self, other) => {
        if (!isVague(other!) && !type.accepts(other!)) return m.builtins.notImplemented;
        const answer = m.compare(operator, self as Value, other!);
        return answer ?? unknownFrom(m, name, [other!]);
      }),
    ),
    type.lenient('__bool__', '', (m, self) => m.truth(self as Value) ?? m.unknown('its truth is not known')),
    type.lenient('__repr__', '', (m, self) => repr(m, self as Value) ?? m.unknown('its text is not known')),
    type.strict('__format__', 'spec, /', (m, self, spec) => {
      return formatValue(m, self as Value, spec as string) ?? m.unknown('its text is not known');
    }),
  ];
}

/** Operators of numbers. */
export function arithmetic<T>(type: Receiver<T>): Table {
  return [
    ...operators(type, { add: '+', sub: '-', mul: '*', truediv: '/', floordiv: '//', mod: '%', pow: '**' }),
    type.lenient('__neg__', '', (m, self) => unary(m, '-', self as Value)),
    type.lenient('__pos__', '', (m, self) => unary(m, '+', self as Value)),
    type.lenient('__abs__', '', (m, self) => m.call(m.builtins.names.get('abs')!, [self as Value])),
    type.lenient('__divmod__', 'other, /', (m, self, other) =>
      m.call(m.builtins.names.get('divmod')!, [self as Value, other!]),
    ),
  ];
}

/** Operators of integers and sets. */
export function bitwise<T>(type: Receiver<T>): Table {
  return [
    ...operators(type, { and: '&', or: '|', xor: '^', lshift: '<<', rshift: '>>' }),
    type.lenient('__invert__', '', (m, self) => unary(m, '~', self as Value)),
  ];
}

/** `__name__` and, for the operands the other way round, `__rname__`. */
export function operators<T>(type: Receiver<T>, table: Readonly<Record<string, BinaryOperator>>): Table {
  return Object.entries(table).flatMap(([name, operator]) => [
    type.lenient(`__${name}__`, 'other, /', (m, self, other) => m.binary(operator, self as Value, other!)),
    type.lenient(`__r${name}__`, 'other, /', (m, self, other) => m.binary(operator, other!, self as Value)),
  ]);
}

const comparisons: readonly (readonly [string, ComparisonOperator])[] = [
  ['__eq__', '=='],
  ['__ne__', '!='],
  ['__lt__', '<'],
  ['__le__', '<='],
  ['__gt__', '>'],
  ['__ge__', '>='],
];
