import abc, argparse, bisect, collections, collections.abc, contextlib, copy, dataclasses, enum, functools, importlib, inspect
import itertools, json, logging, math, numbers, operator, os, os.path, pathlib, random, re, string, sys, textwrap, types, typing, warnings
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque, namedtuple
from dataclasses import InitVar, asdict, astuple, dataclass, field, fields, is_dataclass, replace
from enum import Enum, Flag, IntEnum, IntFlag, StrEnum, auto
from functools import cached_property, lru_cache, partial, reduce, singledispatch, total_ordering, wraps
from itertools import accumulate, chain, combinations, count, cycle, groupby, islice, permutations, product, starmap, tee, zip_longest
from typing import Any, Callable, ClassVar, Dict, List, NamedTuple, Optional, Sequence, Tuple, TypedDict, Union, cast

Point = namedtuple('Point', 'x y')
Sized = namedtuple('Sized', ['h', 'w', 'c'], defaults=[3])


class Pair(NamedTuple):
    a: int
    b: str = 'b'

    def total(self):
        return self.a * 2


@dataclass
class Config:
    dim: int
    heads: int = 8
    scales: List[float] = field(default_factory=list)
    name: ClassVar[str] = 'config'
    hidden: int = field(default=0, repr=False, compare=False)

    def __post_init__(self):
        self.hidden = self.dim * 4

    def per_head(self):
        return self.dim // self.heads


@dataclass
class Bigger(Config):
    extra: Optional[str] = None
    verbose: InitVar[bool] = False

    def __post_init__(self, verbose):
        super().__post_init__()
        self.extra = 'loud' if verbose else self.extra


@dataclass(frozen=True, order=True)
class Version:
    major: int
    minor: int = 0


@dataclass(kw_only=True)
class Keyed:
    a: int
    b: int = 2


@dataclass
class Outer:
    inner: Version
    items: list
    table: dict = field(default_factory=dict)


class Color(Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1

    def lower(self):
        return self.name.lower()

    @classmethod
    def default(cls):
        return cls.GREEN


class Planet(Enum):
    EARTH = (5.97, 6.37)
    MARS = (0.64, 3.39)

    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius

    @property
    def ratio(self):
        return self.mass / self.radius


class Weights(Enum):
    A = 'a.pth'
    DEFAULT = A

    def __init__(self, url):
        self._value_ = url.upper()


class Mode(str, Enum):
    FAN_IN = 'fan_in'
    FAN_OUT = 'fan_out'


class Level(IntEnum):
    LOW = 1
    HIGH = auto()


class Names(StrEnum):
    FOO = auto()
    BAR = 'baz'


class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W


class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...

    @property
    def kind(self):
        return 'shape'


class Square(Shape):
    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side ** 2


class Registry(collections.abc.Mapping):
    def __init__(self, **items):
        self._items = items

    def __getitem__(self, key):
        return self._items[key]

    def __iter__(self):
        return iter(self._items)

    def __len__(self):
        return len(self._items)


@total_ordering
class Money:
    def __init__(self, amount):
        self.amount = amount

    def __eq__(self, other):
        return self.amount == other.amount

    def __lt__(self, other):
        return self.amount < other.amount


class Lazy:
    calls = 0

    @cached_property
    def value(self):
        Lazy.calls += 1
        return 42


def decorate(func):
    @wraps(func)
    def wrapper(*args, **kwargs):
        return func(*args, **kwargs)
    return wrapper


@decorate
def greet(name, *, punctuation='!'):
    """Greets."""
    return 'hello ' + name + punctuation


@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


@singledispatch
def describe(x):
    return 'object'


@describe.register(int)
def _(x):
    return 'int'


@describe.register(list)
def _(x):
    return 'list'


@contextlib.contextmanager
def tagged(log, name):
    log.append('<' + name)
    yield name
    log.append(name + '>')


def use_tagged():
    log = []
    with tagged(log, 'a') as x, tagged(log, 'b'):
        log.append(x)
    return log


def use_suppress():
    with contextlib.suppress(KeyError, ValueError):
        raise KeyError('x')
    return 'fine'


def use_stack():
    log = []
    with contextlib.ExitStack() as stack:
        stack.enter_context(tagged(log, 'a'))
        stack.callback(log.append, 'callback')
    return log


def use_parser():
    parser = argparse.ArgumentParser()
    parser.add_argument('--dim', type=int, default=64)
    parser.add_argument('--no-bias', action='store_false', dest='bias')
    parser.add_argument('-v', '--verbose', action='store_true')
    group = parser.add_argument_group('x')
    group.add_argument('--lr', default='1e-3', type=float)
    parser.set_defaults(seed=7)
    return parser.parse_args([])


def use_copies():
    shared = [1]
    original = {'a': shared, 'b': shared, 'c': (shared, 2)}
    copied = copy.deepcopy(original)
    shared.append(2)
    return original, copied, copied['a'] is copied['b'], copied['a'] is copied['c'][0], copy.copy(original)['a'] is shared


def use_defaultdict():
    d = defaultdict(list)
    for key, value in [('a', 1), ('b', 2), ('a', 3)]:
        d[key].append(value)
    return d, dict(d), d.get('z'), 'z' in d


def use_deque():
    d = deque([1, 2, 3], maxlen=3)
    d.append(4)
    d.appendleft(0)
    d.rotate(1)
    return d, list(d), d.pop(), d.popleft(), len(d)


def use_ordered():
    d = OrderedDict([('a', 1), ('b', 2), ('c', 3)])
    d.move_to_end('a')
    d.move_to_end('c', last=False)
    first = d.popitem(last=False)
    return d, first, list(d.items())


def use_tee():
    a, b = tee(iter([1, 2, 3]))
    return next(a), next(a), list(b), list(a)


def use_groupby():
    return [(k, list(g)) for k, g in groupby('aabbbca')]


def use_dict_attribute():
    s = Square(2)
    s.__dict__['color'] = 'red'
    s.__dict__.update(size=5)
    vars(s)['z'] = 1
    return s.color, s.size, s.z, sorted(s.__dict__)


def use_globals():
    globals()['made_here'] = 11
    return made_here, 'made_here' in globals(), 'Square' in globals()


def classify(x):
    return [isinstance(x, t) for t in (collections.abc.Iterable, collections.abc.Sequence, collections.abc.Mapping,
                                       collections.abc.Callable, collections.abc.Hashable, collections.abc.Sized, numbers.Number)]
