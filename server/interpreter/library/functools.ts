/** `functools`. */
import { isVague } from '../builtins/define.js';
import { keyFor } from '../builtins/hashing.js';
import { collect } from '../builtins/list.js';
import type { Machine } from '../machine.js';
import { absent, rawNative } from '../native.js';
import {
  type Arguments,
  BoundMethod,
  ClassValue,
  Dict,
  Func,
  Instance,
  type Key,
  NativeFunction,
  Tuple,
  type Value,
} from '../values.js';
import { classOf, type Entry, method, unknownValue } from './define.js';

const COPIED = ['__module__', '__name__', '__qualname__', '__doc__', '__annotations__', '__dict__'];

export function functoolsNames(m: Machine): Entry[] {
  return [
    ['partial', partialClass(m)],
    ['partialmethod', partialmethodClass(m)],
    ['WRAPPER_ASSIGNMENTS', new Tuple(COPIED.slice(0, 5))],
    ['WRAPPER_UPDATES', new Tuple(['__dict__'])],
    method('wraps', 'wrapped, assigned=(), updated=()', (_, wrapped) =>
      rawNative('wraps', (machine, { positional }) => updateWrapper(machine, positional[0]!, wrapped!)),
    ),
    method('update_wrapper', 'wrapper, wrapped, assigned=(), updated=()', (machine, wrapper, wrapped) =>
      updateWrapper(machine, wrapper!, wrapped!),
    ),
    method('reduce', 'function, iterable, initial=..., /', reduce),
    method('lru_cache', 'maxsize=128, typed=False', (machine, maxsize) => {
      const isDirect = maxsize instanceof Func || maxsize instanceof NativeFunction || maxsize instanceof BoundMethod;
      return isDirect
        ? cached(machine, maxsize)
        : rawNative('lru_cache', (inner, args) => cached(inner, args.positional[0]!));
    }),
    method('cache', 'user_function, /', (machine, callee) => cached(machine, callee!)),
    ['cached_property', classOf(m, 'functools', 'cached_property', cachedPropertyMethods)],
    method('singledispatch', 'func', (machine, callee) => singleDispatch(machine, callee!)),
    method('singledispatchmethod', 'func', (machine, callee) => singleDispatch(machine, callee!, 1)),
    method('total_ordering', 'cls', (_, cls) => totalOrdering(cls!)),
    method('cmp_to_key', 'mycmp', (machine, compare) => comparisonKey(machine, compare!)),
  ];
}

// ── partial ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function partialClass(m: Machine): ClassValue {
  const cls = classOf(m, 'functools', 'partial', [
    method('__new__', 'cls, func, /, *args, **keywords', (machine, type, callee, args, keywords) =>
      makePartial(machine, type as ClassValue, callee!, args as Tuple, keywords as Dict),
    ),
    ['__call__', rawNative('partial', callPartial)],
    method('__repr__', 'self, /', machine => machine.unknown('its text holds an address')),
  ]);
  return cls;
}

/** A partial of a partial is one partial. */
function makePartial(m: Machine, cls: ClassValue, callee: Value, args: Tuple, keywords: Dict): Value {
  const inner = callee instanceof Instance && callee.cls === cls ? callee.attributes : undefined;
  const instance = new Instance(cls);
  const before = (inner?.get('args') ?? new Tuple([])) as Tuple;
  const named = new Dict(new Map((inner?.get('keywords') as Dict | undefined)?.entries));
  m.touch(named);
  for (const [key, pair] of keywords.entries) named.entries.set(key, pair);
  instance.attributes.set('func', inner?.get('func') ?? callee);
  instance.attributes.set('args', new Tuple([...before.items, ...args.items]));
  instance.attributes.set('keywords', named);
  return instance;
}

function callPartial(m: Machine, { positional, keywords, unknown }: Arguments): Value {
  const { attributes } = positional[0] as Instance;
  const named = new Map<string, Value>();
  for (const [name, value] of (attributes.get('keywords') as Dict).entries.values()) named.set(name as string, value);
  for (const [name, value] of keywords) named.set(name, value);
  const before = (attributes.get('args') as Tuple).items;
  const given = { positional: before.concat(positional.slice(1)), keywords: named };
  return m.callWith(attributes.get('func')!, unknown === undefined ? given : { ...given, unknown });
}

