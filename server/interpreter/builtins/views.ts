/** What `dict.keys()`, `values()` and `items()` give: they follow the dictionary as it changes. */
import { keyOf } from '../compare.js';
import type { Machine } from '../machine.js';
import { native } from '../native.js';
import { completeInOrder } from '../registries.js';
import { type ClassValue, type Dict, Instance, List, SetValue, Tuple, Unknown, type Value } from '../values.js';
import { type Entry, lazily, type Table, unknownFrom, withReceiver } from './define.js';
import { collect } from './list.js';

export class DictView extends Instance {
  constructor(
    cls: ClassValue,
    readonly dict: Dict,
    readonly kind: 'keys' | 'values' | 'items',
  ) {
    super(cls);
  }

  get items(): Value[] {
    const pairs = [...this.dict.entries.values()];
    if (this.kind === 'keys') return pairs.map(it => it[0]);
    return this.kind === 'values' ? pairs.map(it => it[1]) : pairs.map(it => new Tuple(it));
  }
}

export const viewMethods: Table = [
  method('__len__', '', (m, self) =>
    self.dict.more === undefined ? self.dict.entries.size : unknownFrom(m, 'len', [self.dict.more]),
  ),
  method('__iter__', '', (m, self) => lazily(`dict_${self.kind.replace(/s$/, '')}iterator`, walk(m, self))),
  method('__reversed__', '', (_, self) => lazily(`dict_reverse${self.kind}iterator`, self.items.reverse())),
  method('__contains__', 'item, /', (m, self, item) => {
    return m.compare('in', item!, new List(self.items)) ?? unknownFrom(m, '__contains__', [item!]);
  }),
  method('__repr__', '', (m, self) => {
    const body = m.repr(new List(self.items));
    return body === undefined ? m.unknown('its text is not known') : `dict_${self.kind}(${body})`;
  }),
  method('isdisjoint', 'other, /', (m, self, other) => {
    const shared = m.binary('&', setOf(m, self), setOf(m, other!));
    return m.truth(shared) === false;
  }),
  method('__eq__', 'other, /', (m, self, other) => compareSets(m, '==', self, other!)),
  method('__le__', 'other, /', (m, self, other) => compareSets(m, '<=', self, other!)),
  method('__lt__', 'other, /', (m, self, other) => compareSets(m, '<', self, other!)),
  method('__ge__', 'other, /', (m, self, other) => compareSets(m, '>=', self, other!)),
  method('__gt__', 'other, /', (m, self, other) => compareSets(m, '>', self, other!)),
  ...(['&', '|', '-', '^'] as const).map((operator, i): Entry => {
    const name = ['__and__', '__or__', '__sub__', '__xor__'][i]!;
    return method(name, 'other, /', (m, self, other) => m.binary(operator, setOf(m, self), setOf(m, other!)));
  }),
];

function method(name: string, parameters: string, run: (m: Machine, self: DictView, ...rest: Value[]) => Value): Entry {
  return [
    name,
    native(name, withReceiver('self', parameters), (m, self, ...rest) => run(m, self as DictView, ...rest)),
  ];
}

/** Entries that are not known come as one more item. */
function* walk(m: Machine, view: DictView): Iterable<Value> {
  completeInOrder(m, view.dict);
  yield* view.items;
  const { more } = view.dict;
  if (more !== undefined) yield view.kind === 'items' ? new Tuple([more, more]) : m.unknown(more.reason);
}

function compareSets(m: Machine, operator: '==' | '<=' | '<' | '>=' | '>', self: DictView, other: Value): Value {
  if (!(other instanceof DictView || other instanceof SetValue)) return m.builtins.notImplemented;
  return m.compare(operator, setOf(m, self), setOf(m, other)) ?? m.unknown('the keys are not known');
}

function setOf(m: Machine, value: Value): Value {
  if (value instanceof SetValue || value instanceof Unknown) return value;
  return new SetValue(new Map(collect(m, value).map(it => [keyOf(it), it])));
}
