/** `typing` and `abc`: annotations are evaluated and stand for nothing. */
import { type Entry, lenient } from '../builtins/define.js';
import { type ModuleTable, method } from '../library/define.js';
import type { Machine } from '../machine.js';
import { nativeClass } from '../native.js';
import { type ClassValue, Descriptor, Dict, Instance, List, Tuple, type Value } from '../values.js';

/** Names that can be subscripted and called with types, and come to themselves. */
const forms =
  'Any Union Optional List Dict Tuple Set FrozenSet Type Callable Iterable Iterator Sequence MutableSequence Mapping ' +
  'MutableMapping Literal Final ClassVar Annotated Generator AsyncIterator AsyncGenerator Awaitable Coroutine Collection ' +
  'Container Deque DefaultDict OrderedDict Counter ChainMap NoReturn Never Self TypeAlias TypeGuard TypeIs Concatenate ' +
  'Unpack Required NotRequired ReadOnly LiteralString Hashable Sized Reversible SupportsFloat SupportsInt SupportsIndex ' +
  'SupportsAbs SupportsRound AnyStr Text Pattern Match IO TextIO BinaryIO ByteString ContextManager AsyncContextManager';

export const typing: ModuleTable = m => {
  const form = formClass(m);
  const base = (name: string): Entry => [name, subscriptable(m, name)];
  return [
    ...forms.split(' ').map((name): Entry => [name, new Instance(form)]),
    ...['Generic', 'Protocol'].map(base),
    ['NamedTuple', namedTupleBase(m)],
    ['TypedDict', typedDictBase(m)],
    ['TYPE_CHECKING', false],
    ...['TypeVar', 'ParamSpec', 'TypeVarTuple', 'NewType', 'ForwardRef'].map(
      (name): Entry => method(name, '*args, **kwargs', () => new Instance(form)),
    ),
    lenient('cast', 'typ, val', (_, __, value) => value!),
    lenient('assert_type', 'val, typ', (_, value) => value!),
    lenient('reveal_type', 'obj', (_, value) => value!),
    ...['overload', 'final', 'override', 'no_type_check', 'runtime_checkable', 'runtime', 'dataclass_transform'].map(
      identity,
    ),
    lenient(
      'get_type_hints',
      'obj, *args, **kwargs',
      (machine, object) => machine.findAttribute(object!, '__annotations__') ?? new Dict(),
    ),
    lenient('get_origin', 'tp', () => null),
    lenient('get_args', 'tp', () => new Tuple([])),
  ];
};

const identity = (name: string): Entry => lenient(name, 'value=None, /, **kwargs', (_, value) => value!);

/** `Optional[int]`, `int | None`, `Callable[..., T]`: still a form. */
function formClass(m: Machine): ClassValue {
  const self = (name: string): Entry => method(name, 'self, *args, **kwargs', (_, it) => it!);
  return nativeClass(
    '_SpecialForm',
    'typing',
    [m.builtins.objectClass],
    [
      ...['__getitem__', '__call__', '__or__', '__ror__'].map(self),
      method('__mro_entries__', 'self, bases', () => new Tuple([])),
    ],
  );
}

function subscriptable(m: Machine, name: string): ClassValue {
  const itself = method('__class_getitem__', 'cls, params', (_, cls) => cls!)[1];
  return nativeClass(
    name,
    'typing',
    [m.builtins.objectClass],
    [['__class_getitem__', new Descriptor('classmethod', itself)]],
  );
}

/** `class Point(NamedTuple)`: the fields are the annotations, in order. */
function namedTupleBase(m: Machine): ClassValue {
  const cls = nativeClass('NamedTuple', 'typing', [m.builtins.objectClass], []);
  cls.derived = (machine, made) => {
    const annotations = made.attributes.get('__annotations__');
    const names = annotations instanceof Dict ? [...annotations.entries.values()].map(([name]) => name) : [];
    const factory = machine.getAttribute(machine.importModule('collections'), 'namedtuple');
    const defaults = names.map(it => made.attributes.get(it as string)).filter((it): it is Value => it !== undefined);
    const plain = machine.call(factory, [made.name, new List(names)], new Map([['defaults', new Tuple(defaults)]]));
    return named(machine, made, plain as ClassValue, names);
  };
  return cls;
}

/** The named tuple with the methods that the class body added. */
function named(m: Machine, made: ClassValue, plain: ClassValue, fields: readonly Value[]): Value {
  const own = new Map([...made.attributes].filter(([name]) => !fields.includes(name) && name !== '__annotations__'));
  return m.createClass(made.name, [plain], own, made.moduleName);
}

function typedDictBase(m: Machine): ClassValue {
  return nativeClass('TypedDict', 'typing', [m.builtins.dictClass], []);
}

export const abc: ModuleTable = m => [
  ['ABC', nativeClass('ABC', 'abc', [m.builtins.objectClass], [])],
  [
    'ABCMeta',
    nativeClass('ABCMeta', 'abc', [m.builtins.typeClass], [method('register', 'cls, subclass', (_, __, it) => it!)]),
  ],
  ...['abstractmethod', 'abstractclassmethod', 'abstractstaticmethod'].map(identity),
  ['abstractproperty', m.builtins.names.get('property') ?? null],
];