function partialmethodClass(m: Machine): ClassValue {
  return classOf(m, 'functools', 'partialmethod', [
    method('__init__', 'self, func, /, *args, **keywords', (_, self, callee, args, keywords) => {
      (self as Instance).attributes.set('func', callee!).set('args', args!).set('keywords', keywords!);
      return null;
    }),
    method('__get__', 'self, obj, cls=None', (_, self, object) => {
      const { attributes } = self as Instance;
      return rawNative('partialmethod', (machine, args) => {
        const given = (attributes.get('keywords') as Dict).entries.values();
        const keywords = new Map([
          ...[...given].map(([key, value]) => [key as string, value] as const),
          ...args.keywords,
        ]);
        const positional = [object!, ...(attributes.get('args') as Tuple).items, ...args.positional];
        return machine.call(attributes.get('func')!, positional, keywords);
      });
    }),
  ]);
}

// ── wrappers ────────────────────────────────────────────────────────────────────────────────────────────────────────

function updateWrapper(m: Machine, wrapper: Value, wrapped: Value): Value {
  if (!(wrapper instanceof Func) && !(wrapper instanceof Instance)) return wrapper;
  for (const name of COPIED) {
    if (name === '__dict__') copyNames(m, wrapper, wrapped);
    else copyAttribute(m, wrapper, wrapped, name);
  }
  m.setAttribute(wrapper, '__wrapped__', wrapped);
  return wrapper;
}

function copyAttribute(m: Machine, wrapper: Value, wrapped: Value, name: string): void {
  const value = m.findAttribute(wrapped, name);
  if (value !== undefined) m.setAttribute(wrapper, name, value);
}

function copyNames(m: Machine, wrapper: Value, wrapped: Value): void {
  if (!(wrapped instanceof Func) && !(wrapped instanceof Instance)) return;
  for (const [name, value] of wrapped.attributes) m.setAttribute(wrapper, name, value);
}

function reduce(m: Machine, callee: Value | undefined, iterable: Value | undefined, initial: Value | undefined): Value {
  const items = collect(m, iterable!);
  if (initial !== absent) items.unshift(initial!);
  if (items.length === 0) return m.raise('TypeError', 'reduce() of empty iterable with no initial value');
  return items.slice(1).reduce((total, item) => m.call(callee!, [total, item]), items[0]!);
}

/** The first read leaves the value among the attributes of the object, where it is found from then on. */
const cachedPropertyMethods: readonly Entry[] = [
  method('__init__', 'self, func', (_, self, get) => {
    (self as Instance).attributes.set('func', get!);
    return null;
  }),
  method('__set_name__', 'self, owner, name', (_, self, __, name) => {
    (self as Instance).attributes.set('attrname', name!);
    return null;
  }),
  method('__get__', 'self, instance, owner=None', (m, self, instance) => {
    if (!(instance instanceof Instance)) return self!;
    const { attributes } = self as Instance;
    const value = m.call(attributes.get('func')!, [instance]);
    const name = attributes.get('attrname');
    m.touch(instance);
    if (typeof name === 'string') instance.attributes.set(name, value);
    return value;
  }),
];

/** Calls with arguments that are all known and hashable are computed once. */
function cached(m: Machine, callee: Value): Value {
  const results = new Map<Key, Value>();
  const wrapper = new NativeFunction('cached', undefined, (machine, args) => {
    const key = cacheKey(machine, args);
    const known = key === undefined ? undefined : results.get(key);
    if (known !== undefined) return known;
    const result = machine.callWith(callee, args);
    if (key !== undefined && machine.forked === 0) results.set(key, result);
    return result;
  });
  return cacheWrapper(m, wrapper, callee);
}

/** A callable with the attributes that `lru_cache` gives to it. */
function cacheWrapper(m: Machine, run: NativeFunction, wrapped: Value): Instance {
  const cls = classOf(m, 'functools', '_lru_cache_wrapper', [
    [
      '__call__',
      rawNative('cached', (machine, args) => run.run(machine, { ...args, positional: args.positional.slice(1) }, [])),
    ],
    bindingGet,
  ]);
  const instance = new Instance(cls);
  instance.attributes.set('__wrapped__', wrapped);
  instance.attributes.set('cache_info', unknownValue('how often a cache is hit is not followed'));
  instance.attributes.set(
    'cache_clear',
    rawNative('cache_clear', () => null),
  );
  for (const name of COPIED.slice(0, 4)) {
    const value = m.findAttribute(wrapped, name);
    if (value !== undefined) instance.attributes.set(name, value);
  }
  return instance;
}

/** Read through an object, the callable becomes its method. */
const bindingGet = method('__get__', 'self, obj, cls=None', (_, self, object) =>
  object === null ? self! : new BoundMethod(object!, self as Instance),
);

function cacheKey(m: Machine, { positional, keywords, unknown }: Arguments): Key {
  const parts = [...positional, ...[...keywords].flat()];
  if (unknown !== undefined || parts.some(isVague)) return undefined;
  return keyFor(m, new Tuple([...parts, positional.length]));
}

