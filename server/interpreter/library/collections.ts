/** `collections`. */
import { classMethod } from '../builtins/construct.js';
import { fail, lazily, payloadOf, unknownFrom } from '../builtins/define.js';
import { lookUp, store, update } from '../builtins/dict.js';
import { collect } from '../builtins/list.js';
import { sortedItems } from '../builtins/sequences.js';
import type { Machine } from '../machine.js';
import { Dict, type Instance, Tuple, Unknown, type Value } from '../values.js';
import { chainMapMethods } from './chainmap.js';
import { classOf, type Entry, method } from './define.js';
import { dequeMethods } from './deque.js';
import { namedtupleFunction } from './namedtuple.js';

export function collectionsNames(m: Machine): Entry[] {
  const dict = [m.builtins.dictClass];
  return [
    namedtupleFunction,
    ['OrderedDict', classOf(m, 'collections', 'OrderedDict', orderedMethods, dict)],
    ['defaultdict', classOf(m, 'collections', 'defaultdict', defaultMethods, dict)],
    ['Counter', classOf(m, 'collections', 'Counter', counterMethods, dict)],
    ['UserDict', classOf(m, 'collections', 'UserDict', [], dict)],
    ['UserList', classOf(m, 'collections', 'UserList', [], [m.builtins.listClass])],
    ['UserString', classOf(m, 'collections', 'UserString', [], [m.builtins.strClass])],
    ['deque', classOf(m, 'collections', 'deque', dequeMethods, [m.builtins.listClass])],
    ['ChainMap', classOf(m, 'collections', 'ChainMap', chainMapMethods)],
  ];
}

const entriesOf = (self: Value): Dict => payloadOf(self) as Dict;

const orderedMethods: readonly Entry[] = [
  method('move_to_end', 'self, key, last=True', (m, self, key, last) => {
    const { entries } = entriesOf(self!);
    const pair = [...entries].find(([, [it]]) => m.equal(it, key!) === true);
    if (pair === undefined) return fail(m, 'KeyError', m.toText(key!) ?? 'a key');
    m.touch(entriesOf(self!));
    entries.delete(pair[0]);
    entriesOf(self!).entries = new Map(m.truth(last!) === false ? [pair, ...entries] : [...entries, pair]);
    return null;
  }),
  method('popitem', 'self, last=True', (m, self, last) => {
    const pairs = [...entriesOf(self!).entries];
    const pair = m.truth(last!) === false ? pairs[0] : pairs.at(-1);
    if (pair === undefined) return fail(m, 'KeyError', 'dictionary is empty');
    m.touch(entriesOf(self!));
    entriesOf(self!).entries.delete(pair[0]);
    return new Tuple(pair[1]);
  }),
  method('__repr__', 'self, /', (m, self) => reprOf(m, 'OrderedDict', self!, '')),
  method('copy', 'self, /', (m, self) => m.call(m.classOf(self!), [entriesOf(self!)])),
];

const defaultMethods: readonly Entry[] = [
  method('__init__', 'self, default_factory=None, /, *args, **kwargs', (m, self, factory, args, keywords) => {
    (self as Instance).attributes.set('default_factory', factory!);
    update(m, entriesOf(self!), args as Tuple, keywords as Dict);
    return null;
  }),
  method('__missing__', 'self, key, /', (m, self, key) => {
    const factory = (self as Instance).attributes.get('default_factory') ?? null;
    if (factory === null) return fail(m, 'KeyError', m.toText(key!) ?? 'a key');
    const value = m.call(factory);
    store(m, entriesOf(self!), key!, value);
    return value;
  }),
  method('__repr__', 'self, /', (m, self) => {
    const factory = m.repr((self as Instance).attributes.get('default_factory') ?? null);
    return factory === undefined ? m.unknown('its text is not known') : reprOf(m, 'defaultdict', self!, `${factory}, `);
  }),
  method('copy', 'self, /', (m, self) =>
    m.call(m.classOf(self!), [(self as Instance).attributes.get('default_factory') ?? null, entriesOf(self!)]),
  ),
];

