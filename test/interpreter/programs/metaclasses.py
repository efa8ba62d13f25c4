"""Metaclasses that make, register and call classes; `__new__` of built-in types, by super()."""
from collections import namedtuple


class Registered(type):
    made = []

    def __new__(meta, name, bases, body, **options):
        body = dict(body)
        body["tag"] = name.lower()
        cls = super().__new__(meta, name, bases, body)
        Registered.made.append((name, sorted(options)))
        return cls

    def __init__(cls, name, bases, body, **options):
        super().__init__(name, bases, body)
        if not hasattr(cls, "kinds"):
            cls.kinds = {}
        else:
            cls.kinds[name] = cls

    def __call__(cls, *args, **kwargs):
        made = super().__call__(*args, **kwargs)
        made.called = True
        return made


class Base(metaclass=Registered):
    def __init__(self, x=1):
        self.x = x


class Derived(Base, flag=3):
    def name(self):
        return __class__.__name__, super().__repr__ is not None


class Ordered(type):
    def __init__(cls, name, bases, body):
        cls.order = [it for it in body if not it.startswith("__")]
        super().__init__(name, bases, body)


class Listed(metaclass=Ordered):
    b = 1
    a = 2

    def method(self):
        return self.b


class Number(int):
    def __new__(cls, value):
        return super().__new__(cls, value + 1)


class Items(tuple):
    def __new__(cls, *items):
        return super().__new__(cls, items)


class Point(namedtuple("Point", "x y")):
    def __new__(cls, x, y=3):
        return super(Point, cls).__new__(cls, x, y)


class Single:
    one = None

    def __new__(cls):
        if cls.one is None:
            cls.one = super().__new__(cls)
        return cls.one


made = Registered("Made", (Base,), {"width": 5})
result = [
    Registered.made, Derived.tag, Derived.kinds == {"Derived": Derived, "Made": made}, sorted(Base.kinds),
    Derived(4).called, Derived(4).x, Derived().name(), type(Derived).__name__, isinstance(Derived, Registered),
    Listed.order, Listed().method(), Derived.__mro__[1].__name__,
    Number(3) * 2, len(Items(1, 2)), Items(1, 2)[1], Point(1), Point(1, 2).y, Single() is Single(),
    made.width, made.tag, made().x, type("Plain", (), {"n": 2})().n,
]
# result: [[('Base', []), ('Derived', ['flag']), ('Made', [])], 'derived', True, ['Derived', 'Made'], True, 4, ('Derived', True), 'Registered', True, ['b', 'a', 'method'], 1, 'Base', 8, 2, 2, Point(x=1, y=3), 2, True, 5, 'made', 1, 2]