// ── dispatch and order ──────────────────────────────────────────────────────────────────────────────────────────────

/** Dispatches on the class of the argument at `at`. */
function singleDispatch(m: Machine, fallback: Value, at = 0): Value {
  const registry = new Map<ClassValue, Value>([[m.builtins.objectClass, fallback]]);
  const dispatch = (machine: Machine, value: Value): Value => {
    const found = machine.classOf(value).mro.find(it => registry.has(it));
    return found === undefined ? fallback : registry.get(found)!;
  };
  const cls = classOf(m, 'functools', 'singledispatch', [
    [
      '__call__',
      rawNative('dispatch', (machine, { positional, ...rest }) => {
        const given = positional.slice(1);
        return machine.callWith(dispatch(machine, given[at]!), { ...rest, positional: given });
      }),
    ],
    bindingGet,
    method('register', 'self, cls, func=...', (machine, _, type, callee) =>
      register(machine, registry, type!, callee!, at),
    ),
  ]);
  const instance = new Instance(cls);
  instance.attributes.set('__wrapped__', fallback);
  return instance;
}

function register(m: Machine, registry: Map<ClassValue, Value>, type: Value, callee: Value, at: number): Value {
  if (type instanceof Func) return registerByAnnotation(m, registry, type, at);
  if (!(type instanceof ClassValue))
    return callee === absent ? rawNative('register', (_, args) => args.positional[0]!) : callee;
  if (callee !== absent) {
    registry.set(type, callee);
    return callee;
  }
  return rawNative('register', (_, { positional }) => {
    registry.set(type, positional[0]!);
    return positional[0]!;
  });
}

function registerByAnnotation(m: Machine, registry: Map<ClassValue, Value>, callee: Func, at: number): Value {
  const parameter = callee.definition.parameters.list[at];
  const annotations = m.findAttribute(callee, '__annotations__');
  const type = parameter && annotations instanceof Dict ? annotations.entries.get(parameter.name.name)?.[1] : undefined;
  if (type instanceof ClassValue) registry.set(type, callee);
  return callee;
}

/** The operator that is there, and how the others follow from it. */
const derivations: Readonly<
  Record<string, Readonly<Record<string, (m: Machine, less: Value, equal: Value) => Value>>>
> = {
  __lt__: {
    __gt__: (m, less, equal) => !or(m, less, equal),
    __le__: (m, less, equal) => or(m, less, equal),
    __ge__: (m, less) => m.truth(less) === false,
  },
  __gt__: {
    __lt__: (m, greater, equal) => !or(m, greater, equal),
    __ge__: (m, greater, equal) => or(m, greater, equal),
    __le__: (m, greater) => m.truth(greater) === false,
  },
  __le__: {
    __ge__: (m, lessEqual, equal) => m.truth(lessEqual) === false || m.truth(equal) === true,
    __lt__: (m, lessEqual, equal) => m.truth(lessEqual) === true && m.truth(equal) === false,
    __gt__: (m, lessEqual) => m.truth(lessEqual) === false,
  },
  __ge__: {
    __le__: (m, greaterEqual, equal) => m.truth(greaterEqual) === false || m.truth(equal) === true,
    __gt__: (m, greaterEqual, equal) => m.truth(greaterEqual) === true && m.truth(equal) === false,
    __lt__: (m, greaterEqual) => m.truth(greaterEqual) === false,
  },
};

const or = (m: Machine, a: Value, b: Value): boolean => m.truth(a) === true || m.truth(b) === true;

function totalOrdering(cls: Value): Value {
  if (!(cls instanceof ClassValue)) return cls;
  const root = Object.keys(derivations).find(it => cls.attributes.has(it));
  if (root === undefined) return cls;
  for (const [name, derive] of Object.entries(derivations[root]!)) {
    if (cls.attributes.has(name)) continue;
    const [, compare] = method(name, 'self, other, /', (m, self, other) =>
      derive(m, m.callMethod(self!, root, [other!]), m.equal(self!, other!) ?? false),
    );
    cls.attributes.set(name, compare);
  }
  return cls;
}

function comparisonKey(m: Machine, compare: Value): Value {
  const cls = classOf(m, 'functools', 'K', [
    method('__init__', 'self, obj', (_, self, object) => {
      (self as Instance).attributes.set('obj', object!);
      return null;
    }),
    method('__lt__', 'self, other', (machine, self, other) => {
      const sign = machine.call(compare, [machine.getAttribute(self!, 'obj'), machine.getAttribute(other!, 'obj')]);
      return machine.compare('<', sign, 0) ?? machine.unknown('the order is not known');
    }),
  ]);
  return cls;
}
