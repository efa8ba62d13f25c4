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
# result: [1, "'Plain' object has no attribute 'b'", "'Plain' object has no attribute 'a'", {'a': 1}, {'a': 1}, 'Holds parts.', 'Holds parts.', None, None, 'Does nothing.', 'Does nothing.', None, None]
