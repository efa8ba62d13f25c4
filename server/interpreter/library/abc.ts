/** `abc` and `collections.abc`: classes that know by its methods whether a value is one of them. */
import { lazily } from '../builtins/define.js';
import { collect } from '../builtins/list.js';
import type { Machine } from '../machine.js';
import { absent } from '../native.js';
import { isSubclass } from '../truth.js';
import { ClassValue, Descriptor, Dict, List, Tuple, type Value } from '../values.js';
import { classOf, type Entry, method } from './define.js';

export function abcNames(m: Machine): Entry[] {
  const meta = abcMeta(m);
  const base = classOf(m, 'abc', 'ABC', []);
  base.metaclass = meta;
  return [
    ['ABC', base],
    ['ABCMeta', meta],
    method('abstractmethod', 'funcobj, /', (_, callee) => callee!),
    method('abstractproperty', 'funcobj, /', (_, callee) => new Descriptor('property', callee!)),
    method('abstractclassmethod', 'funcobj, /', (_, callee) => new Descriptor('classmethod', callee!)),
    method('abstractstaticmethod', 'funcobj, /', (_, callee) => new Descriptor('staticmethod', callee!)),
    method('update_abstractmethods', 'cls, /', (_, cls) => cls!),
    method('get_cache_token', '', () => 0),
  ];
}

/** The methods that make a value one of these, and the builtin types that are registered. */
const protocols: Readonly<Record<string, { methods: string; types?: string; bases?: string }>> = {
  Hashable: { methods: '__hash__' },
  Awaitable: { methods: '__await__' },
  Coroutine: { methods: '__await__ send throw close' },
  AsyncIterable: { methods: '__aiter__' },
  AsyncIterator: { methods: '__anext__ __aiter__' },
  AsyncGenerator: { methods: '__anext__ __aiter__ asend' },
  Iterable: { methods: '__iter__' },
  Iterator: { methods: '__next__ __iter__', bases: 'Iterable' },
  Generator: { methods: '__next__ __iter__ send throw close', bases: 'Iterator' },
  Reversible: { methods: '__reversed__ __iter__', bases: 'Iterable' },
  Sized: { methods: '__len__' },
  Container: { methods: '__contains__' },
  Callable: { methods: '__call__', types: 'function builtin_function_or_method method type' },
  Collection: { methods: '__len__ __iter__ __contains__', bases: 'Sized Iterable Container' },
  Set: { methods: '', types: 'set frozenset dict_keys dict_items', bases: 'Collection' },
  MutableSet: { methods: '', types: 'set', bases: 'Set' },
  Mapping: { methods: '', types: 'dict', bases: 'Collection' },
  MutableMapping: { methods: '', types: 'dict', bases: 'Mapping' },
  Sequence: { methods: '', types: 'list tuple str range bytes', bases: 'Collection' },
  MutableSequence: { methods: '', types: 'list bytearray', bases: 'Sequence' },
  ByteString: { methods: '', types: 'bytes bytearray', bases: 'Sequence' },
  MappingView: { methods: '', types: 'dict_keys dict_values dict_items', bases: 'Sized' },
  KeysView: { methods: '', types: 'dict_keys', bases: 'MappingView' },
  ItemsView: { methods: '', types: 'dict_items', bases: 'MappingView' },
  ValuesView: { methods: '', types: 'dict_values', bases: 'MappingView' },
};

export function collectionsAbcNames(m: Machine): Entry[] {
  const meta = abcMeta(m);
  const classes = new Map<string, ClassValue>();
  for (const [name, { bases }] of Object.entries(protocols)) {
    const parents = (bases ?? '').split(' ').flatMap(it => classes.get(it) ?? []);
    const cls = classOf(m, 'collections.abc', name, mixins[name] ?? [], parents);
    cls.metaclass = meta;
    classes.set(name, cls);
  }
  return [...classes];
}

const metas = new WeakMap<object, ClassValue>();

/** One for each set of builtins. */
function abcMeta(m: Machine): ClassValue {
  let meta = metas.get(m.builtins);
  if (meta === undefined) {
    meta = classOf(m, 'abc', 'ABCMeta', metaMethods, [m.builtins.typeClass]);
    metas.set(m.builtins, meta);
  }
  return meta;
}

const metaMethods: readonly Entry[] = [
  method('__instancecheck__', 'cls, instance, /', (m, cls, instance) => {
    const answer = conforms(m, m.classOf(instance!), cls as ClassValue);
    return answer ?? m.unknown('the class is not known');
  }),
  method('__subclasscheck__', 'cls, subclass, /', (m, cls, subclass) => {
    const answer = subclass instanceof ClassValue ? conforms(m, subclass, cls as ClassValue) : undefined;
    return answer ?? m.unknown('the class is not known');
  }),
  method('register', 'cls, subclass, /', (m, cls, subclass) => {
    const registered = (cls as ClassValue).attributes.get('_abc_registry');
    const items = registered instanceof Tuple ? registered.items : [];
    m.touch(cls as ClassValue);
    (cls as ClassValue).attributes.set('_abc_registry', new Tuple([...items, subclass!]));
    return subclass!;
  }),
];

