class Store:
    """Holds parts."""

    def __init__(self):
        self.parts = {"a": 1}

    def __getattr__(self, name):
        if name in self.parts:
            return self.parts[name]
        return super().__getattribute__(name)


class Plain(Store):
    def method(self):
        "Does nothing."

    def other(self):
        return 1


def missing(run):
    try:
        return run()
    except AttributeError as error:
        return str(error)


store = Plain()
result = [
    store.a,
    missing(lambda: store.b),
    missing(lambda: store.__getattribute__("a")),
    store.__getattribute__("parts"),
    object.__getattribute__(store, "parts"),
    Store.__doc__,
    Store().__doc__,
    Plain.__doc__,
    store.__doc__,
    Plain.method.__doc__,
    store.method.__doc__,
    Plain.other.__doc__,
    (lambda: 0).__doc__,
]


def shown(self, count=1):
    return type(self).__name__ * count


class Kinds:
    @staticmethod
    def plain(x):
        return x + 1

    @classmethod
    def named(cls, x):
        return cls.__name__, x

    @property
    def five(self):
        return 5


kinds = Kinds()
kinds.shown = shown.__get__(kinds, Kinds)
plain, named, five = [Kinds.__dict__[it] for it in ("plain", "named", "five")]
result += [
    kinds.shown(2),
    shown.__get__(None, Kinds) is shown,
    plain.__get__(object, None)(1),
    plain.__func__(4),
    named.__get__(kinds, Kinds)(2),
    named.__func__(Kinds, 3),
    five.__get__(kinds, Kinds),
    five.fget(kinds),
]


class Guarded:
    def __init__(self):
        self.log = []

    def __getattribute__(self, name):
        if name.startswith("x"):
            return name * 2
        if name == "none":
            return None
        if name == "gone":
            raise AttributeError("gone")
        return object.__getattribute__(self, name)

    def __getattr__(self, name):
        return ("dynamic", name)

    def method(self):
        return self.xy


class Passing(Guarded):
    def __getattribute__(self, name):
        return super().__getattribute__(name)


guarded = Guarded()
guarded.y = 4
result += [guarded.xa, guarded.y, guarded.none, guarded.gone, guarded.method(), Passing().xq, Passing().gone, Passing().log]
# result: [1, "'Plain' object has no attribute 'b'", "'Plain' object has no attribute 'a'", {'a': 1}, {'a': 1}, 'Holds parts.', 'Holds parts.', None, None, 'Does nothing.', 'Does nothing.', None, None, 'KindsKinds', True, 2, 5, ('Kinds', 2), ('Kinds', 3), 5, 5, 'xaxa', 4, None, ('dynamic', 'gone'), 'xyxy', 'xqxq', ('dynamic', 'gone'), []]