const counterMethods: readonly Entry[] = [
  method('__init__', 'self, iterable=None, /, **kwds', (m, self, iterable, keywords) => {
    count(m, entriesOf(self!), iterable!, keywords as Dict, 1);
    return null;
  }),
  method('__missing__', 'self, key, /', () => 0),
  method('update', 'self, iterable=None, /, **kwds', (m, self, iterable, keywords) => {
    count(m, entriesOf(self!), iterable!, keywords as Dict, 1);
    return null;
  }),
  method('subtract', 'self, iterable=None, /, **kwds', (m, self, iterable, keywords) => {
    count(m, entriesOf(self!), iterable!, keywords as Dict, -1);
    return null;
  }),
  method('total', 'self, /', (m, self) =>
    [...entriesOf(self!).entries.values()].reduce<Value>((sum, [, it]) => m.binary('+', sum, it), 0),
  ),
  method('most_common', 'self, n=None', (m, self, most) => {
    const pairs = [...entriesOf(self!).entries.values()].map(it => new Tuple(it));
    const [, second] = method('count', 'pair, /', (_, pair) => (pair as Tuple).items[1]!);
    const sorted = sortedItems(m, pairs, second, true);
    if (sorted === undefined) return unknownFrom(m, 'most_common', pairs);
    return m.call(m.builtins.listClass, [new Tuple(most === null ? sorted : sorted.slice(0, Number(most)))]);
  }),
  method('elements', 'self, /', (m, self) => lazily('chain', repeated(m, entriesOf(self!)))),
  method('__add__', 'self, other, /', (m, self, other) => sumOf(m, self!, other!, '+')),
  method('__sub__', 'self, other, /', (m, self, other) => sumOf(m, self!, other!, '-')),
  method('__repr__', 'self, /', (m, self) => {
    const counts = m.callMethod(self!, 'most_common');
    return reprOf(m, 'Counter', m.call(m.builtins.dictClass, [counts]), '');
  }),
  method('copy', 'self, /', (m, self) => m.call(m.classOf(self!), [entriesOf(self!)])),
  classMethod('fromkeys', 'iterable, v=None, /', m =>
    fail(m, 'NotImplementedError', 'Counter.fromkeys() is undefined'),
  ),
];

function reprOf(m: Machine, name: string, self: Value, before: string): Value {
  const dict = entriesOf(self);
  const shown =
    name === 'OrderedDict' ? m.repr(m.call(m.builtins.listClass, [m.callMethod(dict, 'items')])) : m.repr(dict);
  if (dict.entries.size === 0 && before === '') return `${name}()`;
  return shown === undefined ? m.unknown('its text is not known') : `${name}(${before}${shown})`;
}

function count(m: Machine, counts: Dict, iterable: Value, keywords: Dict, sign: 1 | -1): void {
  const add = (key: Value, amount: Value) => {
    const before = lookUp(m, counts, key);
    store(m, counts, key, m.binary(sign === 1 ? '+' : '-', before === undefined ? 0 : before, amount));
  };
  const plain = payloadOf(iterable);
  if (plain instanceof Unknown) counts.more ??= plain;
  else if (plain instanceof Dict) for (const [key, amount] of [...plain.entries.values()]) add(key, amount);
  else if (plain !== null) for (const item of collect(m, iterable)) add(item, 1);
  for (const [key, amount] of keywords.entries.values()) add(key, amount);
}

function* repeated(m: Machine, counts: Dict): Iterable<Value> {
  for (const [key, amount] of counts.entries.values()) {
    for (let i = 0; i < Number(amount); i++) {
      m.step();
      yield key;
    }
  }
}

/** With another count alone. */
function sumOf(m: Machine, self: Value, other: Value, operator: '+' | '-'): Value {
  const added = payloadOf(other);
  if (added instanceof Unknown) return added;
  return added instanceof Dict ? combined(m, self, added, operator) : m.builtins.notImplemented;
}

/** Only positive counts stay. */
function combined(m: Machine, self: Value, other: Dict, operator: '+' | '-'): Value {
  const result = new Dict(new Map(entriesOf(self).entries));
  for (const [key, amount] of [...other.entries.values()]) {
    const before = lookUp(m, result, key);
    store(m, result, key, m.binary(operator, before === undefined ? 0 : before, amount));
  }
  for (const [key, [, amount]] of [...result.entries])
    if (m.compare('>', amount, 0) === false) result.entries.delete(key);
  return m.call(m.classOf(self), [result]);
}
