/** `dict` and its views. */
import type { Machine } from '../machine.js';
import { absent, native } from '../native.js';
import { openUp } from '../open-objects.js';
import { completeInOrder, completeRegistry, isBroughtLate } from '../registries.js';
import { UnknownText } from '../unknown-text.js';
import { Dict, Instance, Tuple, Unknown, type Value } from '../values.js';
import { classMethod, made, maker } from './construct.js';
import { type Entry, fail, isVagueKey, lazily, payloadOf, receiver, type Table, unknownFrom } from './define.js';
import { common } from './dunders.js';
import { keyFor } from './hashing.js';
import { collect } from './list.js';
import { Namespace } from './namespace.js';
import { DictView } from './views.js';

const dict = receiver('dict', value => (value instanceof Dict ? value : undefined));

export const dictMethods: Table = [
  maker('*args, **kwargs', (m, cls, args, keywords) => {
    const isPlain = cls === m.builtins.dictClass;
    return made(m, cls, isPlain ? filled(m, args as Tuple, keywords as Dict) : new Dict());
  }),
  dict.lenient('__init__', '*args, **kwargs', (m, self, args, keywords) => {
    update(m, self, args as Tuple, keywords as Dict);
    return null;
  }),
  dict.lenient('get', 'key, default=None, /', (m, self, key, fallback) => {
    const found = lookUp(m, self, key!);
    return found === undefined ? fallback! : found;
  }),
  dict.lenient('setdefault', 'key, default=None, /', (m, self, key, fallback) => {
    const found = lookUp(m, self, key!);
    if (found !== undefined) return found;
    store(m, self, key!, fallback!);
    return fallback!;
  }),
  dict.lenient('pop', 'key, default=..., /', (m, self, key, fallback) => pop(m, self, key!, fallback!)),
  dict.lenient('popitem', '', (m, self) => {
    completeInOrder(m, self);
    const last = [...self.entries].at(-1);
    if (last === undefined) return fail(m, 'KeyError', 'popitem(): dictionary is empty');
    m.touch(self);
    self.entries.delete(last[0]);
    return new Tuple(last[1]);
  }),
  dict.lenient('update', '*args, **kwargs', (m, self, args, keywords) => {
    update(m, self, args as Tuple, keywords as Dict);
    return null;
  }),
  dict.lenient('clear', '', (m, self) => {
    m.touch(self);
    self.entries = new Map();
    delete self.more;
    return null;
  }),
  dict.lenient('copy', '', (m, self) => copied(m, self)),
  view('keys'),
  view('values'),
  view('items'),
  dict.lenient('__len__', '', (m, self) => {
    completeRegistry(m, self);
    return self.more === undefined ? self.entries.size : unknownFrom(m, 'len', [self.more]);
  }),
  dict.lenient('__iter__', '', (m, self) => lazily('dict_keyiterator', m.iterate(self))),
  dict.lenient('__reversed__', '', (m, self) => lazily('dict_reversekeyiterator', [...m.iterate(self)].reverse())),
  dict.lenient('__contains__', 'key, /', (m, self, key) => {
    const found = isVagueKey(key!) ? undefined : hasKey(m, self, key!);
    return found || (found === false && self.more === undefined) ? found : unknownFrom(m, '__contains__', [key!]);
  }),
  ['__getitem__', native('__getitem__', 'self, key, /', (m, self, key) => item(m, self!, key!))],
  dict.lenient('__setitem__', 'key, value, /', (m, self, key, value) => {
    store(m, self, key!, value!);
    return null;
  }),
  dict.lenient('__delitem__', 'key, /', (m, self, key) => {
    pop(m, self, key!, absent);
    return null;
  }),
  dict.lenient('__or__', 'other, /', (m, self, other) => {
    const joined = copied(m, self);
    update(m, joined, new Tuple([other!]), new Dict());
    return joined;
  }),
  dict.lenient('__ior__', 'other, /', (m, self, other) => {
    update(m, self, new Tuple([other!]), new Dict());
    return self;
  }),
  ['__hash__', null],
  ...common(dict),
  classMethod('fromkeys', 'iterable, value=None, /', (m, cls, iterable, value) => {
    const made = m.call(cls);
    for (const key of collect(m, iterable!)) m.setItem(made, key, value!);
    return made;
  }),
];

function hasKey(m: Machine, dict: Dict, key: Value): boolean {
  const at = keyFor(m, key);
  return dict.entries.has(at) || isBroughtLate(m, dict, key, at);
}

/** The value under a key; undefined when there is none. */
export function lookUp(m: Machine, dict: Dict, key: Value): Value | undefined {
  if (key instanceof UnknownText && dict.entries.has(placeOf(key))) return dict.entries.get(placeOf(key))![1];
  if (isVagueKey(key) && !(key instanceof Tuple))
    return dict.entries.size === 0 && !dict.more ? undefined : unknownFrom(m, 'get', [key, valuesOf(dict)]);
  const at = keyFor(m, key);
  const pair = dict.entries.get(at) ?? (isBroughtLate(m, dict, key, at) ? dict.entries.get(at) : undefined);
  if (pair !== undefined) return pair[1];
  return dict.more === undefined ? undefined : beyond(dict.more, key);
}

