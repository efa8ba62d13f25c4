/** `typing` and `typing_extensions`: annotations mean nothing at run time, so nearly everything is what it is given. */
import { collect } from '../builtins/list.js';
import type { Machine } from '../machine.js';
import { ClassValue, Dict, Instance, Tuple, type Value } from '../values.js';
import { collectionsAbcNames } from './abc.js';
import { classOf, type Entry, method } from './define.js';
import { makeNamedTuple } from './namedtuple.js';

/** Special forms: subscripted they give an alias that remembers its arguments. */
const FORMS =
  'Any Union Optional Literal Final ClassVar Annotated NoReturn Never Self TypeAlias Concatenate TypeGuard TypeIs Required ' +
  'NotRequired ReadOnly Unpack LiteralString AnyStr';

/** Names of builtin types. */
const builtinTypes: Readonly<Record<string, string>> = {
  List: 'list',
  Dict: 'dict',
  Tuple: 'tuple',
  Set: 'set',
  FrozenSet: 'frozenset',
  Type: 'type',
  Text: 'str',
};

const IDENTITIES = 'final no_type_check no_type_check_decorator runtime_checkable runtime override';

export function typingNames(m: Machine, module: (name: string) => Value): Entry[] {
  const form = classOf(m, 'typing', '_SpecialForm', formMethods);
  const variable = classOf(m, 'typing', 'TypeVar', [
    method('__init__', 'self, name, *constraints, **options', (_, self, name) => {
      (self as Instance).attributes.set('__name__', name!);
      return null;
    }),
    ...formMethods.filter(([name]) => name === '__or__' || name === '__ror__'),
  ]);
  return [
    ...FORMS.split(' ').map((name): Entry => [name, formNamed(form, name)]),
    ...Object.entries(builtinTypes).map(([name, type]): Entry => [name, m.builtins.typeNamed(type)]),
    ...collectionsAbcNames(m).map(([name]): Entry => [name, m.getAttribute(module('collections.abc'), name)]),
    ['AbstractSet', m.getAttribute(module('collections.abc'), 'Set')],
    ...['OrderedDict', 'DefaultDict', 'Counter', 'Deque', 'ChainMap'].map(
      (name): Entry => [name, m.getAttribute(module('collections'), collectionNames[name] ?? name)],
    ),
    ...['TypeVar', 'ParamSpec', 'TypeVarTuple'].map((name): Entry => [name, variable]),
    ...['Generic', 'Protocol'].map((name): Entry => [name, classOf(m, 'typing', name, [])]),
    ...[
      'SupportsInt',
      'SupportsFloat',
      'SupportsIndex',
      'SupportsAbs',
      'SupportsRound',
      'IO',
      'TextIO',
      'BinaryIO',
      'Pattern',
      'Match',
      'ContextManager',
      'AsyncContextManager',
      'Hashable',
      'Sized',
    ].map((name): Entry => [name, classOf(m, 'typing', name, [])]),
    ...IDENTITIES.split(' ').map(name => method(name, 'arg, /', (_, value) => value!)),
    ['TYPE_CHECKING', false],
    ['NamedTuple', namedTupleClass(m)],
    ['TypedDict', typedDictClass(m)],
    method('cast', 'typ, val', (_, __, value) => value!),
    method('assert_type', 'val, typ, /', (_, value) => value!),
    method('reveal_type', 'obj, /', (_, value) => value!),
    method('overload', 'func, /', (_, callee) => callee!),
    method('NewType', 'name, tp', (_, __, type) => type!),
    method('get_type_hints', 'obj, globalns=None, localns=None, include_extras=False', (machine, object) =>
      hintsOf(machine, object!),
    ),
    method('get_origin', 'tp, /', (machine, type) => machine.findAttribute(type!, '__origin__') ?? null),
    method('get_args', 'tp, /', (machine, type) => machine.findAttribute(type!, '__args__') ?? new Tuple([])),
    method('dataclass_transform', '**options', () => method('dataclass_transform', 'cls, /', (_, cls) => cls!)[1]),
  ];
}

const collectionNames: Readonly<Record<string, string>> = { DefaultDict: 'defaultdict', Deque: 'deque' };

const formMethods: readonly Entry[] = [
  method('__getitem__', 'self, parameters, /', (_, self, parameters) => {
    const alias = new Instance((self as Instance).cls);
    alias.attributes.set('__origin__', self!);
    alias.attributes.set('__args__', parameters instanceof Tuple ? parameters : new Tuple([parameters!]));
    return alias;
  }),
  method('__or__', 'self, other, /', (_, self) => self!),
  method('__ror__', 'self, other, /', (_, self) => self!),
  method('__call__', 'self, *args, **kwargs', m => m.unknown('a special form of `typing` is no class')),
  method('__instancecheck__', 'self, instance, /', (m, self, instance) => {
    const args = (self as Instance).attributes.get('__args__');
    const answer = args instanceof Tuple ? m.isInstance(instance!, args) : undefined;
    return answer ?? m.unknown('the type is not known');
  }),
];

function formNamed(cls: ClassValue, name: string): Instance {
  const form = new Instance(cls);
  form.attributes.set('__name__', name).set('_name', name);
  return form;
}

/** The class form; called, it is `collections.namedtuple` with types. */
function namedTupleClass(m: Machine): ClassValue {
  const cls = classOf(m, 'typing', 'NamedTuple', [
    method('__new__', 'cls, typename, fields=(), /', (machine, _, name, fields) => {
      const names = collect(machine, fields!).map(it => collect(machine, it)[0]!);
      return makeNamedTuple(machine, name as string, names as string[], new Map(), '__main__');
    }),
  ]);
  cls.derived = (machine, derived) => {
    const annotations = derived.attributes.get('__annotations__');
    const names = annotations instanceof Dict ? [...annotations.entries.keys()] : [];
    const defaults = new Map<string, Value>();
    for (const name of names as string[]) {
      const value = derived.attributes.get(name);
      if (value !== undefined) defaults.set(name, value);
    }
    const made = makeNamedTuple(machine, derived.name, names as string[], defaults, derived.moduleName);
    for (const [name, value] of derived.attributes) if (!defaults.has(name)) made.attributes.set(name, value);
    return made;
  };
  return cls;
}

/** Classes of this kind make plain dictionaries. */
function typedDictClass(m: Machine): ClassValue {
  const cls = classOf(m, 'typing', 'TypedDict', [
    method('__new__', 'cls, /, *args, **kwargs', (machine, type, args, keywords) => {
      if (type === cls) return machine.builtins.dictClass;
      return machine.call(machine.builtins.dictClass, (args as Tuple).items, (keywords as Dict).byName());
    }),
  ]);
  return cls;
}

function hintsOf(m: Machine, object: Value): Value {
  if (!(object instanceof ClassValue)) return m.findAttribute(object, '__annotations__') ?? new Dict();
  const hints = new Dict();
  for (const cls of [...object.mro].reverse()) {
    const own = cls.attributes.get('__annotations__');
    if (own instanceof Dict) for (const [key, pair] of own.entries) hints.entries.set(key, pair);
  }
  return hints;
}