/** Undefined when a base of the class is not known. */
function conforms(m: Machine, cls: ClassValue, abc: ClassValue): boolean | undefined {
  const inherits = isSubclass(cls, abc);
  if (inherits === true) return true;
  const registered = abc.attributes.get('_abc_registry');
  if (registered instanceof Tuple && registered.items.some(it => it instanceof ClassValue && isSubclass(cls, it)))
    return true;
  if (abc.moduleName !== 'collections.abc') return inherits;
  const { methods, types } = protocols[abc.name]!;
  if (types?.split(' ').some(it => cls.mro.includes(m.builtins.typeNamed(it)))) return true;
  return methods !== '' && methods.split(' ').every(it => has(cls, it)) ? true : inherits;
}

function has(cls: ClassValue, name: string): boolean {
  const found = cls.mro.find(it => it.attributes.has(name));
  return found !== undefined && found.attributes.get(name) !== null;
}

const mappingMixin: readonly Entry[] = [
  ['__hash__', null],
  method(
    '__contains__',
    'self, key, /',
    (m, self, key) => m.attempt('KeyError', () => m.getItem(self!, key!)) !== undefined,
  ),
  method('get', 'self, key, default=None', (m, self, key, fallback) => {
    const found = m.attempt('KeyError', () => m.getItem(self!, key!));
    return found === undefined ? fallback! : found;
  }),
  method('keys', 'self, /', (m, self) => new List(collect(m, self!))),
  method('values', 'self, /', (m, self) => new List(collect(m, self!).map(it => m.getItem(self!, it)))),
  method('items', 'self, /', (m, self) => new List(collect(m, self!).map(it => new Tuple([it, m.getItem(self!, it)])))),
];

const mutableMappingMixin: readonly Entry[] = [
  method('pop', 'self, key, default=..., /', (m, self, key, fallback) => {
    if (fallback === absent) return removed(m, self!, key!, m.getItem(self!, key!));
    const found = m.attempt('KeyError', () => m.getItem(self!, key!));
    return found === undefined ? fallback! : removed(m, self!, key!, found);
  }),
  method('setdefault', 'self, key, default=None', (m, self, key, fallback) => {
    const found = m.attempt('KeyError', () => m.getItem(self!, key!));
    if (found !== undefined) return found;
    m.setItem(self!, key!, fallback!);
    return fallback!;
  }),
  method('update', 'self, other=(), /, **kwds', (m, self, other, keywords) => {
    const added = m.call(m.builtins.dictClass, [other!]);
    for (const mapping of [added, keywords!]) {
      if (!(mapping instanceof Dict)) continue;
      for (const [key, value] of mapping.entries.values()) m.setItem(self!, key, value);
    }
    return null;
  }),
  method('clear', 'self, /', (m, self) => {
    for (const key of collect(m, self!)) m.deleteItem(self!, key);
    return null;
  }),
];

const sequenceMixin: readonly Entry[] = [
  method('__iter__', 'self, /', (m, self) => lazily('iterator', indexed(m, self!))),
  method('__contains__', 'self, value, /', (m, self, value) => {
    return m.compare('in', value!, new List(collect(m, self!))) ?? m.unknown('an item is not known');
  }),
  method('__reversed__', 'self, /', (m, self) => lazily('iterator', collect(m, self!).reverse())),
  method('index', 'self, value, /', (m, self, value) => m.callMethod(new List(collect(m, self!)), 'index', [value!])),
  method('count', 'self, value, /', (m, self, value) => m.callMethod(new List(collect(m, self!)), 'count', [value!])),
];

/** Methods that follow from the abstract ones. */
const mixins: Readonly<Record<string, readonly Entry[]>> = {
  Mapping: mappingMixin,
  MutableMapping: mutableMappingMixin,
  Sequence: sequenceMixin,
  Iterator: [method('__iter__', 'self, /', (_, self) => self!)],
};

function removed(m: Machine, self: Value, key: Value, value: Value): Value {
  m.deleteItem(self, key);
  return value;
}

function* indexed(m: Machine, self: Value): Iterable<Value> {
  for (let i = 0; ; i++) {
    m.step();
    const item = m.attempt('IndexError', () => m.getItem(self, i));
    if (item === undefined) return;
    yield item;
  }
}
