import contextlib
import dataclasses
import threading


class Size:
    def __init__(self, width):
        self.width = width

    def __eq__(self, other):
        return self.width == other.width

    def __hash__(self):
        return hash(self.width)


@dataclasses.dataclass(frozen=True)
class Key:
    name: str
    at: int = 0


class Settings(dict):
    __getattr__ = dict.get
    __setattr__ = dict.__setitem__


class Reset:
    def __init__(self, log, swallow):
        self.log, self.swallow = log, swallow

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        self.log.append(kind and kind.__name__)
        return self.swallow


def chained():
    try:
        try:
            raise KeyError('inner')
        except KeyError as error:
            raise RuntimeError('outer') from error
    except RuntimeError as error:
        return [str(error), error.__cause__.args, type(error.__cause__).__name__]


sizes = {Size(1): 'one', Size(2): 'two'}
sizes[Size(1)] = 'first'
keys = {Key('a'): 1, Key('a', 1): 2}
keys[Key('a')] = 3
settings = Settings(a=1)
settings.b = 2
log = []
with contextlib.ExitStack() as stack:
    stack.enter_context(Reset(log, False))
    stack.enter_context(Reset(log, True))
    stack.push(lambda *raised: log.append('pushed'))
    stack.callback(log.append, 'called')
    raise ValueError
runs = []
thread = threading.Thread(target=runs.append, args=(5,))
with threading.Lock():
    thread.start()
thread.join()

result = (
    sorted(sizes.values()), len({Size(3), Size(3), Size(4)}), Size(2) in sizes, sizes.get(Size(9)), list(keys.values()),
    keys[Key('a', 1)], settings.a, settings.b, settings.c, log, chained(), runs,
)
# result: (['first', 'two'], 2, True, None, [3, 2], 2, 1, 2, None, ['called', 'pushed', 'ValueError', None], ['outer', ('inner',), 'KeyError'], [5])