/** Where what is put under text stands of which parts are not known. */
const placeOf = ({ pattern }: UnknownText): string => `\0text(${pattern})`;

/** Those that a key which is not known may stand for. */
const valuesOf = ({ entries }: Dict) => new Tuple([...entries.values()].slice(0, MOST_VALUES).map(it => it[1]));
const MOST_VALUES = 64;

export function store(m: Machine, dict: Dict, key: Value, value: Value): void {
  m.touch(dict);
  if (isVagueKey(key) && !(key instanceof Tuple)) {
    dict.more ??= unknownFrom(m, '__setitem__', [key]);
    if (key instanceof UnknownText) dict.entries.set(placeOf(key), [key, value]);
    return;
  }
  const at = keyFor(m, key);
  const known = dict.entries.get(at);
  dict.entries.set(at, [known === undefined ? key : known[0], value]);
}

/** `dict.update`; what is not known may have brought any key. */
export function update(m: Machine, dict: Dict, args: Tuple, keywords: Dict): void {
  const [other] = args.items;
  if (args.items.length > 1) m.raise('TypeError', `update expected at most 1 argument, got ${args.items.length}`);
  if (other !== undefined) merge(m, dict, other);
  for (const [key, value] of keywords.entries.values()) store(m, dict, key, value);
  if (keywords.more !== undefined) {
    m.touch(dict);
    dict.more ??= keywords.more;
  }
  if (dict instanceof Namespace && dict.owner instanceof Instance && dict.more) openUp(dict.owner, dict.more);
}

function copied(m: Machine, dict: Dict): Dict {
  completeInOrder(m, dict);
  const copy = new Dict(new Map(dict.entries));
  if (dict.more !== undefined) copy.more = dict.more;
  return copy;
}

function filled(m: Machine, args: Tuple, keywords: Dict): Dict {
  const made = new Dict();
  update(m, made, args, keywords);
  return made;
}

function merge(m: Machine, dict: Dict, other: Value): void {
  const plain = payloadOf(other);
  m.touch(dict);
  if (plain instanceof Unknown) {
    dict.more ??= plain;
  } else if (plain instanceof Dict) {
    completeInOrder(m, plain);
    for (const [key, value] of [...plain.entries.values()]) store(m, dict, key, value);
    if (plain.more !== undefined) dict.more ??= plain.more;
  } else if (plain instanceof Instance && m.findAttribute(plain, 'keys') !== undefined) {
    for (const key of collect(m, m.callMethod(plain, 'keys'))) store(m, dict, key, m.getItem(plain, key));
  } else {
    mergePairs(m, dict, other);
  }
}

function mergePairs(m: Machine, dict: Dict, pairs: Value): void {
  for (const [i, pair] of collect(m, pairs).entries()) {
    if (pair instanceof Unknown) {
      dict.more ??= pair;
      continue;
    }
    const items = collect(m, pair);
    if (items.length !== 2) {
      const message = `dictionary update sequence element #${i} has length ${items.length}; 2 is required`;
      m.raise('ValueError', message);
    }
    store(m, dict, items[0]!, items[1]!);
  }
}

function item(m: Machine, self: Value, key: Value): Value {
  const plain = payloadOf(self);
  if (!(plain instanceof Dict)) return fail(m, 'TypeError', "descriptor '__getitem__' requires a 'dict' object");
  const found = lookUp(m, plain, key);
  if (found !== undefined) return found;
  const missing = self instanceof Instance ? m.findMethod(self, '__missing__') : undefined;
  return missing === undefined ? keyError(m, key) : m.call(missing, [self, key]);
}

function keyError(m: Machine, key: Value): Value {
  if (isVagueKey(key)) return unknownFrom(m, '__getitem__', [key]);
  return fail(m, 'KeyError', typeof key === 'string' ? key : (m.repr(key) ?? 'a key'));
}

function pop(m: Machine, dict: Dict, key: Value, fallback: Value): Value {
  const found = lookUp(m, dict, key);
  if (found === undefined) return fallback === absent ? keyError(m, key) : fallback;
  m.touch(dict);
  if (isVagueKey(key)) {
    if (m.strict) dict.more ??= unknownFrom(m, 'pop', [key]);
    return found;
  }
  dict.entries.delete(keyFor(m, key));
  return found;
}

function beyond(more: Unknown, key: Value): Unknown {
  const symbol = more.symbol !== undefined && typeof key === 'string' ? `${more.symbol}[${key}]` : undefined;
  return more.derive(symbol);
}

function view(kind: 'keys' | 'values' | 'items'): Entry {
  return dict.lenient(kind, '', (m, self) => {
    completeRegistry(m, self);
    return new DictView(m.builtins.typeNamed(`dict_${kind}`), self, kind);
  });
}
